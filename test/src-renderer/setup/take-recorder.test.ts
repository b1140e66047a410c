import { describe, expect, it } from 'vitest';
import { createTakeRecorder, LONGEST_TAKE_MS } from '#renderer/setup/recording/take-recorder.ts';
import { toBase64 } from '#renderer/setup/recording/to-base64.ts';

const RATE = 8000;
const block = (value: number, length = 80) => new Int16Array(length).fill(value);

describe('[HW5] a take', () => {
  it('is what is heard between two presses, without the clicks of the key', () => {
    const recorder = createTakeRecorder(RATE);
    recorder.hear(block(1));
    recorder.start();
    recorder.hear(block(2, 1600));
    recorder.hear(block(3, 800));
    recorder.hear(block(4, 480));
    const take = recorder.stop();
    recorder.hear(block(5));
    expect(take?.sampleRate).toBe(RATE);
    expect(take?.samples).toEqual(block(3, 800));
    expect(recorder.stop()).toBeNull();
  });

  it('a press at once after a press is an empty take', () => {
    const recorder = createTakeRecorder(RATE);
    recorder.start();
    recorder.hear(block(9));
    expect(recorder.stop()?.samples.length).toBe(0);
  });

  it('knows when somebody forgot to stop', () => {
    const recorder = createTakeRecorder(RATE);
    recorder.start();
    recorder.hear(block(0, (LONGEST_TAKE_MS / 1000) * RATE));
    expect(recorder.isTooLong()).toBe(false);
    recorder.hear(block(0, 1));
    expect(recorder.isTooLong()).toBe(true);
    expect(recorder.isRecording()).toBe(true);
  });

  it('shows a level that rises at once and falls slowly', () => {
    const recorder = createTakeRecorder(RATE);
    expect(recorder.levelDb()).toBe(-60);
    recorder.hear(block(16_384));
    expect(recorder.levelDb()).toBeCloseTo(-6, 0);
    recorder.hear(block(0));
    expect(recorder.levelDb()).toBeGreaterThan(-8);
    for (let count = 0; count < 100; count += 1) recorder.hear(block(0));
    expect(recorder.levelDb()).toBe(-60);
  });

  it('travels as base64, whatever its length', () => {
    for (const length of [0, 1, 2, 3, 8191, 8192, 8193, 100_000]) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 7) % 256);
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }
  });
});
