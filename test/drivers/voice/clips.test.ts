import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  loudnessDb,
  normaliseLoudness,
  resample,
  soundingRange,
  trimSilence,
} from '#core/voice/sound-shaping.ts';
import { parseWav, toWav } from '#core/voice/wav.ts';
import { announce } from '#drivers/voice/announcement.ts';
import { type ClipPack, loadClipPack } from '#drivers/voice/clip-pack.ts';
import { ENGLISH_PACK, MANDARIN_PACK } from '#drivers/voice/clip-plans.ts';
import { durationMs, joinClips, textOf } from '#drivers/voice/join-clips.ts';

const CLIPS = fileURLToPath(new URL('../../../drivers/voice/clips/', import.meta.url));

async function shippedPack(id: string): Promise<ClipPack> {
  const loaded = await loadClipPack(name => readFile(`${CLIPS}${id}/${name}`).catch(() => null));
  if (!loaded.ok) throw new Error(`pack ${id}: ${JSON.stringify(loaded.error)}`);
  return loaded.value;
}

describe.each([MANDARIN_PACK, ENGLISH_PACK])('[HW5] shipped clips $id', plan => {
  let pack: ClipPack;
  beforeAll(async () => {
    pack = await shippedPack(plan.id);
  });

  it('has every planned clip, with its text and no fault', () => {
    expect(pack.faults).toEqual([]);
    expect(Object.fromEntries(pack.texts)).toEqual(
      Object.fromEntries(plan.clips.map(clip => [clip.id, clip.text])),
    );
    expect(pack.language).toBe(plan.language);
    expect(pack.sampleRate).toBe(16_000);
  });

  it('every clip begins and ends with 20 ms of silence, and is as loud as the others within 1.5 dB', () => {
    for (const [id, samples] of pack.clips) {
      const sound = { samples, sampleRate: pack.sampleRate };
      const range = soundingRange(sound);
      const leadMs = ((range?.first ?? 0) / pack.sampleRate) * 1000;
      const trailMs = ((samples.length - 1 - (range?.last ?? 0)) / pack.sampleRate) * 1000;
      expect(Math.abs(leadMs - 20), `${id} begins after ${leadMs} ms`).toBeLessThan(1.5);
      expect(Math.abs(trailMs - 20), `${id} ends ${trailMs} ms before`).toBeLessThan(1.5);
      expect(Math.abs(loudnessDb(sound) + 18), `${id}: ${loudnessDb(sound)} dB`).toBeLessThan(1.5);
      const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
      expect(peak, `${id} is clipped`).toBeLessThan(32_000);
    }
  });

  it('two calls a breath apart: a whole call is 3 to 8 seconds long', () => {
    const announced = announce({ ticket: 'A023', counter: '3' }, { language: plan.language });
    if (!announced.ok) throw new Error(announced.error.code);
    const joined = joinClips(announced.value, pack);
    if (!joined.ok) throw new Error(JSON.stringify(joined.error));
    expect(durationMs(joined.value)).toBeGreaterThan(3000);
    expect(durationMs(joined.value)).toBeLessThan(8000);
  });
});

it('[HW5] the shipped clips together stay under 2.5 MB', () => {
  const files = readdirSync(CLIPS, { recursive: true, encoding: 'utf8' });
  const bytes = files.reduce((sum, name) => sum + statSync(`${CLIPS}${name}`).size, 0);
  expect(bytes).toBeLessThan(2_500_000);
});

describe('[HW5] clips joined in memory', () => {
  it('A001 → 3 is exactly its clips with the stated pauses between, and nothing else', async () => {
    const pack = await shippedPack('zh-CN');
    const announced = announce({ ticket: 'A001', counter: '3' }, { language: 'zh' });
    if (!announced.ok) throw new Error(announced.error.code);
    const joined = joinClips(announced.value, pack);
    if (!joined.ok) throw new Error(JSON.stringify(joined.error));

    const wordPause = new Int16Array(160);
    const phrasePause = new Int16Array(2880);
    const clip = (id: string) => pack.clips.get(id) ?? new Int16Array(0);
    const expected = [
      clip('chime'),
      phrasePause,
      clip('please'),
      wordPause,
      clip('letter-a'),
      wordPause,
      clip('digit-0'),
      wordPause,
      clip('digit-0'),
      wordPause,
      clip('digit-1'),
      wordPause,
      clip('number'),
      phrasePause,
      clip('to'),
      wordPause,
      clip('digit-3'),
      wordPause,
      clip('number'),
      wordPause,
      clip('window'),
      wordPause,
      clip('do-business'),
    ].flatMap(piece => [...piece]);
    expect(joined.value.samples.length).toBe(expected.length);
    expect(joined.value.samples).toEqual(Int16Array.from(expected));
    expect(parseWav(toWav(joined.value))).toEqual({ ok: true, value: joined.value });
    expect(textOf(announced.value, pack)).toBe('请A零零一号到三号窗口办理业务');
  });

  it('the silence heard between two digits is 50 ms', async () => {
    const pack = await shippedPack('zh-CN');
    const pair = {
      language: 'zh' as const,
      needsSpeech: false,
      parts: [
        { kind: 'clip' as const, clipId: 'digit-8', pauseAfterMs: 10 },
        { kind: 'clip' as const, clipId: 'digit-8', pauseAfterMs: 10 },
      ],
    };
    const joined = joinClips(pair, pack);
    if (!joined.ok) throw new Error(JSON.stringify(joined.error));
    const clipSound = { samples: pack.clips.get('digit-8') ?? new Int16Array(0), sampleRate: 16_000 };
    const range = soundingRange(clipSound);
    const secondStart = joined.value.samples.length - clipSound.samples.length + (range?.first ?? 0);
    expect(Math.abs((secondStart - (range?.last ?? 0)) / 16 - 50)).toBeLessThan(3);
  });

  it('says which clip is missing, and the text for speech instead', async () => {
    const pack = await shippedPack('en');
    const announced = announce({ ticket: 'A001', counter: 'Desk' }, { language: 'en' });
    if (!announced.ok) throw new Error(announced.error.code);
    expect(joinClips(announced.value, pack)).toEqual({
      ok: false,
      error: { code: 'V352', facts: { clip: 'Desk', reason: 'missing' } },
    });
    expect(textOf(announced.value, pack)).toBe('Ticket A zero zero one please go to Desk');
  });
});

