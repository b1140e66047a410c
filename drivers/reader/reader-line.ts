/**
 * What comes from a reader's line, cut into readings (TK2). Pure: bytes come in with their time. Readers send text
 * between a prefix and a suffix; pieces arrive split, joined, late, or as noise.
 */
export interface ReaderFormat {
  /** As text; empty for none. */
  readonly prefix: string;
  /** As text. One made of CR and LF only stands for either of them, since readers differ in which they send. */
  readonly suffix: string;
  /** A reading that stops for longer in its middle is over. */
  readonly longestGapMs: number;
}

export interface ReaderLineState {
  readonly bytes: readonly number[];
  readonly lastAtMs: number;
  /** Longer than any reading, or the rest of one that stopped: thrown away up to the suffix. */
  readonly isBroken: boolean;
  /** When a reading stopped in its middle: what comes soon after is its rest and no number of its own. */
  readonly stoppedAtMs: number | null;
}

export type ReaderLineNews =
  | { readonly kind: 'reading'; readonly text: string }
  /** Too long, cut off, or with bytes that are no text. */
  | { readonly kind: 'unreadable' };

export interface ReaderLineAnswer {
  readonly state: ReaderLineState;
  readonly news: readonly ReaderLineNews[];
}

export const EMPTY_LINE: ReaderLineState = {
  bytes: [],
  lastAtMs: 0,
  isBroken: false,
  stoppedAtMs: null,
};

/** The longest number or code a bank's readers bring, and room to spare. */
export const MAX_READING_CHARACTERS = 64;

/** How late the rest of a reading that stopped may come. */
const REST_MS = 2_000;

const CR = 0x0d;
const LF = 0x0a;

/** Takes in what arrived at `atMs` together. */
export function pushReaderBytes(
  before: ReaderLineState,
  bytes: Uint8Array,
  atMs: number,
  format: ReaderFormat,
): ReaderLineAnswer {
  const { state: kept, news: late } = endReaderGap(before, atMs, format);
  const news = [...late];
  const suffix = bytesOf(format.suffix);
  const isLineEnd = suffix.every(byte => byte === CR || byte === LF);
  const longest = MAX_READING_CHARACTERS + format.prefix.length + suffix.length;
  let line = [...kept.bytes];
  const isRest = kept.stoppedAtMs !== null && atMs - kept.stoppedAtMs <= REST_MS;
  let isBroken = kept.isBroken || isRest;
  for (const byte of bytes) {
    line.push(byte);
    const endBytes = isLineEnd
      ? Number(byte === CR || byte === LF)
      : endsWith(line, suffix)
        ? suffix.length
        : 0;
    if (endBytes === 0) {
      if (line.length <= longest) continue;
      isBroken = true;
      // What could still be the beginning of the suffix is kept.
      line = line.slice(1 - suffix.length || line.length);
      continue;
    }
    const read = isBroken ? null : readLine(line.slice(0, -endBytes), format.prefix);
    if (read === null) news.push({ kind: 'unreadable' });
    else if (read !== '') news.push({ kind: 'reading', text: read });
    line = [];
    isBroken = false;
  }
  return { state: { bytes: line, lastAtMs: atMs, isBroken, stoppedAtMs: null }, news };
}

/** Called when nothing came for `longestGapMs`: half a reading is no reading. */
export function endReaderGap(state: ReaderLineState, atMs: number, format: ReaderFormat): ReaderLineAnswer {
  const gap = atMs - state.lastAtMs;
  if (gap >= 0 && gap <= format.longestGapMs) return { state, news: [] };
  if (state.bytes.length === 0 && !state.isBroken) return { state, news: [] };
  return { state: { ...EMPTY_LINE, stoppedAtMs: state.lastAtMs }, news: [{ kind: 'unreadable' }] };
}

/** The text after the prefix; empty for a line of nothing, null when it cannot be read. */
function readLine(line: readonly number[], prefix: string): string | null {
  if (line.length === 0) return '';
  if (!line.every(byte => (byte >= 0x20 && byte < 0x7f) || prefix.includes(String.fromCharCode(byte))))
    return null;
  const text = String.fromCharCode(...line);
  // Half of an earlier reading may stand before the prefix.
  const start = prefix === '' ? 0 : text.lastIndexOf(prefix);
  if (start < 0) return null;
  const inner = text.slice(start + prefix.length).trim();
  return inner.length <= MAX_READING_CHARACTERS && /^[\x20-\x7e]*$/.test(inner) ? inner : null;
}

function bytesOf(text: string): number[] {
  return Array.from(text, character => character.charCodeAt(0) & 0xff);
}

function endsWith(line: readonly number[], end: readonly number[]): boolean {
  return (
    line.length >= end.length && end.every((byte, index) => line[line.length - end.length + index] === byte)
  );
}
