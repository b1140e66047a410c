import { describe, expect, it } from 'vitest';
import { counterLook } from '#renderer/lobby/counter-look.ts';

const NONE = { ticket: null, idleWhileWaiting: false } as const;

describe('the card of a window', () => {
  it('[LB1] shows the stage of its ticket, else its own state', () => {
    const ticket = { number: 'A001', status: 'serving', since: 0 } as const;
    expect(counterLook({ status: 'open', ...NONE, ticket })).toBe('serving');
    expect(counterLook({ status: 'paused', ...NONE })).toBe('paused');
    expect(counterLook({ status: 'closed', ...NONE })).toBe('closed');
    expect(counterLook({ status: 'open', ...NONE })).toBe('free');
  });

  it('[CS9] marks a window that is free while people wait', () => {
    expect(counterLook({ status: 'open', ticket: null, idleWhileWaiting: true })).toBe('idle');
  });
});
