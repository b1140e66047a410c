const CRC16_TABLE = buildTable(0xa001);

/**
 * CRC-16/ARC of `bytes`: polynomial 8005 reflected, initial value 0, no final XOR; `123456789` gives BB3D.
 * Source: hardware-protocols 4.1 (Onbon BX-5K/6K protocol, user edition).
 */
export function crc16Arc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC16_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return crc;
}

function buildTable(reflectedPolynomial: number): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1)
      value = value & 1 ? (value >>> 1) ^ reflectedPolynomial : value >>> 1;
    return value;
  });
}
