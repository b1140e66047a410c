import { describe, expect, it } from 'vitest';
import { PALETTES, type Palette } from '#renderer/kit/theme.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const MEANINGS = ['waiting', 'soon', 'late', 'broken', 'well'] as const;

describe.each(Object.entries(PALETTES))('theme %s', (_name, palette: Palette) => {
  const grounds = ['page', 'surface', 'raised'] as const;

  it('keeps every text at 4.5:1 on every ground', () => {
    for (const ground of grounds)
      for (const text of ['text', 'textQuiet', 'accent', ...MEANINGS] as const)
        expect(contrast(palette[text], palette[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  it('keeps meanings and plain text readable on their soft grounds', () => {
    for (const meaning of MEANINGS)
      for (const text of [meaning, 'text', 'textQuiet'] as const)
        expect(
          contrast(palette[text], palette[`${meaning}Soft`]),
          `${text} on ${meaning}Soft`,
        ).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.onAccent, palette.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.onSoonBand, palette.soonBand)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.accentStrong, palette.accentSoft)).toBeGreaterThanOrEqual(4.5);
  });
});
