import type { CardGeneration } from './onbon-picture-dots.ts';

/** Data blocks for picture cards (hardware-protocols 5; dynamic area manuals 5.4 and 5.5). */

const REPLY_WANTED = 1;
const ALL_AREAS = 0xff;
const TYPE_PICTURE = 0x10;
/** Half hours of a day: a forced brightness is the same in all of them. */
const HALF_HOURS = 48;

/** How a page comes. `scroll-on`: pages follow each other without a gap. */
export type PageEntrance = 'still' | 'scroll-on';
const ENTRANCES = { still: 0x01, 'scroll-on': 0x04 } as const;

/** One area with its dots (`encodeDots`), places and sizes in pixels. */
export interface PictureArea {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The area disappears when it was not refreshed for so long. */
  readonly timeoutS: number;
  readonly entrance: PageEntrance;
  /** One for a text that fits; each as wide as the area. */
  readonly pages: readonly Uint8Array[];
}

export interface QueuedSpeech {
  /** GB2312. */
  readonly text: Uint8Array;
  /** 0–5, 0–10 and 0–10. */
  readonly voice: number;
  readonly volume: number;
  readonly speed: number;
  /** Times after the first. */
  readonly extraRepeats: number;
  readonly gapMs: number;
}

export function picturePingData(): Uint8Array {
  return Uint8Array.from([REPLY_WANTED, 0xa2, 0x00, 0, 0]);
}

/** Forced brightness, 0 dark to 15 bright. */
export function pictureBrightnessData(level: number): Uint8Array {
  return Uint8Array.from([
    REPLY_WANTED,
    0xa2,
    0x07,
    HALF_HOURS + 1,
    0,
    0,
    ...new Array(HALF_HOURS).fill(level),
  ]);
}

/** @param ids areas to take off the board; `all` for every one */
export function pictureDeleteData(ids: readonly number[] | 'all'): Uint8Array {
  const list = ids === 'all' ? [ALL_AREAS] : [ids.length, ...ids];
  return Uint8Array.from([REPLY_WANTED, 0xa7, 0x01, 0, 0, ...list]);
}

/** Speaks at the end of the card's queue (voice models of generation 6), ticket numbers digit by digit. */
export function pictureSpeakData(speech: QueuedSpeech): Uint8Array {
  const atEnd = 2;
  const digitByDigit = [1, 1, 0];
  const spoken = [
    ...[speech.voice, speech.volume, speech.speed, 0],
    ...littleEndian(speech.extraRepeats, 4),
    ...littleEndian(Math.round(speech.gapMs / 10), 4),
    ...littleEndian(digitByDigit.length, 4),
    ...digitByDigit,
    ...littleEndian(speech.text.length, 4),
    ...speech.text,
  ];
  const head = [REPLY_WANTED, 0xa7, 0x07, 0, 0, 0, atEnd, 0, 0, 0];
  return Uint8Array.from([...head, ...littleEndian(spoken.length, 4), ...spoken]);
}

/**
 * Writes areas into the card's memory (RAM: any number of times). Generation 5 takes one area at a time.
 *
 * Not confirmed on a card of generation 6: whether its lengths count the dots that stand behind all areas (here they
 * do not), and the order of bytes in its words of dots.
 */
export function pictureUpdateData(generation: CardGeneration, areas: readonly PictureArea[]): Uint8Array {
  const head = [REPLY_WANTED, 0xa7, 0x00, 0, 0];
  if (generation === '5e') {
    const [area] = areas;
    if (area === undefined || areas.length !== 1)
      throw new RangeError('generation 5 takes one area at a time');
    const record = [
      ...areaHead(area),
      ...littleEndian(area.pages.length, 2),
      ...area.pages.flatMap(page => page5(area, page)),
    ];
    return Uint8Array.from([...head, ...littleEndian(record.length, 4), ...record]);
  }
  let offset = 0;
  const records = areas.flatMap(area => {
    const pages = area.pages.flatMap(page => {
      const bytes = page6(area, page, offset);
      offset += page.length;
      return bytes;
    });
    // No background, not transparent, equal sizes, no sound, five reserved.
    const record = [
      ...areaHead(area),
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      ...littleEndian(area.pages.length, 2),
      ...pages,
    ];
    return [...littleEndian(record.length, 4), ...record];
  });
  const dots = areas.flatMap(area => area.pages.flatMap(page => [...page]));
  return Uint8Array.from([...head, ...littleEndian(areas.length, 2), ...records, ...dots]);
}

export type PictureAnswer = { readonly kind: 'ack' } | { readonly kind: 'nack'; readonly error: number };

/** Reads a card's answer data; null when it is neither ACK nor NACK. */
export function readPictureAnswer(data: Uint8Array): PictureAnswer | null {
  const [reserved, group, command] = data;
  if (data.length < 9 || reserved !== 0 || group !== 0xa0) return null;
  if (command === 0x00) return { kind: 'ack' };
  return command === 0x01 ? { kind: 'nack', error: (data[5] ?? 0) + 256 * (data[6] ?? 0) } : null;
}

/** From the area's number to its border, of which there is none. */
function areaHead(area: PictureArea): number[] {
  const loopThenRemove = 2;
  const playsAlone = 1;
  return [
    area.id,
    loopThenRemove,
    ...littleEndian(area.timeoutS, 2),
    // No programs of the card belong to it.
    ...[0, 0, 0, playsAlone, 0, 0, 0, 0, TYPE_PICTURE],
    ...[area.x, area.y, area.width, area.height].flatMap(value => littleEndian(value, 2)),
    0,
  ];
}

function pageStyle(area: PictureArea): number[] {
  const [pictures, noExit, usualSpeed, once] = [0, 0, 5, 1];
  const stayTenMs = area.entrance === 'still' ? 300 : 0;
  const style = [pictures, ENTRANCES[area.entrance], noExit, usualSpeed];
  return [...style, ...littleEndian(stayTenMs, 2), once, ...littleEndian(area.width, 2)];
}

function page5(area: PictureArea, dots: Uint8Array): number[] {
  const page = [...pageStyle(area), 0, 0, 0, 0, ...dots];
  return [...littleEndian(page.length, 4), ...page];
}

function page6(area: PictureArea, dots: Uint8Array, offset: number): number[] {
  const reserved = new Array<number>(9).fill(0);
  const page = [...pageStyle(area), ...reserved, ...littleEndian(offset, 4), ...littleEndian(dots.length, 4)];
  return [...littleEndian(page.length, 4), ...page];
}

function littleEndian(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256);
}
