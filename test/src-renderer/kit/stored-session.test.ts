import { describe, expect, it } from 'vitest';
import { readStoredSession, writeStoredSession } from '#renderer/kit/stored-session.ts';

function createMemoryStorage(initial: Record<string, string> = {}) {
  const items = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

describe('stored session', () => {
  it('comes back after a reload and goes when forgotten', () => {
    const storage = createMemoryStorage();
    const session = { session: 's1', staffNumber: '1001', rights: ['serve'] };
    writeStoredSession(storage, session);
    expect(readStoredSession(storage)).toEqual(session);
    writeStoredSession(storage, null);
    expect(readStoredSession(storage)).toBeNull();
  });

  it('is none when unreadable', () => {
    for (const text of ['', '{', '7', '{"session":""}', '{"session":"s","staffNumber":1,"rights":[]}'])
      expect(readStoredSession(createMemoryStorage({ 'foyer.session': text })), text).toBeNull();
  });
});
