import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { normaliseLoudness, resample, trimSilence } from '#core/voice/sound-shaping.ts';
import { parseWav, type Sound, toWav } from '#core/voice/wav.ts';
import type { ClipPackList } from './clip-pack.ts';
import { ENGLISH_PACK, MANDARIN_PACK, type PackPlan } from './clip-plans.ts';

/**
 * Makes the clip packs that come with Foyer, with the speech synthesiser espeak-ng (1.51 made the committed ones).
 * The product itself needs no synthesiser.
 *
 *   npx node drivers/voice/make-clips.ts
 */

const SAMPLE_RATE = 16_000;
const SILENCE_MS = 20;
const LOUDNESS_DB = -18;

/** Speaks one text. `voice` and `speech` are espeak-ng's. */
function synthesise(voice: string, wordsPerMinute: number, speech: string): Sound {
  const wav = execFileSync('espeak-ng', ['-v', voice, '-s', String(wordsPerMinute), '--stdout', speech], {
    maxBuffer: 16 * 1024 * 1024,
  });
  const sound = parseWav(withTrueLengths(wav));
  if (!sound.ok) throw new Error(`espeak-ng gave no sound for ${speech}: ${JSON.stringify(sound.error)}`);
  return sound.value;
}

/** espeak-ng cannot go back on a pipe, so its header holds no lengths: put in what has arrived. */
function withTrueLengths(wav: Buffer): Uint8Array {
  const bytes = Uint8Array.from(wav);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, bytes.length - 8, true);
  view.setUint32(40, bytes.length - 44, true);
  return bytes;
}

/** Ding-dong: two falling tones, each struck and dying away. */
function chime(): Sound {
  const tones = [
    { hertz: 659.26, fromS: 0 },
    { hertz: 523.25, fromS: 0.38 },
  ];
  const samples = new Int16Array(Math.round(SAMPLE_RATE * 1.1));
  for (let index = 0; index < samples.length; index += 1) {
    const atS = index / SAMPLE_RATE;
    let value = 0;
    for (const { hertz, fromS } of tones) {
      const sinceS = atS - fromS;
      if (sinceS < 0) continue;
      const struck = Math.min(1, sinceS / 0.004) * Math.exp(-sinceS / 0.22);
      value +=
        struck * (Math.sin(2 * Math.PI * hertz * sinceS) + 0.25 * Math.sin(4 * Math.PI * hertz * sinceS));
    }
    samples[index] = Math.round(value * 8000);
  }
  return { samples, sampleRate: SAMPLE_RATE };
}

function shaped(sound: Sound): Sound {
  // Loudness first: what counts as silence is measured on the final level.
  const level = normaliseLoudness(resample(sound, SAMPLE_RATE), LOUDNESS_DB);
  return normaliseLoudness(trimSilence(level, SILENCE_MS), LOUDNESS_DB);
}

function makePack(plan: PackPlan): void {
  const folder = fileURLToPath(new URL(`./clips/${plan.id}/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const clip of plan.clips) {
    const spoken = clip.id === 'chime' ? chime() : synthesise(clip.voice, plan.wordsPerMinute, clip.speech);
    writeFileSync(`${folder}${clip.id}.wav`, toWav(shaped(spoken)));
  }
  const list: ClipPackList = {
    id: plan.id,
    title: plan.title,
    language: plan.language,
    source: plan.source,
    sampleRate: SAMPLE_RATE,
    clips: plan.clips.map(({ id, text, counterNames }) =>
      counterNames === undefined ? { id, text } : { id, text, counterNames: [...counterNames] },
    ),
  };
  writeFileSync(`${folder}pack.json`, listText(list));
}

/** The list as people read it: one clip a line. */
function listText(list: ClipPackList): string {
  const { clips, ...head } = list;
  const rows = clips.map(({ id, text, counterNames }) => {
    const names = counterNames?.map(name => JSON.stringify(name)).join(', ');
    const tail = names === undefined ? '' : `, "counterNames": [${names}]`;
    return `    { "id": ${JSON.stringify(id)}, "text": ${JSON.stringify(text)}${tail} }`;
  });
  const opening = JSON.stringify(head, null, 2).slice(0, -'\n}'.length);
  return `${opening},\n  "clips": [\n${rows.join(',\n')}\n  ]\n}\n`;
}

for (const plan of [MANDARIN_PACK, ENGLISH_PACK]) makePack(plan);
