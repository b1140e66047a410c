import type { Sound } from './wav.ts';

/**
 * What makes clips of any origin fit together: one sample rate, the same short silence at both ends, the same
 * loudness (hardware-protocols 12, rule 5). Used when clips are made and when their evenness is tested.
 */

/** Below this a sample counts as silence: −46 dB of full scale. */
const SILENCE_LEVEL = 164;
export const FULL_SCALE = 32_768;
/** No sample gets louder than −1 dB of full scale. */
const PEAK_LIMIT = FULL_SCALE * 10 ** (-1 / 20);
/** Frames begin this often and are twice as long. */
export const FRAME_STEP_S = 0.01;
/** −60 dB: nothing is heard in such a frame. */
const SILENT_FRAME = 1e-6;
/** −10 dB. */
const GATE = 0.1;
/** Half the width of the resampling kernel, in samples of the slower rate. */
const KERNEL_HALF_WIDTH = 16;
/** Places between two samples that are told apart. */
const PHASES = 4096;

/** Changes the sample rate by a windowed sinc (Blackman), which also removes what the new rate cannot carry. */
export function resample(sound: Sound, sampleRate: number): Sound {
  if (sound.sampleRate === sampleRate) return sound;
  const ratio = sound.sampleRate / sampleRate;
  const weightsAt = kernelOf(Math.max(1, ratio));
  const samples = new Int16Array(Math.floor(sound.samples.length / ratio));
  for (let index = 0; index < samples.length; index += 1) {
    const centre = index * ratio;
    const { offset, weights } = weightsAt(centre);
    let sum = 0;
    for (let tap = 0; tap < weights.length; tap += 1)
      sum += (weights[tap] ?? 0) * (sound.samples[offset + tap] ?? 0);
    samples[index] = clamped(sum);
  }
  return { samples, sampleRate };
}

/** The weights around a place between samples. Few places between two samples occur, so they are kept. */
function kernelOf(stretch: number) {
  const reach = KERNEL_HALF_WIDTH * stretch;
  const known = new Map<number, Float64Array>();
  return (centre: number): { readonly offset: number; readonly weights: Float64Array } => {
    const offset = Math.ceil(centre - reach);
    const phase = Math.round((offset - centre) * PHASES) / PHASES;
    let weights = known.get(phase);
    if (weights === undefined) {
      weights = Float64Array.from({ length: Math.floor(reach - phase) + 1 }, (_, tap) => {
        const distance = (phase + tap) / stretch;
        return sinc(distance) * blackman(distance / KERNEL_HALF_WIDTH);
      });
      const sum = weights.reduce((total, weight) => total + weight, 0);
      weights = weights.map(weight => weight / sum);
      known.set(phase, weights);
    }
    return { offset, weights };
  };
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

/**
 * Gated loudness in dB of full scale: the root mean square over 20 ms frames, pauses and quiet tails left out
 * (frames more than 10 dB below the mean of what is not silence, as EBU R 128 gates). −Infinity for silence.
 */
export function loudnessDb(sound: Sound): number {
  const energies = frameEnergies(sound).filter(energy => energy > SILENT_FRAME);
  if (energies.length === 0) return Number.NEGATIVE_INFINITY;
  const gate = mean(energies) * GATE;
  return 10 * Math.log10(mean(energies.filter(energy => energy >= gate)));
}

/**
 * Mean square of each 20 ms frame, every 10 ms, 1 being full scale. A sound shorter than a frame is one frame.
 */
export function frameEnergies({ samples, sampleRate }: Sound): number[] {
  const step = Math.round(sampleRate * FRAME_STEP_S);
  const length = Math.min(2 * step, samples.length);
  const energies: number[] = [];
  for (let start = 0; length > 0 && start + length <= samples.length; start += step) {
    let energy = 0;
    for (let at = start; at < start + length; at += 1) energy += (samples[at] ?? 0) ** 2;
    energies.push(energy / length / FULL_SCALE ** 2);
  }
  return energies;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Brings the gated loudness to `targetDb`, or as near as the peak limit allows. */
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
