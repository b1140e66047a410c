import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProperClip } from '#core/voice/recorded-take.ts';
import { resample } from '#core/voice/sound-shaping.ts';
import { parseWav, toWav } from '#core/voice/wav.ts';
import { PackName } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { ClipId, RECORDED_SAMPLE_RATE, type VoicePacksView } from '#core/wire/voice-packs.ts';
import { ClipPackList } from '#drivers/voice/clip-pack.ts';
import { ownPacksFolder, SHIPPED_PACKS } from './voice-packs.ts';

export interface ClipToSave {
  readonly pack: string;
  readonly title: string;
  readonly language: 'zh' | 'en';
  readonly clipId: string;
  /** A WAV file in base64. */
  readonly wav: string;
}

/** Packs a bank records clip by clip. What was saved is on disk: closing the window loses nothing. */
export interface RecordedPacks {
  view(): VoicePacksView;
  /**
   * Keeps a clip, replacing one of the same name; the pack's first clip makes the pack, with the shipped chime.
   * @param by who recorded it, for the pack's `source`
   * Failures: `V358` no proper clip, `V359` with a `reason`: not in the plan, a pack of other make, or the disk.
   */
  save(clip: ClipToSave, by: string): Result<{ clips: number }>;
  /** The file behind `/voice-packs/<pack>/<clip>.wav`, or null. */
  fileOf(path: string): { readonly contentType: string; readonly file: string } | null;
}

const CLIP_PATH = /^\/voice-packs\/([A-Za-z0-9-]{1,40})\/([a-z0-9-]{1,40})\.wav$/;

/**
 * @param clipsFolder the shipped packs: their lists are the plans of what to record
 * @param now milliseconds since 1970
 */
export function createRecordedPacks(parts: {
  readonly clipsFolder: string;
  readonly dataFolder: string;
  readonly now: () => number;
  readonly onChange: () => void;
}): RecordedPacks {
  const { clipsFolder, dataFolder, now, onChange } = parts;
  const ownFolder = ownPacksFolder(dataFolder);
  const shipped = SHIPPED_PACKS.flatMap(name => readList(join(clipsFolder, name)) ?? []);
  const planOf = (language: string) => shipped.find(list => list.language === language);
  let view: VoicePacksView | null = null;

  const readAll = (): VoicePacksView => ({
    plans: shipped.map(({ language, clips }) => ({
      language,
      clips: clips.filter(({ text }) => text !== '').map(({ id, text }) => ({ id, text })),
    })),
    packs: [
      ...shipped.map(list => toLine(list, list.id, true)),
      ...folderNames(ownFolder).flatMap(name => {
        const list = readList(join(ownFolder, name));
        return list ? [toLine(list, name, false)] : [];
      }),
    ],
  });

  const save = (
    { pack, title, language, clipId, wav }: ClipToSave,
    by: string,
  ): Result<{ clips: number }> => {
    const plan = planOf(language);
    const planned = plan?.clips.find(({ id, text }) => id === clipId && text !== '');
    if (!plan || !planned) return fail('V359', { reason: 'not-in-plan', clip: clipId });
    const folder = join(ownFolder, pack);
    const found = readList(folder);
    if (!found && existsSync(join(folder, 'pack.json'))) return fail('V359', { reason: 'not-a-list', pack });
    if (found && found.language !== language) return fail('V359', { reason: 'language', pack });
    const sampleRate = found?.sampleRate ?? RECORDED_SAMPLE_RATE;
    const sound = parseWav(Buffer.from(wav, 'base64'));
    if (!sound.ok || sound.value.sampleRate !== sampleRate || !isProperClip(sound.value)) return fail('V358');

    const date = new Date(now()).toISOString().slice(0, 10);
    const rows = new Map((found?.clips ?? []).map(row => [row.id, row]));
    rows.set(clipId, planned);
    const chime = plan.clips.find(({ text }) => text === '');
    try {
      mkdirSync(folder, { recursive: true });
      if (chime && !rows.has(chime.id)) {
        writeWhole(
          join(folder, `${chime.id}.wav`),
          chimeAt(join(clipsFolder, plan.id), chime.id, sampleRate),
        );
        rows.set(chime.id, chime);
      }
      writeWhole(join(folder, `${clipId}.wav`), toWav(sound.value));
      const list: ClipPackList = {
        id: pack,
        title,
        language,
        source: `本网点录音，${date}，${by}。Recorded in this branch, ${date}, ${by}.`,
        sampleRate,
        // In the plan's order, whatever was recorded first; what the plan does not know stays at the end.
        clips: [
          ...plan.clips.flatMap(({ id }) => rows.get(id) ?? []),
          ...[...rows.values()].filter(({ id }) => !plan.clips.some(known => known.id === id)),
        ],
      };
      writeWhole(join(folder, 'pack.json'), `${JSON.stringify(list, null, 2)}\n`);
    } catch {
      return fail('V359', { reason: 'disk', pack });
    }
    view = null;
    onChange();
    return ok({ clips: rows.size });
  };

  return {
    view() {
      view ??= readAll();
      return view;
    },
    save,
    fileOf(path) {
      const [, pack, clip] = CLIP_PATH.exec(path) ?? [];
      if (!pack || !clip || !PackName.safeParse(pack).success || !ClipId.safeParse(clip).success) return null;
      const own = join(ownFolder, pack, `${clip}.wav`);
      if (existsSync(own)) return { contentType: 'audio/wav', file: own };
      const file = join(clipsFolder, pack, `${clip}.wav`);
      return shipped.some(({ id }) => id === pack) && existsSync(file)
        ? { contentType: 'audio/wav', file }
        : null;
    },
  };
}

function toLine(list: ClipPackList, name: string, isShipped: boolean): VoicePacksView['packs'][number] {
  const { title, language, source, sampleRate, clips } = list;
  const clipIds = clips.map(({ id }) => id);
  return { name, title, language, source, shipped: isShipped, sampleRate, clipIds };
}

/** The list in a pack's folder; null when there is none, or none that can be read. */
function readList(folder: string): ClipPackList | null {
  try {
    const parsed = ClipPackList.safeParse(JSON.parse(readFileSync(join(folder, 'pack.json'), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function folderNames(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && PackName.safeParse(entry.name).success)
      .map(entry => entry.name)
      .sort();
  } catch {
    return [];
  }
}

function chimeAt(folder: string, chimeId: string, sampleRate: number): Uint8Array {
  const sound = parseWav(readFileSync(join(folder, `${chimeId}.wav`)));
  if (!sound.ok) throw new Error('the shipped chime cannot be read');
  return toWav(resample(sound.value, sampleRate));
}

/** The old file or the new one, never half of it. */
function writeWhole(file: string, content: Uint8Array | string): void {
  const draft = `${file}.new`;
  writeFileSync(draft, content, { flush: true });
  renameSync(draft, file);
}
