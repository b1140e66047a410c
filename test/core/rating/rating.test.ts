import { describe, expect, it } from 'vitest';
import { decide } from '#core/branch/decide.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { bankWith, CUSTOMER, KEYPAD, LOBBY, openBranch, SYSTEM, TELLER_1 } from '../played-branch.ts';

const press = (position: number) => ({ counterId: 'counter-1', position });

/** A branch whose first customer was just served at window 1, with the prompt open. */
function justServed() {
  const branch = openBranch();
  branch.issue();
  return { branch, ticketId: branch.serve() };
}

describe('a rating', () => {
  it('[RT1] is asked for by every finish, in the same decision, in the name of the teller who served', () => {
    const { branch, ticketId } = justServed();
    expect(branch.typesOf(branch.events.length - 2)).toEqual(['service-finished', 'rating-prompted']);
    expect(branch.state.counters.get('counter-1')?.openRating).toMatchObject({
      ticketId,
      staffNumber: '1001',
      openMs: 10_000,
    });
  });

  it('[RT1] counts the first press only', () => {
    const { branch } = justServed();
    branch.must('press-rating', press(2), KEYPAD);
    expect(branch.codeOf('press-rating', press(4), KEYPAD)).toBe('T815');
    expect(branch.state.recentRatings).toMatchObject([
      { outcome: 'rated', levelId: 'satisfied', bad: false },
    ]);
  });

  it('[RT1] keys live for ten seconds, to the millisecond', () => {
    for (const [afterMs, code] of [
      [0, 'ok'],
      [9_999, 'ok'],
      [10_000, 'T815'],
    ] as const) {
      const { branch } = justServed();
      branch.now += afterMs;
      expect(branch.codeOf('press-rating', press(1), KEYPAD), `${afterMs} ms`).toBe(code);
    }
  });

  it('[RT1] keys live as long as the bank says', () => {
    const branch = openBranch(bankWith({ limits: { ...SAMPLE_BANK.limits, ratingOpenMs: 60_000 } }));
    branch.issue();
    branch.serve();
    branch.wait(59_999);
    expect(branch.codeOf('press-rating', press(1), KEYPAD)).toBe('ok');
  });

  it('[RT1] presses without a prompt and keys without a level are ignored', () => {
    const branch = openBranch();
    expect(branch.codeOf('press-rating', press(1), KEYPAD)).toBe('T815');
    branch.issue();
    branch.serve();
    for (const position of [0, 5, -1, 1.5, Number.NaN])
      expect(branch.codeOf('press-rating', press(position), KEYPAD)).toBe('K306');
    expect(branch.codeOf('press-rating', press(4), KEYPAD)).toBe('ok');
  });

  it('[RT1] comes from a device alone: no teller, lobby manager, customer window or program can press', () => {
    const { branch } = justServed();
    for (const actor of [TELLER_1, LOBBY, CUSTOMER, SYSTEM])
      expect(branch.codeOf('press-rating', press(1), actor)).toBe('M605');
  });

  it('[RT1] cannot be cut short: neither a closed window nor the next customer ends a prompt', () => {
    const { branch } = justServed();
    branch.issue();
    const next = branch.call();
    branch.must('start-service', { counterId: 'counter-1', ticketId: next }, TELLER_1);
    expect(branch.codeOf('finish-service', { counterId: 'counter-1', ticketId: next }, TELLER_1)).toBe(
      'T814',
    );
    expect(branch.codeOf('press-rating', press(3), KEYPAD)).toBe('ok');
    branch.must('finish-service', { counterId: 'counter-1', ticketId: next }, TELLER_1);
    branch.must('close-counter', { counterId: 'counter-1' }, TELLER_1);
    branch.must('press-rating', press(1), KEYPAD);
    expect(branch.state.recentRatings).toMatchObject([
      { ticketId: next, levelId: 'very-satisfied', staffNumber: '1001' },
      { levelId: 'fair' },
    ]);
  });

  it('[RT2] silence is unrated; a missing or broken keypad is a case of its own, without a prompt', () => {
    const { branch } = justServed();
    branch.wait(9_999);
    expect(branch.state.recentRatings).toEqual([]);
    branch.wait(1);
    expect(branch.state.recentRatings).toMatchObject([{ outcome: 'unrated' }]);
    for (const status of ['down', 'absent'] as const) {
      branch.setKeypad('counter-1', status);
      branch.issue();
      branch.serve();
      expect(branch.events.at(-1)).toMatchObject({
        type: 'rating-closed',
        data: { outcome: 'keypad-absent' },
      });
    }
    branch.setKeypad('counter-1', 'warning');
    branch.issue();
    branch.serve();
    expect(branch.events.at(-1)?.type).toBe('rating-prompted');
  });

  it('[RT2] a prompt that could not be delivered is closed as keypad-absent, once', () => {
    const { branch } = justServed();
    const ratingId = branch.state.counters.get('counter-1')?.openRating?.ratingId ?? '';
    const close = { counterId: 'counter-1', ratingId, keypadAbsent: true };
    branch.must('close-rating', close, KEYPAD);
    const count = branch.events.length;
    branch.must('close-rating', close, KEYPAD);
    branch.must('close-rating', { ...close, ratingId: 'another' }, KEYPAD);
    expect(branch.events).toHaveLength(count);
    expect(branch.state.recentRatings).toMatchObject([{ outcome: 'keypad-absent' }]);
  });

  it('[RT2] a second keypad at the window takes over from a broken one', () => {
    const branch = openBranch();
    branch.setKeypad('counter-1', 'down');
    branch.must('change-device-health', {
      deviceId: 'keypad-spare',
      kind: 'keypad',
      counterId: 'counter-1',
      health: { status: 'ready', code: null },
    });
    branch.issue();
    branch.serve();
    expect(branch.events.at(-1)?.type).toBe('rating-prompted');
  });

  it('[RT2] a clock set back keeps no prompt open for hours', () => {
    const { branch } = justServed();
    branch.wait(-3_600_000);
    expect(branch.state.recentRatings).toMatchObject([{ outcome: 'unrated' }]);
  });

  it('[RT1] the time a key took is never negative, whatever the clock does', () => {
    const { branch } = justServed();
    branch.now -= 5000;
    branch.must('press-rating', press(1), KEYPAD);
    expect(branch.events.at(-1)?.data).toMatchObject({ afterMs: 0 });
  });
});

