import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmAction, deservesSound, newAlarms, sortAlarms } from '#renderer/lobby/alarm-action.ts';
import { alarmOf, BAD_RATING, lobbyView, NOW } from './views.ts';

const badRating = alarmOf({
  id: 'bad-rating:rating-1',
  kind: 'bad-rating',
  level: 'red',
  facts: { number: 'A001', ratingId: 'rating-1' },
});

describe('the best action of an alarm', () => {
  it('[RT3] of a bad rating is to note what was done, as long as nobody has', () => {
    const open = lobbyView({ ratings: [BAD_RATING] });
    expect(alarmAction(badRating, open)).toEqual({ kind: 'handle-bad-rating', ratingId: 'rating-1' });
    const handled = lobbyView({ ratings: [{ ...BAD_RATING, handledNote: '已致歉' }] });
    expect(alarmAction(badRating, handled)).toBeNull();
    expect(alarmAction(badRating, lobbyView())).toBeNull();
  });

  it('[TK4] of a ticket that was not printed is the reprint', () => {
    const alarm = alarmOf({ kind: 'not-printed', facts: { number: 'A001', ticketId: 'ticket-1' } });
    expect(alarmAction(alarm, lobbyView())).toEqual({ kind: 'reprint-ticket', ticketId: 'ticket-1' });
  });

  it('[LB1] of a late queue is to look at its tickets; a device has to be gone to', () => {
    const late = alarmOf({ kind: 'over-limit', facts: { queueId: 'cash', count: 2, minutes: 15 } });
    expect(alarmAction(late, lobbyView())).toEqual({ kind: 'show-queue', queueId: 'cash' });
    expect(alarmAction(alarmOf(), lobbyView())).toBeNull();
  });

  it('[LB2] [MO2] of a late queue is to ask the window that could help, where there is one', () => {
    const late = alarmOf({ kind: 'over-limit', facts: { queueId: 'cash', counterId: 'counter-3' } });
    expect(alarmAction(late, lobbyView())).toEqual({ kind: 'ask-counter-to-open', counterId: 'counter-3' });
  });

  it.each(['complaint', 'emergency'] as const)('[LB2] of a %s is to say what came of it', kind => {
    const alarm = alarmOf({ kind, level: 'red', facts: { incidentId: 'i', text: '…', number: '' } });
    expect(alarmAction(alarm, lobbyView())).toEqual({ kind: 'handle-incident', incidentId: 'i' });
  });
});

describe('the order of alarms', () => {
  it('[LB1] is worst first, then newest', () => {
    const alarms = [
      alarmOf({ id: 'old-orange', level: 'orange', since: NOW - 5 }),
      alarmOf({ id: 'yellow', level: 'yellow', since: NOW + 9 }),
      alarmOf({ id: 'new-orange', level: 'orange', since: NOW }),
      alarmOf({ id: 'red', level: 'red', since: NOW - 9 }),
    ];
    expect(sortAlarms(alarms).map(alarm => alarm.id)).toEqual(['red', 'new-orange', 'old-orange', 'yellow']);
  });

  it('[LB1] does not depend on the order they arrive in', () => {
    const alarm = fc.record({
      id: fc.uuid(),
      level: fc.constantFrom('red', 'orange', 'yellow'),
      since: fc.integer({ min: 0, max: 3 }),
    });
    const alarms = fc.uniqueArray(alarm, { selector: one => one.id, maxLength: 12 });
    const seed = Number(process.env.FOYER_SEED ?? 20261122);
    fc.assert(
      fc.property(alarms, changes => {
        const made = changes.map(change => alarmOf(change));
        expect(sortAlarms([...made].reverse())).toEqual(sortAlarms(made));
      }),
      { seed },
    );
  });
});

describe('a new alarm', () => {
  it('[RT3] sounds once when it comes, not for what was there before the screen opened', () => {
    expect(newAlarms([badRating], null)).toEqual([]);
    expect(newAlarms([badRating], new Set())).toEqual([badRating]);
    expect(newAlarms([badRating], new Set([badRating.id]))).toEqual([]);
  });

  it('[RT3] sounds for a bad rating and for red ones only', () => {
    expect(deservesSound([badRating])).toBe(true);
    expect(deservesSound([alarmOf({ level: 'orange' }), alarmOf({ level: 'yellow' })])).toBe(false);
    expect(deservesSound([alarmOf({ level: 'red' })])).toBe(true);
    expect(deservesSound([])).toBe(false);
  });
});
