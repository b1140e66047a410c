/**
 * The card's side of the wire, written from the protocol's facts and apart from the driver's encoder: two
 * implementations that agree on every vector and every fuzzed input are unlikely to share a mistake.
 */

/** A request as a card understands it. */
export interface CardRequest {
  readonly screenAddress: number;
  readonly hostAddress: number;
  readonly command: Uint8Array;
}

const LONGEST_LINE_BYTES = 20_480;

/** Collects bytes and gives out the requests whose length and checksum are right; all else is dropped. */
export class CardReceiver {
  #line: number[] = [];
  #inside = false;

  take(bytes: Uint8Array): CardRequest[] {
    const requests: CardRequest[] = [];
    for (const byte of bytes) {
      if (byte === 0xa5) {
        this.#inside = true;
        this.#line = [];
      } else if (byte === 0x5a) {
        const request = this.#inside ? parseLine(this.#line) : null;
        if (request !== null) requests.push(request);
        this.#inside = false;
        this.#line = [];
      } else if (this.#inside) {
        this.#line.push(byte);
        if (this.#line.length > LONGEST_LINE_BYTES) {
          this.#inside = false;
          this.#line = [];
        }
      }
    }
    return requests;
  }
}

/** The answer frame of card `screenAddress`; with `spoilt`, its checksum is wrong. */
export function answerFrame(
  screenAddress: number,
  hostAddress: number,
  answer: readonly number[],
  spoilt: boolean,
): Uint8Array {
  const content = [
    ...[hostAddress & 0xff, hostAddress >> 8, screenAddress & 0xff, screenAddress >> 8],
    ...[0, 0, 0, 0, 0, 0, 0xfe, 0x02],
    ...[answer.length & 0xff, answer.length >> 8],
    ...answer,
  ];
  const checksum = cardChecksum(content) ^ (spoilt ? 0x0101 : 0);
  const stuffed = [...content, checksum & 0xff, checksum >> 8].flatMap(byte => STUFFED.get(byte) ?? [byte]);
  return Uint8Array.from([...new Array<number>(9).fill(0xa5), ...stuffed, 0x5a]);
}

const STUFFED = new Map([
  [0xa5, [0xa6, 2]],
  [0xa6, [0xa6, 1]],
  [0x5a, [0x5b, 2]],
  [0x5b, [0x5b, 1]],
]);

function parseLine(line: readonly number[]): CardRequest | null {
  const plain = unstuffed(line);
  if (plain === null || plain.length < 16) return null;
  const pair = (at: number): number => (plain[at] ?? 0) + 256 * (plain[at + 1] ?? 0);
  if (plain[7] !== 0 || plain[8] !== 0) return null;
  if (pair(12) !== plain.length - 16) return null;
  if (pair(plain.length - 2) !== cardChecksum(plain.slice(0, -2))) return null;
  return {
    screenAddress: pair(0),
    hostAddress: pair(2),
    command: Uint8Array.from(plain.slice(14, -2)),
  };
}

function unstuffed(line: readonly number[]): number[] | null {
  const plain: number[] = [];
  for (let at = 0; at < line.length; at += 1) {
    const byte = line[at] ?? 0;
    if (byte !== 0xa6 && byte !== 0x5b) {
      plain.push(byte);
      continue;
    }
    at += 1;
    const which = line[at];
    if (which !== 1 && which !== 2) return null;
    plain.push(which === 1 ? byte : byte === 0xa6 ? 0xa5 : 0x5a);
  }
  return plain;
}

/** CRC-16 with polynomial 8005, each byte taken from its lowest bit, computed bit by bit. */
function cardChecksum(bytes: readonly number[]): number {
  let register = 0;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit += 1) {
      const feedback = (register ^ (byte >> bit)) & 1;
      register >>= 1;
      if (feedback === 1) register ^= 0xa001;
    }
  }
  return register;
}
