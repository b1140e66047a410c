import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { DrawLine, DrawnLine } from '#drivers/contract.ts';

/** Fonts with Chinese characters, best first: those of Windows, the extension for rare names, then Linux. */
const FAMILIES = [
  'Microsoft YaHei',
  'SimHei',
  'SimSun',
  'SimSun-ExtB',
  'SimSun-ExtG',
  'MingLiU-ExtB',
  'Noto Sans CJK SC',
  'Source Han Sans SC',
  'WenQuanYi Zen Hei',
  'Noto Sans CJK JP',
  'Noto Serif CJK SC',
  'Noto Serif CJK JP',
] as const;

/** Darker than this is a black dot. */
const BLACK_BELOW = 128;
/** Room above and below the characters, so that the strokes of two lines do not touch. */
const FONT_SHARE = 0.92;
/** Chinese fonts put their characters 0.88 above the base line and 0.12 below: so their middle is here. */
const MIDDLE_ABOVE_BASE = 0.36;
/** A character that no font has: what is drawn for it is drawn for every missing one. */
const NOBODY_HAS = '\u{10ffff}';

type CanvasModule = typeof import('@napi-rs/canvas');

/**
 * Draws lines of text as dots in the fonts of this PC. The native helper is loaded once, at the first call of this.
 * @returns null when it cannot be loaded or this PC has no font with Chinese characters
 */
export async function createDrawLine(
  load: () => Promise<CanvasModule> = () => import('@napi-rs/canvas'),
): Promise<DrawLine | null> {
  let module: CanvasModule;
  try {
    module = await load();
  } catch {
    return null;
  }
  const present = new Set(module.GlobalFonts.families.map(({ family }) => family));
  const families = FAMILIES.filter(family => present.has(family));
  if (families.length === 0) return null;
  const names = families.map(name => `"${name}"`).join(', ');
  const fontOf = (heightDots: number, bold: boolean) =>
    `${bold ? 'bold ' : ''}${fontDots(heightDots)}px ${names}`;
  const isDrawable = new Map<string, boolean>();
  return (text, heightDots, bold) => {
    for (const character of text) {
      const known = isDrawable.get(character) ?? hasShape(module, character, fontOf(24, false));
      isDrawable.set(character, known);
      if (!known) return null;
    }
    return drawText(module, text, heightDots, fontOf(heightDots, bold));
  };
}

function fontDots(heightDots: number): number {
  return Math.round(heightDots * FONT_SHARE);
}

function drawText(module: CanvasModule, text: string, heightDots: number, font: string): DrawnLine {
  const pen = penOn(module.createCanvas(1, 1), font);
  const widthDots = Math.max(1, Math.ceil(pen.measureText(text).width));
  const canvas = module.createCanvas(widthDots, heightDots);
  const { data } = write(canvas, text, font);
  const rows: Uint8Array[] = [];
  for (let y = 0; y < heightDots; y += 1) {
    const row = new Uint8Array(Math.ceil(widthDots / 8));
    for (let x = 0; x < widthDots; x += 1) {
      // Black on white: every colour channel tells the same.
      const isBlack = (data[(y * widthDots + x) * 4] ?? 255) < BLACK_BELOW;
      if (isBlack) row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7));
    }
    rows.push(row);
  }
  return { widthDots, rows };
}

/** A font without the character draws the same box for it as for the one that nobody has, or nothing. */
function hasShape(module: CanvasModule, character: string, font: string): boolean {
  if (character.trim() === '') return true;
  // A lone half of a pair is no character.
  if (/\p{Cs}/u.test(character)) return false;
  const drawn = dotsOf(module, character, font);
  return drawn.some(value => value < BLACK_BELOW) && !drawn.equals(dotsOf(module, NOBODY_HAS, font));
}

function dotsOf(module: CanvasModule, character: string, font: string): Buffer {
  return Buffer.from(write(module.createCanvas(48, 32), character, font).data);
}

function write(canvas: Canvas, text: string, font: string): ReturnType<SKRSContext2D['getImageData']> {
  const pen = penOn(canvas, font);
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = 'black';
  pen.fillText(text, 0, canvas.height / 2 + MIDDLE_ABOVE_BASE * fontDots(canvas.height));
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function penOn(canvas: Canvas, font: string): SKRSContext2D {
  const pen = canvas.getContext('2d');
  pen.font = font;
  return pen;
}
