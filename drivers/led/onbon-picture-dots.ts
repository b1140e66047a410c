import type { DrawnLine } from '#drivers/contract.ts';
import type { LedColour } from './led-settings.ts';

/**
 * Dots as picture cards want them (dynamic area manuals, appendix 2): 0 lit, 1 dark, and dots outside the area 1.
 * Cards of generation 5 take bytes row by row, those of generation 6 whole words of 32 dots, colour after colour.
 */
export type CardGeneration = '5e' | '6e';

/** A rectangle of dots; `isLit` is asked for columns and rows counted from its top left. */
export interface DotField {
  /** Left edge on the board: decides how far the first unit is filled up. */
  readonly x: number;
  readonly width: number;
  readonly height: number;
  isLit(column: number, row: number): boolean;
}

const UNIT_DOTS = { '5e': 8, '6e': 32 } as const;

/** @param colour null: a board of one colour, which has no green data */
export function encodeDots(
  generation: CardGeneration,
  field: DotField,
  colour: LedColour | null,
): Uint8Array {
  const unitDots = UNIT_DOTS[generation];
  const red = planeOf(field, unitDots, colour === null || hasRed(colour));
  if (colour === null) return red;
  const green = planeOf(field, unitDots, hasGreen(colour));
  if (generation === '6e') return Uint8Array.from([...red, ...green]);
  // Generation 5: a red byte, then the green byte of the same eight dots.
  return Uint8Array.from(red.length === 0 ? [] : [...red].flatMap((byte, at) => [byte, green[at] ?? 0xff]));
}

/** The part of a drawn line that begins at `fromColumn`, in the middle of the field when it has room. */
export function fieldOfLine(
  area: { readonly x: number; readonly width: number; readonly height: number },
  line: DrawnLine | null,
  fromColumn: number,
): DotField {
  const { x, width, height } = area;
  const spareColumns = Math.max(0, width - (line?.widthDots ?? 0));
  const left = Math.floor(spareColumns / 2);
  const top = Math.floor((height - (line?.rows.length ?? 0)) / 2);
  return {
    ...{ x, width, height },
    isLit(column, row) {
      const dot = column - left + fromColumn;
      if (line === null || dot < 0 || dot >= line.widthDots) return false;
      return (((line.rows[row - top]?.[dot >> 3] ?? 0) >> (7 - (dot & 7))) & 1) === 1;
    },
  };
}

function planeOf(field: DotField, unitDots: 8 | 32, shines: boolean): Uint8Array {
  const lead = field.x % unitDots;
  const units = Math.ceil((lead + field.width) / unitDots);
  const bytesPerUnit = unitDots / 8;
  const plane = new Uint8Array(units * bytesPerUnit * field.height).fill(0xff);
  if (!shines) return plane;
  for (let row = 0; row < field.height; row += 1) {
    for (let column = 0; column < field.width; column += 1) {
      if (!field.isLit(column, row)) continue;
      const dot = lead + column;
      const unit = row * units + Math.floor(dot / unitDots);
      const byteInUnit = Math.floor((dot % unitDots) / 8);
      // Bit 31 is the left dot, and all numbers of the protocol go low byte first.
      const at = unit * bytesPerUnit + (bytesPerUnit - 1 - byteInUnit);
      plane[at] = (plane[at] ?? 0xff) & ~(0x80 >> (dot & 7));
    }
  }
  return plane;
}

function hasRed(colour: LedColour): boolean {
  return colour !== 'green' && colour !== 'blue' && colour !== 'cyan';
}

/** These boards have red and green only: what cannot be mixed from them shines in what is nearest. */
function hasGreen(colour: LedColour): boolean {
  return colour !== 'red' && colour !== 'magenta';
}
