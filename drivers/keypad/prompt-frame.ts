import { z } from 'zod';
import type { KeypadFacts } from '#drivers/contract.ts';
import { checkByte } from './serial-keypad-frames.ts';

/**
 * Frames that make a keypad show something. `AA 55 {stars} {staffNumber:6} {sum8}`: hex bytes, facts of the moment,
 * and check bytes over everything before them.
 */

const MAX_FRAME_BYTES = 1024;

/** A place in a frame that is filled in when it is sent. */
export interface PromptField {
  readonly at: number;
  /** Bytes it takes. Facts of more than one byte are ASCII text, cut or filled with spaces. */
  readonly length: number;
  readonly means: keyof KeypadFacts | 'sum8' | 'neg8' | 'xor8';
}

/** The bytes with fields left 00 (numbers, checks) or blank (text), and where those fields are. */
export type PromptFrame = Uint8Array & { readonly fields?: readonly PromptField[] };

/** `"AA 55"` or `"AA55"` → its bytes. */
export const HexBytes = z
  .string()
  .max(MAX_FRAME_BYTES * 3)
  .regex(/^(?:[0-9A-Fa-f]{2} ?)*$/)
  .transform(hex => Uint8Array.from(hex.match(/[0-9A-Fa-f]{2}/g) ?? [], pair => Number.parseInt(pair, 16)));

const FIELD = String.raw`\{(?:stars|counterNumber|staffNumber|counterId|sum8|neg8|xor8)(?::(?:[1-9]|[12]\d|3[0-2]))?\}`;
const CHECKS: readonly string[] = ['sum8', 'neg8', 'xor8'];

export const PromptFrame = z
  .string()
  .max(MAX_FRAME_BYTES * 3)
  .regex(new RegExp(`^(?:(?:[0-9A-Fa-f]{2}|${FIELD}) ?)*$`))
  // A check is one byte, and text of one byte would not hold a staff number.
  .refine(text => !/\{(?:sum8|neg8|xor8):|\{(?:staffNumber|counterId)\}/.test(text))
  .transform(readFrame);

function readFrame(text: string): PromptFrame {
  const bytes: number[] = [];
  const fields: PromptField[] = [];
  for (const [token] of text.matchAll(/[0-9A-Fa-f]{2}|\{[^}]*\}/g)) {
    if (!token.startsWith('{')) {
      bytes.push(Number.parseInt(token, 16));
      continue;
    }
    const [means = '', length = '1'] = token.slice(1, -1).split(':');
    fields.push({ at: bytes.length, length: Number(length), means: means as PromptField['means'] });
    bytes.push(...new Array<number>(Number(length)).fill(length === '1' ? 0 : 0x20));
  }
  const frame = Uint8Array.from(bytes);
  return fields.length === 0 ? frame : Object.assign(frame, { fields });
}

/**
 * Fills in the fields of a frame.
 * @param facts what is not known stays 00 or blank
 */
export function fillPrompt(frame: PromptFrame, facts: KeypadFacts): Uint8Array {
  const filled = frame.slice();
  // Left to right, so that a check sees the facts before it.
  for (const { at, length, means } of frame.fields ?? []) {
    if (CHECKS.includes(means)) {
      filled[at] = checkByte(means as 'sum8' | 'neg8' | 'xor8', filled.subarray(0, at));
      continue;
    }
    const fact = facts[means as keyof KeypadFacts] ?? null;
    if (fact === null) continue;
    if (length === 1) filled[at] = Number(fact) & 0xff;
    else filled.set(asciiOf(String(fact), length), at);
  }
  return filled;
}

/** Whether these bytes are this frame, whatever its fields hold. */
export function isPromptFrame(frame: PromptFrame | undefined, bytes: Uint8Array): boolean {
  if (frame?.length !== bytes.length) return false;
  const isFilledIn = (index: number) =>
    frame.fields?.some(({ at, length }) => index >= at && index < at + length) ?? false;
  return frame.every((value, index) => value === bytes[index] || isFilledIn(index));
}

function asciiOf(text: string, length: number): Uint8Array {
  return Uint8Array.from(text.padEnd(length).slice(0, length), letter => {
    const code = letter.codePointAt(0) ?? 0;
    return code > 0x1f && code < 0x7f ? code : 0x3f;
  });
}
