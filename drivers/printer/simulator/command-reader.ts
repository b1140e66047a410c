/**
 * Cuts a stream of ESC/POS bytes into commands (hardware-protocols 1.1, 2). Written from the protocol facts
 * alone and shares nothing with the driver's composer, so that a mistake on one side shows on the other.
 */

export type PrinterCommand =
  | { readonly kind: 'byte'; readonly byte: number }
  | { readonly kind: 'line-feed' }
  | { readonly kind: 'initialise' }
  | { readonly kind: 'chinese-mode'; readonly on: boolean }
  | { readonly kind: 'size'; readonly of: 'all' | 'chinese'; readonly width: number; readonly height: number }
  | { readonly kind: 'bold'; readonly on: boolean }
  | { readonly kind: 'align'; readonly number: number }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'cut'; readonly cut: 'partial' | 'full' }
  | {
      readonly kind: 'raster';
      readonly widthDots: number;
      readonly heightDots: number;
      readonly dots: Uint8Array;
    }
  | { readonly kind: 'qr-set'; readonly what: 'module-dots' | 'level'; readonly value: number }
  | { readonly kind: 'qr-store'; readonly data: Uint8Array }
  | { readonly kind: 'qr-print' }
  | { readonly kind: 'automatic-status'; readonly mask: number }
  | { readonly kind: 'queued-status' }
  | { readonly kind: 'process-id'; readonly id: Uint8Array }
  /** Known but without effect on simulated paper, or not known at all. */
  | { readonly kind: 'ignored' };

interface Read {
  readonly command: PrinterCommand;
  readonly length: number;
}

const IGNORED: PrinterCommand = { kind: 'ignored' };

/** Lengths of two- and three-byte-headed commands without effect here, by prefix and function byte. */
const IGNORED_LENGTHS: ReadonlyMap<number, number> = new Map([
  [0x1b2d, 3],
  [0x1b32, 2],
  [0x1b33, 3],
  [0x1b4d, 3],
  [0x1b52, 3],
  [0x1b70, 5],
  [0x1b74, 3],
  [0x1d49, 3],
  [0x1005, 3],
  [0x1004, 3],
]);

/** Collects bytes until they make a whole command. */
export class CommandReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;

  push(bytes: Uint8Array): void {
    const rest = this.#bytes.subarray(this.#at);
    const joined = new Uint8Array(rest.length + bytes.length);
    joined.set(rest);
    joined.set(bytes, rest.length);
    this.#bytes = joined;
    this.#at = 0;
  }

  /** Forgets everything received: power off, or clear-buffers. */
  clear(): void {
    this.#bytes = new Uint8Array(0);
    this.#at = 0;
  }

  /** The next whole command, or null when more bytes are needed. */
  next(): PrinterCommand | null {
    const read = readCommand(this.#bytes.subarray(this.#at));
    if (read === null) return null;
    this.#at += read.length;
    return read.command;
  }
}

function readCommand(b: Uint8Array): Read | null {
  const [first, second] = b;
  if (first === undefined) return null;
  if (first === 0x0a) return { command: { kind: 'line-feed' }, length: 1 };
  if (first !== 0x1b && first !== 0x1c && first !== 0x1d && first !== 0x10) {
    // Other control bytes do nothing.
    return { command: first < 0x20 ? IGNORED : { kind: 'byte', byte: first }, length: 1 };
  }
  if (second === undefined) return null;
  const ignoredLength = IGNORED_LENGTHS.get(first * 256 + second);
  if (ignoredLength !== undefined) return whole(b, ignoredLength, () => IGNORED);
  if (first === 0x1b) return readEscape(b, second);
  if (first === 0x1c) return readFontSelect(b, second);
  if (first === 0x1d) return readGroup(b, second);
  return second === 0x14 ? readRealTime(b) : { command: IGNORED, length: 1 };
}

/** A command of fixed length with up to two parameters behind its two-byte head. */
function whole(b: Uint8Array, length: number, make: (n: number, m: number) => PrinterCommand): Read | null {
  return b.length < length ? null : { command: make(b[2] ?? 0, b[3] ?? 0), length };
}

