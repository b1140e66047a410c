/**
 * Frames of the Alpha Sign protocol (hardware-protocols 8; "Alpha Sign Communications Protocol" 9708-8061F). Signs
 * show ASCII only. All bytes are below 80, so the same frame goes over 7E1 and 8N1.
 */

/** Reaches every sign, and none answers for all. */
export const ALPHA_ALL_SIGNS = 0;
export const ALPHA_MAX_ADDRESS = 0xff;
/** Longest priority text or string file. */
export const ALPHA_MAX_TEXT = 125;
/** The label of the priority text: shown at once, without memory set aside for it. */
export const PRIORITY_LABEL = '0';

const SYNC = [0, 0, 0, 0, 0];
const START_OF_HEADER = 0x01;
const START_OF_TEXT = 0x02;
const END_OF_TEXT = 0x03;
const END_OF_FRAME = 0x04;
const ESCAPE = '\x1b';
/** All signs of the protocol, whatever their model. */
const ANY_TYPE = 'Z';
/** The position every public source gives the same meaning: the middle line. */
const MIDDLE = ' ';

/** How a text comes: `a` rotate, `b` hold, `c` flash, `o` automatic. */
export type AlphaMode = 'rotate' | 'hold' | 'flash' | 'automatic';
const MODES: Readonly<Record<AlphaMode, string>> = { rotate: 'a', hold: 'b', flash: 'c', automatic: 'o' };

export type AlphaColour = 'red' | 'green' | 'amber';
const COLOURS: Readonly<Record<AlphaColour, string>> = { red: '\x1c1', green: '\x1c2', amber: '\x1c3' };

/** A file of the sign's memory, as the memory table lists them. */
export type AlphaFile =
  | { readonly kind: 'text'; readonly label: string; readonly bytes: number }
  | { readonly kind: 'string'; readonly label: string; readonly bytes: number };

/**
 * A frame for one sign (1–FF) or all (0).
 * @param commands command code and data of each block, printable ASCII and the protocol's own escapes
 */
export function alphaFrame(address: number, commands: readonly string[]): Uint8Array {
  const header = [...SYNC, START_OF_HEADER, ...ascii(ANY_TYPE), ...ascii(hexOf(address, 2))];
  return Uint8Array.from([...header, ...commands.flatMap(checkedBlock), END_OF_FRAME]);
}

/** `A`: shows `text` in the middle; empty text with label 0 ends the priority text. */
export function writeText(label: string, mode: AlphaMode, text: string): string {
  return `A${label}${ESCAPE}${MIDDLE}${MODES[mode]}${text}`;
}

/** `A0` without anything: what the sign showed before the priority text comes back. */
export function endPriorityText(): string {
  return `A${PRIORITY_LABEL}`;
}

/** `G`: replaces a string file without flicker. Its memory must have been set aside (`memoryTable`). */
export function writeString(label: string, text: string): string {
  return `G${label}${text}`;
}

/** What stands in a text where the string file's contents are to appear. */
export function stringReference(label: string): string {
  return `\x10${label}`;
}

/** What stands in a text before characters of another colour. */
export function colourMark(colour: AlphaColour): string {
  return COLOURS[colour];
}

/** `E$`: sets memory aside and clears it. Text files are shown always, string files only where texts name them. */
export function memoryTable(files: readonly AlphaFile[]): string {
  const rows = files.map(({ kind, label, bytes }) =>
    kind === 'text' ? `${label}AU${hexOf(bytes, 4)}FF00` : `${label}BL${hexOf(bytes, 4)}0000`,
  );
  return `E$${rows.join('')}`;
}

/** `E` space: the sign's clock. */
export function setTime(hour: number, minute: number): string {
  return `E ${String(hour).padStart(2, '0')}${String(minute).padStart(2, '0')}`;
}

/** `Es`: whether the sign answers each frame (newer signs only). */
export function setAnswers(on: boolean): string {
  return `Es${on ? '1' : '0'}`;
}

export type AlphaAnswer =
  | { readonly kind: 'ack' }
  /** `status`: 20 bad command or label, 10 checksum, 08 overflow, 04 timeout, 02 framing, 01 parity. */
  | { readonly kind: 'nak'; readonly status: number };

/** The answer at the very start of `bytes`; null when none (or not all of it) stands there. */
export function readAlphaAnswer(bytes: Uint8Array): AlphaAnswer | null {
  // A port that does not strip the parity bit delivers it as the highest one.
  const first = (bytes[0] ?? 0) & 0x7f;
  if (bytes.length > 0 && first === 0x06) return { kind: 'ack' };
  const status = (bytes[1] ?? 0) & 0x7f;
  return first === 0x15 && (status & 0x40) !== 0 ? { kind: 'nak', status: status & 0x3f } : null;
}

function checkedBlock(command: string): number[] {
  const block = [START_OF_TEXT, ...ascii(command), END_OF_TEXT];
  const sum = block.reduce((total, byte) => total + byte, 0) & 0xffff;
  return [...block, ...ascii(hexOf(sum, 4))];
}

function hexOf(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}

function ascii(text: string): number[] {
  return [...text].map(character => character.charCodeAt(0) & 0x7f);
}
