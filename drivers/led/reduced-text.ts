/**
 * What is left of a call on boards that have no Chinese characters: the number, and the arrow and window after it
 * where there is room. `complete` is about what a customer must be able to read there: every Latin letter and digit
 * of the text. Chinese words around a number are expected to be missing and make nothing incomplete.
 */
export interface ReducedText {
  readonly text: string;
  readonly complete: boolean;
}

/** Characters outside ASCII that have an honest ASCII form. */
const ASCII_FORMS: ReadonlyMap<string, string> = new Map([
  ['→', '->'],
  ['⇒', '->'],
  ['←', '<-'],
  ['　', ' '],
  ['。', '.'],
  ['、', ','],
  ['—', '-'],
  ['–', '-'],
]);

/** Letters that seven segments can form without being taken for another letter or digit. */
const SEVEN_SEGMENT_LETTERS = new Set('ACEFHJLPUbcdhnortuy-_');
/** Letters seven segments only have in one case: what to send for the other. */
const SEVEN_SEGMENT_CASES: ReadonlyMap<string, string> = new Map([
  ['B', 'b'],
  ['D', 'd'],
  ['N', 'n'],
  ['R', 'r'],
  ['T', 't'],
  ['Y', 'y'],
  ['a', 'A'],
  ['e', 'E'],
  ['f', 'F'],
  ['j', 'J'],
  ['l', 'L'],
  ['p', 'P'],
]);

/** The text in printable ASCII (20–7E): full-width forms become half-width, Chinese becomes at most one space. */
export function toAsciiText(text: string, maxCharacters: number): ReducedText {
  const ascii = asciiOf(text);
  const shown = ascii.slice(0, maxCharacters).trimEnd();
  const wordsOnly = ascii === '' && text.trim() !== '';
  return { text: shown, complete: !wordsOnly && essentialOf(shown) === essentialOf(ascii) };
}

/**
 * The first number of the text, with the letters before it: `请A023号` → `A023`. A letter that seven segments cannot
 * form (V, M, …) is left out and makes it incomplete. Without a digit nothing is shown.
 */
export function toTubeText(text: string, maxCharacters: number): ReducedText {
  const ascii = asciiOf(text);
  const number = /[A-Za-z]*\d+/.exec(ascii)?.[0] ?? '';
  const shown = [...number].map(tubeForm).join('');
  // The last digits tell neighbours in the queue apart.
  const kept = shown.slice(Math.max(0, shown.length - maxCharacters));
  const complete = text.trim() === '' || (number !== '' && kept.length === essentialOf(ascii).length);
  return { text: kept, complete };
}

/** The digits of the first number of the text: `请A023号` → `023`, incomplete for its letter. */
export function toDigits(text: string, maxDigits: number): ReducedText {
  const ascii = asciiOf(text);
  const digits = /\d+/.exec(ascii)?.[0] ?? '';
  const kept = digits.slice(Math.max(0, digits.length - maxDigits));
  return { text: kept, complete: text.trim() === '' || (kept !== '' && kept === essentialOf(ascii)) };
}

/** The first number of the text as a value from 0 to `max`; null without a digit or beyond `max`. */
export function toNumber(
  text: string,
  max: number,
): { readonly value: number | null; readonly complete: boolean } {
  const { text: digits, complete } = toDigits(text, Number.POSITIVE_INFINITY);
  const value = digits === '' || Number(digits) > max ? null : Number(digits);
  return { value, complete: complete && (digits === '' || value !== null) };
}

function asciiOf(text: string): string {
  let ascii = '';
  for (const character of text) {
    const plain = plainForm(character);
    if (plain !== null) ascii += plain;
    else if (!ascii.endsWith(' ')) ascii += ' ';
  }
  return ascii.replace(/ +/g, ' ').trim();
}

function plainForm(character: string): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code <= 0x7e) return character;
  // Full-width forms lie in the same order as ASCII.
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0);
  return ASCII_FORMS.get(character) ?? null;
}

function essentialOf(ascii: string): string {
  return ascii.replace(/[^A-Za-z0-9]/g, '');
}

function tubeForm(character: string): string {
  if (/\d/.test(character) || SEVEN_SEGMENT_LETTERS.has(character)) return character;
  return SEVEN_SEGMENT_CASES.get(character) ?? '';
}
