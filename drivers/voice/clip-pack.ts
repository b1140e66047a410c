import { z } from 'zod';
import { parseWav, type Sound } from '#core/voice/wav.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';

/** The list of a pack's clips, `pack.json` in its folder. A bank's own dialect is another folder like it. */
export const ClipPackList = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/),
  title: z.string().min(1).max(80),
  /** The sentence the clips are made for. */
  language: z.enum(['zh', 'en']),
  /** Where the recordings come from. */
  source: z.string().min(1).max(300),
  sampleRate: z.int().min(8000).max(48_000),
  clips: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
        /** What is heard, for the written form of a call; empty for a chime. */
        text: z.string().max(80),
        /** Counter names this clip stands for. */
        counterNames: z.array(z.string().min(1).max(12)).max(20).optional(),
      }),
    )
    .min(1)
    .max(1000),
});
export type ClipPackList = z.infer<typeof ClipPackList>;

/** A pack in memory. */
export interface ClipPack {
  readonly id: string;
  readonly language: 'zh' | 'en';
  readonly sampleRate: number;
  /** Sounds by clip id. */
  readonly clips: ReadonlyMap<string, Int16Array>;
  /** What is heard, by clip id. */
  readonly texts: ReadonlyMap<string, string>;
  /** The clip that says a counter's name, or null. For `announce`. */
  clipOfText(text: string): string | null;
  /** Listed clips that are missing or cannot be read: V352 with `clip` and `reason`. */
  readonly faults: readonly Failure[];
}

/**
 * Loads a pack: `pack.json`, and `<clip id>.wav` for each clip it lists.
 * @param readFile gives a file of the pack's folder, or null when there is none
 * @returns the pack, with the clips at fault listed in `faults`; or V352 when `pack.json` itself is no list
 */
export async function loadClipPack(
  readFile: (name: string) => Promise<Uint8Array | null>,
): Promise<Result<ClipPack>> {
  const listed = await readList(readFile);
  if (!listed.ok) return listed;
  const list = listed.value;

  const clips = new Map<string, Int16Array>();
  const texts = new Map<string, string>();
  const names = new Map<string, string>();
  const faults: Failure[] = [];
  for (const { id, text, counterNames } of list.clips) {
    const sound = await readClip(readFile, id, list.sampleRate);
    if (!sound.ok) {
      faults.push({ code: 'V352', facts: { clip: id, ...sound.error.facts } });
      continue;
    }
    clips.set(id, sound.value.samples);
    texts.set(id, text);
    for (const name of counterNames ?? []) names.set(name, id);
  }
  return ok({
    id: list.id,
    language: list.language,
    sampleRate: list.sampleRate,
    clips,
    texts,
    clipOfText: text => names.get(text) ?? null,
    faults,
  });
}

async function readList(
  readFile: (name: string) => Promise<Uint8Array | null>,
): Promise<Result<ClipPackList>> {
  const bytes = await readFile('pack.json');
  if (bytes === null) return fail('V352', { clip: 'pack.json', reason: 'missing' });
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return fail('V352', { clip: 'pack.json', reason: 'not-json' });
  }
  const parsed = ClipPackList.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const field = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  return fail('V352', { clip: 'pack.json', reason: 'not-a-list', field });
}

async function readClip(
  readFile: (name: string) => Promise<Uint8Array | null>,
  id: string,
  sampleRate: number,
): Promise<Result<Sound>> {
  const bytes = await readFile(`${id}.wav`);
  if (bytes === null) return fail('V352', { reason: 'missing' });
  const sound = parseWav(bytes);
  if (sound.ok && sound.value.sampleRate !== sampleRate) return fail('V352', { reason: 'sample-rate' });
  return sound;
}