describe('a bad rating', () => {
  it('[RT3] stays until the lobby manager records what was done; the first record stands', () => {
    const { branch } = justServed();
    branch.must('press-rating', press(4), KEYPAD);
    const { ratingId } = branch.state.recentRatings[0] ?? { ratingId: '' };
    for (let n = 0; n < 30; n++) {
      branch.issue();
      branch.serve();
      branch.wait(10_000);
    }
    expect(branch.state.recentRatings.some(rating => rating.ratingId === ratingId)).toBe(true);
    expect(branch.codeOf('handle-bad-rating', { ratingId, note: '已道歉' }, TELLER_1)).toBe('S704');
    branch.must('handle-bad-rating', { ratingId, note: '已道歉' }, LOBBY);
    branch.must('handle-bad-rating', { ratingId, note: '另一说法' }, LOBBY);
    const notes = branch.events.flatMap(event =>
      event.type === 'bad-rating-handled' ? [event.data.note] : [],
    );
    expect(notes).toEqual(['已道歉']);
  });

  it('[RT3] is the only kind that can be dealt with', () => {
    const { branch } = justServed();
    branch.must('press-rating', press(1), KEYPAD);
    const { ratingId } = branch.state.recentRatings[0] ?? { ratingId: '' };
    expect(branch.codeOf('handle-bad-rating', { ratingId, note: 'x' }, LOBBY)).toBe('T820');
    expect(branch.codeOf('handle-bad-rating', { ratingId: 'none', note: 'x' }, LOBBY)).toBe('T820');
  });
});

describe('deciding', () => {
  it('[RT1] the same inputs give the same events', () => {
    const { branch } = justServed();
    const command = { type: 'press-rating', args: press(1), actor: KEYPAD, station: 'pc-1' } as const;
    const context = { now: branch.now + 5, newId: () => 'same' };
    expect(decide(branch.state, command, context)).toEqual(decide(branch.state, command, context));
  });
});
