import { describe, expect, test } from 'vitest';
import { pingData } from '#drivers/led/onbon-commands.ts';
import {
  encodeFrame,
  encodeRequest,
  HOST_ADDRESS,
  MAX_FRAME_BYTES,
  OnbonFrameParser,
} from '#drivers/led/onbon-frame.ts';
import { CardReceiver } from '#drivers/led/simulator/card-frames.ts';
import { fuzzRuns } from '../random.ts';
import { chooseSeed, createRandom, type Random } from './random.ts';

const ANSWER = encodeFrame({ destination: HOST_ADDRESS, source: 3, data: Uint8Array.of(0xa0, 0, 0, 0, 0) });

describe('Onbon frames', () => {
  test('[HW3] an answer split into single bytes is one frame', () => {
    const parser = new OnbonFrameParser(HOST_ADDRESS);
    const frames = [...ANSWER].flatMap(byte => parser.push(Uint8Array.of(byte)));
    expect(frames).toHaveLength(1);
  });

  test('[HW3] one head byte is enough to start a frame', () => {
    expect(new OnbonFrameParser(HOST_ADDRESS).push(ANSWER.subarray(7))).toHaveLength(1);
  });

  test('[HW3] rubbish before, between and after answers costs no answer', () => {
    const rubbish = Uint8Array.of(0, 0x5a, 0xa6, 0xff, 0x5b, 7);
    const stream = Buffer.concat([rubbish, ANSWER, rubbish, ANSWER, rubbish]);
    expect(new OnbonFrameParser(HOST_ADDRESS).push(stream)).toHaveLength(2);
  });

  test('[HW3] a frame cut off in the middle does not spoil the next one', () => {
    const stream = Buffer.concat([ANSWER.subarray(0, 20), ANSWER]);
    expect(new OnbonFrameParser(HOST_ADDRESS).push(stream)).toHaveLength(1);
  });

  test('[HW3] the echo of a request is not an answer', () => {
    const stream = Buffer.concat([encodeRequest(3, pingData()), ANSWER]);
    expect(new OnbonFrameParser(HOST_ADDRESS).push(stream).map(frame => frame.source)).toEqual([3]);
  });

  test('[HW3] a frame longer than any answer is dropped and counted', () => {
    const parser = new OnbonFrameParser(null);
    parser.push(Uint8Array.of(0xa5));
    parser.push(new Uint8Array(MAX_FRAME_BYTES + 1));
    expect(parser.push(Uint8Array.of(0x5a))).toEqual([]);
    expect(parser.damagedFrames).toBe(1);
    expect(parser.push(ANSWER)).toHaveLength(1);
  });

  test('[HW3] a barcode block or a weaker check mode is not accepted', () => {
    for (const at of [7, 8]) {
      const spoilt = Uint8Array.from(ANSWER);
      spoilt[8 + at] = 1;
      const parser = new OnbonFrameParser(null);
      expect(parser.push(spoilt)).toEqual([]);
      expect(parser.damagedFrames).toBe(1);
    }
  });

  test('[HW3] driver and simulated card agree on 30,000 damaged streams, or as many as FOYER_FUZZ says', () => {
    const seed = chooseSeed();
    console.info(`FOYER_SEED=${seed}`);
    const random = createRandom(seed);
    const parser = new OnbonFrameParser(null);
    const receiver = new CardReceiver();
    let accepted = 0;
    for (let round = 0; round < Math.max(30_000, fuzzRuns()); round += 1) {
      const stream = damagedStream(random);
      const frames = parser.push(stream).map(frame => [frame.destination, frame.source, ...frame.data]);
      const requests = receiver
        .take(stream)
        .map(request => [request.screenAddress, request.hostAddress, ...request.command]);
      expect(frames, `seed ${seed}, round ${round}`).toEqual(requests);
      accepted += frames.length;
    }
    // Some streams are left whole; a parser that rejects everything must not pass.
    expect(accepted).toBeGreaterThan(1000);
  }, 120_000);
});

/** A frame with a few bytes changed, lost, doubled or cut off, or plain noise rich in marks. */
function damagedStream(random: Random): Uint8Array {
  if (random.below(5) === 0) {
    const marks = [0xa5, 0xa6, 0x5a, 0x5b, 1, 2, 0];
    return Uint8Array.from({ length: random.below(80) }, () => marks[random.below(marks.length)] ?? 0);
  }
  const stream = [...encodeRequest(random.below(0x10000), random.bytes(random.below(40)))];
  for (let damage = random.below(4); damage > 0 && stream.length > 0; damage -= 1) {
    const at = random.below(stream.length);
    const kind = random.below(4);
    if (kind === 0) stream[at] = random.below(256);
    else if (kind === 1) stream.splice(at, 1 + random.below(3));
    else if (kind === 2) stream.splice(at, 0, ...stream.slice(at, at + random.below(4)));
    else stream.length = Math.max(1, at);
  }
  return Uint8Array.from(stream);
}
