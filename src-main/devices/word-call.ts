import type { Sound } from '#core/voice/wav.ts';
import { type Failure, ok, type Result } from '#core/wire/result.ts';
import type { ClipPack } from '#drivers/voice/clip-pack.ts';
import { oneAfterTheOther, sayCall, writeCall } from '#drivers/voice/say-call.ts';

/** A text for the operating system's voice. */
export interface Speech {
  readonly text: string;
  readonly language: 'zh' | 'en';
}

/** What a speaker window plays: a sound, then perhaps a text by the operating system's voice. */
export interface Saying {
  readonly sound: Sound | null;
  /** What is heard, in writing. */
  readonly text: string;
  readonly speech: Speech | null;
}

export interface WordCallParts {
  /** Spoken one after the other. */
  readonly packs: readonly ClipPack[];
  /** What speaks when a pack lacks a clip, by language. */
  readonly shipped: ReadonlyMap<ClipPack['language'], ClipPack>;
  readonly ticket: string;
  /** The counter's number or name, in a pack's language. */
  readonly counterIn: (pack: ClipPack) => string;
  readonly chime: boolean;
}

/**
 * Words a call. A pack that lacks a clip lets the shipped one of its language speak; a language that cannot name the
 * window is passed over as long as another can; when none can, the operating system's voice says the sentence.
 * Failures: `M601` no call, `V352` no pack at all.
 */
export function wordCall({ packs, shipped, ticket, counterIn, chime }: WordCallParts): Result<Saying> {
  const sounds: Sound[] = [];
  const texts: string[] = [];
  let failure: Failure = { code: 'V352' };
  for (const pack of packs) {
    const withChime = chime && sounds.length === 0;
    const call = { ticket, counter: counterIn(pack) };
    const own = sayCall(pack, call, withChime);
    const spare = shipped.get(pack.language);
    const said = own.ok || !spare ? own : sayCall(spare, call, withChime);
    if (!said.ok) {
      failure = own.ok ? said.error : own.error;
      continue;
    }
    sounds.push(said.value.sound);
    texts.push(said.value.text);
  }
  if (sounds.length > 0) return ok({ sound: oneAfterTheOther(sounds), text: texts.join(' '), speech: null });
  const [pack] = packs;
  const written = pack && writeCall(pack, { ticket, counter: counterIn(pack) });
  if (!pack || !written?.ok) return { ok: false, error: written?.ok === false ? written.error : failure };
  const chimeSamples = chime ? pack.clips.get('chime') : undefined;
  return ok({
    sound: chimeSamples ? { samples: chimeSamples, sampleRate: pack.sampleRate } : null,
    text: written.value,
    speech: { text: written.value, language: pack.language },
  });
}
