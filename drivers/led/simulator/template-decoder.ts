import iconv from 'iconv-lite';
import type { FrameTemplate, TemplatePart } from '#drivers/led/frame-template.ts';

/**
 * Reads frames by the same template, apart from the driver's encoder: it walks the parts over the bytes, tries every
 * length a free text can have, and only then looks at lengths and checks.
 */

export type Decoded =
  | { readonly kind: 'frame'; readonly bytes: number; readonly address: number | null; readonly text: string }
  /** The bytes so far may become a frame. */
  | { readonly kind: 'more' }
  | { readonly kind: 'none' };

const LONGEST_FRAME_BYTES = 1024;

/** @param parts of the template's update or of its ping */
export function decodeByTemplate(
  template: FrameTemplate,
  parts: readonly TemplatePart[],
  bytes: readonly number[],
): Decoded {
  if (bytes.length === 0) return { kind: 'more' };
  if (bytes.length > LONGEST_FRAME_BYTES) return { kind: 'none' };
  if (template.stuffing.length === 0) return walk(template, parts, bytes, false);
  return decodeStuffed(template, parts, bytes);
}

function decodeStuffed(
  template: FrameTemplate,
  parts: readonly TemplatePart[],
  bytes: readonly number[],
): Decoded {
  const [first, last] = [parts[0], parts.at(-1)];
  const head = first !== undefined && 'hex' in first ? [...first.hex] : [];
  const tail = last !== undefined && 'hex' in last ? [...last.hex] : [];
  if (!head.every((byte, at) => bytes[at] === undefined || bytes[at] === byte)) return { kind: 'none' };
  const end = bytes.findIndex(
    (_, at) => at >= head.length && tail.every((byte, n) => bytes[at + n] === byte),
  );
  if (end < 0) return { kind: 'more' };
  const inside = withoutStuffing(template, bytes.slice(head.length, end));
  if (inside === null) return { kind: 'none' };
  const decoded = walk(template, parts, [...head, ...inside, ...tail], true);
  return decoded.kind === 'frame' ? { ...decoded, bytes: end + tail.length } : { kind: 'none' };
}

function withoutStuffing({ stuffing }: FrameTemplate, bytes: readonly number[]): number[] | null {
  const plain: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const rule = stuffing.find(({ as }) => as.every((byte, n) => bytes[at + n] === byte));
    if (rule !== undefined) {
      plain.push(rule.byte);
      at += rule.as.length;
    } else {
      const byte = bytes[at] ?? 0;
      if (stuffing.some(({ as }) => as[0] === byte)) return null;
      plain.push(byte);
      at += 1;
    }
  }
  return plain;
}

/** Where each part begins; the last entry is the end of the frame. */
type Borders = readonly number[];

function walk(
  template: FrameTemplate,
  parts: readonly TemplatePart[],
  bytes: readonly number[],
  exact: boolean,
): Decoded {
  let couldGrow = false;
  const from = (index: number, borders: Borders): Borders | null => {
    const at = borders.at(-1) ?? 0;
    const part = parts[index];
    if (part === undefined) {
      if (exact && at !== bytes.length) return null;
      return holds(parts, bytes, borders) ? borders : null;
    }
    for (const size of sizesOf(part, template.limits.maxChars)) {
      const field = bytes.slice(at, at + size);
      if (!fits(part, field)) continue;
      if (field.length < size) {
        couldGrow = true;
        break;
      }
      const whole = from(index + 1, [...borders, at + size]);
      if (whole !== null) return whole;
    }
    return null;
  };
  const borders = from(0, [0]);
  if (borders !== null) return meaning(parts, bytes, borders);
  return couldGrow && !exact ? { kind: 'more' } : { kind: 'none' };
}

function sizesOf(part: TemplatePart, maxChars: number): number[] {
  if ('hex' in part) return [part.hex.length];
  if ('addr' in part) return [part.addr === 'u8' ? 1 : part.addr === 'ascii3' ? 3 : 2];
  if ('len' in part) return [part.len === 'u8' ? 1 : 2];
  if ('num' in part) return [part.num === 'ascii' ? (part.digits ?? 1) : 2];
  if ('check' in part) {
    const size = part.check === 'sum8' || part.check === 'neg8' || part.check === 'xor8' ? 1 : 2;
    return [part.order === 'ascii' ? 2 * size : size];
  }
  if (part.width !== undefined) return [part.width];
  return Array.from({ length: 2 * maxChars + 1 }, (_, size) => size);
}

