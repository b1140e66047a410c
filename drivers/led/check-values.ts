import { crc16Arc } from './checksum.ts';

/** The check values small boards put into their frames (hardware-protocols 7.4), all over plain bytes. */
export const CHECK_KINDS = [
  'sum8',
  'neg8',
  'xor8',
  'sum16le',
  'crc16-arc',
  'crc16-modbus',
  'crc16-ccitt-false',
] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];

/** Bytes a check value takes: 1 or 2. */
export function checkBytes(kind: CheckKind): 1 | 2 {
  return kind === 'sum8' || kind === 'neg8' || kind === 'xor8' ? 1 : 2;
}

/** The check value of `bytes`, as an unsigned number of 8 or 16 bits. */
export function checkValue(kind: CheckKind, bytes: Uint8Array): number {
  switch (kind) {
    case 'sum8':
      return sumOf(bytes) & 0xff;
    case 'neg8':
      return -sumOf(bytes) & 0xff;
    case 'xor8':
      return bytes.reduce((value, byte) => value ^ byte, 0);
    case 'sum16le':
      return sumOf(bytes) & 0xffff;
    case 'crc16-arc':
      return crc16Arc(bytes);
    case 'crc16-modbus':
      return crc16Modbus(bytes);
    case 'crc16-ccitt-false':
      return crc16CcittFalse(bytes);
  }
}

/**
 * CRC-16/MODBUS: polynomial 8005 reflected (A001), initial value FFFF, no final XOR; `123456789` gives 4B37.
 * Source: hardware-protocols 6.1 ("MODBUS over Serial Line" V1.02).
 */
export function crc16Modbus(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}

/** CRC-16/CCITT-FALSE: polynomial 1021, highest bit first, initial value FFFF; `123456789` gives 29B1. */
export function crc16CcittFalse(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1;
  }
  return crc;
}

function sumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + byte, 0);
}
