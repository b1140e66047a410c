/**
 * Pictures as rows of dots (hardware-protocols 1.1, 1.3): for lines that hold characters no GBK printer has.
 * A row is `ceil(widthDots / 8)` bytes; bit 1 is black and the highest bit is the left dot.
 */
export interface RasterImage {
  readonly widthDots: number;
  readonly rows: readonly Uint8Array[];
}

/** The picture command of a model: GS v 0, which most clones know, or GS ( L of newer Epson models. */
export type PictureCommand = 'raster' | 'graphics';

/** Larger strips overrun the buffer of small models. */
const ROWS_PER_STRIP = 255;

/** A byte 10 before one of these would be executed as a real-time command in the middle of the picture. */
const REAL_TIME_SECOND_BYTES: ReadonlySet<number> = new Set([0x04, 0x05, 0x14]);

/** Turns one dot on wherever picture data would be read as a real-time command (10 04, 10 05, 10 14). */
export function defuseRealTimeBytes(data: Uint8Array): Uint8Array {
  const defused = Uint8Array.from(data);
  for (const [index, byte] of data.entries()) {
    const next = data[index + 1];
    if (byte === 0x10 && next !== undefined && REAL_TIME_SECOND_BYTES.has(next)) defused[index] = 0x11;
  }
  return defused;
}

/** The image as commands of at most 255 rows each, to be sent one after the other at the beginning of a line. */
export function pictureStrips(image: RasterImage, command: PictureCommand): Uint8Array[] {
  if (command === 'raster') return rasterStrips(image);
  const { widthDots } = image;
  return stripsOf(image).map(rows => storedGraphics({ widthDots, rows }));
}

/** The image as GS v 0 strips of at most 255 rows, each with its own header: what most clones understand. */
export function rasterStrips(image: RasterImage): Uint8Array[] {
  const widthBytes = Math.ceil(image.widthDots / 8);
  return stripsOf(image).map(rows => {
    const header = [0x1d, 0x76, 0x30, 0x00, widthBytes & 0xff, widthBytes >> 8, rows.length, 0x00];
    return Uint8Array.from([...header, ...defuseRealTimeBytes(joinRows(rows, widthBytes))]);
  });
}

function stripsOf(image: RasterImage): (readonly Uint8Array[])[] {
  const strips: (readonly Uint8Array[])[] = [];
  for (let top = 0; top < image.rows.length; top += ROWS_PER_STRIP)
    strips.push(image.rows.slice(top, top + ROWS_PER_STRIP));
  return strips;
}

/** The image through GS ( L, stored and printed: what newer Epson models prefer. At most 65,525 bytes of dots. */
export function storedGraphics(image: RasterImage): Uint8Array {
  const widthBytes = Math.ceil(image.widthDots / 8);
  const data = defuseRealTimeBytes(joinRows(image.rows, widthBytes));
  const length = data.length + 10;
  const { widthDots } = image;
  const height = image.rows.length;
  return Uint8Array.from([
    ...[0x1d, 0x28, 0x4c, length & 0xff, length >> 8, 0x30, 0x70, 0x30, 0x01, 0x01, 0x31],
    ...[widthDots & 0xff, widthDots >> 8, height & 0xff, height >> 8],
    ...data,
    ...[0x1d, 0x28, 0x4c, 0x02, 0x00, 0x30, 0x32],
  ]);
}

function joinRows(rows: readonly Uint8Array[], widthBytes: number): Uint8Array {
  const joined = new Uint8Array(rows.length * widthBytes);
  for (const [index, row] of rows.entries()) joined.set(row.subarray(0, widthBytes), index * widthBytes);
  return joined;
}
