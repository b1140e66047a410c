import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VoiceEntry } from '#core/wire/device-settings.ts';
import type { DeviceDesk } from '#main/devices/device-desk.ts';
import { makeVoiceZones } from '#main/devices/make-voice.ts';
import { zoneSpeaksFor } from '#main/devices/voice-zones.ts';
import { bankWith, openBranch, TELLER_1, TELLER_2 } from '../../core/played-branch.ts';
import { createHandClock } from '../../drivers/hand-clock.ts';

const CLIPS = fileURLToPath(new URL('../../../drivers/voice/clips', import.meta.url));
let dataFolder = '';

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'foyer-zones-'));
});
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

/** A bank that leaves languages and repeats to the zones. */
const BANK = bankWith({ announcing: { languages: null, times: null } });
const entry = (given: object) => VoiceEntry.parse({ packs: ['zh-CN'], times: 2, ...given });

async function hall(zones: readonly VoiceEntry[], document = BANK) {
  const branch = openBranch(document);
  const health: string[] = [];
  const desk = {
    state: () => branch.configured(),
    tell: () => ({ ok: true, value: undefined }),
    tellHealth: (id, _kind, _counter, { status, code }) => void health.push(`${id} ${status} ${code}`),
    refreshViews: () => {},
  } as DeviceDesk;
  const clock = createHandClock();
  const made = await makeVoiceZones(zones, { clock, dataFolder }, { clipsFolder: CLIPS, desk });
  if (!made.ok) throw new Error(made.error.code);
  const { voice, devices } = made.value;
  voice.start();
  const announcementOf = (zoneId?: string) => {
    const view = voice.view(zoneId);
    if (!view.ok) throw new Error(view.error.code);
    return view.value.announcement;
  };
  const call = (counterId: string, teller: typeof TELLER_1) => {
    branch.issue();
    const from = branch.events.length;
    branch.call(counterId, teller);
    voice.follow(branch.events.slice(from));
  };
  /** The speaker window of a zone plays what it is given, or says why not. */
  const report = async (zoneId: string, played = true, reason?: 'no-speech') => {
    const announcement = announcementOf(zoneId);
    if (!announcement) return null;
    voice.played(announcement.id, played, reason);
    await clock.advance(900);
    return announcement.text;
  };
  return { voice, devices, health, clock, call, report, announcementOf };
}

const TWO_ZONES = [
  entry({ id: 'voice-1', name: '大厅' }),
  entry({ id: 'voice-2', name: '二楼', counterIds: ['counter-2'] }),
];

describe('[DV3] zones', () => {
  it('a zone without counters speaks for all that no other zone names', () => {
    const [hallZone, upstairs] = TWO_ZONES as [VoiceEntry, VoiceEntry];
    expect(zoneSpeaksFor(hallZone, TWO_ZONES, 'counter-1')).toBe(true);
    expect(zoneSpeaksFor(hallZone, TWO_ZONES, 'counter-2')).toBe(false);
    expect(zoneSpeaksFor(upstairs, TWO_ZONES, 'counter-1')).toBe(false);
    expect(zoneSpeaksFor(upstairs, TWO_ZONES, 'counter-2')).toBe(true);
  });

  it('each zone speaks its own counters, at the same time, and each names itself', async () => {
    const { voice, call, announcementOf } = await hall(TWO_ZONES);
    call('counter-1', TELLER_1);
    call('counter-2', TELLER_2);
    const [first, second] = [announcementOf('voice-1'), announcementOf('voice-2')];
    expect(first?.text).toMatch(/到一号窗口/);
    expect(second?.text).toMatch(/到二号窗口/);
    expect(first?.id).not.toBe(second?.id);
    expect(announcementOf()).toEqual(first);
    for (const announcement of [first, second])
      expect(voice.wavOf(announcement?.id ?? '')?.length).toBeGreaterThan(10_000);
    const view = voice.view('voice-2');
    expect(view.ok && view.value.zone).toEqual({ id: 'voice-2', name: '二楼' });
  });

  it('a zone that is not there is V354', async () => {
    const { voice } = await hall(TWO_ZONES);
    expect(voice.view('voice-9')).toEqual({ ok: false, error: { code: 'V354', facts: { zone: 'voice-9' } } });
  });

  it('[HW5] a zone whose window is silent is down by its own name, the other is not', async () => {
    const { call, clock, report, health } = await hall(TWO_ZONES);
    call('counter-1', TELLER_1);
    call('counter-2', TELLER_2);
    await report('voice-1');
    await clock.advance(60_000);
    expect(health).toContain('voice-2 down V351');
    expect(health.filter(line => line.startsWith('voice-1'))[0]).toBe('voice-1 ready null');
  });

  it('the bank names languages, a zone’s own packs speak them', async () => {
    const both = bankWith({ announcing: { languages: ['zh-CN', 'en'], times: 1 } });
    const { call, announcementOf } = await hall([entry({ id: 'voice-1', packs: ['zh-CN'] })], both);
    call('counter-1', TELLER_1);
    expect(announcementOf()?.text).toMatch(/^请.*Ticket/);
  });

  it('a pack that is not there is a warning of its zone and named in its log', async () => {
    const { health, devices } = await hall([entry({ id: 'voice-1', packs: ['zh-CN', 'sichuan'] })]);
    expect(health).toEqual(['voice-1 warning V352']);
    const [device] = devices;
    expect(device?.log.lines()[0]?.text).toContain('sichuan');
  });
});

