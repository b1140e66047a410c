import { describe, expect, it } from 'vitest';
import { fail, ok } from '#core/wire/result.ts';
import type { ByteTransport } from '#drivers/contract.ts';
import type { KeypadPort } from '#drivers/keypad/keypad-port.ts';
import type { HidKeypadProfile, SerialKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { type LearntHidDevice, toHidProfile, toSerialProfile } from '#drivers/keypad/learn-profile.ts';
import { type LearntProfileMaker, startLearning } from '#drivers/keypad/learn-session.ts';
import { createRawSerialPort } from '#drivers/keypad/raw-serial-port.ts';
import { initialKeypadState, readReport } from '#drivers/keypad/report-to-press.ts';
import { INITIAL_SERIAL_FRAME_STATE, readSerialBytes } from '#drivers/keypad/serial-keypad-frames.ts';
import { createHandClock, settle } from '../hand-clock.ts';
import { bytes, profileOf } from './profiles.ts';

const KEYS = [
  { rating: 1 },
  { rating: 2 },
  { rating: 3 },
  { rating: 4 },
  { action: 'one-metre-line' },
] as const;
const DEVICE: LearntHidDevice = {
  vendorId: 0x1209,
  productId: 7,
  usagePage: 0xff00,
  usage: 1,
  interface: null,
};
const NAMES = { id: 'our-model', title: 'Our model' };

function handPort() {
  let tell: (report: Uint8Array) => void = () => undefined;
  let lose: () => void = () => undefined;
  let isOpen = false;
  const port: KeypadPort = {
    async open() {
      isOpen = true;
      return ok(undefined);
    },
    write: async () => ok(undefined),
    async close() {
      isOpen = false;
    },
    onReport: listener => {
      tell = listener;
    },
    onMalformed: () => undefined,
    onLost: listener => {
      lose = listener;
    },
  };
  return { port, send: (hex: string) => tell(bytes(hex)), lose: () => lose(), isOpen: () => isOpen };
}

async function learning(toProfile: LearntProfileMaker = toHidProfile(NAMES, DEVICE)) {
  const clock = createHandClock(1000);
  const { port, ...hand } = handPort();
  const session = startLearning({ port, clock, keys: KEYS, levelCount: 4, toProfile });
  await settle();
  return { clock, session, ...hand };
}

/** Presses a key twice, `heldMs` long. */
async function pressTwice(
  { clock, send }: Pick<Awaited<ReturnType<typeof learning>>, 'clock' | 'send'>,
  down: string,
  up: string | null,
  heldMs = 150,
) {
  for (let time = 0; time < 2; time += 1) {
    send(down);
    await clock.advance(heldMs);
    if (up !== null) send(up);
    await clock.advance(300);
  }
  await clock.advance(600);
}

function meaning(profile: HidKeypadProfile | SerialKeypadProfile, reports: readonly string[]) {
  let state = initialKeypadState(profile);
  return reports.map((hex, index) => {
    const step = readReport(profile, state, bytes(hex), index * 1000);
    state = step.state;
    const { outcome } = step;
    return outcome.kind === 'press' ? outcome.position : outcome.kind === 'action' ? outcome.action : '-';
  });
}

function learntProfile(state: ReturnType<Awaited<ReturnType<typeof learning>>['session']['state']>) {
  if (state.phase !== 'done') throw new Error(`not learnt: ${JSON.stringify(state)}`);
  const profile = profileOf(state.profile);
  if (profile.transport !== 'hid' && profile.transport !== 'serial') throw new Error(profile.transport);
  return profile;
}

function learntLine(state: Parameters<typeof learntProfile>[0]): SerialKeypadProfile {
  const profile = learntProfile(state);
  if (profile.transport !== 'serial') throw new Error(profile.transport);
  return profile;
}

describe('[HW4] learn mode asks for each key and makes a profile', () => {
  it('of a keypad that tells presses and releases', async () => {
    const made = await learning();
    expect(made.session.state()).toEqual({ phase: 'hands-off' });
    await made.clock.advance(1500);
    expect(made.session.state()).toMatchObject({ phase: 'key', index: 0, means: { rating: 1 }, pressed: 0 });
    for (const key of ['01', '02', '03', '04', '06'])
      await pressTwice(made, `${key} 00 00 00`, '00 00 00 00');
    const profile = learntProfile(made.session.state());
    expect(made.isOpen()).toBe(false);
    expect(profile).toMatchObject({
      match: { vendorId: 0x1209, productId: 7, usagePage: 0xff00 },
      edge: { kind: 'press' },
    });
    expect(meaning(profile, ['02 00 00 00', '00 00 00 00', '06 00 00 00', '05 00 00 00'])).toEqual([
      2,
      '-',
      'one-metre-line',
      '-',
    ]);
  });

  it('counts presses as they come, also of keys held for long', async () => {
    const made = await learning();
    await made.clock.advance(1500);
    const pressed = () => {
      const state = made.session.state();
      return state.phase === 'key' ? [state.index, state.pressed] : state.phase;
    };
    made.send('01 00');
    expect(pressed()).toEqual([0, 1]);
    await made.clock.advance(3000);
    made.send('00 00');
    await made.clock.advance(3000);
    expect(pressed()).toEqual([0, 1]);
    made.send('01 00');
    await made.clock.advance(3000);
    expect(pressed()).toEqual([0, 2]);
    made.send('00 00');
    await made.clock.advance(500);
    expect(pressed()).toEqual([1, 0]);
    await made.session.stop();
  });

  it('of a keypad that talks all the time, with a counter of its own', async () => {
    const made = await learning();
    let count = 0;
    const talk = async (key: string, times: number) => {
      for (let time = 0; time < times; time += 1) {
        count = (count + 1) % 256;
        made.send(`${key} ${count.toString(16).padStart(2, '0')} 80`);
        await made.clock.advance(50);
      }
    };
    await talk('00', 31);
    for (const key of ['01', '02', '04', '08', '10'])
      for (let time = 0; time < 2; time += 1) {
        await talk(key, 4);
        await talk('00', 16);
      }
    const profile = learntProfile(made.session.state());
    expect(meaning(profile, ['08 FF 80', '00 01 80', '10 02 80'])).toEqual([4, '-', 'one-metre-line']);
  });

  it('of a keypad that never tells a release', async () => {
    const made = await learning();
    await made.clock.advance(1500);
    for (const key of ['31', '32', '33', '34', '35']) await pressTwice(made, `AA ${key}`, null);
    const profile = learntProfile(made.session.state());
    expect(profile.edge.kind).toBe('each');
    expect(meaning(profile, ['AA 33', 'AA 33', 'AA 35', 'AB 33'])).toEqual([3, 3, 'one-metre-line', '-']);
  });

  it('of a serial keypad: head, key byte and check are found', async () => {
    const made = await learning(toSerialProfile(NAMES, 9600));
    await made.clock.advance(1500);
    for (const frame of ['AA 55 01 00', 'AA 55 02 01', 'AA 55 03 02', 'AA 55 04 03', 'AA 55 06 05'])
      await pressTwice(made, frame, null);
    const profile = learntLine(made.session.state());
    expect(profile.frame).toEqual({
      head: bytes('AA 55'),
      length: 4,
      tail: bytes(''),
      check: { kind: 'sum8', of: [0, 2], at: 3 },
    });
    const read = (hex: string) =>
      readSerialBytes(profile.frame, INITIAL_SERIAL_FRAME_STATE, bytes(hex)).frames.length;
    expect([read('AA 55 03 02'), read('AA 55 03 03')]).toEqual([1, 0]);
    expect(meaning(profile, ['AA 55 03 02', 'AA 55 06 05'])).toEqual([3, 'one-metre-line']);
  });

  it('of a serial keypad that sends lines', async () => {
    const made = await learning(toSerialProfile(NAMES, 9600));
    await made.clock.advance(1500);
    for (const key of ['31', '32', '33', '34', '35']) await pressTwice(made, `${key} 0D 0A`, null);
    const profile = learntLine(made.session.state());
    expect(profile.frame).toMatchObject({ length: 3, tail: bytes('0D 0A'), check: null });
    expect(meaning(profile, ['34 0D 0A'])).toEqual([4]);
  });

  it('two keys the same: K311 with both', async () => {
    const made = await learning();
    await made.clock.advance(1500);
    for (const key of ['01', '02', '02', '04', '06']) await pressTwice(made, `${key} 00`, '00 00');
    const state = made.session.state();
    expect(state).toMatchObject({ phase: 'failed', failure: { code: 'K311' } });
    expect(made.isOpen()).toBe(false);
  });

  it('nothing heard: K312 with the key asked for, after 30 s', async () => {
    const made = await learning();
    await made.clock.advance(1500);
    await pressTwice(made, '01 00', '00 00');
    await made.clock.advance(30_000);
    expect(made.session.state()).toEqual({
      phase: 'failed',
      failure: { code: 'K312', facts: { key: 1 } },
    });
  });

  it('pulled out: K302; not to be opened: the reason; stopped: nothing more', async () => {
    const pulled = await learning();
    pulled.lose();
    await settle();
    expect(pulled.session.state()).toEqual({ phase: 'failed', failure: { code: 'K302' } });

    const { port } = handPort();
    const clock = createHandClock();
    const refused = startLearning({
      port: { ...port, open: async () => fail('K313') },
      clock,
      keys: KEYS,
      levelCount: 4,
      toProfile: toHidProfile(NAMES, DEVICE),
    });
    await settle();
    expect(refused.state()).toEqual({ phase: 'failed', failure: { code: 'K313' } });

    const stopped = await learning();
    await stopped.session.stop();
    await stopped.clock.advance(60_000);
    expect(stopped.session.state()).toEqual({ phase: 'hands-off' });
    expect(stopped.isOpen()).toBe(false);
  });
});

it('[HW4] bytes of an unknown serial keypad become one report for each pause', async () => {
  const clock = createHandClock();
  let send: (data: Uint8Array) => void = () => undefined;
  const transport: ByteTransport = {
    open: async () => ok(undefined),
    write: async () => ok(undefined),
    close: async () => undefined,
    onData: listener => {
      send = listener;
    },
    onLost: () => undefined,
  };
  const port = createRawSerialPort(transport, clock);
  const reports: Uint8Array[] = [];
  port.onReport(report => reports.push(report));
  await port.open();
  send(bytes('AA'));
  await clock.advance(20);
  send(bytes('55 01'));
  await clock.advance(60);
  send(bytes('AA 55 02'));
  await clock.advance(60);
  expect(reports).toEqual([bytes('AA 55 01'), bytes('AA 55 02')]);
});
