import type { BoardShown } from '#drivers/contract.ts';
import { choreSettled, choresDue } from './led-bus-chores.ts';
import {
  type BoardState,
  type BusRequest,
  type BusState,
  boardOf,
  type PlaceState,
  RESTING,
  steady,
  type UpdatePart,
  withBoard,
  withPlaces,
} from './led-bus-state.ts';
import { busGapMs } from './led-settings.ts';

/**
 * What became of a request. `passing`: busy or a damaged frame. `silent` carries whether damaged frames arrived
 * instead of an answer. `unanswered`: nobody was to answer, so it counts as obeyed; the line stays quiet for `quietMs`.
 * `unsayable`: the boards' family has no bytes for it, nothing was written.
 */
export type RequestOutcome =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nack'; readonly error: number; readonly passing: boolean }
  | { readonly kind: 'silent'; readonly damaged: boolean }
  | { readonly kind: 'unanswered'; readonly quietMs: number }
  | { readonly kind: 'unsayable' };

export interface Settled {
  readonly state: BusState;
  /** Texts accepted by the board for the first time. */
  readonly shown: readonly BoardShown[];
}

/** The request was answered, or the answer's time is over. */
export function requestSettled(state: BusState, outcome: RequestOutcome, nowMs: number): Settled {
  if (state.flight === null) return { state, shown: [] };
  const { request, writtenAtMs } = state.flight;
  const writtenMs = writtenAtMs ?? nowMs;
  const landed: BusState = {
    ...state,
    flight: null,
    quietUntilMs: quietUntil(state, outcome, writtenMs, nowMs),
  };
  const heard = afterOutcome(landed, request.boardId, outcome, writtenMs, nowMs);
  if (request.kind === 'chore') {
    const done = outcome.kind !== 'silent' && !(outcome.kind === 'nack' && outcome.passing);
    return { state: choreSettled(heard, request, done, nowMs), shown: [] };
  }
  if (request.kind === 'ping' || outcome.kind === 'silent') return { state: heard, shown: [] };
  if (outcome.kind === 'nack')
    return { state: refusedParts(heard, request, outcome.passing, nowMs), shown: [] };
  if (outcome.kind === 'unsayable') return { state: unsayableParts(heard, request, nowMs), shown: [] };
  const before = boardOf(landed, request.boardId);
  return {
    state: acceptedParts(heard, request, writtenMs),
    shown: before === undefined ? [] : newlyShown(before, request.parts, writtenMs),
  };
}

function quietUntil(state: BusState, outcome: RequestOutcome, writtenMs: number, nowMs: number): number {
  if (outcome.kind === 'unsayable') return state.quietUntilMs;
  const gapMs = busGapMs(state.settings.baudRate);
  return outcome.kind === 'unanswered' ? writtenMs + Math.max(gapMs, outcome.quietMs) : nowMs + gapMs;
}

/** What the outcome says about the board itself. */
function afterOutcome(
  state: BusState,
  boardId: string | null,
  outcome: RequestOutcome,
  writtenMs: number,
  nowMs: number,
): BusState {
  const before = boardOf(state, boardId);
  if (before === undefined || outcome.kind === 'unsayable') return state;
  if (outcome.kind === 'silent')
    return withBoard(state, before.boardId, board => missed(state, board, outcome.damaged, writtenMs));
  // Of a board that answers pings only, a text says nothing.
  if (outcome.kind === 'unanswered' && state.traits.hasPing) return state;
  const heard = withBoard(state, before.boardId, board => heardFrom(state, board, nowMs));
  return before.presence === 'up' ? heard : choresDue(heard, before.boardId, nowMs);
}

function heardFrom(state: BusState, board: BoardState, nowMs: number): BoardState {
  const heard: BoardState = {
    ...board,
    presence: 'up',
    misses: 0,
    pollDueMs: nowMs + state.settings.pollEveryMs,
  };
  return board.presence === 'down' ? withPlaces(heard, place => steady(place, nowMs)) : heard;
}

function missed(state: BusState, board: BoardState, damaged: boolean, triedMs: number): BoardState {
  const misses = board.misses + 1;
  const missCode = damaged ? 'L205' : 'L201';
  if (board.presence === 'down' || misses > state.settings.retries) {
    return { ...board, presence: 'down', misses, missCode, pollDueMs: triedMs + state.settings.pollEveryMs };
  }
  return { ...board, misses, missCode };
}

type Update = Extract<BusRequest, { kind: 'update' }>;

function acceptedParts(state: BusState, update: Update, writtenMs: number): BusState {
  const { flashes, flashEveryMs, refreshEveryMs } = state.settings;
  const stepMs = state.traits.flashesItself ? flashes * 2 * flashEveryMs : flashEveryMs;
  return withParts(state, update, place => {
    const accepted = { ...place, shown: true, refusals: 0, refused: false };
    if (place.step < place.lastStep) return { ...accepted, step: place.step + 1, dueMs: writtenMs + stepMs };
    return { ...accepted, ...RESTING, dueMs: writtenMs + refreshEveryMs };
  });
}

/** Busy and damaged frames are tried again; any other refusal waits for the next refresh and is reported (L204). */
function refusedParts(state: BusState, update: Update, passing: boolean, nowMs: number): BusState {
  const { retries, updateSpacingMs, refreshEveryMs } = state.settings;
  return withParts(state, update, place => {
    if (passing && place.refusals < retries)
      return { ...place, refusals: place.refusals + 1, dueMs: nowMs + updateSpacingMs };
    return { ...steady(place, nowMs), refusals: 0, refused: true, dueMs: nowMs + refreshEveryMs };
  });
}

/** Nothing was written; the next refresh tries again, as another text may be wanted by then (L206). */
function unsayableParts(state: BusState, update: Update, nowMs: number): BusState {
  const { refreshEveryMs } = state.settings;
  return withParts(state, update, place => ({
    ...place,
    ...RESTING,
    incomplete: true,
    dueMs: nowMs + refreshEveryMs,
  }));
}

/** Changes the places an update was about, unless a newer text is wanted there by now. */
function withParts(state: BusState, update: Update, change: (place: PlaceState) => PlaceState): BusState {
  return withBoard(state, update.boardId, board =>
    withPlaces(board, place => (isAbout(update.parts, place) ? change(place) : place)),
  );
}

function newlyShown(board: BoardState, parts: readonly UpdatePart[], writtenMs: number): BoardShown[] {
  return board.places
    .filter(place => isAbout(parts, place) && !place.shown && place.wanted !== null)
    .map(place => ({
      boardId: board.boardId,
      area: place.area,
      text: place.wanted?.text ?? '',
      writtenAfterMs: writtenMs - place.askedAtMs,
    }));
}

function isAbout(parts: readonly UpdatePart[], place: PlaceState): boolean {
  return parts.some(part => part.area === place.area && part.version === place.version);
}
