import type { SerialFrame } from './keypad-profile.ts';

/**
 * Cuts the byte stream of a serial keypad into frames (hardware-protocols 10.4). Pure. Serial lines start in the
 * middle of a frame and lose bytes, so a candidate that fails is given up byte by byte until a head fits again.
 */

/** Longest wait for a tail, in bytes; no keypad's frame is near it. */
const MAX_PENDING_BYTES = 64;

export interface SerialFrameState {
  /** Bytes that may still become a frame. */
  readonly pending: Uint8Array;
  /** Candidates refused because of check, tail or length (K305). */
  readonly rejectedCount: number;
}

/** Nothing received yet. */
export const INITIAL_SERIAL_FRAME_STATE: SerialFrameState = { pending: new Uint8Array(0), rejectedCount: 0 };

/**
 * Takes the next bytes of the line, in pieces of any size.
 * @returns the next state and the whole frames found, head, check and tail included
 */
export function readSerialBytes(
  frame: SerialFrame,
  state: SerialFrameState,
  bytes: Uint8Array,
): { readonly state: SerialFrameState; readonly frames: readonly Uint8Array[] } {
  const all = new Uint8Array(state.pending.length + bytes.length);
  all.set(state.pending);
  all.set(bytes, state.pending.length);

  const frames: Uint8Array[] = [];
  let rejectedCount = state.rejectedCount;
  let at = 0;
  while (at < all.length) {
    const rest = all.subarray(at);
    const end = endOfCandidate(frame, rest);
    if (end === 'wait') break;
    if (end === 'no-head') {
      at += 1;
    } else if (end === 'too-long') {
      rejectedCount += 1;
      at += bytesToGiveUp(frame, rest);
    } else if (isWhole(frame, rest.subarray(0, end))) {
      frames.push(rest.slice(0, end));
      at += end;
    } else {
      rejectedCount += 1;
      at += bytesToGiveUp(frame, rest);
    }
  }
  return { state: { pending: all.slice(at), rejectedCount }, frames };
}

/**
 * How much of a refused candidate goes. With a head or a fixed length, one byte: the true frame may begin inside it.
 * Otherwise lines are told apart by their ends alone, so everything up to the next end goes, and nothing of a half
 * one stays to spoil the line after.
 */
function bytesToGiveUp({ head, length, tail }: SerialFrame, rest: Uint8Array): number {
  if (head.length > 0 || length !== null) return 1;
  for (let end = tail.length; end <= rest.length; end += 1)
    if (endsWith(rest.subarray(0, end), tail)) return end;
  return rest.length - tail.length + 1;
}

/** Length of the candidate at the start of `rest`, or why there is none. */
function endOfCandidate(frame: SerialFrame, rest: Uint8Array): number | 'wait' | 'no-head' | 'too-long' {
  const { head, length, tail } = frame;
  const seen = Math.min(head.length, rest.length);
  for (let index = 0; index < seen; index += 1) if (rest[index] !== head[index]) return 'no-head';
  if (seen < head.length) return 'wait';
  if (length !== null) return rest.length < length ? 'wait' : length;
  for (let end = head.length + tail.length; end <= Math.min(rest.length, MAX_PENDING_BYTES); end += 1) {
    if (endsWith(rest.subarray(0, end), tail)) return end;
  }
  return rest.length > MAX_PENDING_BYTES ? 'too-long' : 'wait';
}

function isWhole(frame: SerialFrame, candidate: Uint8Array): boolean {
  if (!endsWith(candidate, frame.tail)) return false;
  // A tail alone (an empty line) carries no key.
  if (candidate.length <= frame.head.length + frame.tail.length) return false;
  if (frame.check === null) return true;
  const { kind, of, at } = frame.check;
  return candidate[at] === checkByte(kind, candidate.subarray(of[0], of[1] + 1));
}

function endsWith(bytes: Uint8Array, tail: Uint8Array): boolean {
  const from = bytes.length - tail.length;
  return from >= 0 && tail.every((value, index) => bytes[from + index] === value);
}

/** `sum8`: sum modulo 256; `neg8`: its two's complement; `xor8`: all bytes xored (hardware-protocols 7.4). */
export function checkByte(kind: 'sum8' | 'neg8' | 'xor8', covered: Uint8Array): number {
  if (kind === 'xor8') return covered.reduce((xor, value) => xor ^ value, 0);
  const sum = covered.reduce((total, value) => total + value, 0) & 0xff;
  return kind === 'sum8' ? sum : -sum & 0xff;
}
