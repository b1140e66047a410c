import { columnsOf } from './gbk-text.ts';

/** Closing punctuation does not begin a line. */
const NEVER_FIRST = /^[,.:;!?)\]}%，。、：；！？）》〉」』】〕’”％℃…·]/u;

/** Runs of ASCII letters and digits stay together; every Chinese character may end a line. */
const UNITS = /[\x21-\x7e]+| +|[^\x20-\x7e]/gu;

/**
 * Breaks one paragraph into lines that fit.
 * @param text printable text without line breaks
 * @param columns columns of a line at the text's size, at least 2
 * @returns at least one line; an empty text gives one empty line. Spaces at a break are dropped.
 */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const unit of unitsThatFit(text, columns)) {
    if (columnsOf(line) + columnsOf(unit) <= columns) {
      line += unit;
    } else {
      lines.push(line.trimEnd());
      line = unit.trim() === '' ? '' : unit;
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** Pieces that must not be broken: words, and a character together with the closing punctuation after it. */
function unitsThatFit(text: string, columns: number): string[] {
  const units: string[] = [];
  for (const unit of text.match(UNITS) ?? []) {
    const before = units.at(-1);
    if (before?.trim() && NEVER_FIRST.test(unit) && columnsOf(before + unit) <= columns) {
      units[units.length - 1] = before + unit;
    } else {
      units.push(unit);
    }
  }
  return units.flatMap(unit => (columnsOf(unit) <= columns ? [unit] : cutUnit(unit, columns)));
}

/** A word longer than a line is cut where the line ends. */
function cutUnit(unit: string, columns: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of unit) {
    if (columnsOf(piece + character) > columns && piece !== '') {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  pieces.push(piece);
  return pieces;
}
