import QRCode from 'qrcode';
import type { RasterImage } from './raster.ts';

/**
 * A QR code as a picture, level M with its quiet zone above and below, for models that cannot draw one themselves.
 * @param payload printable ASCII, 1 to 300 characters
 * @param moduleDots dots of one module's side
 */
export function qrPicture(payload: string, moduleDots: number): RasterImage {
  const segments = [{ data: Buffer.from(payload, 'latin1'), mode: 'byte' as const }];
  const { modules } = QRCode.create(segments, { errorCorrectionLevel: 'M' });
  const widthDots = modules.size * moduleDots;
  const rows: Uint8Array[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    const dots = new Uint8Array(Math.ceil(widthDots / 8));
    for (let dot = 0; dot < widthDots; dot += 1) {
      const isBlack = modules.get(row, Math.floor(dot / moduleDots)) === 1;
      if (isBlack) dots[dot >> 3] = (dots[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
    }
    for (let copy = 0; copy < moduleDots; copy += 1) rows.push(dots);
  }
  return { widthDots, rows };
}
