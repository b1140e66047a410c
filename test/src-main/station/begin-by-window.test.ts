import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { appFolders } from '#main/app-folders.ts';
import { startBranch } from '#main/branch.ts';
import { connectInProcess } from '#main/simulate/in-process-connection.ts';
import { openWindow } from '#main/simulate/window.ts';
import { startRestartingBranch } from '#main/start/restarting-branch.ts';
import { temporaryFolder, unwrap } from '../journal/journal-fixture.ts';
import { adminNumber, freePort, headOffice, LOOPBACK, TestPc } from './station-fixture.ts';

const { rendererFolder: _, ...folders } = appFolders(fileURLToPath(new URL('../../..', import.meta.url)));
const TICKET = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;

/** A fresh PC with the real branch behind its windows, as both carriers start it. */
async function freshPc() {
  const dataFolder = temporaryFolder();
  let restarted = () => {};
  let refused: (code: string) => void = () => {};
  const isRestarted = new Promise<void>((resolve, reject) => {
    restarted = resolve;
    refused = code => reject(new Error(code));
  });
  const branch = unwrap(
    await startRestartingBranch({
      start: restart => startBranch({ dataFolder, headOfficeUrl: null, ...folders }, { restart }),
      onRestarted: () => restarted(),
      onRefused: ({ code }) => refused(code),
    }),
  );
  onTestFinished(() => branch.stop());
  const open = (kind: 'setup' | 'kiosk') => {
    const [host, window] = connectInProcess();
    branch.servePort(host, kind);
    return openWindow(kind, window, randomUUID);
  };
  const signIn = async () => {
    const window = open('setup');
    const person = { staffNumber: adminNumber(), password: SAMPLE_PASSWORD };
    return { window, session: unwrap(await window.ask('sign-in', person)).session };
  };
  return { dataFolder, open, signIn, isRestarted };
}
test('[BR1] a PC with tickets begins from its set-up window and is the host a moment later, in the same program', async () => {
  const pc = await freshPc();
  const ticket = unwrap(await pc.open('kiosk').ask('issue-ticket', TICKET));
  const { window, session } = await pc.signIn();
  expect((await window.look('stations', {}, session)).alone).toMatchObject({ isSample: true, customers: 1 });
  const order = { name: '大堂电脑', port: await freePort(), roles: [] };
  unwrap(await window.ask('begin-several', order, session));
  await pc.isRestarted;
  const again = pc.open('setup');
  expect(await again.look('link-state', {}, undefined)).toMatchObject({
    state: 'solo',
    isHost: true,
    host: '大堂电脑',
  });
  // Still signed in, with its numbers going on.
  const view = await again.look('stations', {}, session);
  expect(view).toMatchObject({ isOnePc: false, alone: null, thisStation: 'station-1' });
  expect(view.addresses[0]).toMatch(new RegExp(`:${order.port}$`));
  const next = unwrap(await pc.open('kiosk').ask('issue-ticket', TICKET));
  expect(Number(next.number.slice(1))).toBe(Number(ticket.number.slice(1)) + 1);
  expect(await again.ask('begin-several', order, session)).toMatchObject({ error: { code: 'U562' } });
});

test('[BR2] a fresh PC joins from its set-up window and shows the branch; what it had of its own lies aside', async () => {
  const port = await freePort();
  const host = await new TestPc(headOffice(), {
    stationId: 'pc-1',
    name: '大堂电脑',
    listen: { port, address: LOOPBACK },
  }).start();
  unwrap(await host.issue());
  const by = { kind: 'staff', staffNumber: adminNumber(), sessionId: '' } as const;
  unwrap(await host.station.stations.openPairingCode(by));
  const code = host.station.stations.facts().pairing?.code ?? '';

  const pc = await freshPc();
  const { window, session } = await pc.signIn();
  const order = {
    ...{ host: LOOPBACK, port, code: 'AAAA AAAA', stationId: 'pc-2', name: '', roles: [] },
    ...{ listenPort: null, setAside: false },
  };
  expect(await window.ask('join-branch', order, session)).toMatchObject({ error: { code: 'U519' } });
  expect(existsSync(join(pc.dataFolder, 'station-joining.json'))).toBe(false);
  unwrap(await window.ask('join-branch', { ...order, code }, session));
  await pc.isRestarted;
  const again = pc.open('setup');
  expect(await again.look('link-state', {}, undefined)).toMatchObject({
    state: 'solo',
    isHost: false,
    reachesHost: true,
    host: '大堂电脑',
  });
  const issued = unwrap(await pc.open('kiosk').ask('issue-ticket', TICKET));
  await expect
    .poll(() => host.events('ticket-issued').at(-1)?.data.number, { timeout: 20_000 })
    .toBe(issued.number);
  expect(host.events('ticket-issued').at(-1)?.station).toBe('pc-2');
});
