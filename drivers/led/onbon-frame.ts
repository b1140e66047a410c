import { fail, ok, type Result } from '#core/wire/result.ts';
import { crc16Arc } from './checksum.ts';

/** The host's own address on the bus; every answer is sent to it. */
export const HOST_ADDRESS = 0x8000;
/** Every board acts, none answers. */
export const BROADCAST_SILENT = 0xffff;
/** Every board acts and answers: only with one board on the bus. */
export const BROADCAST_ANSWERED = 0xfffe;
/** Longest frame accepted, in bytes after the stuffing is undone: eight full areas and change. */
export const MAX_FRAME_BYTES = 10_240;

const HEADER_BYTES = 14;
const CRC_BYTES = 2;
const HEAD = 0xa5;
const TAIL = 0x5a;
const HEAD_ESCAPE = 0xa6;
const TAIL_ESCAPE = 0x5b;
const LEADING_HEADS = 8;
const CHECK_MODE_CRC16 = 0;
const ANY_DEVICE = 0xfe;
const PROTOCOL_VERSION = 0x02;

/** A frame's contents: 16-bit addresses and the data between header and CRC. */
export interface OnbonFrame {
  readonly destination: number;
  readonly source: number;
  readonly data: Uint8Array;
}

/**
 * Bytes of a request from the host to `address` (0001–7FFF, or a broadcast), ready for the line.
 * Source: hardware-protocols 4.1.
 */
export function encodeRequest(address: number, data: Uint8Array): Uint8Array {
  return encodeFrame({ destination: address, source: HOST_ADDRESS, data });
}

/** Bytes of any frame: eight A5, stuffed header + data + CRC, 5A. Length and CRC count before stuffing. */
export function encodeFrame(frame: OnbonFrame): Uint8Array {
  const body = new Uint8Array(HEADER_BYTES + frame.data.length + CRC_BYTES);
  const view = new DataView(body.buffer);
  view.setUint16(0, frame.destination, true);
  view.setUint16(2, frame.source, true);
  body[8] = CHECK_MODE_CRC16;
  body[10] = ANY_DEVICE;
  body[11] = PROTOCOL_VERSION;
  view.setUint16(12, frame.data.length, true);
  body.set(frame.data, HEADER_BYTES);
  const crcOffset = HEADER_BYTES + frame.data.length;
  view.setUint16(crcOffset, crc16Arc(body.subarray(0, crcOffset)), true);

  return stuffedLine(body);
}

/** Header, data and CRC as they go over the line: eight A5, everything stuffed, 5A. */
export function stuffedLine(body: Uint8Array): Uint8Array {
  const line: number[] = new Array(LEADING_HEADS).fill(HEAD);
  for (const byte of body) pushStuffed(line, byte);
  line.push(TAIL);
  return Uint8Array.from(line);
}

function pushStuffed(line: number[], byte: number): void {
  if (byte === HEAD) line.push(HEAD_ESCAPE, 0x02);
  else if (byte === HEAD_ESCAPE) line.push(HEAD_ESCAPE, 0x01);
  else if (byte === TAIL) line.push(TAIL_ESCAPE, 0x02);
  else if (byte === TAIL_ESCAPE) line.push(TAIL_ESCAPE, 0x01);
  else line.push(byte);
}

/**
 * Reads header + data + CRC after the stuffing is undone.
 * @returns the frame, or L205 when length, check mode, barcode option or CRC is wrong.
 */
export function decodeBody(body: Uint8Array): Result<OnbonFrame> {
  if (body.length < HEADER_BYTES + CRC_BYTES) return fail('L205', { bytes: body.length });
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  // A barcode block only occurs when IP addresses are set; a weaker check than the one asked for is not accepted.
  if (body[7] !== 0 || body[8] !== CHECK_MODE_CRC16) return fail('L205');
  const dataBytes = view.getUint16(12, true);
  if (body.length !== HEADER_BYTES + dataBytes + CRC_BYTES) return fail('L205', { bytes: body.length });
  const crcOffset = HEADER_BYTES + dataBytes;
  if (view.getUint16(crcOffset, true) !== crc16Arc(body.subarray(0, crcOffset))) return fail('L205');
  return ok({
    destination: view.getUint16(0, true),
    source: view.getUint16(2, true),
    data: body.slice(HEADER_BYTES, crcOffset),
  });
}

/**
 * Finds frames in a stream that may be split anywhere and hold rubbish. Any A5 starts over (inside a frame it is
 * always stuffed), so one damaged frame never costs the next. Holds at most `MAX_FRAME_BYTES`.
 */
export class StuffedFrameParser<Frame extends { readonly destination: number }> {
  readonly #wantedDestination: number | null;
  readonly #decode: (body: Uint8Array) => Result<Frame>;
  readonly #body = new Uint8Array(MAX_FRAME_BYTES);
  #length = 0;
  #collecting = false;
  #escape: number | null = null;
  #damaged = 0;

  /**
   * @param wantedDestination hand out only frames sent to this address. A host that asks for its own drops the echo
   *   of its requests this way, as their destination is a board; null hands out all.
   * @param decode reads header, data and CRC once the stuffing is undone
   */
  constructor(wantedDestination: number | null, decode: (body: Uint8Array) => Result<Frame>) {
    this.#wantedDestination = wantedDestination;
    this.#decode = decode;
  }

  /** Frames that began and ended but failed a check, or grew too long, since the last `reset()`. */
  get damagedFrames(): number {
    return this.#damaged;
  }

  /** Forgets a half-received frame and the count of damaged ones. */
  reset(): void {
    this.#abandon();
    this.#damaged = 0;
  }

  /** Takes the next bytes of the stream; returns the frames that ended in them. */
  push(bytes: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    for (const byte of bytes) {
      const frame = this.#take(byte);
      if (frame !== null && (this.#wantedDestination ?? frame.destination) === frame.destination) {
        frames.push(frame);
      }
    }
    return frames;
  }

  #take(byte: number): Frame | null {
    if (byte === HEAD) {
      if (this.#length > 0) this.#damaged += 1;
      this.#abandon();
      this.#collecting = true;
      return null;
    }
    if (!this.#collecting) return null;
    if (byte === TAIL) return this.#finish();
    if (this.#escape !== null) return this.#takeEscaped(this.#escape, byte);
    if (byte === HEAD_ESCAPE || byte === TAIL_ESCAPE) this.#escape = byte;
    else this.#append(byte);
    return null;
  }

  #takeEscaped(mark: number, byte: number): null {
    this.#escape = null;
    if (byte === 0x01) this.#append(mark);
    else if (byte === 0x02) this.#append(mark - 1);
    else this.#drop();
    return null;
  }

  #append(byte: number): void {
    if (this.#length === this.#body.length) {
      this.#drop();
      return;
    }
    this.#body[this.#length] = byte;
    this.#length += 1;
  }

  #finish(): Frame | null {
    const decoded = this.#escape === null ? this.#decode(this.#body.slice(0, this.#length)) : fail('L205');
    if (!decoded.ok) this.#damaged += 1;
    this.#abandon();
    return decoded.ok ? decoded.value : null;
  }

  #drop(): void {
    this.#damaged += 1;
    this.#abandon();
  }

  #abandon(): void {
    this.#length = 0;
    this.#collecting = false;
    this.#escape = null;
  }
}

/** Frames of BX-5K/6K text cards. */
export class OnbonFrameParser extends StuffedFrameParser<OnbonFrame> {
  /** @param wantedDestination see `StuffedFrameParser` */
  constructor(wantedDestination: number | null) {
    super(wantedDestination, decodeBody);
  }
}
