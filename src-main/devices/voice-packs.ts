import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resample } from '#core/voice/sound-shaping.ts';
import { PackName } from '#core/wire/device-settings.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import { type ClipPack, loadClipPack } from '#drivers/voice/clip-pack.ts';

/** The clip packs that come with Foyer. */
export const SHIPPED_PACKS = ['zh-CN', 'en'] as const;

/** Packs of the bank's own, each a folder of `<data>/voice-packs`, a dialect or a better recording. */
export function ownPacksFolder(dataFolder: string): string {
  return join(dataFolder, 'voice-packs');
}

export interface VoicePacks {
  /** All that can be spoken, by name. A bank's own folder `zh-CN` or `en` stands in for the shipped one. */
  readonly byName: ReadonlyMap<string, ClipPack>;
  /** What speaks when a pack lacks a clip, by language. */
  readonly shipped: ReadonlyMap<ClipPack['language'], ClipPack>;
  /** What is wrong with packs of the bank's own: V352 with `pack`, `clip` and `reason`. They stop nobody. */
  readonly faults: readonly Failure[];
}

/** @returns every pack there is, at one sample rate; V352 only when a shipped list of clips is missing */
export async function loadVoicePacks(clipsFolder: string, dataFolder: string): Promise<Result<VoicePacks>> {
  const byName = new Map<string, ClipPack>();
  const shipped = new Map<ClipPack['language'], ClipPack>();
  const faults: Failure[] = [];
  for (const name of SHIPPED_PACKS) {
    const pack = await loadFolder(join(clipsFolder, name));
    if (!pack.ok) return fail('V352', { pack: name, ...pack.error.facts });
    byName.set(name, pack.value);
    shipped.set(pack.value.language, pack.value);
    faults.push(...pack.value.faults.map(fault => named(fault, name)));
  }
  for (const name of await folderNames(ownPacksFolder(dataFolder))) {
    const pack = PackName.safeParse(name).success
      ? await loadFolder(join(ownPacksFolder(dataFolder), name))
      : fail('V352', { clip: 'pack.json', reason: 'folder-name' });
    if (!pack.ok) {
      faults.push(named(pack.error, name));
      continue;
    }
    byName.set(name, pack.value);
    faults.push(...pack.value.faults.map(fault => named(fault, name)));
  }
  return ok(atOneRate({ byName, shipped, faults }));
}

function named({ code, facts }: Failure, pack: string): Failure {
  return { code, facts: { pack: pack.slice(0, 80), ...facts } };
}

function loadFolder(folder: string): Promise<Result<ClipPack>> {
  return loadClipPack(file => readFile(join(folder, file)).catch(() => null));
}

async function folderNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(entry => entry.name)
    .sort();
}

/** Languages are spoken in one breath, as one sound: slower packs are brought to the rate of the fastest. */
function atOneRate({ byName, shipped, faults }: VoicePacks): VoicePacks {
  const sampleRate = Math.max(...[...byName.values()].map(pack => pack.sampleRate));
  const made = new Map<ClipPack, ClipPack>();
  const brought = (pack: ClipPack): ClipPack => {
    if (pack.sampleRate === sampleRate) return pack;
    const known = made.get(pack);
    if (known) return known;
    const clips = new Map<string, Int16Array>();
    for (const [id, samples] of pack.clips)
      clips.set(id, resample({ samples, sampleRate: pack.sampleRate }, sampleRate).samples);
    const changed = { ...pack, sampleRate, clips };
    made.set(pack, changed);
    return changed;
  };
  return {
    byName: new Map([...byName].map(([name, pack]) => [name, brought(pack)])),
    shipped: new Map([...shipped].map(([language, pack]) => [language, brought(pack)])),
    faults,
  };
}
