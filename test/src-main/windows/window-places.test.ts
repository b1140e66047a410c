import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BAR_HEIGHT, barToBounds, dragBar, PANEL_HEIGHT, placeBar } from '#main/windows/bar-place.ts';
import type { Rectangle } from '#main/windows/rectangles.ts';
import { placeWindow } from '#main/windows/window-places.ts';

/** A main monitor with a task bar below, and a second one to its left. */
const MAIN: Rectangle = { x: 0, y: 0, width: 1920, height: 1040 };
const LEFT: Rectangle = { x: -1366, y: 0, width: 1366, height: 768 };
const SEED = process.env.FOYER_SEED ? { seed: Number(process.env.FOYER_SEED) } : {};

const isInside = (inner: Rectangle, outer: Rectangle) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

describe('places of windows', () => {
  const size = { width: 1000, height: 720 };

  it('opens new windows in a cascade on the main monitor', () => {
    const first = placeWindow(undefined, size, 0, [MAIN, LEFT]);
    const second = placeWindow(undefined, size, 1, [MAIN, LEFT]);
    expect(first).toEqual({ x: 48, y: 48, ...size });
    expect(second).toEqual({ x: 96, y: 96, ...size });
  });

  it('opens a window where it was', () => {
    const saved = { x: -1300, y: 40, width: 1000, height: 700 };
    expect(placeWindow(saved, size, 0, [MAIN, LEFT])).toEqual(saved);
  });

  it('brings a window back whose monitor has gone', () => {
    const saved = { x: -1300, y: 40, width: 1000, height: 700 };
    expect(placeWindow(saved, size, 0, [MAIN])).toEqual({ x: 48, y: 48, ...size });
  });

  it('pulls in a window that would lie partly outside, and shrinks one that is too large', () => {
    expect(placeWindow({ x: 1900, y: -30, width: 800, height: 600 }, size, 0, [MAIN])).toEqual({
      x: 1120,
      y: 0,
      width: 800,
      height: 600,
    });
    expect(placeWindow({ x: 0, y: 0, width: 4000, height: 3000 }, size, 0, [MAIN])).toEqual(MAIN);
  });
});

describe('place of the teller bar', () => {
  const bar = placeBar(undefined, [MAIN, LEFT]);

  it('[CS11] lies across the top of the main monitor, 64 px high', () => {
    expect(bar).toEqual({ x: 0, y: 0, width: 1920, height: 64 });
  });

  it('takes the width of the monitor it is dragged to, and stays at its left edge', () => {
    const dragged = dragBar(bar, bar, { ...bar, x: -1200, y: 300 }, [MAIN, LEFT]);
    expect(dragged).toEqual({ x: -1366, y: 300, width: 1366, height: 64 });
  });

  it('comes back to the main monitor when its own has gone', () => {
    expect(placeBar({ x: -1366, y: 300, width: 1366, height: 64 }, [MAIN])).toEqual(bar);
  });

  it('opens downwards at the top and upwards at the bottom', () => {
    expect(barToBounds(bar, 'panel', [MAIN])).toEqual({ ...bar, height: PANEL_HEIGHT });
    const low = { ...bar, y: MAIN.height - BAR_HEIGHT };
    expect(barToBounds(low, 'panel', [MAIN])).toEqual({
      ...bar,
      y: MAIN.height - PANEL_HEIGHT,
      height: PANEL_HEIGHT,
    });
  });

  it('remembers the bar, not the panel, when the opened window is dragged', () => {
    const low = { ...bar, y: 976 };
    const panel = barToBounds(low, 'panel', [MAIN]);
    expect(dragBar(low, panel, { ...panel, y: panel.y - 20 }, [MAIN])).toEqual({ ...bar, y: 956 });
  });

  it('is wholly on screen wherever it was dragged, opened or not', () => {
    const place = fc.record({
      x: fc.integer({ min: -3000, max: 3000 }),
      y: fc.integer({ min: -3000, max: 3000 }),
    });
    fc.assert(
      fc.property(place, fc.constantFrom('bar' as const, 'panel' as const), (to, mode) => {
        const areas = [MAIN, LEFT] as const;
        const from = barToBounds(bar, mode, areas);
        const bounds = barToBounds(dragBar(bar, from, { ...from, ...to }, areas), mode, areas);
        expect(areas.some(area => isInside(bounds, area))).toBe(true);
        expect(bounds.height).toBe(mode === 'bar' ? BAR_HEIGHT : PANEL_HEIGHT);
      }),
      { numRuns: 2000, ...SEED },
    );
  });
});
