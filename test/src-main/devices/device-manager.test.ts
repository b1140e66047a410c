import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor, ArgsOf, Command, CommandType } from '#core/branch/commands.ts';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { DeviceSettings } from '#core/wire/device-settings.ts';
import { VIEWS } from '#core/wire/views.ts';
import { appFolders } from '#main/app-folders.ts';
import { type BranchSurroundings, startBranch, type WiredBranch } from '#main/branch.ts';
import { onlySimulatedDevices } from '#main/devices/device-settings.ts';
import { writeSimulatedDevices } from '#main/simulate/simulated-devices.ts';
import { FakeWindow } from '../host/host-fixture.ts';
import { unwrap } from '../journal/journal-fixture.ts';

const FOLDERS = appFolders(fileURLToPath(new URL('../../../', import.meta.url)));
const GENEROUS_MS = 30_000;
const SIMULATED = onlySimulatedDevices(SAMPLE_BANK);

let folder: string;
let branch: WiredBranch;
let setUp: FakeWindow;
let session: string;

async function until<T>(look: () => T | undefined | false): Promise<T> {
  const giveUpAt = Date.now() + GENEROUS_MS;
  for (;;) {
    const seen = look();
    if (seen) return seen;
    if (Date.now() > giveUpAt) throw new Error('it never came');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

let commands = 0;

/** Sends a command from the set-up window and waits for its answer. */
async function ask(type: string, args: object) {
  const id = `ask-${++commands}`;
  setUp.command(type, args, session, id);
  const answer = await until(() => setUp.received.find(one => one.kind === 'answer' && one.commandId === id));
  return answer.kind === 'answer' ? (answer.error?.code ?? answer.value) : undefined;
}

function hardware() {
  setUp.send({ kind: 'subscribe', subscription: 1, view: 'hardware', args: {}, session });
  const last = setUp.received.findLast(one => one.kind === 'view' && one.subscription === 1);
  return VIEWS.hardware.parse(last?.kind === 'view' ? last.value : undefined);
}

const save = (settings: object, basedOn = hardware().revision) =>
  ask('save-device-settings', { settings, basedOn });

const give = <T extends CommandType>(type: T, args: ArgsOf<T>, actor: Actor) =>
  branch.host.execute({ type, args, actor, station: 'station-1' } as unknown as Command);

async function start(surroundings: BranchSurroundings = {}) {
  branch = unwrap(await startBranch({ ...FOLDERS, dataFolder: folder, headOfficeUrl: null }, surroundings));
  setUp = new FakeWindow();
  branch.servePort(setUp, 'setup');
  setUp.send({ kind: 'hello', protocol: 1, window: 'setup' });
  setUp.command('sign-in', { staffNumber: '9001', password: SAMPLE_PASSWORD }, undefined, 'sign-in');
  const answer = await until(() =>
    setUp.received.findLast(one => one.kind === 'answer' && one.commandId === 'sign-in'),
  );
  session = String(answer.kind === 'answer' ? answer.value?.session : '');
}

const settingsFile = () => join(folder, 'devices.json');
const readSettings = () => DeviceSettings.parse(JSON.parse(readFileSync(settingsFile(), 'utf8')));
const withPrinters = (...ids: string[]) => ({
  ...SIMULATED,
  printers: ids.map(id => ({ id, name: id, connection: { kind: 'simulated' } })),
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-devices-'));
  unwrap(writeSimulatedDevices(folder, SAMPLE_BANK));
  await start();
}, GENEROUS_MS);

afterEach(async () => {
  await branch.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('devices that stay as they are', () => {
  it(
    '[HW7] a simulated day changes, finds and learns no device: C917',
    async () => {
      await branch.stop();
      await start({ fixedDevices: true });
      const before = readSettings();
      expect(hardware().isChangeable).toBe(false);
      expect(await save(withPrinters('printer-2'))).toBe('C917');
      expect(await ask('find-devices', { searchNetwork: false, addresses: [], publishers: [] })).toBe('C917');
      const learn = { address: 'COM1', profileId: 'ours', baudRate: 9600 };
      expect(await ask('learn-keypad', learn)).toBe('C917');
      expect(readSettings()).toEqual(before);
    },
    GENEROUS_MS,
  );
});

describe('devices changed while the branch works', () => {
  it(
    '[HW7] a printer is added and removed; no other device is made anew, and the file before is kept',
    async () => {
      const before = branch.devices.setUp();
      expect(await save(withPrinters('printer-1', 'printer-2'))).toMatchObject({
        revision: expect.any(String),
      });
      const after = branch.devices.setUp();
      // printer-1 got a name, so it is another; all that was not touched is the very same.
      for (const device of before.filter(({ kind }) => kind !== 'printer'))
        expect(after.includes(device), device.id).toBe(true);
      await until(
        () => hardware().devices.find(one => one.deviceId === 'printer-2')?.health?.status === 'ready',
      );
      expect(readSettings().printers.map(({ id }) => id)).toEqual(['printer-1', 'printer-2']);
      expect(JSON.parse(readFileSync(`${settingsFile()}.bak`, 'utf8'))).toEqual(
        JSON.parse(JSON.stringify(SIMULATED)),
      );
      expect(existsSync(`${settingsFile()}.new`)).toBe(false);

      expect(await save(withPrinters('printer-1'))).toMatchObject({ revision: expect.any(String) });
      expect(branch.host.state().devices.has('printer-2')).toBe(false);
      expect(branch.devices.hardware.printers.map(({ id }) => id)).toEqual(['printer-1']);
    },
    GENEROUS_MS,
  );

  it(
    '[HW7] [ID3] each change is recorded with who made it, and a restart reads both back',
    async () => {
      const seen: object[] = [];
      branch.host.onEvents(events => {
        for (const { type, actor, data } of events)
          if (type === 'device-settings-changed') seen.push({ actor, data });
      });
      await save(withPrinters('printer-1', 'printer-2'));
      expect(seen).toEqual([
        {
          actor: 'staff:9001',
          data: {
            changes: [
              { deviceId: 'printer-1', kind: 'printer', name: 'printer-1', change: 'changed' },
              { deviceId: 'printer-2', kind: 'printer', name: 'printer-2', change: 'added' },
            ],
          },
        },
      ]);
      await branch.stop();
      await start();
      expect(hardware().settings.printers.map(({ id }) => id)).toEqual(['printer-1', 'printer-2']);
    },
    GENEROUS_MS,
  );

  it(
    '[HW7] what cannot be is refused with its field, and nothing changes',
    async () => {
      const file = readFileSync(settingsFile(), 'utf8');
      const [keypad] = SIMULATED.keypads;
      const devices = branch.devices.setUp();
      expect(await save({ ...SIMULATED, keypads: [keypad, { ...keypad, id: 'twin' }] })).toBe('C902');
      expect(await save({ ...SIMULATED, keypads: [{ ...keypad, profileId: 'no-such-profile' }] })).toBe(
        'K306',
      );
      expect(await save(withPrinters('printer-9'), 'of-yesterday')).toBe('C916');
      expect(branch.devices.setUp()).toEqual(devices);
      expect(readFileSync(settingsFile(), 'utf8')).toBe(file);
    },
    GENEROUS_MS,
  );

  it(
    '[HW7] [TK4] a ticket in hand of a printer that is taken away ends as uncertain',
    async () => {
      const [printer] = branch.devices.hardware.printers;
      await until(() => branch.host.state().devices.get('printer-1')?.health.status === 'ready');
      printer?.simulator.setFault({ kind: 'silent' });
      const issued = unwrap(
        give(
          'issue-ticket',
          { businessId: 'personal-cash', language: 'zh', largeType: false },
          { kind: 'customer' },
        ),
      );
      const print = () => branch.host.state().tickets.get(String(issued.ticketId))?.print;
      expect(['waiting', 'sent']).toContain(print()?.status);
      await save(withPrinters('printer-2'));
      expect(print()?.status).toBe('uncertain');
    },
    GENEROUS_MS,
  );

  it(
    '[HW7] [RT1] a prompt open on a keypad that is taken away is closed as "keypad absent"',
    async () => {
      const teller: Actor = { kind: 'staff', staffNumber: '1001', sessionId: 's' };
      unwrap(
        give(
          'record-sign-in',
          { staffNumber: '1001', passwordFits: true, sessionId: 's' },
          { kind: 'system' },
        ),
      );
      unwrap(give('open-counter', { counterId: 'counter-1' }, teller));
      const { ticketId } = unwrap(
        give('start-walk-in', { counterId: 'counter-1', businessId: 'personal-cash' }, teller),
      ) as { ticketId: string };
      unwrap(give('finish-service', { counterId: 'counter-1', ticketId }, teller));
      expect(branch.host.state().counters.get('counter-1')?.openRating).not.toBeNull();
      await save({ ...SIMULATED, keypads: SIMULATED.keypads.slice(1) });
      expect(branch.host.state().counters.get('counter-1')?.lastRating?.outcome).toBe('keypad-absent');
    },
    GENEROUS_MS,
  );

  it(
    '[HW7] the same command again is answered the same and does nothing twice',
    async () => {
      const args = { settings: withPrinters('printer-1', 'printer-2'), basedOn: hardware().revision };
      for (const id of ['again', 'again']) setUp.command('save-device-settings', args, session, id);
      const answers = await until(() => {
        const found = setUp.received.filter(one => one.kind === 'answer' && one.commandId === 'again');
        return found.length === 2 && found;
      });
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]).not.toHaveProperty('error');
    },
    GENEROUS_MS,
  );
});

describe('settings changed by hand while the program was off', () => {
  it(
    '[HW7] [LB1] a device that is no longer there raises no alarm for ever',
    async () => {
      await save(withPrinters('printer-1', 'printer-2'));
      await until(() => branch.host.state().devices.has('printer-2'));
      await branch.stop();
      unwrap(writeSimulatedDevices(folder, SAMPLE_BANK));
      await start();
      const devices = [...branch.host.state().devices.keys()];
      expect(devices).not.toContain('printer-2');
      expect(devices).toContain('printer-1');
    },
    GENEROUS_MS,
  );
});

describe('trying devices out', () => {
  it(
    '[HW7] a self-test shows its steps in the view and what passed in the log',
    async () => {
      await until(() => branch.host.state().devices.get('printer-1')?.health.status === 'ready');
      expect(await ask('test-device', { deviceId: 'printer-1' })).toEqual({});
      const test = await until(() => {
        const found = hardware().devices.find(({ deviceId }) => deviceId === 'printer-1')?.test;
        return found?.endedAt ? found : undefined;
      });
      expect(test.steps.length).toBeGreaterThan(0);
      setUp.send({
        kind: 'subscribe',
        subscription: 2,
        view: 'device-log',
        args: { deviceId: 'printer-1' },
        session,
      });
      const shown = setUp.received.findLast(one => one.kind === 'view' && one.subscription === 2);
      const log = VIEWS['device-log'].parse(shown?.kind === 'view' ? shown.value : undefined);
      expect(log.lines.map(({ kind }) => kind)).toContain('out');
      expect(await ask('test-device', { deviceId: 'nobody' })).toBe('C918');
    },
    GENEROUS_MS,
  );

  it(
    '[HW7] another window may not, nor somebody without the right',
    async () => {
      const lobby = new FakeWindow();
      branch.servePort(lobby, 'lobby');
      lobby.send({ kind: 'hello', protocol: 1, window: 'lobby' });
      expect(lobby.command('test-device', { deviceId: 'printer-1' }, session)).toMatchObject({
        error: { code: 'M605' },
      });
      session = 'of-nobody';
      expect(await ask('test-device', { deviceId: 'printer-1' })).toBe('S703');
    },
    GENEROUS_MS,
  );
});
