import { gbkBytesOf } from '#drivers/printer/gbk-text.ts';
import { checkValue } from './check-values.ts';
import type { FrameTemplate, TemplatePart } from './frame-template.ts';
import { greatestNumber, mostBytesOf } from './frame-template-rules.ts';
import { toNumber } from './reduced-text.ts';

/**
 * The bytes that show `text` on the board of this address.
 * @param text what the board can show (`reduceForTemplate`); empty for nothing
 * @returns null when the template cannot say this address
 */
export function encodeTemplateUpdate(
  template: FrameTemplate,
  address: number,
  text: string,
): Uint8Array | null {
  return layFrame(template, template.parts, address, text);
}

/** The bytes that ask whether the board is there; null where the template has no such question or address. */
export function encodeTemplatePing(template: FrameTemplate, address: number): Uint8Array | null {
  return template.ping === undefined ? null : layFrame(template, template.ping.parts, address, '');
}

/** Addresses the template can say; one board alone when it has no address. */
export function addressesOf(template: FrameTemplate): { readonly min: number; readonly max: number } {
  const part = template.parts.find(candidate => 'addr' in candidate);
  if (part === undefined) return { min: 1, max: 1 };
  return { min: 1, max: { u8: 0xff, u16le: 0x7fff, u16be: 0x7fff, ascii2: 99, ascii3: 999 }[part.addr] };
}

function layFrame(
  template: FrameTemplate,
  parts: readonly TemplatePart[],
  address: number,
  text: string,
): Uint8Array | null {
  const { min, max } = addressesOf(template);
  const addressed = parts.some(part => 'addr' in part);
  if (addressed && (!Number.isInteger(address) || address < min || address > max)) return null;
  // Lengths and checks first stand as zeros of their size, so that what covers them counts them.
  const laid = parts.map((part, index) => plainBytes(part, address, text, endMarkOf(template, parts, index)));
  const covered = (from: number, to: number): Uint8Array => Buffer.concat(laid.slice(from, to + 1));
  for (const [index, part] of parts.entries()) {
    if ('len' in part) {
      const counted = covered(...part.of).length + part.add;
      if (counted < 0) return null;
      laid[index] = numberBytes(counted, part.len);
    }
  }
  for (const [index, part] of parts.entries()) {
    if ('check' in part) laid[index] = checkField(part, checkValue(part.check, covered(...part.of)));
  }
  return Uint8Array.from(laid.flatMap((bytes, index) => [...stuffed(template, parts, index, bytes)]));
}

function plainBytes(part: TemplatePart, address: number, text: string, endMark: number | null): Uint8Array {
  if ('hex' in part) return part.hex;
  if ('addr' in part) return addressBytes(part.addr, address);
  if ('text' in part) return part.text === 'bcd' ? bcdField(part, text) : textField(part, text, endMark);
  if ('num' in part) return numberField(part, text);
  return new Uint8Array(mostBytesOf(part, 0));
}

function addressBytes(form: Extract<TemplatePart, { addr: string }>['addr'], address: number): Uint8Array {
  if (form === 'ascii2' || form === 'ascii3')
    return Buffer.from(String(address).padStart(form === 'ascii2' ? 2 : 3, '0'));
  return numberBytes(address, form);
}

function numberBytes(value: number, form: 'u8' | 'u16le' | 'u16be'): Uint8Array {
  if (form === 'u8') return Uint8Array.of(value);
  const [low, high] = [value & 0xff, value >> 8];
  return form === 'u16le' ? Uint8Array.of(low, high) : Uint8Array.of(high, low);
}

function textField(
  part: Extract<TemplatePart, { text: string }>,
  text: string,
  endMark: number | null,
): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const encoded = gbkBytesOf(character) ?? Uint8Array.of(0x20);
    const kept = endMark !== null && encoded.includes(endMark) ? [0x20] : [...encoded];
    if (part.width !== undefined && bytes.length + kept.length > part.width) break;
    bytes.push(...kept);
  }
  // A frame without any text may be taken for a damaged one: a space clears the board as well.
  if (part.width === undefined && bytes.length === 0) return Uint8Array.of(0x20);
  return padded(part, bytes, 0x20);
}

/** Two digits in each byte, to the right; an odd first digit gets a zero before it. */
function bcdField(part: Extract<TemplatePart, { text: string }>, text: string): Uint8Array {
  const digits = text.replace(/\D/g, '');
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const pairs = (even.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16)).slice(-(part.width ?? 1));
  return padded({ ...part, align: 'right' }, pairs, 0);
}

function padded(
  { width, pad, align }: Extract<TemplatePart, { text: string }>,
  bytes: readonly number[],
  usualPad: number,
): Uint8Array {
  const missing = new Array<number>(Math.max(0, (width ?? 0) - bytes.length)).fill(pad ?? usualPad);
  return Uint8Array.from(align === 'left' ? [...bytes, ...missing] : [...missing, ...bytes]);
}

function numberField(part: Extract<TemplatePart, { num: string }>, text: string): Uint8Array {
  const { value } = toNumber(text, greatestNumber(part));
  if (part.num === 'ascii') {
    const digits = part.digits ?? 1;
    const shown = value ?? part.blank;
    return Buffer.from(shown === undefined ? ' '.repeat(digits) : String(shown).padStart(digits, '0'));
  }
  const shown = value ?? part.blank ?? 0;
  if (part.num === 'bcd2') return numberBytes(Number.parseInt(String(shown), 16), 'u16be');
  return numberBytes(shown, part.num);
}

function checkField(part: Extract<TemplatePart, { check: string }>, value: number): Uint8Array {
  const size = mostBytesOf(part, 0);
  if (part.order === 'ascii') return Buffer.from(value.toString(16).toUpperCase().padStart(size, '0'));
  if (size === 1) return Uint8Array.of(value);
  return numberBytes(value, part.order === 'le' ? 'u16le' : 'u16be');
}

/** The byte that would end a text of free length too early: the first of the fixed part behind it. */
export function endMarkOf(
  { stuffing }: FrameTemplate,
  parts: readonly TemplatePart[],
  index: number,
): number | null {
  const [part, next] = [parts[index], parts[index + 1]];
  const isFree = part !== undefined && 'text' in part && part.width === undefined;
  if (!isFree || stuffing.length > 0 || parts.some(other => 'len' in other)) return null;
  return next !== undefined && 'hex' in next ? (next.hex[0] ?? null) : null;
}

function stuffed(
  { stuffing }: FrameTemplate,
  parts: readonly TemplatePart[],
  index: number,
  bytes: Uint8Array,
): Uint8Array {
  const part = parts[index];
  const isEnd = index === 0 || index === parts.length - 1;
  if (stuffing.length === 0 || (isEnd && part !== undefined && 'hex' in part)) return bytes;
  return Uint8Array.from(
    [...bytes].flatMap(byte => [...(stuffing.find(rule => rule.byte === byte)?.as ?? [byte])]),
  );
}
