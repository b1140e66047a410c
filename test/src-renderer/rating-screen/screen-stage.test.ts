import { describe, expect, it } from 'vitest';
import {
  keyToPosition,
  oneMetreLineOf,
  type RatingScreenView,
  type Stage,
  spokenAt,
  stageOf,
} from '#renderer/rating-screen/screen-stage.ts';

const text = { zh: '文字', en: 'Text' };

function viewWith(more: Partial<RatingScreenView> = {}): RatingScreenView {
  return {
    bankName: text,
    branchName: text,
    timeZone: 'Asia/Shanghai',
    greeting: text,
    counter: { counterId: 'counter-1', number: 1, name: text, status: 'open' },
    line: text,
    teller: { staffNumber: '1001', stars: 4, photo: null },
    ticket: null,
    levels: [text, text, text, text],
    rating: null,
    oneMetreLine: null,
    ...more,
  };
}
const openRating = { status: 'open', ratingId: 'r1', openedAt: 1_000, until: 11_000 } as const;
const serving = { number: 'A001', status: 'serving' } as const;

describe('what the rating screen is for', () => {
  it('[RT1] the prompt goes before all else for as long as it is open', () => {
    const view = viewWith({ rating: openRating, ticket: serving });
    expect(stageOf(view, 1_000)).toEqual({ kind: 'rate', ratingId: 'r1', secondsLeft: 10, share: 1 });
    expect(stageOf(view, 10_999)).toMatchObject({ kind: 'rate', secondsLeft: 1 });
    expect(stageOf(view, 11_000)).toEqual({ kind: 'customer', ...serving });
    // The PC's clock is a little behind the host's.
    expect(stageOf(view, 900)).toMatchObject({ kind: 'rate', share: 1 });
  });

  it('[RT4] thanks for four seconds, then goes back to the counter', () => {
    const view = viewWith({ rating: { status: 'thanks', ratingId: 'r1', at: 1_000 } });
    expect([1_000, 4_999, 5_000].map(now => stageOf(view, now).kind)).toEqual(['thanks', 'thanks', 'idle']);
  });

  it('[RT4] greets at an open counter, and says so at one that is paused or closed', () => {
    const kindAt = (status: 'open' | 'paused' | 'closed') =>
      stageOf(viewWith({ counter: { counterId: 'c', number: 1, name: text, status } }), 0).kind;
    expect([kindAt('open'), kindAt('paused'), kindAt('closed')]).toEqual(['idle', 'away', 'away']);
  });

  it('[RT4] asks the others to step back until it is over', () => {
    const view = viewWith({ oneMetreLine: { text, until: 8_000 } });
    expect([oneMetreLineOf(view, 7_999), oneMetreLineOf(view, 8_000)]).toEqual([text, null]);
    expect(oneMetreLineOf(viewWith(), 0)).toBeNull();
  });
});

describe('keys of the keyboard', () => {
  const key = (name: string, more = {}) =>
    keyToPosition({ key: name, repeat: false, ctrlKey: false, altKey: false, metaKey: false, ...more }, 4);

  it('[RT1] 1 to the number of levels stand for the levels', () => {
    expect(['1', '4'].map(name => key(name))).toEqual([1, 4]);
    for (const name of ['0', '5', '6', '7', 'a', 'Enter', ' ', '11', '一', '']) expect(key(name)).toBeNull();
  });

  it('[RT1] a key held down, or with another, is no press', () => {
    for (const held of ['repeat', 'ctrlKey', 'altKey', 'metaKey'])
      expect(key('1', { [held]: true })).toBeNull();
  });
});

describe('what is spoken', () => {
  const rate: Stage = { kind: 'rate', ratingId: 'r1', secondsLeft: 9, share: 0.9 };
  const called: Stage = { kind: 'customer', number: 'A001', status: 'called' };
  const served: Stage = { kind: 'customer', ...serving };
  const idle: Stage = { kind: 'idle' };
  const thanks: Stage = { kind: 'thanks' };

  it('[RT4] greets when the service starts, asks once for the rating, and thanks', () => {
    const day: Stage[] = [
      idle,
      called,
      served,
      served,
      rate,
      { ...rate, secondsLeft: 8 },
      thanks,
      thanks,
      idle,
    ];
    expect(day.slice(1).map((stage, index) => spokenAt(day[index] ?? null, stage))).toEqual([
      null,
      'greeting',
      null,
      'rate',
      null,
      'thanks',
      null,
      null,
    ]);
  });

  it('[RT4] a page loaded in the middle asks for an open rating only', () => {
    expect([served, thanks, idle].map(stage => spokenAt(null, stage))).toEqual([null, null, null]);
    expect(spokenAt(null, rate)).toBe('rate');
  });

  it('[RT1] another prompt is asked for again', () => {
    expect(spokenAt(rate, { ...rate, ratingId: 'r2' })).toBe('rate');
  });
});
