/**
 * Data blocks of the commands used on Onbon BX-5K/6K cards (hardware-protocols 4.2 and 4.3). Texts go to dynamic
 * areas (RAM): the card's flash programs wear out and are never written.
 */

/** How an area behaves once written; `loop-then-remove` takes it off the board after `timeoutS` seconds. */
export type RunMode = 'loop' | 'stop-on-last-page' | 'loop-then-remove';
export type Entrance = 'still' | 'instant' | 'left' | 'right' | 'up' | 'down';
export type HorizontalAlign = 'left' | 'right' | 'centre';
export type VerticalAlign = 'top' | 'bottom' | 'middle';

/** Speech by the card (voice models only): voice 0–5, extra repeats 0–15, volume and speed 0–10. */
export interface AreaSpeech {
  readonly voice: number;
  readonly repeats: number;
  readonly volume: number;
  readonly speed: number;
}

/** One dynamic area. Places and sizes in pixels; `text` is GBK with the card's escapes. */
export interface DynamicArea {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly runMode: RunMode;
  readonly timeoutS: number;
  /** The card also speaks the displayed text. */
  readonly speech: AreaSpeech | null;
  readonly horizontal: HorizontalAlign;
  readonly vertical: VerticalAlign;
  readonly multiLine: boolean;
  readonly autoWrap: boolean;
  readonly entrance: Entrance;
  /** 0 fastest to 24 slowest. */
  readonly speed: number;
  /** Half seconds each page stays. */
  readonly stayHalfSeconds: number;
  readonly text: Uint8Array;
}

/** Calendar fields as the card keeps them; `weekday` 1 = Monday to 7 = Sunday. */
export interface BoardTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
}

/** A card's answer: accepted, or refused with the card's error code (3 busy, 4 memory, 5 checksum, …). */
export type BoardAnswer = { readonly kind: 'ack' } | { readonly kind: 'nack'; readonly error: number };

export const NACK_BUSY = 3;
export const NACK_CHECKSUM = 5;

const RUN_MODES = { loop: 0, 'stop-on-last-page': 1, 'loop-then-remove': 2 } as const;
const ENTRANCES = { still: 1, instant: 2, left: 3, right: 4, up: 5, down: 6 } as const;
const HORIZONTAL = { left: 0, right: 1, centre: 2 } as const;
const VERTICAL = { top: 0, bottom: 4, middle: 8 } as const;
const REPLY_WANTED = 1;
const PIXELS = 0x8000;

/** `A2 00`: is the board there? */
export function pingData(): Uint8Array {
  return request(0xa2, 0x00, []);
}

/** `A3 00`: lights on or off; the card keeps its areas. */
export function powerData(on: boolean): Uint8Array {
  return request(0xa3, 0x00, [on ? 1 : 2]);
}

/** `A3 02`: forced brightness, 0 dark to 15 bright. */
export function brightnessData(level: number): Uint8Array {
  return request(0xa3, 0x02, [0x01, level]);
}

/** `A3 10`: clears the screen. */
export function clearData(): Uint8Array {
  return request(0xa3, 0x10, []);
}

/** `A2 03`: sets the card's clock (BCD, year as two pairs, low pair first). */
export function setTimeData(time: BoardTime): Uint8Array {
  const { year, month, day, hour, minute, second, weekday } = time;
  return request(
    0xa2,
    0x03,
    [year % 100, Math.floor(year / 100), month, day, hour, minute, second, weekday].map(bcd),
  );
}

/** `A3 06`: writes areas and leaves the others alone. */
export function updateAreasData(areas: readonly DynamicArea[]): Uint8Array {
  const records = areas.map(areaRecord).flatMap(record => [...littleEndian(record.length, 2), ...record]);
  return dynamicAreaRequest([0, areas.length, ...records]);
}

/** `A3 06`: takes one area off the board. */
export function deleteAreaData(areaId: number): Uint8Array {
  return dynamicAreaRequest([1, areaId, 0]);
}

/** `A3 06`: takes all dynamic areas off the board. */
export function deleteAllAreasData(): Uint8Array {
  return dynamicAreaRequest([0xff, 0]);
}

/**
 * `A2 0E`: voice models speak GB2312 `text`, once and `extraRepeats` times more, `gapMs` apart (10 ms steps).
 * The reserved field is 8 bytes here; older firmware may want 2 (open point of hardware-protocols 4.4).
 */
export function speakData(text: Uint8Array, speech: AreaSpeech, gapMs: number): Uint8Array {
  const { voice, repeats, volume, speed } = speech;
  return Uint8Array.from([
    ...[0xa2, 0x0e, REPLY_WANTED, 0, 0, 0, 0, 0, 0, 0, 0],
    ...[0, voice, volume, speed, 0],
    ...littleEndian(repeats, 4),
    ...littleEndian(Math.round(gapMs / 10), 4),
    0,
    ...littleEndian(text.length, 4),
    ...text,
  ]);
}

/** Reads a card's answer data; null when it is neither ACK nor NACK. */
export function readAnswer(data: Uint8Array): BoardAnswer | null {
  const [group, command, error] = data;
  if (data.length < 5 || group !== 0xa0 || error === undefined) return null;
  if (command === 0x00) return { kind: 'ack' };
  return command === 0x01 ? { kind: 'nack', error } : null;
}

function request(group: number, command: number, parameters: readonly number[]): Uint8Array {
  return Uint8Array.from([group, command, REPLY_WANTED, 0, 0, ...parameters]);
}

/** `A3 06` has its own head: clear-and-init flag and a zero byte stand where other commands have two reserved bytes. */
function dynamicAreaRequest(deletionsAndAreas: readonly number[]): Uint8Array {
  return Uint8Array.from([0xa3, 0x06, REPLY_WANTED, 0, 0, ...deletionsAndAreas]);
}

function areaRecord(area: DynamicArea): number[] {
  return [
    0,
    ...littleEndian(area.x | PIXELS, 2),
    ...littleEndian(area.y, 2),
    ...littleEndian(area.width | PIXELS, 2),
    ...littleEndian(area.height, 2),
    area.id,
    0,
    RUN_MODES[area.runMode],
    ...littleEndian(area.timeoutS, 2),
    ...speechFields(area.speech),
    0,
    HORIZONTAL[area.horizontal] | VERTICAL[area.vertical],
    area.multiLine ? 2 : 1,
    area.autoWrap ? 2 : 1,
    ENTRANCES[area.entrance],
    0,
    area.speed,
    area.stayHalfSeconds,
    ...littleEndian(area.text.length, 4),
    ...area.text,
  ];
}

function speechFields(speech: AreaSpeech | null): number[] {
  if (speech === null) return [0];
  return [1, (speech.repeats << 4) | speech.voice, speech.volume, speech.speed];
}

function littleEndian(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256);
}

function bcd(value: number): number {
  return Math.floor(value / 10) * 16 + (value % 10);
}
