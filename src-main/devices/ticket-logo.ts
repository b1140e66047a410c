import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DrawnLine } from '#drivers/contract.ts';

/** The bank's own picture at the head of its tickets, in the data folder. */
export const LOGO_FILE = 'ticket-logo.png';

/** A larger file is not a logo. */
const LARGEST_FILE_BYTES = 2_000_000;
const LARGEST_SIDE = 4_000;
/** 25 mm of paper. */
const LARGEST_HEIGHT_DOTS = 200;
const PNG_HEAD = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * Reads the logo and makes it black and white, no wider than the paper.
 * @returns null when there is none, or when it is no PNG picture of a sensible size
 */
export async function readTicketLogo(dataFolder: string, paperDots: number): Promise<DrawnLine | null> {
  try {
    const file = await readFile(join(dataFolder, LOGO_FILE));
    if (!isSensiblePng(file)) return null;
    const { createCanvas, loadImage } = await import('@napi-rs/canvas');
    const image = await loadImage(file);
    const scale = Math.min(1, paperDots / image.width, LARGEST_HEIGHT_DOTS / image.height);
    const width = Math.max(1, Math.floor(image.width * scale));
    const height = Math.max(1, Math.floor(image.height * scale));
    const pen = createCanvas(width, height).getContext('2d');
    pen.fillStyle = 'white';
    pen.fillRect(0, 0, width, height);
    pen.drawImage(image, 0, 0, width, height);
    return dithered(pen.getImageData(0, 0, width, height).data, width, height);
  } catch {
    return null;
  }
}

/** Looks at the size before anything is unpacked. */
function isSensiblePng(file: Buffer): boolean {
  if (file.length < 24 || file.length > LARGEST_FILE_BYTES) return false;
  if (!file.subarray(0, 8).equals(PNG_HEAD)) return false;
  const sides = [file.readUInt32BE(16), file.readUInt32BE(20)];
  return sides.every(side => side >= 1 && side <= LARGEST_SIDE);
}

/**
 * Black and white dots whose density follows the greys (error diffusion after Floyd and Steinberg).
 * @param data red, green, blue and opacity of each dot, row by row
 */
export function dithered(data: Uint8ClampedArray, width: number, height: number): DrawnLine {
  const grey = new Float32Array(width * height);
  for (let dot = 0; dot < grey.length; dot += 1) {
    const [red = 0, green = 0, blue = 0] = data.subarray(dot * 4, dot * 4 + 3);
    grey[dot] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  const rows: Uint8Array[] = [];
  for (let y = 0; y < height; y += 1) {
    const row = new Uint8Array(Math.ceil(width / 8));
    for (let x = 0; x < width; x += 1) {
      const value = grey[y * width + x] ?? 255;
      const isBlack = value < 128;
      if (isBlack) row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7));
      const left = value - (isBlack ? 0 : 255);
      const pass = (toX: number, toY: number, share: number) => {
        if (toX < 0 || toX >= width || toY >= height) return;
        const at = toY * width + toX;
        grey[at] = (grey[at] ?? 0) + (left * share) / 16;
      };
      pass(x + 1, y, 7);
      pass(x - 1, y + 1, 3);
      pass(x, y + 1, 5);
      pass(x + 1, y + 1, 1);
    }
    rows.push(row);
  }
  return { widthDots: width, rows };
}
