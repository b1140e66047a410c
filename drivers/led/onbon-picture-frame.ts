import { fail, ok, type Result } from '#core/wire/result.ts';
import { crc16Arc } from './checksum.ts';
import { HOST_ADDRESS, StuffedFrameParser, stuffedLine } from './onbon-frame.ts';

/**
 * Frames of Onbon BX-5E, BX-6E and BX-6Q picture cards (hardware-protocols 5; the vendor's dynamic area manuals of
 * generation 5, v1.5, and 6, v2.0). Head, tail, stuffing and CRC are those of the text cards; the header is not.
 */

/** A card's model in the header: low byte first on the line. */
export const PICTURE_CARD = {
  '5E1': 0x0154,
  '5E2': 0x0254,
  '5E3': 0x0354,
  '6E1': 0x0174,
  '6E2': 0x0274,
  '6E3': 0x0374,
  '6Q1': 0x0166,
  '6Q2': 0x0266,
  '6Q3': 0x0366,
  any: 0xfffe,
} as const;

export interface PictureFrame {
  readonly destination: number;
  readonly source: number;
  readonly card: number;
  readonly data: Uint8Array;
}

const HEADER_BYTES = 16;
const CRC_BYTES = 2;
const PROTOCOL_VERSION = 0xf0;

/** Bytes of a request from the host to `address` (1–7FFF, FFFF everybody in silence, FFFE everybody answering). */
export function encodePictureRequest(address: number, card: number, data: Uint8Array): Uint8Array {
  return encodePictureFrame({ destination: address, source: HOST_ADDRESS, card, data });
}

/** Bytes of any frame; length and CRC count before stuffing. */
export function encodePictureFrame({ destination, source, card, data }: PictureFrame): Uint8Array {
  const body = new Uint8Array(HEADER_BYTES + data.length + CRC_BYTES);
  const view = new DataView(body.buffer);
  view.setUint16(0, destination, true);
  view.setUint16(2, source, true);
  body[4] = PROTOCOL_VERSION;
  view.setUint16(6, card, true);
  view.setUint32(12, data.length, true);
  body.set(data, HEADER_BYTES);
  const crcOffset = HEADER_BYTES + data.length;
  view.setUint16(crcOffset, crc16Arc(body.subarray(0, crcOffset)), true);
  return stuffedLine(body);
}

/** Header, data and CRC once the stuffing is undone; L205 when version, length or CRC is wrong. */
export function decodePictureBody(body: Uint8Array): Result<PictureFrame> {
  if (body.length < HEADER_BYTES + CRC_BYTES) return fail('L205', { bytes: body.length });
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const crcOffset = body.length - CRC_BYTES;
  if (body[4] !== PROTOCOL_VERSION || view.getUint32(12, true) !== crcOffset - HEADER_BYTES)
    return fail('L205');
  if (view.getUint16(crcOffset, true) !== crc16Arc(body.subarray(0, crcOffset))) return fail('L205');
  return ok({
    destination: view.getUint16(0, true),
    source: view.getUint16(2, true),
    card: view.getUint16(6, true),
    data: body.slice(HEADER_BYTES, crcOffset),
  });
}

/** Finds picture cards' frames in a stream that may be split anywhere and hold rubbish. */
export class PictureFrameParser extends StuffedFrameParser<PictureFrame> {
  /** @param wantedDestination see `StuffedFrameParser` */
  constructor(wantedDestination: number | null) {
    super(wantedDestination, decodePictureBody);
  }
}
