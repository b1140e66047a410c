import { describe, expect, it } from 'vitest';
import type { SerialFrame } from '#drivers/keypad/keypad-profile.ts';
import { INITIAL_SERIAL_FRAME_STATE, readSerialBytes } from '#drivers/keypad/serial-keypad-frames.ts';
import { randomOf, SEED } from '../random.ts';
import { bytes, serialProfile } from './profiles.ts';

const ASCII_LINE = serialProfile('serial-ascii').frame;
const AA55 = serialProfile('serial-aa55').frame;
const STX_ETX = serialProfile('serial-aa55', {
  frame: { head: '02', length: 4, tail: '03', check: { kind: 'xor8', of: [1, 1], at: 2 } },
}).frame;
const ANY_LINE = serialProfile('serial-ascii', { frame: { tail: '0D 0A' } }).frame;

function framesOf(frame: SerialFrame, ...pieces: readonly string[]) {
  let state = INITIAL_SERIAL_FRAME_STATE;
  const frames: string[] = [];
  for (const piece of pieces) {
    const step = readSerialBytes(frame, state, bytes(piece));
    state = step.state;
    frames.push(...step.frames.map(hexOf));
  }
  return { frames, rejected: state.rejectedCount, pending: hexOf(state.pending) };
}

function hexOf(data: Uint8Array): string {
  return [...data].map(value => value.toString(16).padStart(2, '0').toUpperCase()).join(' ');
}

describe('[HW4] serial keypads (10.4)', () => {
  it.each([
    ['ascii line', ASCII_LINE, '31 0D 0A', ['31 0D 0A'], 0],
    ['any line', ANY_LINE, '31 0D 0A', ['31 0D 0A'], 0],
    ['AA 55, key, sum', AA55, 'AA 55 03 02', ['AA 55 03 02'], 0],
    ['AA 55, bad sum', AA55, 'AA 55 03 03', [], 1],
    ['STX, key, xor, ETX', STX_ETX, '02 32 32 03', ['02 32 32 03'], 0],
    ['STX with a wrong tail', STX_ETX, '02 32 32 04', [], 1],
    ['an empty line', ANY_LINE, '0D 0A', [], 1],
  ])('%s', (_title, frame, line, frames, rejected) => {
    expect(framesOf(frame, line)).toMatchObject({ frames, rejected });
  });

  it('puts frames together from single bytes and takes several from one piece', () => {
    expect(framesOf(AA55, 'AA', '55', '03', '02').frames).toEqual(['AA 55 03 02']);
    expect(framesOf(AA55, 'AA 55 01 00 AA 55 02 01').frames).toEqual(['AA 55 01 00', 'AA 55 02 01']);
  });

  it('finds the next frame after noise and after a frame cut short', () => {
    expect(framesOf(AA55, '00 FF AA AA 55 04 03').frames).toEqual(['AA 55 04 03']);
    expect(framesOf(AA55, 'AA 55 03', 'AA 55 03 02')).toMatchObject({ frames: ['AA 55 03 02'], rejected: 1 });
    expect(framesOf(ASCII_LINE, '33', '31 0D 0A').frames).toEqual(['31 0D 0A']);
  });

  it('knows all three check bytes', () => {
    const check = (kind: 'sum8' | 'neg8' | 'xor8') => ({
      ...AA55,
      check: { kind, of: [0, 2] as [number, number], at: 3 },
    });
    expect(framesOf(check('neg8'), 'AA 55 03 FE').frames).toEqual(['AA 55 03 FE']);
    expect(framesOf(check('xor8'), 'AA 55 03 FC').frames).toEqual(['AA 55 03 FC']);
    expect(framesOf(check('sum8'), 'AA 55 03 FC').frames).toEqual([]);
  });

  it('20,000 random pieces: what is kept stays small, and a whole frame after silence is always read', () => {
    const random = randomOf(SEED);
    const cases = [
      [ASCII_LINE, '31 0D 0A'],
      [AA55, 'AA 55 03 02'],
      [STX_ETX, '02 32 32 03'],
      [ANY_LINE, '31 0D 0A'],
    ] as const;
    const likely = bytes('AA 55 02 03 31 32 0D 0A');
    for (const [frame, whole] of cases) {
      let state = INITIAL_SERIAL_FRAME_STATE;
      for (let count = 0; count < 5000; count += 1) {
        const piece = Uint8Array.from({ length: Math.floor(random() * 12) }, () =>
          random() < 0.7 ? (likely[Math.floor(random() * likely.length)] ?? 0) : random() * 256,
        );
        state = readSerialBytes(frame, state, piece).state;
        expect(state.pending.length, `seed ${SEED}`).toBeLessThanOrEqual(64);
      }
      // A line end or a head's worth of zeros pushes out any half frame.
      const cleared = readSerialBytes(frame, state, bytes('00 00 00 00 0D 0A')).state;
      const last = readSerialBytes(frame, cleared, bytes(whole)).frames.at(-1);
      expect(last === undefined ? '' : hexOf(last), `seed ${SEED}`).toBe(whole);
    }
  });

  it('seeds 20411479 and 20955804: an empty line, or noise longer than any frame, does not spoil the line after it', () => {
    expect(framesOf(ANY_LINE, '0D 0A 31 0D 0A').frames).toEqual(['31 0D 0A']);
    const noise = new Uint8Array(60).fill(0x32);
    const full = readSerialBytes(ANY_LINE, INITIAL_SERIAL_FRAME_STATE, noise).state;
    const cut = readSerialBytes(ANY_LINE, full, bytes('00 00 00 00 0D')).state;
    const next = readSerialBytes(ANY_LINE, cut, bytes('0A 31 0D 0A 32 0D 0A'));
    expect(next.frames.map(hexOf)).toEqual(['31 0D 0A', '32 0D 0A']);
  });
});
