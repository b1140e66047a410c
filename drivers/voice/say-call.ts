import type { Sound } from '#core/voice/wav.ts';
import { ok, type Result } from '#core/wire/result.ts';
import { announce, type SpokenCall } from './announcement.ts';
import type { ClipPack } from './clip-pack.ts';
import { joinClips, textOf } from './join-clips.ts';

/** A call in one language: its sound and what is heard. */
export interface SaidCall {
  readonly sound: Sound;
  readonly text: string;
}

/**
 * One call from the clips of one pack.
 * @param chime whether it begins with the chime
 * @returns V352 for a clip that is missing, M601 for what is no call
 */
export function sayCall(pack: ClipPack, call: SpokenCall, chime: boolean): Result<SaidCall> {
  const made = announce(call, { language: pack.language, clipOfText: pack.clipOfText });
  if (!made.ok) return made;
  const parts = made.value.parts.filter(part => chime || part.kind !== 'clip' || part.clipId !== 'chime');
  const announcement = { ...made.value, parts };
  const joined = joinClips(announcement, pack);
  return joined.ok ? ok({ sound: joined.value, text: textOf(announcement, pack) }) : joined;
}

/** The whole sentence in writing, for the operating system's voice, even where the pack lacks clips. M601 as above. */
export function writeCall(pack: ClipPack, call: SpokenCall): Result<string> {
  const made = announce(call, { language: pack.language, clipOfText: pack.clipOfText });
  return made.ok ? ok(textOf(made.value, pack)) : made;
}

/** Sounds of one sample rate, one after the other. */
export function oneAfterTheOther(sounds: readonly Sound[]): Sound {
  const samples = new Int16Array(sounds.reduce((length, sound) => length + sound.samples.length, 0));
  let at = 0;
  for (const sound of sounds) {
    samples.set(sound.samples, at);
    at += sound.samples.length;
  }
  return { samples, sampleRate: sounds[0]?.sampleRate ?? 16_000 };
}

/** How long the operating system's voice may take for a text, by a slow voice: never cut off, so rather too long. */
export function speechMs(text: string, language: 'zh' | 'en'): number {
  return 2000 + [...text].length * (language === 'zh' ? 400 : 130);
}
