import { describe, expect, it } from 'vitest';
import { waitLevel } from '#renderer/staff/wait-level.ts';

describe('a wait against the promise', () => {
  it('[LB1] is soon late from four fifths of the limit on, late beyond it', () => {
    const limitMs = 100_000;
    expect([0, 79_999, 80_000, 100_000, 100_001].map(waitMs => waitLevel(waitMs, limitMs))).toEqual([
      'waiting',
      'waiting',
      'soon',
      'soon',
      'late',
    ]);
  });
});