describe('[HW5] loading a pack', () => {
  const list = {
    id: 'test',
    title: 'Test',
    language: 'zh',
    source: 'made here',
    sampleRate: 16_000,
    clips: [
      { id: 'please', text: '请' },
      { id: 'window-vip', text: '贵宾室', counterNames: ['VIP室'] },
      { id: 'to', text: '到' },
    ],
  };
  const sound = toWav({ samples: Int16Array.of(1, 2), sampleRate: 16_000 });
  const load = (files: Record<string, Uint8Array | string>) =>
    loadClipPack(async name => {
      const file = files[name];
      return typeof file === 'string' ? new TextEncoder().encode(file) : (file ?? null);
    });

  it('keeps the good clips and names each missing, damaged or different one', async () => {
    const loaded = await load({
      'pack.json': JSON.stringify(list),
      'please.wav': toWav({ samples: Int16Array.of(1, 2), sampleRate: 22_050 }),
      'window-vip.wav': sound,
    });
    if (!loaded.ok) throw new Error(loaded.error.code);
    expect([...loaded.value.clips.keys()]).toEqual(['window-vip']);
    expect(loaded.value.faults).toEqual([
      { code: 'V352', facts: { clip: 'please', reason: 'sample-rate' } },
      { code: 'V352', facts: { clip: 'to', reason: 'missing' } },
    ]);
    expect(loaded.value.clipOfText('VIP室')).toBe('window-vip');
    expect(loaded.value.clipOfText('贵宾')).toBeNull();
  });

  it.each([
    ['no pack.json', {}, 'missing'],
    ['broken JSON', { 'pack.json': '{' }, 'not-json'],
    ['no clips', { 'pack.json': JSON.stringify({ ...list, clips: [] }) }, 'not-a-list'],
    [
      'a path as clip id',
      { 'pack.json': JSON.stringify({ ...list, clips: [{ id: '../x', text: '' }] }) },
      'not-a-list',
    ],
  ])('refuses a pack with %s', async (_title, files, reason) => {
    expect(await load(files)).toMatchObject({ ok: false, error: { code: 'V352', facts: { reason } } });
  });
});

describe('[HW5] shaping clips', () => {
  const tone = (hertz: number, sampleRate: number, amplitude: number) => ({
    samples: Int16Array.from({ length: sampleRate / 5 }, (_, at) =>
      Math.round(amplitude * Math.sin((2 * Math.PI * hertz * at) / sampleRate)),
    ),
    sampleRate,
  });

  it('resampling keeps a 1 kHz tone and removes what the new rate cannot carry', () => {
    const before = tone(1000, 22_050, 10_000);
    const after = resample(before, 16_000);
    expect(after.samples.length).toBe(3200);
    expect(Math.abs(loudnessDb(after) - loudnessDb(before))).toBeLessThan(0.2);
    expect(loudnessDb(resample(tone(10_000, 22_050, 10_000), 16_000))).toBeLessThan(-45);
  });

  it('normalising reaches the level, but not beyond the peak limit', () => {
    expect(loudnessDb(normaliseLoudness(tone(440, 16_000, 500), -18))).toBeCloseTo(-18, 1);
    const limited = normaliseLoudness(tone(440, 16_000, 500), 0);
    expect(Math.max(...limited.samples)).toBeLessThan(29_300);
    expect(loudnessDb({ samples: new Int16Array(10), sampleRate: 16_000 })).toBe(Number.NEGATIVE_INFINITY);
  });

  it('trimming cuts long and fills short silence', () => {
    const samples = new Int16Array(5000);
    samples.fill(5000, 3000, 4900);
    const trimmed = trimSilence({ samples, sampleRate: 16_000 }, 20);
    expect(trimmed.samples.length).toBe(1900 + 2 * 320);
    expect(soundingRange(trimmed)).toEqual({ first: 320, last: 320 + 1899 });
    const again = trimSilence({ samples: samples.subarray(3000, 4900), sampleRate: 16_000 }, 20);
    expect(again.samples.length).toBe(1900 + 2 * 320);
  });
});
