import type { BoardShown, BoardText } from '#drivers/contract.ts';
import {
  type BoardState,
  type BusRequest,
  type BusState,
  type PlaceState,
  type UpdatePart,
  withBoard,
  withPlaces,
} from './led-bus-state.ts';
import { busGapMs } from './led-settings.ts';
import { NACK_BUSY, NACK_CHECKSUM } from './onbon-commands.ts';

/**
 * The rules of one LED bus, without bytes, ports or clocks: what to send next, and what an answer or its absence
 * means. One request is on the line at a time. Order: new calls, flash steps of calls, new idle texts, refreshes,
 * polls. A board that owes an answer comes after all work for the others, so it costs them one time-out at most.
 */

/** What became of a request. `silent` carries whether damaged frames arrived instead of an answer. */
export type RequestOutcome =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nack'; readonly error: number }
  | { readonly kind: 'silent'; readonly damaged: boolean };

export type NextStep =
  | { readonly kind: 'send'; readonly request: BusRequest }
  /** Nothing to send before `untilMs`; null: before something happens. */
  | { readonly kind: 'wait'; readonly untilMs: number | null };

export interface Settled {
  readonly state: BusState;
  /** Texts accepted by the board for the first time. */
  readonly shown: readonly BoardShown[];
}

/** The port is open: every board is asked anew and gets its current text again. */
export function linkOpened(state: BusState, nowMs: number): BusState {
  return {
    ...state,
    link: 'open',
    linkCode: null,
    flight: null,
    quietUntilMs: nowMs,
    boards: state.boards.map(board => ({
      ...withPlaces(board, place => steady(place, nowMs)),
      presence: 'unheard',
      misses: 0,
      pollDueMs: nowMs,
    })),
  };
}

/** The port could not be opened (L202) or was lost (L203). What was on the line counts as not sent. */
export function linkClosed(state: BusState, code: 'L202' | 'L203'): BusState {
  return { ...state, link: 'closed', linkCode: code, flight: null };
}

/**
 * Somebody wants a text shown. The newest wins; the same idle text again changes nothing, the same call again is a
 * recall and flashes again. Unknown boards and areas change nothing.
 * @param complete false when the text cannot be shown whole (health L206)
 */
export function textWanted(state: BusState, text: BoardText, complete: boolean, nowMs: number): BusState {
  const lastStep = text.effect === 'flash' ? state.settings.flashes * 2 : 0;
  return withBoard(state, text.boardId, board =>
    withPlaces(board, place => {
      if (place.area !== text.area || isSameIdleText(place.wanted, text)) return place;
      return {
        ...place,
        wanted: text,
        version: place.version + 1,
        askedAtMs: nowMs,
        shown: false,
        step: 0,
        lastStep,
        dueMs: nowMs,
        refusals: 0,
        refused: false,
        incomplete: !complete,
      };
    }),
  );
}

/** What to do now. Pure: ask as often as you like. */
export function nextStep(state: BusState, nowMs: number): NextStep {
  if (state.link === 'closed' || state.flight !== null) return { kind: 'wait', untilMs: null };
  if (nowMs < state.quietUntilMs) return { kind: 'wait', untilMs: state.quietUntilMs };

  const candidates = state.boards.flatMap(board => candidatesOf(state, board, nowMs));
  const best = candidates.filter(candidate => candidate.readyMs <= nowMs).sort(byUrgency)[0];
  if (best !== undefined) return { kind: 'send', request: requestFor(best, nowMs) };
  const untilMs = Math.min(...candidates.map(candidate => candidate.readyMs));
  return { kind: 'wait', untilMs: Number.isFinite(untilMs) ? untilMs : null };
}

/** The request is being written. */
export function requestStarted(state: BusState, request: BusRequest): BusState {
  return { ...state, flight: { request, writtenAtMs: null } };
}

/** The request's last byte was written. */
export function requestWritten(state: BusState, nowMs: number): BusState {
  if (state.flight === null) return state;
  const { request } = state.flight;
  const flown: BusState = { ...state, flight: { request, writtenAtMs: nowMs } };
  if (request.kind === 'ping') return flown;
  return withBoard(flown, request.boardId, board => ({
    ...board,
    updateFreeMs: Math.max(board.updateFreeMs, nowMs) + state.settings.updateSpacingMs,
  }));
}

/** The request was answered, or the answer's time is over. */
export function requestSettled(state: BusState, outcome: RequestOutcome, nowMs: number): Settled {
  if (state.flight === null) return { state, shown: [] };
  const { request, writtenAtMs } = state.flight;
  const landed: BusState = {
    ...state,
    flight: null,
    quietUntilMs: nowMs + busGapMs(state.settings.baudRate),
  };
  if (outcome.kind === 'silent') {
    const settled = withBoard(landed, request.boardId, board =>
      missed(landed, board, outcome.damaged, writtenAtMs ?? nowMs),
    );
    return { state: settled, shown: [] };
  }
  const before = landed.boards.find(board => board.boardId === request.boardId);
  const heard = withBoard(landed, request.boardId, board => heardFrom(landed, board, nowMs));
  if (request.kind === 'ping') return { state: heard, shown: [] };
  if (outcome.kind === 'nack') {
    return { state: refusedParts(heard, request.boardId, request.parts, outcome.error, nowMs), shown: [] };
  }
  const writtenMs = writtenAtMs ?? nowMs;
  return {
    state: acceptedParts(heard, request.boardId, request.parts, writtenMs),
    shown: before === undefined ? [] : newlyShown(before, request.parts, writtenMs),
  };
}

