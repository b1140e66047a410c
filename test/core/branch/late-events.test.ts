import { beforeEach, describe, expect, it } from 'vitest';
import { type BranchEvent, EVENT_DATA } from '#core/branch/events.ts';
import type { LateBatch } from '#core/branch/events-stations.ts';
import { mergeLateEvents } from '#core/branch/merge-late.ts';
import { figureReport, findFigure, type Kpi } from '#core/figures/day-figures.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import { DAY_MS, KEYPAD, MINUTE_MS, openBranch, PlayedBranch, TELLER_1, TELLER_2 } from '../played-branch.ts';

const HASH = '0'.repeat(64);

let present: PlayedBranch;
/** The other host, alone: it knows everything up to the moment the link was lost. */
let alone: PlayedBranch;
let known = 0;

function loseLink(): void {
  alone = new PlayedBranch('late');
  for (const event of present.events) alone.happen(event);
  alone.now = present.now;
  known = present.events.length;
}

/** Each event as a batch of its own. */
function lateBatches(events: readonly BranchEvent[] = alone.events.slice(known)): LateBatch[] {
  return events.map(({ type, data, at, actor, station }, index) => {
    const seq = known + index + 1;
    const place = { branch: '0101', epoch: 1, seq, hash: HASH };
    const event = { ...place, id: `e-${seq}`, at, type, version: 1, actor, station, data } as EventEnvelope;
    return {
      epoch: 1,
      firstSeq: seq,
      lastSeq: seq,
      previousHash: HASH,
      hash: HASH,
      events: [event],
      command: null,
    };
  });
}

/** Merges at the present host; answers the types that have no effect. */
function merge(batches = lateBatches()): { conflicts: string[]; stale: string[] } {
  const event = mergeLateEvents(present.state, 'pc-1', [HASH], batches);
  expect(EVENT_DATA['late-events-merged'].safeParse(event.data).success).toBe(true);
  present.happen({ ...event, at: present.now, actor: 'system', station: 'pc-2' } as BranchEvent);
  const typesOf = (ids: readonly string[]) =>
    batches.flatMap(({ events }) => events.flatMap(({ id, type }) => (ids.includes(id) ? [type] : [])));
  return { conflicts: typesOf(event.data.conflicts), stale: typesOf(event.data.stale) };
}

const figure = (kpi: Kpi) => findFigure(figureReport(present.figures), kpi).value;

beforeEach(() => {
  present = openBranch();
});

