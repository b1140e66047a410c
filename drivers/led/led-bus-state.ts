import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { BoardText } from '#drivers/contract.ts';
import type { Chore } from './led-bus-chores.ts';
import type { LedPart } from './led-protocol.ts';
import type { LedBusSettings } from './led-settings.ts';

/** What the rules need to know of the boards' family (`LedProtocol`). */
export interface BusTraits {
  /** The board blinks by itself; otherwise text and blank are written in turn. */
  readonly flashesItself: boolean;
  /** There is an answered request without effect, so a board can be asked whether it is there. */
  readonly hasPing: boolean;
  /** Updates are answered. */
  readonly answers: boolean;
  /** Areas one update can carry. */
  readonly partsPerFrame: number;
}

/** Boards that answer everything and leave the flashing to the bus. */
export const PLAIN_TRAITS: BusTraits = {
  flashesItself: false,
  hasPing: true,
  answers: true,
  partsPerFrame: Number.POSITIVE_INFINITY,
};

/** What a place (one area of one board) is to show, and how far that has come. */
export interface PlaceState {
  readonly area: number;
  /** Null until somebody asked for a text. */
  readonly wanted: BoardText | null;
  /** Counts the texts asked for, so that an answer to an older one is not taken for the newest. */
  readonly version: number;
  readonly askedAtMs: number;
  /** The newest text was accepted by the board at least once. */
  readonly shown: boolean;
  /** Flash step: even shows the text, odd is blank; the last one stays. */
  readonly step: number;
  readonly lastStep: number;
  /** When the next write is wanted: a new text, a flash step or a refresh. */
  readonly dueMs: number;
  /** Busy or damaged answers since the last accepted write. */
  readonly refusals: number;
  /** The board refused the text for good (L204) or it cannot be shown whole (L206). */
  readonly refused: boolean;
  readonly incomplete: boolean;
}

export interface BoardState {
  readonly boardId: string;
  /** `unheard`: no answer yet since the port was opened. Boards that cannot answer are `up` once written to. */
  readonly presence: 'unheard' | 'up' | 'down';
  /** Requests in a row without a good answer. */
  readonly misses: number;
  /** L201 silence, L205 damaged answers. */
  readonly missCode: 'L201' | 'L205';
  readonly pollDueMs: number;
  /** From here on the card can bear an ordinary update; a new call may be one spacing early. */
  readonly updateFreeMs: number;
  readonly places: readonly PlaceState[];
}

/** One place's share of an update frame. */
export interface UpdatePart extends LedPart {
  readonly version: number;
}

export type BusRequest =
  | { readonly kind: 'update'; readonly boardId: string; readonly parts: readonly UpdatePart[] }
  | { readonly kind: 'ping'; readonly boardId: string }
  /** `boardId` null: for every board. */
  | { readonly kind: 'chore'; readonly boardId: string | null; readonly chore: Chore };

export interface BusState {
  readonly settings: LedBusSettings;
  readonly traits: BusTraits;
  readonly link: 'closed' | 'open';
  /** Why the port is closed; null before the first attempt. */
  readonly linkCode: 'L202' | 'L203' | null;
  /** The request on the line, with the time its last byte was written. */
  readonly flight: { readonly request: BusRequest; readonly writtenAtMs: number | null } | null;
  /** No request before this time: the gap after an answer. */
  readonly quietUntilMs: number;
  readonly boards: readonly BoardState[];
  readonly chores: readonly Chore[];
}

/** A bus at rest: port closed, nothing to show. */
export function initialBus(
  settings: LedBusSettings,
  traits: BusTraits = PLAIN_TRAITS,
  chores: readonly Chore[] = [],
): BusState {
  return {
    settings,
    traits,
    chores,
    link: 'closed',
    linkCode: null,
    flight: null,
    quietUntilMs: Number.NEGATIVE_INFINITY,
    boards: settings.boards.map(board => ({
      boardId: board.boardId,
      presence: 'unheard',
      misses: 0,
      missCode: 'L201',
      pollDueMs: Number.NEGATIVE_INFINITY,
      updateFreeMs: Number.NEGATIVE_INFINITY,
      places: board.areas.map(area => ({
        area: area.id,
        wanted: null,
        version: 0,
        askedAtMs: 0,
        shown: false,
        step: 0,
        lastStep: 0,
        dueMs: 0,
        refusals: 0,
        refused: false,
        incomplete: false,
      })),
    })),
  };
}

/**
 * A board's health as far as is known; null while it has not been heard since the port was opened. Of boards that
 * never answer only the port is known: they are ready with L207.
 */
export function healthOf(state: BusState, board: BoardState): DeviceHealth | null {
  if (state.link === 'closed')
    return state.linkCode === null ? null : { status: 'down', code: state.linkCode };
  const neverAnswers = !state.traits.hasPing && !state.traits.answers;
  if (board.presence === 'unheard') return neverAnswers ? { status: 'ready', code: 'L207' } : null;
  if (board.presence === 'down') return { status: 'down', code: board.missCode };
  if (board.places.some(place => place.refused)) return { status: 'warning', code: 'L204' };
  if (board.places.some(place => place.incomplete)) return { status: 'warning', code: 'L206' };
  return { status: 'ready', code: neverAnswers ? 'L207' : null };
}

/** The state with one board replaced. */
export function withBoard(
  state: BusState,
  boardId: string,
  change: (board: BoardState) => BoardState,
): BusState {
  return {
    ...state,
    boards: state.boards.map(board => (board.boardId === boardId ? change(board) : board)),
  };
}

/** The board with each place changed. */
export function withPlaces(board: BoardState, change: (place: PlaceState) => PlaceState): BoardState {
  return { ...board, places: board.places.map(change) };
}

/** The board of this id; none for null. */
export function boardOf(state: BusState, boardId: string | null): BoardState | undefined {
  return state.boards.find(board => board.boardId === boardId);
}

/** A place that does not flash (any more). */
export const RESTING = { step: 0, lastStep: 0 } as const;

/** Due at once; a text that was seen before does not flash again. */
export function steady(place: PlaceState, nowMs: number): PlaceState {
  return place.shown ? { ...place, ...RESTING, dueMs: nowMs } : { ...place, dueMs: nowMs };
}
