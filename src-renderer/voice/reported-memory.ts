import { z } from 'zod';

const KEY = 'foyer.voice.reported';
const KEPT_IDS = 100;
const Ids = z.array(z.string());

/** The last hundred reported announcements, kept in `storage`; an unreadable list counts as empty. */
export function createReportedMemory(storage: Pick<Storage, 'getItem' | 'setItem'>): {
  has(id: string): boolean;
  add(id: string): void;
} {
  let ids = readIds(storage.getItem(KEY));
  return {
    has: id => ids.includes(id),
    add(id) {
      ids = [...ids.filter(known => known !== id), id].slice(-KEPT_IDS);
      storage.setItem(KEY, JSON.stringify(ids));
    },
  };
}

function readIds(text: string | null): string[] {
  try {
    const parsed = Ids.safeParse(JSON.parse(text ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}
