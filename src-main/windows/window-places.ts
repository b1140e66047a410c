import { fitInside, mostSharedArea, type Rectangle, type Size } from './rectangles.ts';

/** How far each next window is set off from the one before, so that none hides another. */
const CASCADE_STEP = 48;

/**
 * Where a window opens: where it was last time, moved back on screen if a monitor has gone or shrunk; else its
 * default size in a cascade on the first monitor.
 * @param index position among the windows opened now
 * @param workAreas the monitors without their task bars, main monitor first; at least one
 */
export function placeWindow(
  saved: Rectangle | undefined,
  size: Size,
  index: number,
  workAreas: readonly [Rectangle, ...Rectangle[]],
): Rectangle {
  const area = saved && mostSharedArea(saved, workAreas);
  if (saved && area) return fitInside(saved, area);
  const [main] = workAreas;
  const offset = CASCADE_STEP * (index + 1);
  return fitInside({ x: main.x + offset, y: main.y + offset, ...size }, main);
}
