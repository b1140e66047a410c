import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sound, toWav } from '#core/voice/wav.ts';
import { VoicePacksView } from '#core/wire/voice-packs.ts';
import { createRecordedPacks } from '#main/devices/recorded-packs.ts';
import { loadVoicePacks } from '#main/devices/voice-packs.ts';

const CLIPS = fileURLToPath(new URL('../../../drivers/voice/clips', import.meta.url));
let dataFolder = '';

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'foyer-recorded-'));
});
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

const open = () =>
  createRecordedPacks({ clipsFolder: CLIPS, dataFolder, now: () => 1_795_313_150_511, onChange: () => {} });

function clip(sound: Partial<Sound> = {}, level = 5800) {
  const sampleRate = sound.sampleRate ?? 24_000;
  const samples =
    sound.samples ?? Int16Array.from({ length: sampleRate / 2 }, (_, at) => level * Math.sin(at / 9));
  return Buffer.from(toWav({ samples, sampleRate })).toString('base64');
}
const order = { pack: 'sichuan', title: '四川话', language: 'zh', clipId: 'digit-1' } as const;

describe('[DV3] a pack recorded in the branch', () => {
  it('the first clip makes the pack, with a chime; progress survives closing', async () => {
    expect(open().save({ ...order, wav: clip() }, '9001')).toEqual({ ok: true, value: { clips: 2 } });
    const packs = open();
    expect(packs.save({ ...order, clipId: 'please', wav: clip() }, '9001').ok).toBe(true);
    const view = VoicePacksView.parse(packs.view());
    expect(view.packs.find(({ name }) => name === 'sichuan')).toMatchObject({
      title: '四川话',
      shipped: false,
      sampleRate: 24_000,
      clipIds: ['chime', 'digit-1', 'please'],
      source: expect.stringMatching(/2026-11-22.*9001/),
    });
    const loaded = await loadVoicePacks(CLIPS, dataFolder);
    expect(loaded.ok && loaded.value.faults).toEqual([]);
    expect(loaded.ok && loaded.value.byName.get('sichuan')?.clips.size).toBe(3);
    expect(
      readdirSync(join(dataFolder, 'voice-packs', 'sichuan')).filter(name => name.endsWith('.new')),
    ).toEqual([]);
  });

  it('a clip recorded again takes the old one’s place', () => {
    const packs = open();
    packs.save({ ...order, wav: clip() }, '9001');
    const again = clip({ samples: Int16Array.from({ length: 9000 }, (_, at) => 5800 * Math.sin(at / 7)) });
    packs.save({ ...order, wav: again }, '9001');
    const asset = packs.fileOf('/voice-packs/sichuan/digit-1.wav');
    expect(asset && readFileSync(asset.file).toString('base64')).toBe(again);
    expect(packs.view().packs.at(-1)?.clipIds).toEqual(['chime', 'digit-1']);
  });

  it('the plan is what the shipped pack of the language says, and its source asks for a better one', () => {
    const { plans, packs } = open().view();
    expect(plans.map(({ language, clips }) => [language, clips.length])).toEqual([
      ['zh', 50],
      ['en', 64],
    ]);
    expect(packs[0]?.source).toMatch(/espeak-ng.*录音替换/);
  });

  it.each([
    ['no sound', { wav: 'aGVsbG8=' }, 'V358'],
    ['another sample rate', { wav: clip({ sampleRate: 16_000 }) }, 'V358'],
    ['silence', { wav: clip({ samples: new Int16Array(12_000) }) }, 'V358'],
    ['far too loud', { wav: clip({}, 32_000) }, 'V358'],
    ['ten seconds', { wav: clip({ samples: new Int16Array(240_000).fill(4000) }) }, 'V358'],
    ['a clip nobody planned', { clipId: 'digit-10', wav: clip() }, 'V359'],
    ['the chime', { clipId: 'chime', wav: clip() }, 'V359'],
  ])('%s is refused and changes nothing', (_title, change, code) => {
    const packs = open();
    expect(packs.save({ ...order, ...change }, '9001')).toMatchObject({ ok: false, error: { code } });
    expect(packs.view().packs.every(({ shipped }) => shipped)).toBe(true);
  });

  it('a pack of another language, or one that cannot be read, is left alone', () => {
    const packs = open();
    packs.save({ ...order, wav: clip() }, '9001');
    const other = packs.save({ ...order, language: 'en', wav: clip() }, '9001');
    expect(other).toMatchObject({ ok: false, error: { code: 'V359', facts: { reason: 'language' } } });
    mkdirSync(join(dataFolder, 'voice-packs', 'broken'));
    writeFileSync(join(dataFolder, 'voice-packs', 'broken', 'pack.json'), '{');
    expect(packs.save({ ...order, pack: 'broken', wav: clip() }, '9001')).toMatchObject({
      ok: false,
      error: { code: 'V359', facts: { reason: 'not-a-list' } },
    });
    expect(readFileSync(join(dataFolder, 'voice-packs', 'broken', 'pack.json'), 'utf8')).toBe('{');
  });

  it('a disk that takes nothing is V359', () => {
    writeFileSync(join(dataFolder, 'voice-packs'), 'a file where the folder should be');
    expect(open().save({ ...order, wav: clip() }, '9001')).toMatchObject({
      ok: false,
      error: { code: 'V359', facts: { reason: 'disk' } },
    });
  });

  it.each([
    '/voice-packs/../keys/x.wav',
    '/voice-packs/sichuan/../../x.wav',
    '/voice-packs/sichuan/pack.json',
    '/voice-packs/sichuan/digit-1.wav',
    '/voice-packs//x.wav',
  ])('%s leads nowhere', path => {
    expect(open().fileOf(path)).toBeNull();
  });
});
