import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { parseWav } from '#core/voice/wav.ts';
import { type ClipPack, loadClipPack } from '#drivers/voice/clip-pack.ts';
import type { DeviceDesk } from '#main/devices/device-desk.ts';
import { createVoiceGroup } from '#main/devices/voice.ts';
import { bankWith, openBranch, type PlayedBranch, TELLER_1 } from '../../core/played-branch.ts';
import { createHandClock } from '../../drivers/hand-clock.ts';

const CLIPS = fileURLToPath(new URL('../../../drivers/voice/clips', import.meta.url));
const packs = new Map<string, ClipPack>();

beforeAll(async () => {
  for (const name of ['zh-CN', 'en']) {
    const pack = await loadClipPack(file => readFile(join(CLIPS, name, file)).catch(() => null));
    if (pack.ok) packs.set(name, pack.value);
  }
});

/** A branch whose calls are spoken; the station itself would speak Mandarin, twice. */
function speakingBranch(document: BankDocument = SAMPLE_BANK, output: string | null = null) {
  const branch = openBranch(document);
  const health: string[] = [];
  const desk = {
    state: () => branch.configured(),
    tell: () => ({ ok: true, value: undefined }),
    tellHealth: (_id, _kind, _counter, { status, code }) =>
      void health.push(code === null ? status : `${status} ${code}`),
    refreshViews: () => {},
  } as DeviceDesk;
  const clock = createHandClock();
  const voice = createVoiceGroup({ id: 'voice-1', packs, spoken: ['zh-CN'], times: 2, output, clock, desk });
  voice.start();
  /** Plays what is said now to its end; its text and how long it took. */
  const hear = async () => {
    const { announcement } = voice.view();
    if (!announcement) return null;
    const wav = parseWav(voice.wavOf(announcement.id) ?? new Uint8Array());
    if (!wav.ok) throw new Error('no sound');
    voice.played(announcement.id, true);
    await clock.advance(1000);
    return { text: announcement.text, samples: wav.value.samples.length };
  };
  return { branch, voice, health, hear };
}

function callOne(branch: PlayedBranch, voice: ReturnType<typeof speakingBranch>['voice']) {
  branch.issue();
  const from = branch.events.length;
  branch.call('counter-1', TELLER_1);
  voice.follow(branch.events.slice(from));
}

const announcing = (languages: ('zh-CN' | 'en')[] | null, times: number | null = null) =>
  bankWith({ announcing: { languages, times } });

describe('the voice of the hall', () => {
  it('[DV3] English follows the Mandarin when the bank says so', async () => {
    const { branch, voice, hear } = speakingBranch(announcing(['zh-CN', 'en']));
    callOne(branch, voice);
    const { text } = (await hear()) ?? { text: '' };
    expect(text).toMatch(/请.*窗口.*[Tt]icket/);
  });

  it('[DV3] without a word from the bank the station speaks as it was set up', async () => {
    const { branch, voice, hear } = speakingBranch(announcing(null));
    callOne(branch, voice);
    expect((await hear())?.text).not.toMatch(/ticket/i);
  });

  it('[DV3] the chime sounds once a call, before the first word; the repeat does without', async () => {
    const { branch, voice, hear } = speakingBranch(announcing(['zh-CN', 'en'], 2));
    callOne(branch, voice);
    const [first, second, third] = [await hear(), await hear(), await hear()];
    const chime = packs.get('zh-CN')?.clips.get('chime')?.length ?? 0;
    expect(chime).toBeGreaterThan(0);
    expect((first?.samples ?? 0) - (second?.samples ?? 0)).toBeGreaterThanOrEqual(chime);
    expect((first?.samples ?? 0) - (second?.samples ?? 0)).toBeLessThan(2 * chime);
    expect(third).toBeNull();
  });

  it('[DV3] as often as the bank says', async () => {
    const { branch, voice, hear } = speakingBranch(announcing(['zh-CN'], 3));
    callOne(branch, voice);
    expect([await hear(), await hear(), await hear(), await hear()].map(heard => heard !== null)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('[DV3] a name that one pack cannot say does not silence the other', async () => {
    const counters = SAMPLE_BANK.counters.map(counter =>
      counter.id === 'counter-1'
        ? { ...counter, number: null, name: { zh: '贵宾室', en: 'Conservatory' } }
        : counter,
    );
    const { branch, voice, health, hear } = speakingBranch({ ...announcing(['zh-CN', 'en']), counters });
    callOne(branch, voice);
    expect((await hear())?.text).toMatch(/贵宾室/);
    expect(health.join()).not.toContain('down');
  });

  it('[HW5] a loudspeaker of its own that is missing is a warning; calls are spoken all the same', async () => {
    const { branch, voice, health, hear } = speakingBranch(SAMPLE_BANK, 'HDMI');
    expect(voice.view().output).toBe('HDMI');
    voice.hearOutputs({ outputs: ['Speakers', 'HDMI'], inUse: 'HDMI' });
    voice.hearOutputs({ outputs: ['Speakers'], inUse: null });
    callOne(branch, voice);
    expect(await hear()).not.toBeNull();
    voice.hearOutputs({ outputs: ['Speakers', 'HDMI'], inUse: 'HDMI' });
    expect(health).toEqual(['ready', 'warning V360', 'ready']);
    expect(voice.outputs()).toEqual(['Speakers', 'HDMI']);
  });

  it('[HW5] the standard loudspeaker is no fault, whatever else the PC has', async () => {
    const { voice, health } = speakingBranch();
    voice.hearOutputs({ outputs: [], inUse: null });
    expect(health).toEqual(['ready']);
  });

  it('[HW5] a missing loudspeaker does not hide that nothing is heard at all', async () => {
    const { branch, voice, health } = speakingBranch(SAMPLE_BANK, 'HDMI');
    callOne(branch, voice);
    const { announcement } = voice.view();
    voice.played(announcement?.id ?? '', false);
    const before = health.at(-1);
    voice.hearOutputs({ outputs: [], inUse: null });
    expect(before).toMatch(/^down/);
    expect(health.at(-1)).toBe(before);
  });
});
