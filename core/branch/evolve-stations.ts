import { roleChangeOf } from '../replication/role-events.ts';
import { rolesAfter } from '../replication/roles.ts';
import type { EventEnvelope } from '../wire/event-envelope.ts';
import { assertNever } from '../wire/result.ts';
import type { BranchEvent } from './events.ts';
import type { STATION_EVENTS } from './events-stations.ts';
import { lateEffects } from './late-effects.ts';
import { type BranchState, counterOf } from './state.ts';
import { withEntry } from './state-maps.ts';
import type { LateConflict } from './stations-state.ts';

type StationEvent = BranchEvent<keyof typeof STATION_EVENTS>;
type Evolve = (state: BranchState, event: BranchEvent) => BranchState;

const KEPT_CONFLICTS = 50;

/** The part of `evolve` that concerns hosts and standbys. `evolve` itself is passed in for late events. */
export function evolveStations(state: BranchState, event: StationEvent, evolve: Evolve): BranchState {
  const batch = { change: roleChangeOf([event]) };
  const roles = rolesAfter(state.stations.roles, batch);
  const todaysRoles = rolesAfter(state.stations.todaysRoles, batch);
  const changed = { ...state, stations: { ...state.stations, roles, todaysRoles } };
  switch (event.type) {
    case 'epoch-raised':
    case 'standby-leaving':
    case 'standby-left':
      return changed;
    case 'standby-named':
      return { ...changed, stations: { ...changed.stations, usesBlocks: true } };
    case 'number-block-given': {
      const { toStation, first, last } = event.data;
      const ownNumbers = withEntry(state.stations.ownNumbers, toStation, { first, last });
      return { ...state, stations: { ...state.stations, ownNumbers } };
    }
    case 'kept-deed-set-aside':
      return withConflicts(state, setAside(state, event));
    case 'late-events-merged':
      return withLateEvents(changed, event, evolve);
    default:
      return assertNever(event);
  }
}

function withLateEvents(
  state: BranchState,
  event: BranchEvent<'late-events-merged'>,
  evolve: Evolve,
): BranchState {
  const after = lateEffects(event).reduce((present, late) => applyLate(present, late, evolve), state);
  return withConflicts(after, lateConflicts(after, event));
}

function withConflicts(state: BranchState, found: readonly LateConflict[]): BranchState {
  const lateConflicts = [...found.toReversed(), ...state.stations.lateConflicts].slice(0, KEPT_CONFLICTS);
  return { ...state, stations: { ...state.stations, lateConflicts } };
}

/** The deed by its first event; what followed from it is about the same ticket. */
function setAside(
  state: BranchState,
  { data: { deedId, doneAt, events }, station }: BranchEvent<'kept-deed-set-aside'>,
): LateConflict[] {
  return events
    .slice(0, 1)
    .map(({ type, data }) => conflictOf(state, { id: deedId, at: doneAt, type, data }, station));
}

function conflictOf(
  state: BranchState,
  { id, at, type, data }: Pick<EventEnvelope, 'id' | 'at' | 'type' | 'data'>,
  stationId: string,
): LateConflict {
  const ticketId = textOf(data.ticketId);
  const number = textOf(data.number) ?? (state.tickets.get(ticketId ?? '')?.number || null);
  return { eventId: id, at, stationId, type, ticketId, number, counterId: textOf(data.counterId) };
}

/** A late rating is for its ticket; a prompt that is open at the counter now is somebody else's. */
export function applyLate(state: BranchState, late: BranchEvent, evolve: Evolve): BranchState {
  const after = evolve(state, late);
  if (late.type !== 'rating-given' && late.type !== 'rating-closed') return after;
  const { counterId, ratingId } = late.data;
  const counter = counterOf(state, counterId);
  if (counter.openRating === null || counter.openRating.ratingId === ratingId) return after;
  return { ...after, counters: withEntry(after.counters, counterId, counter) };
}

function lateConflicts(
  state: BranchState,
  { data: { fromStation, batches, conflicts } }: BranchEvent<'late-events-merged'>,
): LateConflict[] {
  const shown = new Set(conflicts);
  return batches.flatMap(({ events }) =>
    events.flatMap(event => (shown.has(event.id) ? [conflictOf(state, event, fromStation)] : [])),
  );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
