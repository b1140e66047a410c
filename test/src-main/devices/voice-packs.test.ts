import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toWav } from '#core/voice/wav.ts';
import { loadVoicePacks } from '#main/devices/voice-packs.ts';

const CLIPS = fileURLToPath(new URL('../../../drivers/voice/clips', import.meta.url));
let dataFolder = '';

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'foyer-packs-'));
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

async function writePack(name: string, list: object | string, clips: Record<string, Uint8Array> = {}) {
  const folder = join(dataFolder, 'voice-packs', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'pack.json'), typeof list === 'string' ? list : JSON.stringify(list));
  for (const [id, wav] of Object.entries(clips)) await writeFile(join(folder, `${id}.wav`), wav);
}

const listOf = (clips: string[], sampleRate = 16_000) => ({
  id: 'sichuan',
  title: '四川话',
  language: 'zh',
  source: 'test',
  sampleRate,
  clips: clips.map(id => ({ id, text: id })),
});
const tone = (sampleRate: number) =>
  toWav({
    samples: Int16Array.from({ length: sampleRate / 10 }, (_, at) => 8000 * Math.sin(at / 5)),
    sampleRate,
  });

async function load() {
  const packs = await loadVoicePacks(CLIPS, dataFolder);
  if (!packs.ok) throw new Error(packs.error.code);
  return packs.value;
}

describe('[DV3] packs of the bank’s own', () => {
  it('shipped ones alone, where there is no folder', async () => {
    const { byName, faults } = await load();
    expect([...byName.keys()]).toEqual(['zh-CN', 'en']);
    expect(faults).toEqual([]);
  });

  it('a dialect is one more pack, by its folder’s name', async () => {
    await writePack('sichuan', listOf(['digit-1']), { 'digit-1': tone(16_000) });
    const { byName, faults } = await load();
    expect(byName.get('sichuan')?.clips.size).toBe(1);
    expect(faults).toEqual([]);
  });

  it('a bank’s own Mandarin stands in for the shipped one, which still fills its gaps', async () => {
    await cp(join(CLIPS, 'en'), join(dataFolder, 'voice-packs', 'zh-CN'), { recursive: true });
    const { byName, shipped } = await load();
    expect(byName.get('zh-CN')?.language).toBe('en');
    expect(shipped.get('zh')?.clips.has('do-business')).toBe(true);
  });

  it('bad packs are named, each with its reason, and stop nobody', async () => {
    await writePack('broken', '{');
    await writePack('no list', '{}');
    await writePack('half', listOf(['digit-1', 'digit-2']), { 'digit-1': tone(16_000) });
    const { byName, faults } = await load();
    expect(faults.map(({ code, facts }) => `${code} ${facts?.pack} ${facts?.clip} ${facts?.reason}`)).toEqual(
      ['V352 broken pack.json not-json', 'V352 half digit-2 missing', 'V352 no list pack.json folder-name'],
    );
    expect([...byName.keys()]).toEqual(['zh-CN', 'en', 'half']);
  });

  it('packs of different rates are joined at the highest', async () => {
    await writePack('sichuan', listOf(['digit-1'], 24_000), { 'digit-1': tone(24_000) });
    const { byName } = await load();
    expect([...byName.values()].map(pack => pack.sampleRate)).toEqual([24_000, 24_000, 24_000]);
    const before = 36_476;
    expect(byName.get('zh-CN')?.clips.get('chime')?.length).toBeGreaterThan((before / 2) * 1.4);
    expect(byName.get('sichuan')?.clips.get('digit-1')?.length).toBe(2400);
  });
});
