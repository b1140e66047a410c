import { describe, expect, it } from 'vitest';
import { MAX_SET_UP_MESSAGE_CHARACTERS } from '#core/wire/port-messages.ts';
import { CHANNEL_ARGUMENTS } from '#main/windows/channel-arguments.ts';

const PAGE = '3f0c1c5e-6f0e-4c58-9b62-7a4e4f6f0a11';
const post = (...args: unknown[]) => CHANNEL_ARGUMENTS['foyer:post'].safeParse(args).success;
const setBarMode = (...args: unknown[]) => CHANNEL_ARGUMENTS['foyer:set-bar-mode'].safeParse(args).success;

describe('arguments of channels', () => {
  it('accepts what windows send', () => {
    expect(post(PAGE, '{"kind":"hello"}')).toBe(true);
    expect(post(PAGE, 'x'.repeat(MAX_SET_UP_MESSAGE_CHARACTERS))).toBe(true);
    expect(setBarMode('bar')).toBe(true);
    expect(setBarMode('panel')).toBe(true);
  });

  it('drops messages that are too long, of another kind, or of no page', () => {
    expect(post(PAGE, 'x'.repeat(MAX_SET_UP_MESSAGE_CHARACTERS + 1))).toBe(false);
    expect(post(PAGE, { kind: 'hello' })).toBe(false);
    expect(post(PAGE)).toBe(false);
    expect(post(PAGE, 'a', 'b')).toBe(false);
    expect(post('page-1', 'a')).toBe(false);
  });

  it('drops modes the bar does not have', () => {
    // `full` is the teller's window since it has one.
    expect(setBarMode('full')).toBe(true);
    expect(setBarMode('fullest')).toBe(false);
    expect(setBarMode()).toBe(false);
    expect(setBarMode(560)).toBe(false);
  });
});
