import { describe, expect, it } from 'vitest';
import {
  type AnnouncerEffect,
  type AnnouncerInput,
  type AnnouncerState,
  DEFAULT_ANNOUNCER_SETTINGS,
  INITIAL_ANNOUNCER_STATE,
  stepAnnouncer,
} from '#drivers/voice/announcer-machine.ts';
import { randomOf, SEED } from '../random.ts';

const DURATION_MS = 5000;

/** A zone with a sink that plays each sound for its duration, or not at all while `isMute`. */
function zone(settings = DEFAULT_ANNOUNCER_SETTINGS) {
  let state: AnnouncerState = INITIAL_ANNOUNCER_STATE;
  let nowMs = 0;
  let wakeAtMs: number | null = null;
  let ending: { readonly atMs: number; readonly playId: number } | null = null;
  const log: string[] = [];
  const self = {
    isMute: false,
    log,
    get nowMs() {
      return nowMs;
    },
    get state() {
      return state;
    },
    give(input: AnnouncerInput) {
      const step = stepAnnouncer(settings, state, input, nowMs);
      state = step.state;
      for (const effect of step.effects) self.obey(effect);
    },
    obey(effect: AnnouncerEffect) {
      if (effect.kind === 'wake-at') wakeAtMs = effect.atMs;
      else if (effect.kind === 'play') {
        if (ending !== null) throw new Error('a call cuts another off');
        log.push(`${nowMs} ${effect.call.ticket}→${effect.call.counter}`);
        if (!self.isMute) ending = { atMs: nowMs + effect.call.durationMs, playId: effect.playId };
      } else if (effect.kind === 'play-notice') {
        if (ending !== null) throw new Error('a notice cuts another off');
        log.push(`${nowMs} ${effect.notice.noticeId}`);
        if (!self.isMute) ending = { atMs: nowMs + effect.notice.durationMs, playId: effect.playId };
      } else if (effect.kind === 'notice-dropped') log.push(`${nowMs} notice-dropped ${effect.noticeId}`);
      else log.push(`${nowMs} ${effect.kind}${effect.kind === 'no-voice' ? ` ${effect.ticket}` : ''}`);
    },
    call(ticket: string, counter: string) {
      self.give({ kind: 'call', call: { ticket, counter, durationMs: DURATION_MS } });
    },
    advance(byMs: number) {
      const untilMs = nowMs + byMs;
      for (;;) {
        const endMs = ending?.atMs ?? Number.POSITIVE_INFINITY;
        const nextMs = Math.min(endMs, wakeAtMs ?? Number.POSITIVE_INFINITY);
        if (nextMs > untilMs) break;
        nowMs = Math.max(nowMs, nextMs);
        if (ending !== null && endMs <= nextMs) {
          const { playId } = ending;
          ending = null;
          self.give({ kind: 'played', playId });
        } else {
          wakeAtMs = null;
          self.give({ kind: 'tick' });
        }
      }
      nowMs = untilMs;
    },
  };
  return self;
}

describe('[DV3] one queue per zone', () => {
  it('speaks a call at once, and again 0.8 s after it ended', () => {
    const hall = zone();
    hall.call('A001', '3');
    hall.advance(60_000);
    expect(hall.log).toEqual(['0 A001→3', '5800 A001→3']);
  });

  it.each([1, 3])('speaks each call %d times when set so', times => {
    const hall = zone({ ...DEFAULT_ANNOUNCER_SETTINGS, times });
    hall.call('A001', '3');
    hall.advance(60_000);
    expect(hall.log).toHaveLength(times);
  });

  it('calls never cut each other off: the second waits for the first and its repeat', () => {
    const hall = zone();
    hall.call('A001', '3');
    hall.advance(1000);
    hall.call('B002', '4');
    hall.advance(60_000);
    expect(hall.log).toEqual(['0 A001→3', '5800 A001→3', '11600 B002→4', '17400 B002→4']);
  });

  it('merges the same ticket in the queue: it keeps its place and takes the newest counter', () => {
    const hall = zone();
    hall.call('A001', '3');
    hall.call('B002', '4');
    hall.call('C003', '5');
    hall.call('B002', '6');
    hall.advance(60_000);
    expect(hall.log.map(line => line.split(' ')[1])).toEqual([
      'A001→3',
      'A001→3',
      'B002→6',
      'B002→6',
      'C003→5',
      'C003→5',
    ]);
  });

  it('a re-call replaces the waiting repeat: no third play of the old one', () => {
    const hall = zone();
    hall.call('A001', '3');
    hall.advance(2000);
    hall.call('A001', '3');
    hall.advance(60_000);
    expect(hall.log).toEqual(['0 A001→3', '5800 A001→3', '11600 A001→3']);
  });

  it('a re-call during the last play follows it, before other tickets', () => {
    const hall = zone();
    hall.call('A001', '3');
    hall.call('B002', '4');
    hall.advance(7000);
    hall.call('A001', '9');
    hall.advance(60_000);
    expect(hall.log.map(line => line.split(' ')[1])).toEqual([
      'A001→3',
      'A001→3',
      'A001→9',
      'A001→9',
      'B002→4',
      'B002→4',
    ]);
  });

  it('when the customer is at the counter, the waiting repeat is not spoken any more', () => {
    const hall = zone();
    hall.call('A001', '3');
    hall.call('B002', '4');
    hall.advance(2000);
    hall.give({ kind: 'answered', ticket: 'A001' });
    hall.advance(60_000);
    expect(hall.log).toEqual(['0 A001→3', '5800 B002→4', '11600 B002→4']);
  });
});

