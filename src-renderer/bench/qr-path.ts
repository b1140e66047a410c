import { create } from 'qrcode';

/** A QR code as one SVG path of unit squares. */
export interface QrPath {
  /** Modules a side. */
  readonly size: number;
  readonly path: string;
}

/**
 * Draws the QR code of a payload; level M as on the ticket.
 * @returns null when the payload does not fit into a QR code
 */
export function qrPath(payload: string): QrPath | null {
  try {
    const { modules } = create(payload, { errorCorrectionLevel: 'M' });
    let path = '';
    for (let row = 0; row < modules.size; row++)
      for (let column = 0; column < modules.size; column++)
        if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`;
    return { size: modules.size, path };
  } catch {
    return null;
  }
}
