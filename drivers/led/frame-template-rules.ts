import { SerialFormat } from '#core/wire/device-settings.ts';
import { checkBytes } from './check-values.ts';
import type { FrameTemplate, TemplatePart } from './frame-template.ts';

/** What the shapes of fields cannot say: whether the parts of a template fit together. */

export interface TemplateRefusal {
  readonly field: string;
  readonly reason: string;
}

/** The first rule the template breaks; null when it can be used. */
export function refusalOfTemplate(template: FrameTemplate): TemplateRefusal | null {
  if (serialFormatOf(template) === null) return refuse('serial', 'no-such-format');
  return (
    refusalOfContent(template) ??
    refusalOfParts(template.parts, 'parts', template.limits.maxChars) ??
    refusalOfParts(template.ping?.parts ?? [], 'ping.parts', 0) ??
    refusalOfPing(template) ??
    refusalOfStuffing(template)
  );
}

/** The line's parameters as device settings name them (`8N1`); null when no port of ours can be set so. */
export function serialFormatOf({ serial }: Pick<FrameTemplate, 'serial'>): SerialFormat | null {
  const { dataBits, parity, stopBits } = serial;
  const format = SerialFormat.safeParse(`${dataBits}${parity.charAt(0).toUpperCase()}${stopBits}`);
  return format.success ? format.data : null;
}

/** Most bytes a part can take. */
export function mostBytesOf(part: TemplatePart, maxChars: number): number {
  if ('hex' in part) return part.hex.length;
  if ('addr' in part) return { u8: 1, u16le: 2, u16be: 2, ascii2: 2, ascii3: 3 }[part.addr];
  if ('len' in part) return part.len === 'u8' ? 1 : 2;
  if ('text' in part) return part.width ?? maxChars * (part.text === 'gbk' ? 2 : 1);
  if ('num' in part) return part.num === 'ascii' ? (part.digits ?? 1) : 2;
  return checkBytes(part.check) * (part.order === 'ascii' ? 2 : 1);
}

function refuse(field: string, reason: string): TemplateRefusal {
  return { field, reason };
}

/** One text or one number: a board of digits has no text, and two texts would be two areas. */
function refusalOfContent({ parts, limits }: FrameTemplate): TemplateRefusal | null {
  const contents = parts.filter(part => 'text' in part || 'num' in part);
  if (contents.length !== 1) return refuse('parts', contents.length === 0 ? 'no-text' : 'two-texts');
  if (parts.filter(part => 'addr' in part).length > 1) return refuse('parts', 'two-addresses');
  const [content] = contents;
  const carries = content !== undefined && 'text' in content ? content.text : 'bcd';
  const wide = limits.charset === 'gbk' && carries !== 'gbk';
  const letters = limits.charset !== undefined && limits.charset !== 'digits' && carries === 'bcd';
  return wide || letters ? refuse('limits.charset', 'beyond-text') : null;
}

function refusalOfParts(
  parts: readonly TemplatePart[],
  name: string,
  maxChars: number,
): TemplateRefusal | null {
  for (const [index, part] of parts.entries()) {
    const field = `${name}.${index}`;
    if ('text' in part) {
      if (part.pad !== undefined && part.width === undefined) return refuse(`${field}.pad`, 'needs-width');
      if (part.text === 'bcd' && part.width === undefined) return refuse(`${field}.width`, 'missing');
      // Something must say where a text of free length ends.
      const ends = parts.some((other, at) => 'len' in other || ('hex' in other && at > index));
      if (part.width === undefined && !ends) return refuse(`${field}.width`, 'no-end');
    }
    if ('num' in part) {
      if ((part.num === 'ascii') !== (part.digits !== undefined))
        return refuse(`${field}.digits`, 'only-ascii');
      if (part.blank !== undefined && part.blank > greatestNumber(part))
        return refuse(`${field}.blank`, 'too_big');
    }
    if (!('of' in part)) continue;
    const [from, to] = part.of;
    if (from > to || to >= parts.length) return refuse(`${field}.of`, 'beyond-parts');
    const covered = parts.slice(from, to + 1);
    if ('len' in part) {
      const most = covered.reduce((sum, other) => sum + mostBytesOf(other, maxChars), part.add);
      if (most > (part.len === 'u8' ? 0xff : 0xffff)) return refuse(`${field}.len`, 'too-small');
      if (part.add + covered.length < 0) return refuse(`${field}.add`, 'negative');
    } else if (covered.some((other, at) => 'check' in other && from + at >= index)) {
      // A check is worked out from what stands before it or from parts that are no checks.
      return refuse(`${field}.of`, 'covers-a-check');
    }
  }
  return null;
}

/** The greatest number a part can carry. */
export function greatestNumber(part: Extract<TemplatePart, { num: string }>): number {
  if (part.num === 'bcd2') return 9999;
  return part.num === 'ascii' ? 10 ** (part.digits ?? 1) - 1 : 0xffff;
}

/** Without an address only one board can be asked, and a board that acknowledges needs no other question. */
function refusalOfPing({ parts, ping }: FrameTemplate): TemplateRefusal | null {
  const addressed = parts.some(part => 'addr' in part);
  if (ping === undefined || ping.parts.some(part => 'addr' in part) === addressed) return null;
  return refuse('ping.parts', 'address-differs');
}

/**
 * What is replaced must be readable again: every replacement begins with a byte that is itself replaced, none begins
 * another, and the tail begins with a replaced byte, so that nothing inside can look like it.
 */
function refusalOfStuffing({ parts, stuffing }: FrameTemplate): TemplateRefusal | null {
  if (stuffing.length === 0) return null;
  const stuffed = stuffing.map(({ byte }) => byte);
  if (new Set(stuffed).size !== stuffed.length) return refuse('stuffing', 'duplicate');
  for (const [index, { as }] of stuffing.entries()) {
    if (!stuffed.includes(as[0] ?? -1)) return refuse(`stuffing.${index}.as`, 'ambiguous');
    const begins = stuffing.some((other, at) => at !== index && as.every((byte, n) => byte === other.as[n]));
    if (begins) return refuse(`stuffing.${index}.as`, 'ambiguous');
  }
  const tail = parts.at(-1);
  if (parts.length < 2 || tail === undefined || !('hex' in tail)) return refuse('stuffing', 'needs-tail');
  const mark = tail.hex[0] ?? -1;
  // The tail's first byte may not begin a replacement either: 5A is fine where 5A becomes 5B 02.
  if (!stuffed.includes(mark) || stuffing.some(({ as }) => as.includes(mark)))
    return refuse('stuffing', 'needs-tail');
  return null;
}
