import { fitInside, mostSharedArea, type Rectangle } from './rectangles.ts';
import type { BarMode } from './typed-ipc.ts';

export const BAR_HEIGHT = 64;
/** Room for the sign-in form and for menus. */
export const PANEL_HEIGHT = 560;
/** The teller's full window, on any screen from 1366×768 on. */
export const FULL_HEIGHT = 768;

/** The monitors without their task bars, main monitor first; at least one. */
export type WorkAreas = readonly [Rectangle, ...Rectangle[]];

/**
 * Where the teller bar lies: as wide as a monitor's work area, at the height it was put, always wholly on screen.
 * Without a place it remembers, or with that monitor gone, at the top of the main monitor.
 */
export function placeBar(saved: Rectangle | undefined, workAreas: WorkAreas): Rectangle {
  const area = saved && mostSharedArea(saved, workAreas);
  if (!saved || !area) return { ...workAreas[0], height: BAR_HEIGHT };
  return fitInside({ x: area.x, y: saved.y, width: area.width, height: BAR_HEIGHT }, area);
}

/**
 * The window's bounds in a mode. The panel grows away from the nearer edge of the screen: downwards from a bar in
 * the upper half, upwards from one in the lower half, and never past the work area.
 */
export function barToBounds(bar: Rectangle, mode: BarMode, workAreas: WorkAreas): Rectangle {
  if (mode === 'bar') return bar;
  const area = mostSharedArea(bar, workAreas) ?? workAreas[0];
  const isInLowerHalf = bar.y + bar.height / 2 > area.y + area.height / 2;
  const height = mode === 'full' ? FULL_HEIGHT : PANEL_HEIGHT;
  const y = isInLowerHalf ? bar.y + bar.height - height : bar.y;
  return fitInside({ ...bar, y, height }, area);
}

/** The bar after its window, in either mode, was dragged from one place to another. */
export function dragBar(bar: Rectangle, from: Rectangle, to: Rectangle, workAreas: WorkAreas): Rectangle {
  return placeBar({ ...bar, x: bar.x + to.x - from.x, y: bar.y + to.y - from.y }, workAreas);
}
