import { fail, ok, type Result } from '../wire/result.ts';
import { FRAME_STEP_S, FULL_SCALE, frameEnergies, loudnessDb, normaliseLoudness } from './sound-shaping.ts';
import type { Sound } from './wav.ts';

/** How loud every clip is, in dB of full scale. */
export const CLIP_LOUDNESS_DB = -18;
/** Silence at both ends of every clip (hardware-protocols 12, rule 5). */
export const CLIP_SILENCE_MS = 20;
/** A clip is a word or a short phrase. */
export const SHORTEST_CLIP_MS = 80;
export const LONGEST_CLIP_MS = 6_000;

/** As loud as the converter goes; several such samples in a row are a flattened peak. */
const CLIPPED_LEVEL = FULL_SCALE - 16;
const CLIPPED_RUN = 4;
/** Amplified beyond this, a room's noise would be heard with the voice. */
const QUIETEST_DB = -42;
/** Speech stands out of the room by at least this much. */
const LEAST_CONTRAST_DB = 15;
/** What is this far below the speech belongs to it: soft consonants, endings. */
const SOFT_PART_DB = 26;
/** Speech begins softly: this much before the first loud frame is kept. */
const LEAD_IN_S = 0.01;

/**
 * Makes a clip of what somebody said into a microphone: silence cut to 20 ms, loudness as of all clips.
 * Failures: `V356` flattened by too loud a voice, `V357` too quiet or too much noise around, `V358` no speech, cut
 * off at an end, or longer than a phrase.
 */
export function shapeTake(take: Sound): Result<Sound> {
  if (isClipped(take.samples)) return fail('V356');
  const energies = frameEnergies(take);
  const loudest = Math.max(...energies, 0);
  if (energies.length < 10) return fail('V358', { reason: 'too-short' });
  if (decibels(loudest) < QUIETEST_DB) return fail('V357', { decibels: Math.round(decibels(loudest)) });
  const noise = noiseOf(energies);
  if (decibels(loudest) - decibels(noise) < LEAST_CONTRAST_DB)
    return fail('V357', { contrast: Math.round(decibels(loudest) - decibels(noise)) });

  // Speech: clearly above the room, and not too far below its own loudest part.
  const limit = Math.max(noise * 4, loudest * 10 ** (-SOFT_PART_DB / 10));
  const first = energies.findIndex(energy => energy > limit);
  const last = energies.findLastIndex(energy => energy > limit);
  if (first === 0 || last === energies.length - 1) return fail('V358', { reason: 'cut-off' });

  const step = Math.round(take.sampleRate * FRAME_STEP_S);
  const leadIn = Math.round(take.sampleRate * LEAD_IN_S);
  const from = Math.max(0, first * step - leadIn);
  const to = Math.min(take.samples.length, last * step + 2 * step + leadIn);
  const milliseconds = ((to - from) / take.sampleRate) * 1000;
  if (milliseconds < SHORTEST_CLIP_MS) return fail('V358', { reason: 'too-short' });
  if (milliseconds > LONGEST_CLIP_MS) return fail('V358', { reason: 'too-long' });
  const spoken = { ...take, samples: take.samples.slice(from, to) };
  const level = normaliseLoudness(spoken, CLIP_LOUDNESS_DB);
  return ok(withSilence(level, take.sampleRate));
}

/** The level a meter shows for one block of samples, −60 to 0 dB of full scale. */
export function meterDb(samples: Int16Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return Math.max(-60, Math.min(0, decibels((peak / FULL_SCALE) ** 2)));
}

/** Is what a microphone gave a proper clip already? For the host, which trusts no window. */
export function isProperClip(sound: Sound): boolean {
  const milliseconds = (sound.samples.length / sound.sampleRate) * 1000;
  return (
    milliseconds >= SHORTEST_CLIP_MS &&
    milliseconds <= LONGEST_CLIP_MS + 2 * CLIP_SILENCE_MS + 10 &&
    Math.abs(loudnessDb(sound) - CLIP_LOUDNESS_DB) < 6
  );
}

/** 20 ms before and after, the sound's first and last 5 ms faded so that no click is heard. */
function withSilence({ samples }: Sound, sampleRate: number): Sound {
  const margin = Math.round((CLIP_SILENCE_MS / 1000) * sampleRate);
  const fade = Math.min(Math.round(sampleRate * 0.005), samples.length >> 1);
  const whole = new Int16Array(samples.length + 2 * margin);
  whole.set(samples, margin);
  for (let at = 0; at < fade; at += 1) {
    const end = whole.length - 1 - margin - at;
    whole[margin + at] = Math.round(((whole[margin + at] ?? 0) * at) / fade);
    whole[end] = Math.round(((whole[end] ?? 0) * at) / fade);
  }
  return { samples: whole, sampleRate };
}

function isClipped(samples: Int16Array): boolean {
  let run = 0;
  for (const sample of samples) {
    run = Math.abs(sample) >= CLIPPED_LEVEL ? run + 1 : 0;
    if (run >= CLIPPED_RUN) return true;
  }
  return false;
}

/** The room: the quietest tenth of the frames. */
function noiseOf(energies: readonly number[]): number {
  const sorted = [...energies].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 10)] ?? 0;
}

function decibels(energy: number): number {
  return energy === 0 ? -100 : 10 * Math.log10(energy);
}
