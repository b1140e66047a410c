import { fail, ok, type Result } from '#core/wire/result.ts';
import type { LedProtocol } from './led-protocol.ts';
import { BROADCAST_ANSWERED } from './onbon-frame.ts';

export type LedColour = 'red' | 'green' | 'yellow' | 'blue' | 'cyan' | 'magenta' | 'white';

/** A rectangle of a board that shows one text, in pixels. */
export interface LedArea {
  /** 0 to 7 on BX-5K, 0 to 4 on BX-6K. */
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fontHeight: 16 | 24 | 32;
  /** Null leaves the card's own colour (all one-colour boards). */
  readonly colour: LedColour | null;
}

export interface LedBoard {
  readonly boardId: string;
  /** 1 to 7FFF; FFFE reaches the only board of a bus whatever its address. */
  readonly address: number;
  readonly areas: readonly LedArea[];
  /** Bytes an area can hold: 512 on BX-5K, 1024 on BX-6K. */
  readonly maxTextBytes: number;
  /** 0 dark to 15 bright, set whenever the board comes back; null or absent leaves it alone. */
  readonly brightness?: number | null;
}

/** One serial port and the boards on it. Only boards of the same protocol and baud rate share a bus. */
export interface LedBusSettings {
  readonly boards: readonly LedBoard[];
  readonly baudRate: number;
  /** Longest wait for an answer after the last byte was written. */
  readonly answerTimeoutMs: number;
  /** Tries after the first before a board counts as down. */
  readonly retries: number;
  /** How often a board with nothing to show, or one that is down, is asked whether it is there. */
  readonly pollEveryMs: number;
  /** A board takes a text off by itself when it was not refreshed for so long (DV5). */
  readonly removeAfterS: number;
  readonly refreshEveryMs: number;
  /** The card bears one update a second on average. */
  readonly updateSpacingMs: number;
  readonly flashes: number;
  /** Time between text and blank while flashing. */
  readonly flashEveryMs: number;
  /** How often boards that keep a clock are told the time. */
  readonly clockEveryMs: number;
  /** Waits before opening the port again; the last one repeats. */
  readonly reopenAfterMs: readonly number[];
}

/** Times of hardware-protocols 4 and 9, and of DV1 and DV5, for Onbon boards. */
export const LED_BUS_DEFAULTS = {
  baudRate: 9600,
  answerTimeoutMs: 2000,
  retries: 2,
  pollEveryMs: 30_000,
  removeAfterS: 60,
  refreshEveryMs: 20_000,
  updateSpacingMs: 1000,
  flashes: 3,
  flashEveryMs: 1000,
  clockEveryMs: 3_600_000,
  reopenAfterMs: [500, 1000, 2000, 5000, 10_000],
} as const satisfies Omit<LedBusSettings, 'boards'>;

/** No answer of any family is longer. */
const LONGEST_ANSWER_BYTES = 40;

/** The default times for boards of `protocol`, whose answers need a while on a slow line. */
export function ledBusTimes(
  protocol: Pick<LedProtocol, 'answerTimeoutMs' | 'updateSpacingMs'>,
  baudRate: number,
): Omit<LedBusSettings, 'boards'> {
  return {
    ...LED_BUS_DEFAULTS,
    baudRate,
    answerTimeoutMs: protocol.answerTimeoutMs + wireTimeMs(LONGEST_ANSWER_BYTES, baudRate),
    updateSpacingMs: protocol.updateSpacingMs,
  };
}

/** Silence kept between an answer and the next request: 3.5 characters of up to 11 bits, at least 5 ms. */
export function busGapMs(baudRate: number): number {
  return Math.max((3.5 * 11 * 1000) / baudRate, 5);
}

/** Milliseconds `byteCount` bytes need on the line at 8N1. */
export function wireTimeMs(byteCount: number, baudRate: number): number {
  return (byteCount * 10 * 1000) / baudRate;
}

/**
 * Checks settings a person typed or a bank sent.
 * @returns the settings, or C902 with the field that cannot be.
 */
export function checkLedBusSettings(settings: LedBusSettings): Result<LedBusSettings> {
  const { boards } = settings;
  if (!isWhole(settings.baudRate, 1200, 115_200)) return fail('C902', { field: 'baudRate' });
  if (new Set(boards.map(board => board.boardId)).size !== boards.length)
    return fail('C902', { field: 'boardId' });
  if (new Set(boards.map(board => board.address)).size !== boards.length)
    return fail('C902', { field: 'address' });
  if (boards.length > 1 && boards.some(board => board.address === BROADCAST_ANSWERED))
    return fail('C902', { field: 'address' });
  if (!isWhole(settings.removeAfterS, 1, 0xffff)) return fail('C902', { field: 'removeAfterS' });
  // A lost refresh must not blank a board whose source is alive.
  if (settings.refreshEveryMs * 2 > settings.removeAfterS * 1000)
    return fail('C902', { field: 'refreshEveryMs' });
  for (const board of boards) {
    const field = boardFault(board);
    if (field !== null) return fail('C902', { field, board: board.boardId });
  }
  return ok(settings);
}

function boardFault(board: LedBoard): string | null {
  if (!isWhole(board.address, 1, 0x7fff) && board.address !== BROADCAST_ANSWERED) return 'address';
  if (!isWhole(board.maxTextBytes, 16, 1024)) return 'maxTextBytes';
  if (!isWhole(board.brightness ?? 0, 0, 15)) return 'brightness';
  if (board.areas.length === 0 || board.areas.length > 8) return 'areas';
  if (new Set(board.areas.map(area => area.id)).size !== board.areas.length) return 'area.id';
  for (const area of board.areas) {
    if (!isWhole(area.id, 0, 7)) return 'area.id';
    if (!isWhole(area.x, 0, 0x7fff) || !isWhole(area.y, 0, 0xffff)) return 'area.x';
    if (!isWhole(area.width, 8, 0x7fff) || !isWhole(area.height, area.fontHeight, 0xffff))
      return 'area.width';
  }
  return null;
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