describe('[BR6] late events', () => {
  it('tickets the other host issued are added with their numbers, and can be called', () => {
    loseLink();
    const ticketId = alone.issue();
    present.wait(5 * MINUTE_MS);
    expect(merge()).toEqual({ conflicts: [], stale: [] });
    expect(present.ticket(ticketId)).toMatchObject({
      number: 'A001',
      status: 'waiting',
      issuedAt: alone.now,
    });
    expect(figure('tickets-issued')).toBe(1);
    expect(present.serve()).toBe(ticketId);
    expect(figure('average-wait')).toBe(5 * MINUTE_MS);
  });

  it('a customer served to the end there is done here, with the rating', () => {
    const ticketId = present.issue();
    loseLink();
    alone.serve();
    const { openRating } = alone.state.counters.get('counter-1') ?? {};
    const args = { counterId: 'counter-1', ratingId: openRating?.ratingId ?? '', position: 1 };
    alone.must('press-rating', args, KEYPAD);
    expect(merge()).toEqual({ conflicts: [], stale: [] });
    expect(present.ticket(ticketId)).toEqual(alone.ticket(ticketId));
    expect(present.state.counters.get('counter-1')).toEqual(alone.state.counters.get('counter-1'));
    expect(present.state.recentRatings).toHaveLength(1);
    expect(figureReport(present.figures)).toEqual(figureReport(alone.figures));
  });

  it('[CS5] a late call of a ticket somebody else called is kept and listed, and has no effect', () => {
    const ticketId = present.issue();
    loseLink();
    alone.now += MINUTE_MS;
    alone.serve('counter-2', TELLER_2);
    present.call('counter-1', TELLER_1);
    const before = present.state;
    const { conflicts } = merge();
    expect(conflicts).toEqual(['ticket-called', 'service-started', 'service-finished']);
    expect(present.ticket(ticketId)).toEqual(before.tickets.get(ticketId));
    expect(present.state.counters.get('counter-1')).toEqual(before.counters.get('counter-1'));
    expect(present.state.stations.lateConflicts.map(({ type }) => type)).toEqual(conflicts.toReversed());
    expect(present.state.stations.lateConflicts.at(-1)).toEqual({
      ...{ eventId: expect.any(String), at: alone.now - MINUTE_MS, stationId: 'pc-1', type: 'ticket-called' },
      ...{ ticketId, number: 'A001', counterId: 'counter-2' },
    });
    expect(figure('legs-done')).toBe(0);
  });

  it('[CS5] two counters never hold the same ticket, nor a counter two', () => {
    present.issue();
    const second = present.issue();
    loseLink();
    alone.call('counter-1', TELLER_1);
    // The same teller went on at the present host meanwhile.
    present.call('counter-2', TELLER_2);
    present.call('counter-1', TELLER_1);
    expect(merge().conflicts).toEqual(['ticket-called']);
    expect(present.state.counters.get('counter-1')?.ticketId).toBe(second);
  });

  it('a rating that came late is kept, and the prompt now open at that counter stays open', () => {
    present.issue();
    present.issue();
    present.serve();
    const late = present.state.counters.get('counter-1')?.openRating;
    loseLink();
    const args = { counterId: 'counter-1', ratingId: late?.ratingId ?? '', position: 1 };
    alone.must('press-rating', args, KEYPAD);
    present.wait(2 * MINUTE_MS);
    present.serve();
    const open = present.state.counters.get('counter-1')?.openRating;
    expect(open).not.toBeNull();
    expect(merge()).toEqual({ conflicts: [], stale: [] });
    expect(present.state.counters.get('counter-1')?.openRating).toEqual(open);
    expect(present.state.recentRatings[0]).toMatchObject({ ratingId: late?.ratingId, outcome: 'rated' });
  });

  it('sessions, opened windows and health that is older than here are out of date', () => {
    loseLink();
    alone.signIn('1003');
    alone.must('pause-counter', { counterId: 'counter-1', reasonId: 'lunch' }, TELLER_1);
    alone.now += 1;
    alone.setKeypad('counter-1', 'down');
    alone.setKeypad('counter-4', 'down');
    present.now += 2;
    present.setKeypad('counter-1', 'warning');
    const counter = present.state.counters.get('counter-1');
    const { conflicts, stale } = merge();
    expect(conflicts).toEqual([]);
    expect(stale.toSorted()).toEqual(['counter-paused', 'device-health-changed', 'staff-signed-in']);
    expect(present.state.counters.get('counter-1')).toEqual(counter);
    expect(present.state.devices.get('keypad-counter-1')?.health.status).toBe('warning');
    expect(present.state.stations.lateConflicts).toEqual([]);
  });

  it('yesterday’s tickets are not today’s', () => {
    loseLink();
    const ticketId = alone.issue();
    present.wait(DAY_MS);
    expect(merge().stale).toEqual(['ticket-issued', 'ticket-print-requested']);
    expect(present.state.tickets.has(ticketId)).toBe(false);
    expect(figure('tickets-issued')).toBe(0);
  });

  it('a number that was given here too, and what this program cannot read, are listed', () => {
    loseLink();
    const twice = alone.issue();
    present.issue();
    const batches = lateBatches();
    const [first] = batches;
    const [event] = first?.events ?? [];
    if (first === undefined || event === undefined) throw new Error('nothing late');
    const odd = { ...first, events: [{ ...event, id: 'odd', type: 'of-tomorrow' }] };
    expect(merge([...batches, odd]).conflicts).toEqual(['ticket-issued', 'of-tomorrow']);
    expect(present.state.tickets.has(twice)).toBe(false);
    expect(present.state.stations.lateConflicts.map(({ type, number }) => [type, number])).toEqual([
      ['of-tomorrow', 'A001'],
      ['ticket-issued', 'A001'],
    ]);
  });

  it('[BR5] numbers another host had given to a PC are that PC’s, unless it or they are somebody’s', () => {
    const give = (branch: PlayedBranch, toStation: string, first: number) =>
      branch.happen({
        ...{ type: 'number-block-given', data: { toStation, first, last: first + 19 } },
        ...{ at: branch.now, actor: 'system', station: 'pc-1' },
      } as BranchEvent);
    give(present, 'pc-2', 900);
    loseLink();
    give(alone, 'pc-3', 920);
    give(alone, 'pc-4', 910);
    give(alone, 'pc-2', 940);
    expect(merge().conflicts).toEqual(['number-block-given', 'number-block-given']);
    expect([...present.state.stations.ownNumbers]).toEqual([
      ['pc-2', { first: 900, last: 919 }],
      ['pc-3', { first: 920, last: 939 }],
    ]);
  });

  it('the same journal gives the same state and figures wherever it is replayed', () => {
    present.issue();
    loseLink();
    alone.serve();
    alone.issue();
    present.issue('credit-card');
    merge();
    const replayed = new PlayedBranch();
    for (const happened of present.events) replayed.happen(happened);
    expect(replayed.state).toEqual(present.state);
    expect(figureReport(replayed.figures)).toEqual(figureReport(present.figures));
  });
});
