import { describe, expect, it } from 'vitest';
import { SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { MAX_MESSAGE_CHARACTERS } from '#core/wire/port-messages.ts';
import { createVoiceRecording } from '#main/host/voice-recording.ts';
import { FakeWindow, HostBench } from './host-fixture.ts';

/** Waits until the host has answered this command; hashing takes what it takes. */
async function answerTo(window: FakeWindow, commandId: string) {
  for (;;) {
    const answer = window.received.find(one => one.kind === 'answer' && one.commandId === commandId);
    if (answer?.kind === 'answer') return answer;
    await new Promise(resolve => setTimeout(resolve, 1));
  }
}

/** A set-up window at which somebody has signed in, and the clips that reached the disk. */
async function openSetUp(staffNumber: string) {
  const bench = new HostBench().configure();
  await bench.setPasswords(staffNumber);
  const saved: string[] = [];
  const packs = {
    save: ({ clipId }: { clipId: string }, by: string) => {
      saved.push(`${clipId} ${by}`);
      return { ok: true, value: { clips: saved.length } } as const;
    },
  };
  const server = bench.portServer({ saveVoiceClip: createVoiceRecording(bench.host, packs) });
  const window = new FakeWindow();
  server.serve(window, null);
  window.send({ kind: 'hello', protocol: 1, window: 'setup' });
  window.command('sign-in', { staffNumber, password: SAMPLE_PASSWORD }, undefined, 'sign-in');
  const session = String((await answerTo(window, 'sign-in')).value?.session);
  return { bench, window, session, saved };
}

const clip = (characters = 8) => ({
  pack: 'sichuan',
  title: '四川话',
  language: 'zh',
  clipId: 'digit-1',
  wav: 'A'.repeat(characters),
});

describe('a clip recorded in the set-up window', () => {
  it('[ID3] is kept with the name of who recorded it, and not journalled', async () => {
    const { bench, window, session, saved } = await openSetUp('9001');
    const before = bench.host.state();
    expect(window.command('save-voice-clip', clip(), session)).toMatchObject({ value: { clips: 1 } });
    expect(saved).toEqual(['digit-1 9001']);
    expect(bench.host.state()).toBe(before);
  });

  it('may be longer than other messages, up to six seconds', async () => {
    const { window, session, saved } = await openSetUp('9001');
    window.command('save-voice-clip', clip(4 * MAX_MESSAGE_CHARACTERS), session);
    expect(saved).toHaveLength(1);
    expect(window.command('save-voice-clip', clip(800_004), session)).toMatchObject({
      error: { code: 'M601' },
    });
    expect(saved).toHaveLength(1);
  });

  it('[ID1] needs somebody signed in, with the right to set up', async () => {
    const { window, session, saved } = await openSetUp('1001');
    expect(window.command('save-voice-clip', clip())).toMatchObject({ error: { code: 'S703' } });
    expect(window.command('save-voice-clip', clip(), session)).toMatchObject({ error: { code: 'S704' } });
    expect(saved).toEqual([]);
  });
});
