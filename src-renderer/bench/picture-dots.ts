/**
 * The black dots of a printed picture.
 * @param dots base64 of rows of `ceil(widthDots / 8)` bytes, highest bit left, bit 1 black; rows that are missing are
 *   white
 * @param paint is told every run of black dots, row by row
 */
export function paintDots(
  dots: string,
  widthDots: number,
  heightDots: number,
  paint: (x: number, y: number, length: number) => void,
): void {
  const bytes = atob(dots);
  const rowBytes = Math.ceil(widthDots / 8);
  const isBlack = (x: number, y: number) =>
    ((bytes.charCodeAt(y * rowBytes + (x >> 3)) || 0) & (0x80 >> (x & 7))) !== 0;
  for (let y = 0; y < heightDots; y += 1) {
    let x = 0;
    while (x < widthDots) {
      const from = x;
      while (x < widthDots && isBlack(x, y)) x += 1;
      if (x > from) paint(from, y, x - from);
      else x += 1;
    }
  }
}