describe('[HW5] "no voice" is said openly', () => {
  it('a sink that does not answer: V351 with the ticket, and the next call is tried', () => {
    const hall = zone();
    hall.isMute = true;
    hall.call('A001', '3');
    hall.call('B002', '4');
    hall.advance(8000);
    expect(hall.log).toEqual(['0 A001→3', '8000 no-voice A001', '8000 B002→4']);
    hall.isMute = false;
    hall.advance(8000);
    hall.call('C003', '5');
    hall.advance(60_000);
    expect(hall.log.slice(3)).toEqual([
      '16000 no-voice B002',
      '16000 C003→5',
      '21000 voice-back',
      '21800 C003→5',
    ]);
  });

  it('a sink known to be gone is not waited for', () => {
    const hall = zone();
    hall.isMute = true;
    hall.call('A001', '3');
    hall.give({ kind: 'sink-silent' });
    hall.give({ kind: 'sink-silent' });
    expect(hall.log).toEqual(['0 A001→3', '0 no-voice A001']);
  });

  it('a late answer to a play given up does not end the next one', () => {
    const hall = zone();
    hall.isMute = true;
    hall.call('A001', '3');
    hall.call('B002', '4');
    hall.advance(8000);
    const before = hall.state;
    hall.give({ kind: 'played', playId: 1 });
    expect(hall.state).toBe(before);
  });
});

describe('notices', () => {
  const notice = (noticeId: string, expiresAtMs = 1e9) =>
    ({ kind: 'notice', notice: { noticeId, durationMs: 2000, expiresAtMs } }) as const;

  it('[DV3] are said once, after the calls, and cut nobody off', () => {
    const hall = zone();
    hall.give(notice('n1'));
    hall.call('A001', '3');
    hall.give(notice('n2'));
    hall.advance(60_000);
    expect(hall.log).toEqual(['0 n1', '2800 A001→3', '8600 A001→3', '14400 n2']);
  });

  it('too old or too many are dropped, and said so', () => {
    const hall = zone();
    hall.call('A001', '3');
    hall.give(notice('old', 5000));
    for (const id of ['1', '2', '3', '4']) hall.give(notice(id));
    hall.advance(60_000);
    expect(hall.log.slice(0, 3)).toEqual(['0 A001→3', '0 notice-dropped old', '5800 A001→3']);
    const late = zone();
    late.call('A001', '3');
    late.give(notice('late', 5000));
    late.advance(60_000);
    expect(late.log).toEqual(['0 A001→3', '5000 notice-dropped late', '5800 A001→3']);
  });

  it('[HW5] what no voice can say ends at once with V353 and its repeats; the sink is not taken for silent', () => {
    const hall = zone();
    hall.isMute = true;
    hall.call('A001', '3');
    hall.call('B002', '4');
    hall.give({ kind: 'unspeakable', playId: 1 });
    hall.isMute = false;
    expect(hall.log).toEqual(['0 A001→3', '0 no-speech', '0 B002→4']);
    expect(hall.state.isSilent).toBe(false);
  });
});

it('[DV3] 20,000 random inputs: no call cuts another off, none is twice in the queue, all are spoken in the end', () => {
  const random = randomOf(SEED);
  const hall = zone();
  const tickets = ['A001', 'A002', 'B001', 'C001', 'V001'];
  for (let count = 0; count < 20_000; count += 1) {
    const ticket = tickets[Math.floor(random() * tickets.length)] ?? 'A001';
    const kind = random();
    if (kind < 0.3) hall.call(ticket, String(Math.ceil(random() * 9)));
    else if (kind < 0.35) hall.give({ kind: 'answered', ticket });
    // Late answers only: the sink gives the right one itself.
    else if (kind < 0.4) {
      hall.give({ kind: 'played', playId: Math.floor(random() * (hall.state.nextPlayId - 1)) });
    } else if (kind < 0.43) {
      const expiresAtMs = hall.nowMs + random() * 60_000;
      hall.give({ kind: 'notice', notice: { noticeId: `notice ${count}`, durationMs: 2000, expiresAtMs } });
    } else if (kind < 0.45) hall.give({ kind: 'tick' });
    else hall.advance(random() * 3000);
    const waiting = hall.state.queue.map(entry => entry.call.ticket);
    expect(new Set(waiting).size, `seed ${SEED}, input ${count}`).toBe(waiting.length);
  }
  const expected = new Map(hall.state.queue.map(entry => [entry.call.ticket, entry.timesLeft]));
  hall.log.length = 0;
  hall.advance(200_000);
  expect(hall.state.queue).toEqual([]);
  expect(hall.state.notices).toEqual([]);
  expect(hall.state.playing).toBeNull();
  for (const [ticket, timesLeft] of expected) {
    expect(
      hall.log.filter(line => line.includes(ticket)),
      `seed ${SEED}`,
    ).toHaveLength(timesLeft);
  }
});
