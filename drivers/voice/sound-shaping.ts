import type { Sound } from './wav.ts';

/**
 * What makes clips of any origin fit together: one sample rate, the same short silence at both ends, the same
 * loudness (hardware-protocols 12, rule 5). Used when clips are made and when their evenness is tested.
 */

/** Below this a sample counts as silence: −46 dB of full scale. */
const SILENCE_LEVEL = 164;
const FULL_SCALE = 32_768;
/** No sample gets louder than −1 dB of full scale. */
const PEAK_LIMIT = FULL_SCALE * 10 ** (-1 / 20);
/** Half the width of the resampling kernel, in samples of the slower rate. */
const KERNEL_HALF_WIDTH = 16;

/** Changes the sample rate by a windowed sinc (Blackman), which also removes what the new rate cannot carry. */
export function resample(sound: Sound, sampleRate: number): Sound {
  if (sound.sampleRate === sampleRate) return sound;
  const ratio = sound.sampleRate / sampleRate;
  const stretch = Math.max(1, ratio);
  const reach = KERNEL_HALF_WIDTH * stretch;
  const samples = new Int16Array(Math.floor(sound.samples.length / ratio));
  for (let index = 0; index < samples.length; index += 1) {
    const centre = index * ratio;
    let sum = 0;
    let weights = 0;
    for (let at = Math.ceil(centre - reach); at <= centre + reach; at += 1) {
      const distance = (at - centre) / stretch;
      const weight = sinc(distance) * blackman(distance / KERNEL_HALF_WIDTH);
      sum += weight * (sound.samples[at] ?? 0);
      weights += weight;
    }
    samples[index] = clamped(sum / weights);
  }
  return { samples, sampleRate };
}

/** First and last sample above silence, or null when there is none. */
export function soundingRange(sound: Sound): { readonly first: number; readonly last: number } | null {
  const isSounding = (sample: number): boolean => Math.abs(sample) > SILENCE_LEVEL;
  const first = sound.samples.findIndex(isSounding);
  return first < 0 ? null : { first, last: sound.samples.findLastIndex(isSounding) };
}

/** Cuts or fills both ends to exactly `silenceMs` of silence, with no step where the sound begins and ends. */
export function trimSilence(sound: Sound, silenceMs: number): Sound {
  const range = soundingRange(sound);
  const margin = Math.round((silenceMs / 1000) * sound.sampleRate);
  if (range === null) return { ...sound, samples: new Int16Array(2 * margin) };
  const sounding = sound.samples.subarray(range.first, range.last + 1);
  const samples = new Int16Array(sounding.length + 2 * margin);
  samples.set(sounding, margin);
  // What was quieter than the limit stays in the margin, faded in and out, so that no click is heard.
  for (let step = 1; step <= margin; step += 1) {
    const fade = 1 - step / margin;
    samples[margin - step] = clamped((sound.samples[range.first - step] ?? 0) * fade);
    samples[margin + sounding.length - 1 + step] = clamped((sound.samples[range.last + step] ?? 0) * fade);
  }
  return { ...sound, samples };
}

/** Root mean square of the sounding part, in dB of full scale; −Infinity for silence. */
export function loudnessDb(sound: Sound): number {
  const range = soundingRange(sound);
  if (range === null) return Number.NEGATIVE_INFINITY;
  const sounding = sound.samples.subarray(range.first, range.last + 1);
  let energy = 0;
  for (const sample of sounding) energy += sample * sample;
  return 20 * Math.log10(Math.sqrt(energy / sounding.length) / FULL_SCALE);
}

/** Brings the sounding part to `targetDb`, or as near as the peak limit allows. */
export function normaliseLoudness(sound: Sound, targetDb: number): Sound {
  const peak = sound.samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  if (peak === 0) return sound;
  const gain = Math.min(10 ** ((targetDb - loudnessDb(sound)) / 20), PEAK_LIMIT / peak);
  return { ...sound, samples: sound.samples.map(sample => clamped(sample * gain)) };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Blackman window over [−1, 1]. */
function blackman(x: number): number {
  if (Math.abs(x) >= 1) return 0;
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
}

function clamped(value: number): number {
  return Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.round(value)));
}
