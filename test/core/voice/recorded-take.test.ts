import { describe, expect, it } from 'vitest';
import { isProperClip, LONGEST_CLIP_MS, meterDb, shapeTake } from '#core/voice/recorded-take.ts';
import { loudnessDb } from '#core/voice/sound-shaping.ts';
import type { Sound } from '#core/voice/wav.ts';
import { fuzzRuns, randomOf, SEED } from '../../drivers/random.ts';

const RATE = 24_000;
const random = randomOf(SEED);

/** Silence, a voice-like tone and silence again, in a room with some noise. */
function take(parts: {
  beforeMs?: number;
  speechMs?: number;
  afterMs?: number;
  level?: number;
  noise?: number;
}): Sound {
  const { beforeMs = 400, speechMs = 500, afterMs = 400, level = 6000, noise = 20 } = parts;
  const at = (milliseconds: number) => Math.round((milliseconds / 1000) * RATE);
  const [from, to] = [at(beforeMs), at(beforeMs + speechMs)];
  const samples = Int16Array.from({ length: to + at(afterMs) }, (_, index) => {
    const voice = index >= from && index < to ? level * Math.sin((2 * Math.PI * 220 * index) / RATE) : 0;
    return Math.max(-32_768, Math.min(32_767, Math.round(voice + noise * (2 * random() - 1))));
  });
  return { samples, sampleRate: RATE };
}

const codeOf = (sound: Sound) => {
  const shaped = shapeTake(sound);
  return shaped.ok ? 'ok' : shaped.error.code;
};

describe('[HW5] a take becomes a clip', () => {
  it.each([1000, 3000, 6000, 12_000, 20_000])(
    'spoken at %d of 32,768: the same loudness, 20 ms of silence',
    level => {
      const shaped = shapeTake(take({ level }));
      if (!shaped.ok) throw new Error(shaped.error.code);
      const { samples } = shaped.value;
      expect(Math.abs(loudnessDb(shaped.value) + 18)).toBeLessThan(0.5);
      const margin = RATE / 50;
      expect(samples.subarray(0, margin).every(sample => sample === 0)).toBe(true);
      expect(samples.subarray(-margin).every(sample => sample === 0)).toBe(true);
      // The speech and a breath of 10 to 40 ms around it.
      const speechMs = ((samples.length - 2 * margin) / RATE) * 1000;
      expect(speechMs).toBeGreaterThan(500);
      expect(speechMs).toBeLessThan(580);
      expect(isProperClip(shaped.value)).toBe(true);
    },
  );

  it('keeps a pause within a phrase', () => {
    const first = take({ afterMs: 150 });
    const second = take({ beforeMs: 150 });
    const samples = Int16Array.of(...first.samples, ...second.samples);
    const shaped = shapeTake({ samples, sampleRate: RATE });
    expect(shaped.ok && shaped.value.samples.length / RATE).toBeGreaterThan(1.3);
  });

  it.each([
    ['shouted into the microphone', take({ level: 60_000 }), 'V356'],
    ['whispered', take({ level: 150, noise: 5 }), 'V357'],
    ['nothing said', take({ level: 0 }), 'V357'],
    ['no microphone signal at all', take({ level: 0, noise: 0 }), 'V357'],
    ['in a noisy hall', take({ level: 3000, noise: 2500 }), 'V357'],
    ['begun before the key', take({ beforeMs: 0 }), 'V358'],
    ['not finished', take({ afterMs: 0 }), 'V358'],
    ['a click', take({ speechMs: 4 }), 'V358'],
    ['a speech', take({ speechMs: LONGEST_CLIP_MS + 500 }), 'V358'],
    ['empty', { samples: new Int16Array(0), sampleRate: RATE }, 'V358'],
  ])('%s is refused', (_title, sound, code) => {
    expect(codeOf(sound)).toBe(code);
  });

  it('any samples at all: a proper clip or a refusal', () => {
    const runs = Math.min(fuzzRuns(), 100_000) / 10;
    for (let run = 0; run < runs; run += 1) {
      const loud = 10 ** (random() * 4.6);
      const samples = Int16Array.from({ length: Math.floor(random() * 3000) }, () =>
        random() < 0.7 ? 0 : Math.round((2 * random() - 1) * Math.min(loud, 32_767)),
      );
      const shaped = shapeTake({ samples, sampleRate: 8000 });
      if (!shaped.ok) expect(['V356', 'V357', 'V358'], `seed ${SEED}`).toContain(shaped.error.code);
      else expect(shaped.value.samples.length, `seed ${SEED}`).toBeLessThan(samples.length + 400);
    }
  }, 120_000);

  it('the meter goes from −60 dB to 0', () => {
    expect(meterDb(new Int16Array(10))).toBe(-60);
    expect(meterDb(Int16Array.of(0, -32_768))).toBe(0);
    expect(meterDb(Int16Array.of(16_384))).toBeCloseTo(-6, 0);
  });
});
