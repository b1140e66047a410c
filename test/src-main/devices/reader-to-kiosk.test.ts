import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { appFolders } from '#main/app-folders.ts';
import { startBranch, type WiredBranch } from '#main/branch.ts';
import { onlySimulatedDevices } from '#main/devices/device-settings.ts';
import { FakeWindow } from '../host/host-fixture.ts';
import { unwrap } from '../journal/journal-fixture.ts';

const FOLDERS = appFolders(fileURLToPath(new URL('../../../', import.meta.url)));
const GENEROUS_MS = 30_000;
const CARD = '5555555555554444';

let folder: string;
let branch: WiredBranch;

async function until<T>(look: () => T | undefined | false): Promise<T> {
  const giveUpAt = Date.now() + GENEROUS_MS;
  for (;;) {
    const seen = look();
    if (seen) return seen;
    if (Date.now() > giveUpAt) throw new Error('it never came');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

const openWindow = (kind: 'kiosk' | 'lobby') => {
  const window = new FakeWindow();
  branch.servePort(window, kind);
  window.send({ kind: 'hello', protocol: 1, window: kind });
  return window;
};
const scanOf = (window: FakeWindow) => window.received.find(({ kind }) => kind === 'scan');
const simulatorOf = (id: string) => {
  const found = branch.devices.hardware.readers.find(reader => reader.id === id);
  if (!found) throw new Error(id);
  return found.simulator;
};
const isReady = (id: string) => branch.host.state().devices.get(id)?.health.status === 'ready';

/** Every byte of every file in the data folder. */
function everythingKept(): string {
  const files = readdirSync(folder, { recursive: true }).map(name => join(folder, String(name)));
  return files
    .filter(file => statSync(file).isFile())
    .map(file => readFileSync(file, 'latin1'))
    .join('\n');
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-reader-'));
  const readers = [
    { id: 'reader-kiosk', connection: { kind: 'simulated' } },
    { id: 'reader-lobby', connection: { kind: 'simulated' }, window: 'lobby' },
  ];
  const wedge = { shortestCharacters: 6 };
  writeFileSync(
    join(folder, 'devices.json'),
    JSON.stringify({ ...onlySimulatedDevices(SAMPLE_BANK), readers, wedge }),
  );
  branch = unwrap(await startBranch({ ...FOLDERS, dataFolder: folder, headOfficeUrl: null }));
  await until(() => isReady('reader-kiosk') && isReady('reader-lobby'));
}, 60_000);

afterEach(async () => {
  await branch.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a card held to a reader of this PC', { timeout: 60_000 }, () => {
  it('[TK2] [ID2] identifies its owner at the kiosk; its number is in no window, file or log', async () => {
    const [kiosk, lobby] = [openWindow('kiosk'), openWindow('lobby')];
    simulatorOf('reader-kiosk').scan(CARD);
    const message = await until(() => scanOf(kiosk));
    expect(message).toMatchObject({ scan: { kind: 'customer', masked: '**** 4444' } });
    expect(scanOf(lobby)).toBeUndefined();
    const { scan } = message as { scan: { identification: string } };
    const ticket = { businessId: 'personal-cash', language: 'zh', largeType: false };
    const taken = kiosk.command('issue-ticket', { ...ticket, identification: scan.identification });
    expect(taken).toMatchObject({ value: { number: expect.any(String) } });

    const logs = branch.devices.setUp().map(({ log }) => log.lines());
    const told = JSON.stringify([kiosk.received, logs, [...branch.host.state().tickets.values()]]);
    expect(told).not.toContain(CARD);
    expect(everythingKept()).not.toContain(CARD);
  });

  it('[TK2] goes to the lobby manager where the reader is theirs', async () => {
    const [kiosk, lobby] = [openWindow('kiosk'), openWindow('lobby')];
    simulatorOf('reader-lobby').scan(CARD);
    expect(await until(() => scanOf(lobby))).toMatchObject({ scan: { kind: 'customer' } });
    expect(scanOf(kiosk)).toBeUndefined();
  });

  it('[HW7] a reader that is pulled out shows as R362, and the kiosk is told how readers type', async () => {
    simulatorOf('reader-kiosk').setFault('unplugged');
    await until(() => branch.host.state().devices.get('reader-kiosk')?.health.code === 'R362');
    const kiosk = openWindow('kiosk');
    kiosk.send({ kind: 'subscribe', subscription: 1, view: 'reader', args: {} });
    expect(kiosk.received.at(-1)).toMatchObject({
      kind: 'view',
      value: { wedge: { shortestCharacters: 6, longestGapMs: 80 } },
    });
  });
});
