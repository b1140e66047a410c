import { screen } from 'electron';
import type { WorkAreas } from './bar-place.ts';

/** The monitors without their task bars, main monitor first. */
export function workAreas(): WorkAreas {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(display => display.id !== main.id);
  return [main.workArea, ...others.map(display => display.workArea)];
}
