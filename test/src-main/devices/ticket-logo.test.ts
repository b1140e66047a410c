import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DrawnLine } from '#drivers/contract.ts';
import { dithered, LOGO_FILE, readTicketLogo } from '#main/devices/ticket-logo.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-logo-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writePicture(width: number, height: number, paint: string): void {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = paint;
  pen.fillRect(0, 0, width, height);
  writeFileSync(join(folder, LOGO_FILE), canvas.toBuffer('image/png'));
}

/** Share of black dots, 0 to 1. */
function blackness({ widthDots, rows }: DrawnLine): number {
  let black = 0;
  for (const row of rows)
    for (let x = 0; x < widthDots; x += 1) if (((row[x >> 3] ?? 0) & (0x80 >> (x & 7))) !== 0) black += 1;
  return black / (widthDots * rows.length);
}

describe('the logo of a ticket', () => {
  it('[HW2] is black and white and keeps its size where it fits', async () => {
    writePicture(120, 60, 'black');
    const logo = await readTicketLogo(folder, 384);
    if (logo === null) throw new Error('no logo');
    expect([logo.widthDots, logo.rows.length]).toEqual([120, 60]);
    expect(blackness(logo)).toBe(1);
  });

  it('[HW2] is made smaller where it is wider than the paper or higher than 25 mm', async () => {
    writePicture(1_000, 100, 'black');
    const wide = await readTicketLogo(folder, 384);
    expect([wide?.widthDots, wide?.rows.length]).toEqual([384, 38]);
    writePicture(100, 1_000, 'black');
    const high = await readTicketLogo(folder, 384);
    expect([high?.widthDots, high?.rows.length]).toEqual([20, 200]);
  });

  it('[HW2] nothing behind a see-through picture is white paper', async () => {
    writePicture(64, 64, 'rgba(0, 0, 0, 0)');
    const logo = await readTicketLogo(folder, 384);
    expect(logo && blackness(logo)).toBe(0);
  });

  it.each([0, 64, 128, 192, 255])('[HW2] grey %i becomes as many black dots', grey => {
    const data = new Uint8ClampedArray(100 * 100 * 4).fill(grey);
    expect(blackness(dithered(data, 100, 100))).toBeCloseTo(1 - grey / 255, 1);
  });

  it('[HW2] no file, or no sensible picture: tickets go without', async () => {
    expect(await readTicketLogo(folder, 384)).toBeNull();
    const png = Buffer.from('89504e470d0a1a0a0000000d4948445200ffffff00ffffff', 'hex');
    for (const content of [Buffer.from('no picture'), png, Buffer.alloc(3_000_000), Buffer.alloc(0)]) {
      writeFileSync(join(folder, LOGO_FILE), content);
      expect(await readTicketLogo(folder, 384)).toBeNull();
    }
  });
});
