import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { BoardText } from '#drivers/contract.ts';
import type { LedBusSettings } from './led-settings.ts';

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
  readonly address: number;
  /** `unheard`: no answer yet since the port was opened. */
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
export interface UpdatePart {
  readonly area: number;
  readonly version: number;
  readonly content: BoardText;
  readonly visible: boolean;
}

export type BusRequest =
  | {
      readonly kind: 'update';
      readonly boardId: string;
      readonly address: number;
      readonly parts: readonly UpdatePart[];
    }
  | { readonly kind: 'ping'; readonly boardId: string; readonly address: number };

export interface BusState {
  readonly settings: LedBusSettings;
  readonly link: 'closed' | 'open';
  /** Why the port is closed; null before the first attempt. */
  readonly linkCode: 'L202' | 'L203' | null;
  /** The request on the line, with the time its last byte was written. */
  readonly flight: { readonly request: BusRequest; readonly writtenAtMs: number | null } | null;
  /** No request before this time: the gap after an answer. */
  readonly quietUntilMs: number;
  readonly boards: readonly BoardState[];
}

/** A bus at rest: port closed, nothing to show. */
export function initialBus(settings: LedBusSettings): BusState {
  return {
    settings,
    link: 'closed',
    linkCode: null,
    flight: null,
    quietUntilMs: Number.NEGATIVE_INFINITY,
    boards: settings.boards.map(board => ({
      boardId: board.boardId,
      address: board.address,
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

/** A board's health as far as is known; null while it has not been heard since the port was opened. */
export function healthOf(state: BusState, board: BoardState): DeviceHealth | null {
  if (state.link === 'closed')
    return state.linkCode === null ? null : { status: 'down', code: state.linkCode };
  if (board.presence === 'unheard') return null;
  if (board.presence === 'down') return { status: 'down', code: board.missCode };
  if (board.places.some(place => place.refused)) return { status: 'warning', code: 'L204' };
  if (board.places.some(place => place.incomplete)) return { status: 'warning', code: 'L206' };
  return { status: 'ready', code: null };
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
