import iconv from 'iconv-lite';

/**
 * Text for printers that know only GBK (hardware-protocols 1.2). A character passes when it becomes one byte
 * below 80 or two bytes with lead 81–FE and trail 40–7E or 80–FE; everything else gets a readable stand-in,
 * because a printer shows four-byte GB18030 codes as stray digits.
 */

/** Shown for a character that no GBK printer has and that has no text form. */
export const MISSING_MARK = '□';

/** Characters outside GBK that have an honest text form. */
const TEXT_FORMS: ReadonlyMap<string, string> = new Map([
  ['¥', '￥'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['✓', '√'],
  ['✔', '√'],
  ['•', '·'],
  ['©', '(C)'],
  ['®', '(R)'],
  ['™', '(TM)'],
  ['\u00a0', ' '],
  ['\t', ' '],
]);

/** Marks without a shape of their own: joiners, variation selectors, direction marks, control characters. */
const WITHOUT_SHAPE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Variation_Selector}]/u;

/** The user-defined area of GBK: every printer fills it differently, mostly with nothing. */
const PRIVATE_USE = /[\ue000-\uf8ff]/u;

export interface PrintableText {
  /** Holds only characters that pass the GBK filter; no control characters. */
  readonly text: string;
  /** Characters that were replaced by a text form or by the missing mark, each once, in order of appearance. */
  readonly replaced: readonly string[];
}

/** The GBK bytes of one character, or null when it does not pass rule 1 of hardware-protocols 1.2. */
export function gbkBytesOf(character: string): Uint8Array | null {
  if (PRIVATE_USE.test(character)) return null;
  const bytes = iconv.encode(character, 'gbk');
  const [lead, trail] = bytes;
  if (lead === undefined) return null;
  if (bytes.length === 1) {
    // The library writes '?' for what it does not know.
    const isReplacement = lead === 0x3f && character !== '?';
    return lead < 0x80 && !isReplacement ? bytes : null;
  }
  if (bytes.length !== 2 || trail === undefined) return null;
  const leadFits = lead >= 0x81 && lead <= 0xfe;
  const trailFits = (trail >= 0x40 && trail <= 0x7e) || (trail >= 0x80 && trail <= 0xfe);
  return leadFits && trailFits ? bytes : null;
}

/** The characters of a text that GBK and its text forms lack: such a line can only be printed as a picture. */
export function missingCharacters(text: string): ReadonlySet<string> {
  return new Set([...withForms(text)].filter(character => gbkBytesOf(character) === null));
}

/** The text with its text forms and without what has no shape; what GBK lacks stays as it is. */
export function withForms(text: string): string {
  return [...text.normalize('NFC')].map(formOf).join('');
}

function formOf(character: string): string {
  return TEXT_FORMS.get(character) ?? (WITHOUT_SHAPE.test(character) ? '' : character);
}

/** Makes a text printable on a GBK printer; never fails, and says what it had to replace. */
export function toPrintableText(text: string): PrintableText {
  let printable = '';
  const replaced = new Set<string>();
  for (const character of text.normalize('NFC')) {
    const form = TEXT_FORMS.get(character);
    if (form !== undefined) {
      printable += form;
      if (form.trim() !== '' && character !== '¥') replaced.add(character);
    } else if (WITHOUT_SHAPE.test(character)) {
      // Dropped: it has no shape, and a control character would be a printer command.
    } else if (gbkBytesOf(character) !== null) {
      printable += character;
    } else {
      printable += MISSING_MARK;
      replaced.add(character);
    }
  }
  return { text: printable, replaced: [...replaced] };
}

/** Columns one printable character takes at size 1: one for a one-byte code, two for a two-byte code. */
export function columnsOfCharacter(character: string): 1 | 2 {
  return (character.codePointAt(0) ?? 0) < 0x80 ? 1 : 2;
}

/** Columns a printable text takes at size 1 (hardware-protocols 1.2 rule 6). */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfCharacter(character);
  return columns;
}
