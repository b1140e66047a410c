import { type BrowserWindow, screen } from 'electron';
import { barToBounds, dragBar, placeBar } from './bar-place.ts';
import type { PlaceMemory } from './place-memory.ts';
import type { Rectangle } from './rectangles.ts';
import type { BarMode } from './typed-ipc.ts';
import { workAreas } from './work-areas.ts';

/** A drag is over when the window has lain still this long. */
const SETTLE_MS = 400;

export interface TellerBar {
  setMode(mode: BarMode): void;
}

/** Keeps a window in the shape of the teller bar: full width, slim or opened, where the teller dragged it. */
export function createTellerBar(window: BrowserWindow, memory: PlaceMemory): TellerBar {
  let bar = placeBar(memory.placeOf('teller'), workAreas());
  let mode: BarMode = 'bar';
  let placed: Rectangle = bar;
  let settling: NodeJS.Timeout | undefined;

  function place(): void {
    placed = barToBounds(bar, mode, workAreas());
    window.setBounds(placed);
  }

  function settle(): void {
    if (window.isDestroyed()) return;
    const bounds = window.getBounds();
    if (bounds.x === placed.x && bounds.y === placed.y) return;
    bar = dragBar(bar, placed, bounds, workAreas());
    memory.remember('teller', bar);
    place();
  }

  /** A monitor came, went or changed: back to the remembered place, or the nearest there is. */
  function replace(): void {
    bar = placeBar(memory.placeOf('teller') ?? bar, workAreas());
    place();
  }

  window.setAlwaysOnTop(true);
  window.on('move', () => {
    clearTimeout(settling);
    settling = setTimeout(settle, SETTLE_MS);
  });
  screen.on('display-added', replace);
  screen.on('display-removed', replace);
  screen.on('display-metrics-changed', replace);
  window.on('closed', () => {
    clearTimeout(settling);
    screen.off('display-added', replace);
    screen.off('display-removed', replace);
    screen.off('display-metrics-changed', replace);
  });
  place();

  return {
    setMode(newMode) {
      if (newMode === mode) return;
      mode = newMode;
      place();
    },
  };
}
