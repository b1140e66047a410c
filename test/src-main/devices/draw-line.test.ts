import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import type { DrawnLine } from '#drivers/contract.ts';
import { createDrawLine } from '#main/devices/draw-line.ts';

/** Whether this machine has a Chinese font; a bank's Windows always has. */
const drawLine = await createDrawLine();
const noFont = drawLine === null;

function blackDots({ rows }: DrawnLine): number {
  let count = 0;
  for (const row of rows) for (const byte of row) count += byte.toString(2).replaceAll('0', '').length;
  return count;
}

describe.skipIf(noFont)(`drawing a line${noFont ? ' (no Chinese font here)' : ''}`, () => {
  const draw = (text: string, heightDots = 24, bold = false) => drawLine?.(text, heightDots, bold) ?? null;

  it('[HW2] a Chinese name is as high as asked for and not empty', () => {
    for (const heightDots of [24, 48, 96]) {
      const drawn = draw('张国', heightDots);
      if (drawn === null) throw new Error('not drawn');
      expect(drawn.rows).toHaveLength(heightDots);
      expect(drawn.widthDots).toBeGreaterThan(heightDots);
      expect(drawn.widthDots).toBeLessThanOrEqual(2 * heightDots);
      for (const row of drawn.rows) expect(row).toHaveLength(Math.ceil(drawn.widthDots / 8));
      expect(blackDots(drawn)).toBeGreaterThan(heightDots);
    }
  });

  it('[HW2] no stroke is cut off above or below', () => {
    const drawn = draw('国𠮷口画', 48);
    const [first, last] = [drawn?.rows[0], drawn?.rows.at(-1)];
    expect([...(first ?? [1])].every(byte => byte === 0)).toBe(true);
    expect([...(last ?? [1])].every(byte => byte === 0)).toBe(true);
  });

  it('[HW2] bold has more ink', () => {
    const [plain, bold] = [draw('国', 48), draw('国', 48, true)];
    if (plain === null || bold === null) throw new Error('not drawn');
    expect(blackDots(bold)).toBeGreaterThan(blackDots(plain));
  });

  it('[HW2] a line with a character that no font here has is not drawn at all', () => {
    expect(draw('\u{10ffff}')).toBeNull();
    expect(draw('张\u{10fffe}国')).toBeNull();
    expect(draw('\ud842')).toBeNull();
  });

  it('[HW2] spaces are drawn as spaces', () => {
    expect(draw('张 国')?.widthDots).toBeGreaterThan(draw('张国')?.widthDots ?? 0);
  });
});

describe('without the means to draw', () => {
  it('[HW2] the helper cannot be loaded: no drawing, no failure', async () => {
    expect(await createDrawLine(() => Promise.reject(new Error('not for this machine')))).toBeNull();
  });

  it('[HW2] a PC without a Chinese font: no drawing', async () => {
    const bare = {
      createCanvas,
      GlobalFonts: { ...GlobalFonts, families: [{ family: 'Arial', styles: [] }] },
    };
    expect(await createDrawLine(async () => bare as never)).toBeNull();
  });
});
