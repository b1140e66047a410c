import iconv from 'iconv-lite';

/**
 * A second reading of Onbon BX-5K/6K requests (hardware-protocols 4), written apart from the driver and from the
 * simulated card: it works on the hexadecimal notation of the published frames instead of on bytes.
 */

/** One area as a person would read it off the board. */
export interface ReadArea {
  readonly area: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly scrolls: boolean;
  readonly removedAfterS: number | null;
}

export interface ReadRequest {
  readonly address: number;
  /** Group and command: `A3 06`. */
  readonly command: string;
  /** Only of `A3 06`. */
  readonly areas: readonly ReadArea[];
}

/** @throws an Error that names what is wrong with the frame */
export function readRequest(frame: Uint8Array): ReadRequest {
  const notation = [...frame].map(byte => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
  const inside = /^(?:A5 ){8}((?:(?!A5|5A)[0-9A-F]{2} )+)5A$/.exec(notation)?.[1];
  if (inside === undefined) throw new Error(`no frame: ${notation}`);
  const plain = inside
    .trim()
    .replace(/A6 0([12])|5B 0([12])/g, (_, head, tail) =>
      head ? (head === '2' ? 'A5' : 'A6') : tail === '2' ? '5A' : '5B',
    )
    .split(' ');
  const crc = plain.slice(-2).reverse().join('');
  if (crc !== crcNotation(plain.slice(0, -2))) throw new Error(`wrong check: ${notation}`);
  const [to, from, , reserved, device, version, length] = [
    number(plain, 0, 2),
    number(plain, 2, 2),
    null,
    plain.slice(4, 10).join(''),
    plain[10],
    plain[11],
    number(plain, 12, 2),
  ];
  if (from !== 0x8000 || reserved !== '000000000000' || device !== 'FE' || version !== '02')
    throw new Error(`wrong head: ${notation}`);
  const data = plain.slice(14, -2);
  if (length !== data.length) throw new Error(`wrong length: ${notation}`);
  const command = data.slice(0, 2).join(' ');
  return { address: to, command, areas: command === 'A3 06' ? readAreas(data.slice(2)) : [] };
}

function readAreas(data: readonly string[]): ReadArea[] {
  // Reply wanted, no clearing, nothing deleted.
  if (data.slice(0, 4).join('') !== '01000000') throw new Error(`not a plain update: ${data.join(' ')}`);
  const areas: ReadArea[] = [];
  let rest = data.slice(5);
  for (let left = number(data, 4, 1); left > 0; left -= 1) {
    const length = number(rest, 0, 2);
    areas.push(readArea(rest.slice(2, 2 + length)));
    rest = rest.slice(2 + length);
  }
  if (rest.length > 0) throw new Error(`left over: ${rest.join(' ')}`);
  return areas;
}

function readArea(record: readonly string[]): ReadArea {
  if (record[14] !== '00') throw new Error('speech was not meant');
  const textLength = number(record, 23, 4);
  const text = record.slice(27);
  if (text.length !== textLength) throw new Error(`text of ${text.length} bytes, not ${textLength}`);
  const words = iconv.decode(Buffer.from(text.join(''), 'hex'), 'gbk');
  return {
    area: number(record, 9, 1),
    x: number(record, 1, 2) - 0x8000,
    y: number(record, 3, 2),
    width: number(record, 5, 2) - 0x8000,
    height: number(record, 7, 2),
    text: words.replace(/^(?:\\(?:FO|FE)\d{3}|\\C\d)*/, ''),
    scrolls: record[19] === '03',
    removedAfterS: record[11] === '02' ? number(record, 12, 2) : null,
  };
}

/** Little-endian. */
function number(notation: readonly string[], at: number, bytes: number): number {
  return Number.parseInt(
    notation
      .slice(at, at + bytes)
      .reverse()
      .join(''),
    16,
  );
}

/** CRC-16 with polynomial 8005 as polynomial division of the bits, lowest bit of each byte first. */
function crcNotation(plain: readonly string[]): string {
  const bits = plain
    .map(byte => [...Number.parseInt(byte, 16).toString(2).padStart(8, '0')].reverse().join(''))
    .join('');
  let remainder = 0;
  for (const bit of `${bits}${'0'.repeat(16)}`) {
    const top = remainder & 0x8000;
    remainder = ((remainder << 1) & 0xffff) | Number(bit);
    if (top) remainder ^= 0x8005;
  }
  const reflected = [...remainder.toString(2).padStart(16, '0')].reverse().join('');
  return Number.parseInt(reflected, 2).toString(16).padStart(4, '0').toUpperCase();
}
