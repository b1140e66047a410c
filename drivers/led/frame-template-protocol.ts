import { gbkBytesOf } from '#drivers/printer/gbk-text.ts';
import { AnswerSearch, type FindAnswer } from './answer-search.ts';
import type { Acknowledgement, FrameTemplate } from './frame-template.ts';
import { addressesOf, encodeTemplatePing, encodeTemplateUpdate, endMarkOf } from './frame-template-encode.ts';
import { greatestNumber } from './frame-template-rules.ts';
import type { LedFrame, LedPart, LedProtocol } from './led-protocol.ts';
import { type ReducedText, toAsciiText, toDigits, toNumber, toTubeText } from './reduced-text.ts';

const USUAL_TIMEOUT_MS = 300;
/** Boards without a way back need a pause to tell the next frame's head from this one's tail. */
const REST_MS = 20;
/** 〓, the sign Chinese type keeps for a character it does not have. */
const MISSING_CHARACTER = '〓';

/** Boards described by a template: one area each, so many characters as the template's limits say. */
export function createTemplateProtocol(template: FrameTemplate): LedProtocol {
  const framed = (bytes: Uint8Array | null, answered: boolean, complete: boolean): LedFrame | null =>
    bytes === null ? null : { bytes, answered, quietAfterMs: answered ? 0 : REST_MS, complete };
  const updateOf = (address: number, parts: readonly LedPart[]): LedFrame | null => {
    const part = parts.find(candidate => candidate.area === 0);
    if (part === undefined) return null;
    const { text, complete } = reduceForTemplate(template, part.text);
    const bytes = encodeTemplateUpdate(template, address, part.visible ? text : '');
    return framed(bytes, template.ack !== 'none', complete && parts.length === 1);
  };
  return {
    id: template.id,
    answerTimeoutMs: timeoutOf(template),
    updateSpacingMs: template.limits.minIntervalMs,
    flashesItself: false,
    blanksItself: false,
    addresses: addressesOf(template),
    partsPerFrame: 1,
    encode(board, request) {
      if (request.kind === 'update') return updateOf(board.address, request.parts);
      return request.kind === 'ping' ? framed(encodeTemplatePing(template, board.address), true, true) : null;
    },
    createAnswerReader() {
      const search = new AnswerSearch();
      return {
        expect(_board, request, frame) {
          const ack = request.kind === 'ping' ? (template.ping?.ack ?? 'none') : template.ack;
          if (ack === 'none') search.expect(frame, 0, null);
          else search.expect(frame, ack.hex.length, acknowledged(ack));
        },
        push: bytes => search.push(bytes),
      };
    },
  };
}

/** What the template's boards can show of a text, and whether number and window survive whole. */
export function reduceForTemplate(template: FrameTemplate, text: string): ReducedText {
  const content = template.parts.findIndex(part => 'text' in part || 'num' in part);
  const part = template.parts[content];
  const { maxChars, charset } = template.limits;
  if (part === undefined || !('text' in part)) {
    const greatest = part !== undefined && 'num' in part ? greatestNumber(part) : 0;
    const { value, complete } = toNumber(text, greatest);
    return { text: value === null ? '' : String(value), complete };
  }
  if (part.text === 'bcd') return toDigits(text, Math.min(maxChars, 2 * (part.width ?? 1)));
  const room = Math.min(maxChars, part.width ?? maxChars);
  const kind = charset ?? part.text;
  if (kind === 'digits') return toDigits(text, room);
  if (kind === 'tube') return toTubeText(text, room);
  const endMark = endMarkOf(template, template.parts, content);
  if (kind === 'gbk') return toGbkText(text, maxChars, part.width ?? 2 * maxChars, endMark);
  const reduced = toAsciiText(text, room);
  const mark = endMark === null ? '' : String.fromCharCode(endMark);
  if (mark === '' || !reduced.text.includes(mark)) return reduced;
  return { text: reduced.text.replaceAll(mark, ' '), complete: false };
}

function toGbkText(
  text: string,
  maxCharacters: number,
  maxBytes: number,
  endMark: number | null,
): ReducedText {
  let shown = '';
  let complete = true;
  let bytes = 0;
  let characters = 0;
  for (const character of text.replace(/[\p{Cc}\u00a0]/gu, ' ')) {
    const encoded = gbkBytesOf(character);
    const fits = encoded !== null && (endMark === null || !encoded.includes(endMark));
    const kept = fits ? character : MISSING_CHARACTER;
    const size = fits ? encoded.length : 2;
    if (characters === maxCharacters || bytes + size > maxBytes) return { text: shown, complete: false };
    if (!fits) complete = false;
    shown += kept;
    bytes += size;
    characters += 1;
  }
  return { text: shown, complete };
}

function timeoutOf({ ack, ping }: FrameTemplate): number {
  const timeouts = [ack === 'none' ? 0 : ack.timeoutMs, ping?.ack.timeoutMs ?? 0];
  return Math.max(...timeouts) || USUAL_TIMEOUT_MS;
}

function acknowledged(ack: Acknowledgement): FindAnswer {
  return bytes => {
    if (bytes.length < ack.hex.length) return null;
    return ack.hex.every((wanted, at) => wanted === null || wanted === bytes[at]) ? { kind: 'ack' } : null;
  };
}