interface Candidate {
  readonly board: BoardState;
  /** Null for a poll. */
  readonly place: PlaceState | null;
  readonly readyMs: number;
  readonly rank: number;
}

const RANK = { call: 0, callStep: 1, idle: 2, refresh: 3, poll: 4 } as const;

function candidatesOf(state: BusState, board: BoardState, nowMs: number): Candidate[] {
  const poll: Candidate = { board, place: null, readyMs: board.pollDueMs, rank: RANK.poll };
  if (board.presence === 'down') return [poll];
  const texts = board.places
    .filter(place => place.wanted !== null)
    .map(place => {
      const rank = rankOf(state, place, nowMs);
      const earlyMs = rank === RANK.call ? state.settings.updateSpacingMs : 0;
      return { board, place, readyMs: Math.max(place.dueMs, board.updateFreeMs - earlyMs), rank };
    });
  return [...texts, poll];
}

function rankOf(state: BusState, place: PlaceState, nowMs: number): number {
  const isCall = place.wanted?.priority === 'call';
  if (!place.shown) return isCall ? RANK.call : RANK.idle;
  if (place.step > 0) return isCall ? RANK.callStep : RANK.idle;
  // Refreshes that a busy line has pushed back for long come before the board blanks itself.
  return nowMs - place.dueMs > state.settings.refreshEveryMs ? RANK.callStep : RANK.refresh;
}

function byUrgency(a: Candidate, b: Candidate): number {
  return (
    owesAnswer(a.board) - owesAnswer(b.board) ||
    a.rank - b.rank ||
    (a.place?.dueMs ?? a.readyMs) - (b.place?.dueMs ?? b.readyMs)
  );
}

/** Boards that are known to answer first, then those that may not, then those that did not. */
function owesAnswer(board: BoardState): 0 | 1 | 2 {
  if (board.presence === 'down') return 2;
  return board.presence === 'up' && board.misses === 0 ? 0 : 1;
}

/** One frame takes everything that is due on the board, as the card counts frames, not areas. */
function requestFor(candidate: Candidate, nowMs: number): BusRequest {
  const { boardId, address, places } = candidate.board;
  if (candidate.place === null) return { kind: 'ping', boardId, address };
  const parts = places.flatMap(place =>
    place.wanted !== null && place.dueMs <= nowMs
      ? [
          {
            area: place.area,
            version: place.version,
            content: place.wanted,
            visible: place.step % 2 === 0,
          },
        ]
      : [],
  );
  return { kind: 'update', boardId, address, parts };
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

function acceptedParts(
  state: BusState,
  boardId: string,
  parts: readonly UpdatePart[],
  writtenMs: number,
): BusState {
  const { flashEveryMs, refreshEveryMs } = state.settings;
  return withBoard(state, boardId, board =>
    withPlaces(board, place => {
      if (!isAbout(parts, place)) return place;
      const accepted = { ...place, shown: true, refusals: 0, refused: false };
      if (place.step < place.lastStep)
        return { ...accepted, step: place.step + 1, dueMs: writtenMs + flashEveryMs };
      return { ...accepted, ...RESTING, dueMs: writtenMs + refreshEveryMs };
    }),
  );
}

/** Busy and damaged frames are tried again; any other refusal waits for the next refresh and is reported (L204). */
function refusedParts(
  state: BusState,
  boardId: string,
  parts: readonly UpdatePart[],
  error: number,
  nowMs: number,
): BusState {
  const { retries, updateSpacingMs, refreshEveryMs } = state.settings;
  const passing = error === NACK_BUSY || error === NACK_CHECKSUM;
  return withBoard(state, boardId, board =>
    withPlaces(board, place => {
      if (!isAbout(parts, place)) return place;
      if (passing && place.refusals < retries) {
        return { ...place, refusals: place.refusals + 1, dueMs: nowMs + updateSpacingMs };
      }
      return { ...steady(place, nowMs), refusals: 0, refused: true, dueMs: nowMs + refreshEveryMs };
    }),
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

const RESTING = { step: 0, lastStep: 0 } as const;

/** Due at once; a text that was seen before does not flash again. */
function steady(place: PlaceState, nowMs: number): PlaceState {
  return place.shown ? { ...place, ...RESTING, dueMs: nowMs } : { ...place, dueMs: nowMs };
}

function isSameIdleText(current: BoardText | null, next: BoardText): boolean {
  return (
    current !== null &&
    next.priority === 'idle' &&
    current.priority === 'idle' &&
    current.text === next.text &&
    current.effect === next.effect
  );
}
