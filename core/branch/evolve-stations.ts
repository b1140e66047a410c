import { roleChangeOf } from '../replication/role-events.ts';
import { rolesAfter } from '../replication/roles.ts';
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
  const roles = rolesAfter(state.stations.roles, { change: roleChangeOf([event]) });
  const changed = { ...state, stations: { ...state.stations, roles } };
  switch (event.type) {
    case 'epoch-raised':
    case 'standby-leaving':
    case 'standby-left':
      return changed;
    case 'standby-named':
      return { ...changed, stations: { ...changed.stations, usesBlocks: true } };
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
  const found = lateConflicts(after, event);
  const conflicts = [...found.toReversed(), ...after.stations.lateConflicts].slice(0, KEPT_CONFLICTS);
  return { ...after, stations: { ...after.stations, lateConflicts: conflicts } };
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
    events.flatMap(({ id, at, type, data }) => {
      if (!shown.has(id)) return [];
      const ticketId = textOf(data.ticketId);
      const number = textOf(data.number) ?? (state.tickets.get(ticketId ?? '')?.number || null);
      const counterId = textOf(data.counterId);
      return [{ eventId: id, at, stationId: fromStation, type, ticketId, number, counterId }];
    }),
  );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
