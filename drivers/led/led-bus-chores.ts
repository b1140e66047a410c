import type { BoardState, BusRequest, BusState } from './led-bus-state.ts';
import type { LedBusSettings } from './led-settings.ts';

/** What is asked of a board beside its texts; the bus adds the time when it sends. */
export type ChoreRequest =
  | { readonly kind: 'ping' }
  | { readonly kind: 'brightness'; readonly level: number }
  | { readonly kind: 'power'; readonly on: boolean }
  | { readonly kind: 'time' };

/** A request that waits until the line has nothing better to do. */
export interface Chore {
  readonly id: number;
  /** Null: one frame for every board. */
  readonly boardId: string | null;
  readonly request: ChoreRequest;
  readonly dueMs: number;
  /** When it is due again after it was done (infinity: when the board comes back); null: it is asked once. */
  readonly everyMs: number | null;
}

/** Who is told the time: all boards in one frame, each by itself, or nobody. */
export type TellsTime = 'all' | 'each' | 'none';

/** What a bus does by itself: the brightness the settings name, and the boards' clocks. */
export function standingChores(settings: LedBusSettings, tellsTime: TellsTime): readonly Chore[] {
  const wanted: Omit<Chore, 'id'>[] = [];
  const add = (boardId: string | null, request: ChoreRequest, everyMs: number) =>
    wanted.push({ boardId, request, dueMs: Number.POSITIVE_INFINITY, everyMs });
  if (tellsTime === 'all') add(null, { kind: 'time' }, settings.clockEveryMs);
  for (const { boardId, brightness = null } of settings.boards) {
    if (brightness !== null)
      add(boardId, { kind: 'brightness', level: brightness }, Number.POSITIVE_INFINITY);
    if (tellsTime === 'each') add(boardId, { kind: 'time' }, settings.clockEveryMs);
  }
  return wanted.map((chore, index) => ({ ...chore, id: index + 1 }));
}

/** The state with one more chore, done once and then forgotten. */
export function choreAsked(
  state: BusState,
  boardId: string,
  request: ChoreRequest,
  nowMs: number,
): { readonly state: BusState; readonly choreId: number } {
  const choreId = 1 + Math.max(0, ...state.chores.map(chore => chore.id));
  const chore: Chore = { id: choreId, boardId, request, dueMs: nowMs, everyMs: null };
  return { state: { ...state, chores: [...state.chores, chore] }, choreId };
}

/** The standing chores of `boardId` are due: it was heard for the first time, or is back. Null: those for everybody. */
export function choresDue(state: BusState, boardId: string | null, nowMs: number): BusState {
  return withChores(state, chore =>
    chore.boardId === boardId && chore.everyMs !== null ? { ...chore, dueMs: nowMs } : chore,
  );
}

/** The one-time chores are over unanswered: the port went away. */
export function askedChoresDropped(state: BusState): BusState {
  return { ...state, chores: state.chores.filter(chore => chore.everyMs !== null) };
}

/** Whether a chore may be sent now, given its board: boards that are down only hear what somebody asks for. */
export function choreIsOpen(chore: Chore, board: BoardState | undefined): boolean {
  return chore.boardId === null || chore.everyMs === null || board?.presence === 'up';
}

/** @param done false when the board did not obey; a standing chore is then tried again with the next poll */
export function choreSettled(
  state: BusState,
  request: Extract<BusRequest, { kind: 'chore' }>,
  done: boolean,
  nowMs: number,
): BusState {
  const { id, everyMs } = request.chore;
  if (everyMs === null) return { ...state, chores: state.chores.filter(chore => chore.id !== id) };
  const dueMs = nowMs + (done ? everyMs : state.settings.pollEveryMs);
  return withChores(state, chore => (chore.id === id ? { ...chore, dueMs } : chore));
}

function withChores(state: BusState, change: (chore: Chore) => Chore): BusState {
  return state.chores.length === 0 ? state : { ...state, chores: state.chores.map(change) };
}
