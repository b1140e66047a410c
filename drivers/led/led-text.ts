import type { BoardText } from '#drivers/contract.ts';
import { columnsOfCharacter, gbkBytesOf } from '#drivers/printer/gbk-text.ts';
import type { LedArea, LedColour } from './led-settings.ts';
import type { DynamicArea } from './onbon-commands.ts';

/** What an area shows at one moment: a text, or nothing while it flashes. */
export interface AreaContent {
  readonly text: string;
  readonly visible: boolean;
  readonly effect: BoardText['effect'];
}

export interface ComposedArea {
  readonly area: DynamicArea;
  /** False when a character had to be replaced or the end cut off (L206). */
  readonly complete: boolean;
}

export interface EncodedText {
  readonly bytes: Uint8Array;
  readonly complete: boolean;
}

const COLOUR_ESCAPES: Record<LedColour, string> = {
  red: '\\C1',
  green: '\\C2',
  yellow: '\\C3',
  blue: '\\C4',
  cyan: '\\C5',
  magenta: '\\C6',
  white: '\\C7',
};
const FONT_ESCAPES = { 16: '', 24: '\\FO001\\FE001', 32: '\\FO002\\FE002' } as const;
const NEW_LINE_ESCAPE = Uint8Array.from([0x5c, 0x6e]);
/** 〓, the sign Chinese type keeps for a character it does not have. */
const MISSING_CHARACTER = Uint8Array.from([0xa1, 0xfe]);
/** A plain backslash would start an escape; its full-width twin looks the same. */
const FULL_WIDTH_BACKSLASH = Uint8Array.from([0xa3, 0xdc]);
const SCROLL_SPEED = 4;
const PAGE_STAY_HALF_SECONDS = 6;

/**
 * The dynamic area that shows `content` in `area`. It removes itself after `removeAfterS` seconds without a refresh
 * (DV5). A text that fits stands still in the middle; one that does not fit scrolls.
 */
export function composeArea(
  area: LedArea,
  content: AreaContent,
  removeAfterS: number,
  maxTextBytes: number,
): ComposedArea {
  const style = FONT_ESCAPES[area.fontHeight] + (area.colour === null ? '' : COLOUR_ESCAPES[area.colour]);
  const encoded = encodeBoardText(content.visible ? content.text : ' ', maxTextBytes - style.length);
  const layout = layoutOf(area, content);
  return {
    complete: encoded.complete,
    area: {
      id: area.id,
      x: area.x,
      y: area.y,
      width: area.width,
      height: area.height,
      runMode: 'loop-then-remove',
      timeoutS: removeAfterS,
      speech: null,
      horizontal: layout === 'scroll' ? 'left' : 'centre',
      vertical: 'middle',
      multiLine: layout === 'lines',
      autoWrap: layout === 'lines',
      entrance: layout === 'scroll' ? 'left' : 'still',
      speed: layout === 'scroll' ? SCROLL_SPEED : 0,
      stayHalfSeconds: layout === 'scroll' ? 0 : PAGE_STAY_HALF_SECONDS,
      text: Buffer.concat([Buffer.from(style, 'ascii'), encoded.bytes]),
    },
  };
}

/** Whether `text` can flash in `area`: one that has to scroll would never be seen whole between two blanks. */
export function canFlash(area: LedArea, text: string): boolean {
  return layoutOf(area, { text, visible: true, effect: 'flash' }) !== 'scroll';
}

/**
 * GBK bytes of plain text, with line breaks as the card's escape. Takes a character only as one byte below 80 or as a
 * GBK pair (hardware-protocols 1.2); others become 〓. Cut at a character's end so that at most `maxBytes` remain.
 */
export function encodeBoardText(text: string, maxBytes: number): EncodedText {
  const parts: Uint8Array[] = [];
  let length = 0;
  let complete = true;
  for (const character of text.replaceAll('\r\n', '\n')) {
    const encoded = encodeCharacter(character);
    const part = encoded ?? MISSING_CHARACTER;
    if (encoded === null) complete = false;
    if (length + part.length > maxBytes) return { bytes: Buffer.concat(parts), complete: false };
    parts.push(part);
    length += part.length;
  }
  return { bytes: Buffer.concat(parts), complete };
}

function encodeCharacter(character: string): Uint8Array | null {
  if (character === '\n') return NEW_LINE_ESCAPE;
  if (character === '\\') return FULL_WIDTH_BACKSLASH;
  if (character === '¥') return encodeCharacter('￥');
  if (character === '\t' || character === '\u00a0') return encodeCharacter(' ');
  return character < ' ' || character === '\u007f' ? null : gbkBytesOf(character);
}

function layoutOf(area: LedArea, content: AreaContent): 'line' | 'lines' | 'scroll' {
  if (content.effect === 'scroll') return 'scroll';
  const columns = Math.floor(area.width / (area.fontHeight / 2));
  const lines = linesNeeded(content.text, columns);
  if (lines === 1) return 'line';
  return lines <= Math.floor(area.height / area.fontHeight) ? 'lines' : 'scroll';
}

/** Lines a text takes when wrapped at `columns` half-width columns; a wide character is never split. */
function linesNeeded(text: string, columns: number): number {
  let lines = 1;
  let used = 0;
  for (const character of text) {
    const width = character === '\n' ? 0 : columnsOfCharacter(character);
    if (character === '\n' || used + width > columns) {
      lines += 1;
      used = 0;
    }
    used += width;
  }
  return lines;
}