function readEscape(b: Uint8Array, second: number): Read | null {
  switch (second) {
    case 0x40:
      return { command: { kind: 'initialise' }, length: 2 };
    case 0x45:
      return whole(b, 3, n => ({ kind: 'bold', on: (n & 1) === 1 }));
    case 0x61:
      return whole(b, 3, n => ({ kind: 'align', number: n & 0x0f }));
    case 0x21:
      return whole(b, 3, n => ({
        kind: 'size',
        of: 'all',
        width: n & 0x20 ? 2 : 1,
        height: n & 0x10 ? 2 : 1,
      }));
    case 0x64:
      return whole(b, 3, n => ({ kind: 'feed', lines: n }));
    case 0x4a:
      return whole(b, 3, n => ({ kind: 'feed', lines: n / 30 }));
    default:
      return { command: IGNORED, length: 2 };
  }
}

function readFontSelect(b: Uint8Array, second: number): Read | null {
  switch (second) {
    case 0x26:
    case 0x2e:
      return { command: { kind: 'chinese-mode', on: second === 0x26 }, length: 2 };
    case 0x21:
      return whole(b, 3, n => ({
        kind: 'size',
        of: 'chinese',
        width: n & 0x04 ? 2 : 1,
        height: n & 0x08 ? 2 : 1,
      }));
    case 0x57:
      return whole(b, 3, n => ({ kind: 'size', of: 'chinese', width: (n & 1) + 1, height: (n & 1) + 1 }));
    default:
      return { command: IGNORED, length: 2 };
  }
}

function readGroup(b: Uint8Array, second: number): Read | null {
  switch (second) {
    case 0x21:
      return whole(b, 3, n => ({
        kind: 'size',
        of: 'all',
        width: ((n >> 4) & 7) + 1,
        height: (n & 7) + 1,
      }));
    case 0x56:
      return readCut(b);
    case 0x61:
      return whole(b, 3, n => ({ kind: 'automatic-status', mask: n }));
    case 0x72:
      return whole(b, 3, () => ({ kind: 'queued-status' }));
    case 0x76:
      return readRaster(b);
    case 0x28:
      return readExtended(b);
    default:
      return { command: IGNORED, length: 2 };
  }
}

function readCut(b: Uint8Array): Read | null {
  const mode = b[2];
  if (mode === undefined) return null;
  const feedsFirst = [0x41, 0x42, 0x67, 0x68].includes(mode);
  const isFull = [0x00, 0x30, 0x41, 0x67].includes(mode);
  return whole(b, feedsFirst ? 4 : 3, () => ({ kind: 'cut', cut: isFull ? 'full' : 'partial' }));
}

function readRaster(b: Uint8Array): Read | null {
  if (b.length < 8) return null;
  const widthBytes = (b[4] ?? 0) + 256 * (b[5] ?? 0);
  const heightDots = (b[6] ?? 0) + 256 * (b[7] ?? 0);
  const length = 8 + widthBytes * heightDots;
  if (b.length < length) return null;
  const dots = b.slice(8, length);
  return { command: { kind: 'raster', widthDots: widthBytes * 8, heightDots, dots }, length };
}

/** GS ( x pL pH …: the length makes unknown functions easy to skip. */
function readExtended(b: Uint8Array): Read | null {
  const length = 5 + (b[3] ?? 0) + 256 * (b[4] ?? 0);
  if (b.length < 5 || b.length < length) return null;
  return { command: extendedCommand(b[2], b.slice(5, length)), length };
}

function extendedCommand(letter: number | undefined, data: Uint8Array): PrinterCommand {
  const [group, fn, parameter = 0] = data;
  if (letter === 0x6b && group === 0x31) {
    if (fn === 0x43) return { kind: 'qr-set', what: 'module-dots', value: parameter };
    if (fn === 0x45) return { kind: 'qr-set', what: 'level', value: parameter };
    if (fn === 0x50) return { kind: 'qr-store', data: data.slice(3) };
    if (fn === 0x51) return { kind: 'qr-print' };
  }
  if (letter === 0x48 && group === 0x30 && fn === 0x30) return { kind: 'process-id', id: data.slice(2) };
  if (letter === 0x4c && group === 0x30 && fn === 0x70 && data.length >= 10) {
    const widthDots = (data[6] ?? 0) + 256 * (data[7] ?? 0);
    const heightDots = (data[8] ?? 0) + 256 * (data[9] ?? 0);
    return { kind: 'raster', widthDots, heightDots, dots: data.slice(10) };
  }
  return IGNORED;
}

/** DLE DC4 in the print data: it was executed on reception, here it is only passed over. */
function readRealTime(b: Uint8Array): Read | null {
  const fn = b[2];
  if (fn === undefined) return null;
  const length = fn === 0x08 ? 10 : 5;
  return whole(b, length, () => IGNORED);
}
