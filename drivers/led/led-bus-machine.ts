import type { BoardText } from '#drivers/contract.ts';
import { askedChoresDropped, choreIsOpen, choresDue } from './led-bus-chores.ts';
import {
  type BoardState,
  type BusRequest,
  type BusState,
  boardOf,
  type PlaceState,
  steady,
  type UpdatePart,
  withBoard,
  withPlaces,
} from './led-bus-state.ts';

/**
 * The rules of one LED bus, without bytes, ports or clocks: what to send next, and what an answer or its absence
 * means. One request is on the line at a time. Order: new calls, flash steps of calls, new idle texts, refreshes,
 * polls, chores. A board that owes an answer comes after all work for the others, so it costs them one time-out at most.
 */

export type NextStep =
  | { readonly kind: 'send'; readonly request: BusRequest }
  /** Nothing to send before `untilMs`; null: before something happens. */
  | { readonly kind: 'wait'; readonly untilMs: number | null };

/** The port is open: every board is asked anew and gets its current text again. */
export function linkOpened(state: BusState, nowMs: number): BusState {
  return {
    ...choresDue(state, null, nowMs),
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
  return { ...askedChoresDropped(state), link: 'closed', linkCode: code, flight: null };
}

/**
 * Somebody wants a text shown. The newest wins; the same idle text again changes nothing, the same call again is a
 * recall and flashes again. Unknown boards and areas change nothing.
 * @param complete false when the text cannot be shown whole (health L206)
 */
export function textWanted(state: BusState, text: BoardText, complete: boolean, nowMs: number): BusState {
  const lastStep = text.effect !== 'flash' ? 0 : state.traits.flashesItself ? 1 : state.settings.flashes * 2;
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
        dueMs: isWaiting(place, text) ? Math.min(place.dueMs, nowMs) : nowMs,
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
  const callMs = best === undefined || owesAnswer(best.board) === 0 ? null : nextCallMs(candidates);
  if (callMs !== null) return { kind: 'wait', untilMs: callMs };
  if (best !== undefined) return { kind: 'send', request: requestFor(best, state, nowMs) };
  const chores = state.chores.filter(chore => choreIsOpen(chore, boardOf(state, chore.boardId)));
  const chore = chores.find(({ dueMs }) => dueMs <= nowMs);
  if (chore !== undefined) return { kind: 'send', request: { kind: 'chore', boardId: chore.boardId, chore } };
  const untilMs = Math.min(
    ...candidates.map(candidate => candidate.readyMs),
    ...chores.map(({ dueMs }) => dueMs),
  );
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
  if (request.kind !== 'update') return flown;
  return withBoard(flown, request.boardId, board => ({
    ...board,
    updateFreeMs: Math.max(board.updateFreeMs, nowMs) + state.settings.updateSpacingMs,
  }));
}

/** Boards answer within tens of milliseconds; the long time-out is for those that are known to be alive. */
const DOWN_PATIENCE_MS = 500;
/** Every so many tries a board that is down is waited for as long as any other, should it be slow. */
const PATIENT_EVERY = 4;

/** How long the answer to the request on the line is waited for; a board that is down must not delay many calls. */
export function answerPatienceMs(state: BusState): number {
  const { answerTimeoutMs } = state.settings;
  const board = boardOf(state, state.flight?.request.boardId ?? null);
  const isLong = board?.presence !== 'down' || board.misses % PATIENT_EVERY === 0;
  return isLong ? answerTimeoutMs : Math.min(answerTimeoutMs, DOWN_PATIENCE_MS);
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
  const { hasPing } = state.traits;
  const poll: Candidate = { board, place: null, readyMs: board.pollDueMs, rank: RANK.poll };
  const wanted = board.places.filter(place => place.wanted !== null);
  if (board.presence === 'down') {
    // A board that cannot be pinged is asked with one of its texts.
    return hasPing ? [poll] : wanted.slice(0, 1).map(place => ({ ...poll, place }));
  }
  const texts = wanted.map(place => {
    const rank = rankOf(state, place, nowMs);
    const earlyMs = rank === RANK.call && !place.shown ? state.settings.updateSpacingMs : 0;
    return { board, place, readyMs: Math.max(place.dueMs, board.updateFreeMs - earlyMs), rank };
  });
  return hasPing ? [...texts, poll] : texts;
}

/** When the first new call may go to a board that answers; so long no board that owes an answer is asked. */
function nextCallMs(candidates: readonly Candidate[]): number | null {
  const calls = candidates.filter(
    ({ board, place, rank }) => rank === RANK.call && place?.shown === false && owesAnswer(board) === 0,
  );
  return calls.length === 0 ? null : Math.min(...calls.map(({ readyMs }) => readyMs));
}

function rankOf(state: BusState, place: PlaceState, nowMs: number): number {
  const isCall = place.wanted?.priority === 'call';
  if (!place.shown) return isCall ? RANK.call : RANK.idle;
  // Going dark can wait; a call that is dark comes back like a new one.
  if (place.step > 0) return !isCall ? RANK.idle : place.step % 2 === 0 ? RANK.call : RANK.callStep;
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

/** One frame takes everything that is due on the board, as far as it can: cards count frames, not areas. */
function requestFor({ board, place: first }: Candidate, state: BusState, nowMs: number): BusRequest {
  const { boardId } = board;
  if (first === null) return { kind: 'ping', boardId };
  const others = board.places.filter(
    place => place !== first && place.wanted !== null && place.dueMs <= nowMs,
  );
  const chosen = [first, ...others].slice(0, state.traits.partsPerFrame);
  return {
    kind: 'update',
    boardId,
    parts: board.places.flatMap(place => (chosen.includes(place) ? partOf(place, state) : [])),
  };
}

function partOf({ area, version, wanted, step, lastStep }: PlaceState, { traits }: BusState): UpdatePart[] {
  if (wanted === null) return [];
  const effect = wanted.effect === 'flash' && step === lastStep ? 'still' : wanted.effect;
  return [{ area, version, text: wanted.text, effect, visible: traits.flashesItself || step % 2 === 0 }];
}

/** A text that replaces one still waiting takes its place in the queue: on a busy line nobody waits for ever. */
function isWaiting(place: PlaceState, next: BoardText): boolean {
  return !place.shown && place.wanted?.priority === next.priority;
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
