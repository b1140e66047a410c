import { meterDb } from '#core/voice/recorded-take.ts';
import type { Sound } from '#core/voice/wav.ts';

/** The click of the key that starts a take is not part of it. */
export const START_CLICK_MS = 200;
/** Nor is that of the key that ends it. */
export const STOP_CLICK_MS = 60;
/** Somebody has forgotten to stop. */
export const LONGEST_TAKE_MS = 8_000;
const METER_FALL_DB_PER_BLOCK = 0.6;

/** Collects what a microphone gives between two presses of a key. Knows no browser. */
export interface TakeRecorder {
  /** The next block of the microphone. */
  hear(samples: Int16Array): void;
  start(): void;
  /** Ends the take; null when none was begun. */
  stop(): Sound | null;
  isRecording(): boolean;
  /** Longer than any clip may be. */
  isTooLong(): boolean;
  /** What a meter shows, −60 to 0 dB: up at once, down slowly. */
  levelDb(): number;
}

export function createTakeRecorder(sampleRate: number): TakeRecorder {
  let blocks: Int16Array[] | null = null;
  let length = 0;
  let level = -60;
  const samplesOf = (milliseconds: number) => Math.round((milliseconds / 1000) * sampleRate);
  return {
    hear(samples) {
      level = Math.max(meterDb(samples), level - METER_FALL_DB_PER_BLOCK);
      if (blocks === null) return;
      blocks.push(samples);
      length += samples.length;
    },
    start() {
      blocks = [];
      length = 0;
    },
    stop() {
      if (blocks === null) return null;
      const whole = new Int16Array(length);
      let at = 0;
      for (const block of blocks) {
        whole.set(block, at);
        at += block.length;
      }
      blocks = null;
      const samples = whole.slice(samplesOf(START_CLICK_MS), Math.max(0, length - samplesOf(STOP_CLICK_MS)));
      return { samples, sampleRate };
    },
    isRecording: () => blocks !== null,
    isTooLong: () => blocks !== null && length > samplesOf(LONGEST_TAKE_MS),
    levelDb: () => level,
  };
}
