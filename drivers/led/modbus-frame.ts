import { crc16Modbus } from './check-values.ts';

/**
 * Modbus RTU frames (hardware-protocols 6.1; "MODBUS over Serial Line" V1.02 and "Application Protocol" V1.1b3).
 * A frame has no marks: it begins after a silence and its length follows from its first bytes.
 */

/** Every slave obeys, none answers. */
export const MODBUS_BROADCAST = 0;
export const MODBUS_MAX_ADDRESS = 247;
/** Rest that slaves need after a broadcast: 100 to 200 ms. */
export const MODBUS_TURNAROUND_MS = 150;

export const READ_HOLDING = 0x03;
export const WRITE_ONE = 0x06;
export const WRITE_SEVERAL = 0x10;

/** What a slave says in an exception. */
export const MODBUS_EXCEPTION = { function: 1, address: 2, value: 3, failure: 4, busy: 6 } as const;

/** Silence between two frames: 3.5 characters of 11 bits, fixed above 19200 baud. */
export function modbusSilenceMs(baudRate: number): number {
  return baudRate > 19_200 ? 1.75 : (3.5 * 11 * 1000) / baudRate;
}

/** Function 03: asks slave `address` (1–247) for `count` registers from `register` on. */
export function readHolding(address: number, register: number, count: number): Uint8Array {
  return modbusFrame([address, READ_HOLDING, ...bigEndian(register), ...bigEndian(count)]);
}

/** Function 06: one register, value 0–FFFF. A slave answers with the same bytes. */
export function writeOne(address: number, register: number, value: number): Uint8Array {
  return modbusFrame([address, WRITE_ONE, ...bigEndian(register), ...bigEndian(value)]);
}

/** Function 16: up to 123 registers from `register` on, values 0–FFFF. */
export function writeSeveral(address: number, register: number, values: readonly number[]): Uint8Array {
  return modbusFrame([
    address,
    WRITE_SEVERAL,
    ...bigEndian(register),
    ...bigEndian(values.length),
    values.length * 2,
    ...values.flatMap(bigEndian),
  ]);
}

/** The bytes with their CRC behind them, low byte first. */
export function modbusFrame(bytes: readonly number[]): Uint8Array {
  const crc = crc16Modbus(Uint8Array.from(bytes));
  return Uint8Array.from([...bytes, crc & 0xff, crc >> 8]);
}

/** Whether the last two bytes are the CRC of those before. */
export function modbusFrameHolds(frame: Uint8Array): boolean {
  return frame.length >= 4 && crc16Modbus(frame) === 0;
}

export type ModbusAnswer =
  | { readonly kind: 'written' }
  | { readonly kind: 'registers'; readonly values: readonly number[] }
  | { readonly kind: 'exception'; readonly code: number };

/** Bytes of the answer to `request` when the slave obeys. */
export function answerBytesOf(request: Uint8Array): number {
  if (request[1] !== READ_HOLDING) return 8;
  return 5 + 2 * ((request[4] ?? 0) * 256 + (request[5] ?? 0));
}

/**
 * The answer to `request` at the very start of `bytes`; null when what stands there is no whole, undamaged answer to
 * it (another slave's, another function's or register's, wrong length or CRC).
 */
export function readModbusAnswer(request: Uint8Array, bytes: Uint8Array): ModbusAnswer | null {
  const [address, code = 0] = request;
  if (bytes[0] !== address) return null;
  if (bytes[1] === (code | 0x80)) {
    const exception = bytes.subarray(0, 5);
    return exception.length === 5 && modbusFrameHolds(exception)
      ? { kind: 'exception', code: exception[2] ?? 0 }
      : null;
  }
  const answer = bytes.subarray(0, answerBytesOf(request));
  if (answer[1] !== code || answer.length < answerBytesOf(request) || !modbusFrameHolds(answer)) return null;
  if (code === READ_HOLDING) {
    if (answer[2] !== answer.length - 5) return null;
    return { kind: 'registers', values: bigEndianWords(answer.subarray(3, -2)) };
  }
  // Register and value or count come back as they were sent.
  return answer.subarray(2, 6).every((byte, index) => byte === request[2 + index])
    ? { kind: 'written' }
    : null;
}

function bigEndian(value: number): number[] {
  return [(value >> 8) & 0xff, value & 0xff];
}

function bigEndianWords(bytes: Uint8Array): number[] {
  return Array.from(
    { length: bytes.length / 2 },
    (_, at) => (bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0),
  );
}
