import type { View } from '#core/wire/views.ts';

export type LobbyView = View<'lobby'>;
export type Alarm = LobbyView['alarms'][number];
export type RatingLine = LobbyView['ratings'][number];

/** The one best thing to do about an alarm; null when there is nothing to press, only something to go and see. */
export type AlarmAction =
  | { readonly kind: 'reprint-ticket'; readonly ticketId: string }
  | { readonly kind: 'handle-bad-rating'; readonly ratingId: string }
  | { readonly kind: 'handle-incident'; readonly incidentId: string }
  | { readonly kind: 'handle-cue'; readonly alertId: string }
  | { readonly kind: 'ask-counter-to-open'; readonly counterId: string }
  | { readonly kind: 'show-queue'; readonly queueId: string };

/** The text of a fact, or null. */
function factOf(alarm: Alarm, name: string): string | null {
  const fact = alarm.facts[name];
  return fact === undefined ? null : String(fact);
}

/** The bad rating an alarm is about, when it is still waiting for somebody; null otherwise. */
export function ratingOfAlarm(alarm: Alarm, view: LobbyView): RatingLine | null {
  if (alarm.kind !== 'bad-rating') return null;
  const ratingId = factOf(alarm, 'ratingId');
  return (
    view.ratings.find(rating => rating.bad && rating.handledNote === null && rating.ratingId === ratingId) ??
    null
  );
}

/** LB1, RT3: what the button of an alarm does. */
export function alarmAction(alarm: Alarm, view: LobbyView): AlarmAction | null {
  switch (alarm.kind) {
    case 'bad-rating': {
      const rating = ratingOfAlarm(alarm, view);
      return rating && { kind: 'handle-bad-rating', ratingId: rating.ratingId };
    }
    case 'complaint':
    case 'emergency': {
      const incidentId = factOf(alarm, 'incidentId');
      return incidentId === null ? null : { kind: 'handle-incident', incidentId };
    }
    case 'cue': {
      const alertId = factOf(alarm, 'alertId');
      return alertId === null ? null : { kind: 'handle-cue', alertId };
    }
    case 'not-printed': {
      const ticketId = factOf(alarm, 'ticketId');
      return ticketId === null ? null : { kind: 'reprint-ticket', ticketId };
    }
    case 'over-limit': {
      const counterId = factOf(alarm, 'counterId');
      if (counterId !== null) return { kind: 'ask-counter-to-open', counterId };
      const queueId = factOf(alarm, 'queueId');
      return queueId === null ? null : { kind: 'show-queue', queueId };
    }
    default:
      return null;
  }
}

const LEVEL_RANK: Readonly<Record<Alarm['level'], number>> = { red: 0, orange: 1, yellow: 2 };

/** LB1: worst first, and among equals the newest first; ties by id, so that nothing shuffles. */
export function sortAlarms(alarms: readonly Alarm[]): Alarm[] {
  return [...alarms].sort(
    (a, b) => LEVEL_RANK[a.level] - LEVEL_RANK[b.level] || b.since - a.since || (a.id < b.id ? -1 : 1),
  );
}

/**
 * Ids of the alarms that were not there before: these glow once, and a red one among them sounds.
 * @param knownIds ids already on screen; null before the first view, when nothing counts as new
 */
export function newAlarms(alarms: readonly Alarm[], knownIds: ReadonlySet<string> | null): Alarm[] {
  return knownIds === null ? [] : alarms.filter(alarm => !knownIds.has(alarm.id));
}

/** RT3: does this deserve the soft sound? A bad rating always does, other alarms only when red. */
export function deservesSound(alarms: readonly Alarm[]): boolean {
  return alarms.some(alarm => alarm.kind === 'bad-rating' || alarm.level === 'red');
}
