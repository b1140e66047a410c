import { describe, expect, it } from 'vitest';
import { ACTION_KEYS, actionOfKey, choiceOfKey, type KeyPress } from '#renderer/teller/keys.ts';

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  repeat: false,
  ...changes,
});

describe('keys of the bar', () => {
  it('[CS11] reach every action, each by the key its button shows', () => {
    for (const [action, key] of Object.entries(ACTION_KEYS)) {
      const isControl = key.startsWith('Ctrl+');
      const shiftKey = key.startsWith('Shift+');
      const name = isControl ? key.slice('Ctrl+'.length).toLowerCase() : key.replace('Shift+', '');
      expect(actionOfKey(press(name, { ctrlKey: isControl, shiftKey })), key).toBe(action);
    }
    expect(new Set(Object.values(ACTION_KEYS)).size).toBe(Object.keys(ACTION_KEYS).length);
    expect(actionOfKey(press('F10'))).toBe('toggle-panel');
  });

  it('[CS10] act once while a key is held down', () => {
    expect(actionOfKey(press('F8', { repeat: true }))).toBeNull();
    expect(choiceOfKey(press('1', { repeat: true }), 3)).toBeNull();
  });

  it('[CS11] leave system-wide forms and other keys alone', () => {
    expect(actionOfKey(press('F2', { ctrlKey: true, altKey: true }))).toBeNull();
    expect(actionOfKey(press('F4', { altKey: true }))).toBeNull();
    expect(actionOfKey(press('F5', { ctrlKey: true }))).toBeNull();
    expect(actionOfKey(press('z'))).toBeNull();
    expect(actionOfKey(press('F1'))).toBeNull();
  });

  it('[CS8] digits choose a pause reason that is there', () => {
    expect([1, 2, 3, 4].map(digit => choiceOfKey(press(String(digit)), 3))).toEqual([0, 1, 2, null]);
    expect(choiceOfKey(press('0'), 3)).toBeNull();
    expect(choiceOfKey(press('10'), 12)).toBeNull();
  });
});