/** Whether the bytes there are can be (the beginning of) this part. */
function fits(part: TemplatePart, field: readonly number[]): boolean {
  if ('hex' in part) return field.every((byte, at) => byte === part.hex[at]);
  const isDigits = field.every(byte => byte >= 0x30 && byte <= 0x39);
  if ('addr' in part) return part.addr === 'u8' || part.addr.startsWith('u16') || isDigits;
  if ('num' in part && part.num === 'ascii') return isDigits || field.every(byte => byte === 0x20);
  return !('text' in part) || part.text !== 'ascii' || field.every(byte => byte < 0x80);
}

function holds(parts: readonly TemplatePart[], bytes: readonly number[], borders: Borders): boolean {
  return parts.every((part, index) => {
    if (!('of' in part)) return true;
    const [first, last] = part.of;
    const covered = bytes.slice(borders[first], borders[last + 1]);
    const field = bytes.slice(borders[index], borders[index + 1]);
    if ('len' in part) {
      const told = part.len === 'u16be' ? numberOf(field) : numberOf(field.toReversed());
      return told === covered.length + part.add;
    }
    const value = checkOf(part.check, covered);
    if (part.order === 'ascii') return asText(field) === hexDigits(value, field.length);
    return (part.order === 'be' ? numberOf(field) : numberOf(field.toReversed())) === value;
  });
}

function meaning(parts: readonly TemplatePart[], bytes: readonly number[], borders: Borders): Decoded {
  let address: number | null = null;
  let text = '';
  for (const [index, part] of parts.entries()) {
    const field = bytes.slice(borders[index], borders[index + 1]);
    if ('addr' in part) {
      if (part.addr.startsWith('ascii')) address = Number(asText(field));
      else address = part.addr === 'u16be' ? numberOf(field) : numberOf(field.toReversed());
    } else if ('num' in part) {
      text = numberIn(part, field);
    } else if ('text' in part) {
      text = textIn(part, field);
    }
  }
  return { kind: 'frame', bytes: borders.at(-1) ?? 0, address, text };
}

function numberIn(part: Extract<TemplatePart, { num: string }>, field: readonly number[]): string {
  if (part.num === 'ascii') return asText(field).trim();
  if (part.num === 'bcd2') return String(Number(hexDigits(numberOf(field), 4)));
  return String(part.num === 'u16be' ? numberOf(field) : numberOf(field.toReversed()));
}

function textIn(part: Extract<TemplatePart, { text: string }>, field: readonly number[]): string {
  if (part.text === 'bcd') {
    const used = field.slice(field.findIndex(byte => byte !== part.pad));
    return field.every(byte => byte === part.pad) ? '' : used.map(byte => hexDigits(byte, 2)).join('');
  }
  const shown = [...field];
  const pad = part.pad ?? 0x20;
  if (part.width !== undefined) {
    while (shown.length > 0 && shown.at(part.align === 'left' ? -1 : 0) === pad)
      if (part.align === 'left') shown.pop();
      else shown.shift();
  }
  return iconv.decode(Buffer.from(shown), part.text === 'gbk' ? 'gbk' : 'ascii').trim();
}

/** The first byte counts most. */
function numberOf(field: readonly number[]): number {
  return field.reduce((value, byte) => value * 256 + byte, 0);
}

function asText(field: readonly number[]): string {
  return String.fromCharCode(...field);
}

function hexDigits(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}

function checkOf(kind: string, bytes: readonly number[]): number {
  let sum = 0;
  let mixed = 0;
  for (const byte of bytes) {
    sum = (sum + byte) % 65_536;
    mixed ^= byte;
  }
  switch (kind) {
    case 'sum8':
      return sum % 256;
    case 'neg8':
      return (256 - (sum % 256)) % 256;
    case 'xor8':
      return mixed;
    case 'sum16le':
      return sum;
    case 'crc16-arc':
      return reflectedCrc(bytes, 0);
    case 'crc16-modbus':
      return reflectedCrc(bytes, 0xffff);
    default:
      return forwardCrc(bytes);
  }
}

function reflectedCrc(bytes: readonly number[], start: number): number {
  let register = start;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit += 1) {
      const feedback = (register ^ (byte >> bit)) & 1;
      register = (register >> 1) ^ (feedback === 1 ? 0xa001 : 0);
    }
  }
  return register;
}

function forwardCrc(bytes: readonly number[]): number {
  let register = 0xffff;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const feedback = ((register >> 15) ^ (byte >> bit)) & 1;
      register = ((register << 1) & 0xffff) ^ (feedback === 1 ? 0x1021 : 0);
    }
  }
  return register;
}
