/**
 * ESC/POS commands that we write ourselves (hardware-protocols 1 and 2), because the composer library either
 * lacks them or gets them wrong for Chinese printers.
 */

/** Initialise (ESC @), then Chinese mode (FS &): some models leave Chinese mode on every initialise. */
export const INITIALISE = Uint8Array.of(0x1b, 0x40, 0x1c, 0x26);

/** Feed to the cutter and cut partially (GS V 66 0). Honoured only at the beginning of a line. */
export const FEED_AND_CUT = Uint8Array.of(0x1d, 0x56, 0x42, 0x00);

/** How a printer parts with a ticket; `none` has only an edge to tear at. */
export type CutForm = 'partial' | 'full' | 'none';

/** Lines from the print head to the tearing edge: the ticket's last line must come out of the case. */
const LINES_TO_EDGE = 6;

/** Feeds the ticket out, then cuts where there is a cutter (GS V 65 or 66, or ESC d alone). */
export function feedAndCut(cut: CutForm): Uint8Array {
  switch (cut) {
    case 'partial':
      return FEED_AND_CUT;
    case 'full':
      return Uint8Array.of(0x1d, 0x56, 0x41, 0x00);
    case 'none':
      return Uint8Array.of(0x1b, 0x64, LINES_TO_EDGE);
  }
}

/** Paper sensor status in order with print data (GS r 1): its answer says that everything before was interpreted. */
export const ASK_QUEUED_STATUS = Uint8Array.of(0x1d, 0x72, 0x01);

/** Automatic status back for online/offline, errors and paper (GS a 0E). */
export const ENABLE_AUTOMATIC_STATUS = Uint8Array.of(0x1d, 0x61, 0x0e);

/** Erases receive and print buffers at once (DLE DC4 8); answered by a block `37 25 00`. */
export const CLEAR_BUFFERS = Uint8Array.of(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08);

/** Whether the printer tells by itself that it goes offline, and why (GS ( H function 49). */
export type OfflineResponse = 'off' | 'on' | 'with-cause';
const OFFLINE_RESPONSE_BYTES: Readonly<Record<OfflineResponse, number>> = { off: 0, on: 1, 'with-cause': 2 };

/** Sets the offline response; automatic status tells the same on more models, so the driver does not need it. */
export function setOfflineResponse(response: OfflineResponse): Uint8Array {
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x03, 0x00, 0x31, 0x30, OFFLINE_RESPONSE_BYTES[response]);
}

/** What DLE EOT asks for: 1 printer, 2 cause of offline, 3 cause of error, 4 paper roll sensor. */
export type StatusNumber = 1 | 2 | 3 | 4;

/** Real-time status request (DLE EOT n), answered by one byte that does not say which n it answers. */
export function askStatus(number: StatusNumber): Uint8Array {
  return Uint8Array.of(0x10, 0x04, number);
}

/** Bold on or off (ESC E). The library's own style also writes ESC 5, which Chinese models print as a 5. */
export function bold(on: boolean): Uint8Array {
  return Uint8Array.of(0x1b, 0x45, on ? 1 : 0);
}

/** Double or normal size of Chinese characters (FS !), for models that ignore GS ! on Chinese characters. */
export function chineseDoubleSize(on: boolean): Uint8Array {
  return Uint8Array.of(0x1c, 0x21, on ? 0x0c : 0x00);
}

/** How much of a QR code may be dirty: L 7 %, M 15 %, Q 25 %, H 30 %. */
export type QrLevel = 'L' | 'M' | 'Q' | 'H';
const QR_LEVEL_BYTES: Readonly<Record<QrLevel, number>> = { L: 0x30, M: 0x31, Q: 0x32, H: 0x33 };

/**
 * A QR code drawn by the printer (GS ( k): model 2, module size, level, data, print.
 * @param payload 1 to 7089 bytes; the length on the wire counts bytes, never characters
 * @param moduleDots 1 to 16 dots a module (many models: 8 at most)
 */
export function qrCode(payload: Uint8Array, moduleDots: number, level: QrLevel): Uint8Array {
  const length = payload.length + 3;
  return Uint8Array.of(
    ...[0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00],
    ...[0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, moduleDots],
    ...[0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, QR_LEVEL_BYTES[level]],
    ...[0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30],
    ...payload,
    ...[0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30],
  );
}

/**
 * Asks for the printed-confirmation of everything before it (GS ( H function 48).
 * @param processId four characters, each 20 to 7E
 */
export function askProcessId(processId: string): Uint8Array {
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...Buffer.from(processId, 'latin1'));
}

/** How many different process ids there are: four digits of base 36. */
export const PROCESS_ID_COUNT = 36 ** 4;

/** A running number as process id: base 36, four characters (`1` → `0001`). */
export function processIdOf(running: number): string {
  return (running % PROCESS_ID_COUNT).toString(36).toUpperCase().padStart(4, '0');
}
