import { describe, expect, it } from 'vitest';
import {
  EMPTY_LINE,
  endReaderGap,
  MAX_READING_CHARACTERS,
  pushReaderBytes,
  type ReaderFormat,
} from '#drivers/reader/reader-line.ts';
import { fuzzRuns, randomOf, SEED } from '../random.ts';

const LINES: ReaderFormat = { prefix: '', suffix: '\r\n', longestGapMs: 300 };
const FRAMED: ReaderFormat = { prefix: '\x02', suffix: '\x03', longestGapMs: 300 };
const CARD = '5555555555554444';

/** Each piece arrives `gapMs` after the one before; a reading by its text, anything else as `?`. */
function read(pieces: readonly string[], format = LINES, gapMs = 5): string[] {
  let state = EMPTY_LINE;
  let atMs = 1000;
  const told: string[] = [];
  for (const piece of pieces) {
    const answer = pushReaderBytes(state, Buffer.from(piece, 'latin1'), atMs, format);
    state = answer.state;
    told.push(...answer.news.map(news => (news.kind === 'reading' ? news.text : '?')));
    atMs += gapMs;
  }
  const end = endReaderGap(state, atMs + format.longestGapMs + 1, format);
  return [...told, ...end.news.map(() => '?')];
}

describe('the line of a serial reader', () => {
  it('[HW1] gives the same readings however they are split and joined', () => {
    expect(read([`${CARD}\r\n`])).toEqual([CARD]);
    expect(read([...`${CARD}\r\n`])).toEqual([CARD]);
    expect(read([`${CARD}\r\n12345678\r\n`])).toEqual([CARD, '12345678']);
    expect(read([`${CARD}\r`, '\n1234', '5678\r\n'])).toEqual([CARD, '12345678']);
  });

  it('[HW1] takes CR or LF alone where lines end with them', () => {
    expect(read([`${CARD}\r`])).toEqual([CARD]);
    expect(read([`${CARD}\n`])).toEqual([CARD]);
  });

  it('[HW1] takes off what stands around a number, and what was left before it', () => {
    expect(read([`\x02${CARD}\x03`], FRAMED)).toEqual([CARD]);
    expect(read([`99\x0212\x02${CARD}\x03`], FRAMED)).toEqual([CARD]);
    expect(read([`${CARD}\x03`], FRAMED)).toEqual(['?']);
    expect(read([`ID:${CARD}##`], { ...LINES, prefix: 'ID:', suffix: '##' })).toEqual([CARD]);
  });

  it('[HW1] what is cut off, no text or too long is told, and the next reading is good', () => {
    expect(read([CARD])).toEqual(['?']);
    // Its rest, however it looks, is no number.
    expect(read([CARD, '12345678\r\n', `${CARD}\r\n`], LINES, 301)).toEqual(['?', '?', CARD]);
    expect(read([CARD, '12345678\r\n'], LINES, 2001)).toEqual(['?', '12345678']);
    expect(read([`\xff\x00\x9c\r\n${CARD}\r\n`])).toEqual(['?', CARD]);
    const tooLong = '1'.repeat(MAX_READING_CHARACTERS + 1);
    expect(read([`${tooLong}\r\n${CARD}\r\n`])).toEqual(['?', CARD]);
    expect(read([`\x02${tooLong.repeat(50)}\x03\x02${CARD}\x03`], FRAMED)).toEqual(['?', CARD]);
    expect(read([`${'1'.repeat(MAX_READING_CHARACTERS)}\r\n`])).toEqual(['1'.repeat(MAX_READING_CHARACTERS)]);
  });

  it('[HW1] empty lines are nothing', () => {
    expect(read(['\r\n\r\n', '\n'])).toEqual([]);
  });

  it(`[HW1] random bytes neither crash it, nor fill it, nor make a reading of noise (seed ${SEED})`, {
    timeout: 120_000,
  }, () => {
    const random = randomOf(SEED);
    const formats = [LINES, FRAMED, { ...LINES, prefix: '%%', suffix: '?;' }];
    let state = EMPTY_LINE;
    let atMs = 0;
    for (let run = 0; run < fuzzRuns(); run += 1) {
      const format = formats[Math.floor(run / 200) % formats.length] ?? LINES;
      const bytes = Uint8Array.from({ length: Math.floor(random() * 40) }, () => {
        const kind = random();
        if (kind < 0.1) return format.suffix.charCodeAt(Math.floor(random() * format.suffix.length));
        return kind < 0.6 ? 0x30 + Math.floor(random() * 10) : Math.floor(random() * 256);
      });
      atMs += random() < 0.1 ? 1000 : 3;
      const answer = pushReaderBytes(state, bytes, atMs, format);
      for (const news of answer.news)
        if (news.kind === 'reading') expect(news.text).toMatch(/^[\x20-\x7e]{1,64}$/);
      expect(answer.state.bytes.length).toBeLessThanOrEqual(MAX_READING_CHARACTERS + 12);
      state = answer.state;
    }
    const clean = endReaderGap(state, atMs + 5000, LINES).state;
    expect(pushReaderBytes(clean, Buffer.from(`${CARD}\r\n`), atMs + 5001, LINES).news).toEqual([
      { kind: 'reading', text: CARD },
    ]);
  });
});
