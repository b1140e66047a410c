/** A place on the desktop, in device-independent pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The part two rectangles share, in square pixels. */
export function sharedArea(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** The area that shares most with a rectangle, or null when none shares anything. */
export function mostSharedArea(rectangle: Rectangle, areas: readonly Rectangle[]): Rectangle | null {
  let best: Rectangle | null = null;
  let bestShared = 0;
  for (const area of areas) {
    const shared = sharedArea(rectangle, area);
    if (shared > bestShared) {
      best = area;
      bestShared = shared;
    }
  }
  return best;
}

/** Shrinks and moves a rectangle as little as needed to lie inside an area. */
export function fitInside(rectangle: Rectangle, area: Rectangle): Rectangle {
  const width = Math.min(rectangle.width, area.width);
  const height = Math.min(rectangle.height, area.height);
  return {
    x: clamp(rectangle.x, area.x, area.x + area.width - width),
    y: clamp(rectangle.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