describe('free texts by the operating system’s voice', () => {
  const text = { zh: '请在一米线外等候', en: 'Please wait behind the line' };

  it('are said where the counter’s calls are, after the calls, once', async () => {
    const { voice, call, report, announcementOf } = await hall(TWO_ZONES);
    call('counter-2', TELLER_2);
    voice.sayText({ counterId: 'counter-2' }, text);
    expect(announcementOf('voice-1')).toBeNull();
    await report('voice-2');
    await report('voice-2');
    expect(announcementOf('voice-2')).toMatchObject({
      url: null,
      text: text.zh,
      speech: { text: text.zh, language: 'zh' },
    });
    await report('voice-2');
    expect(announcementOf('voice-2')).toBeNull();
  });

  it('[HW5] without such a voice: a warning V353, and calls go on', async () => {
    const { voice, call, report, health, announcementOf } = await hall(TWO_ZONES);
    voice.sayText({ zoneId: 'voice-1' }, text);
    await report('voice-1', false, 'no-speech');
    expect(health.at(-1)).toBe('voice-1 warning V353');
    call('counter-1', TELLER_1);
    expect(announcementOf('voice-1')?.speech).toBeNull();
    await report('voice-1');
    await report('voice-1');
    expect(health).not.toContain('voice-1 down V351');
    voice.sayText({ zoneId: 'voice-1' }, text);
    await report('voice-1');
    expect(health.at(-1)).toBe('voice-1 ready null');
  });

  it('a window’s name that no clip has: the chime, then the sentence', async () => {
    const counters = BANK.counters.map(counter =>
      counter.id === 'counter-1' ? { ...counter, number: null, name: { zh: '外币专柜', en: 'FX' } } : counter,
    );
    const { call, announcementOf, report, health } = await hall(TWO_ZONES, { ...BANK, counters });
    call('counter-1', TELLER_1);
    expect(announcementOf('voice-1')).toMatchObject({
      url: expect.stringMatching(/^\/voice\//),
      speech: { text: expect.stringMatching(/^请.*到外币专柜办理业务$/), language: 'zh' },
    });
    await report('voice-1', false, 'no-speech');
    expect(announcementOf('voice-1')).toBeNull();
    expect(health.at(-1)).toBe('voice-1 warning V353');
  });
});

describe('[HW7] self-test of a zone', () => {
  it('passes when the window has played A001 → 1, after the calls that wait', async () => {
    const { devices, call, report, announcementOf } = await hall(TWO_ZONES);
    call('counter-1', TELLER_1);
    const test = devices[0]?.selfTest();
    await report('voice-1');
    await report('voice-1');
    expect(announcementOf('voice-1')?.text).toBe('请A零零一号到一号窗口办理业务');
    await report('voice-1');
    expect(await test).toEqual([
      { step: 'packs', outcome: 'passed', code: null, facts: {} },
      { step: 'speak', outcome: 'passed', code: null, facts: { playedAfterMs: expect.any(Number) } },
    ]);
    expect(devices[0]?.log.lines().map(line => line.kind)).toContain('in');
  });

  it('fails with V351 when no window answers', async () => {
    const { devices, clock } = await hall(TWO_ZONES);
    const test = devices[1]?.selfTest();
    await clock.advance(60_000);
    expect((await test)?.at(-1)).toMatchObject({ step: 'speak', outcome: 'failed', code: 'V351' });
  });
});
