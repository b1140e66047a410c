import type { Sound } from '#core/voice/wav.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { Announcement } from './announcement.ts';
import type { ClipPack } from './clip-pack.ts';

/**
 * Joins a call's clips into one sound, sample by sample: chained players would leave gaps of their own.
 * @returns the sound, or V352 with the `clip` that the pack does not have; for a part that needs speech the text
 */
export function joinClips(announcement: Announcement, pack: ClipPack): Result<Sound> {
  const pieces: { readonly samples: Int16Array; readonly pause: number }[] = [];
  let length = 0;
  const last = announcement.parts.length - 1;
  for (const [index, part] of announcement.parts.entries()) {
    const samples = part.kind === 'clip' ? pack.clips.get(part.clipId) : undefined;
    if (samples === undefined) {
      return fail('V352', { clip: part.kind === 'clip' ? part.clipId : part.text, reason: 'missing' });
    }
    const pause = index === last ? 0 : Math.round((part.pauseAfterMs / 1000) * pack.sampleRate);
    pieces.push({ samples, pause });
    length += samples.length + pause;
  }
  const joined = new Int16Array(length);
  let at = 0;
  for (const { samples, pause } of pieces) {
    joined.set(samples, at);
    at += samples.length + pause;
  }
  return ok({ samples: joined, sampleRate: pack.sampleRate });
}

/** How long a sound plays, in milliseconds, rounded up. */
export function durationMs(sound: Sound): number {
  return Math.ceil((sound.samples.length / sound.sampleRate) * 1000);
}

/** The call in writing, for the operating system's speech where clips are missing: the clips' texts joined. */
export function textOf(announcement: Announcement, pack: ClipPack): string {
  const words = announcement.parts.map(part =>
    part.kind === 'speech' ? part.text : (pack.texts.get(part.clipId) ?? ''),
  );
  return words.filter(word => word !== '').join(announcement.language === 'zh' ? '' : ' ');
}
