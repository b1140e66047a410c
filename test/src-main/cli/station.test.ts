import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lockFolder } from '#main/journal/folder-lock.ts';
import { journalFiles } from '#main/journal/journal-files.ts';
import { readStationSettings } from '#main/station/station-settings.ts';
import { temporaryFolder, unwrap } from '../journal/journal-fixture.ts';
import {
  adminNumber,
  freePort,
  headOffice,
  LOOPBACK,
  playAlone,
  TestPc,
} from '../station/station-fixture.ts';

const SCRIPT = fileURLToPath(new URL('../../../src-main/cli/station.ts', import.meta.url));

/** Apart from this process, whose host must be able to answer it. */
function run(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  return new Promise(resolve => child.once('close', code => resolve({ code, said })));
}

test('[BR2] npm run station joins without a screen what the set-up window joins with one', async () => {
  const port = await freePort();
  const host = await new TestPc(headOffice(), {
    stationId: 'pc-1',
    listen: { port, address: LOOPBACK },
  }).start();
  const by = { kind: 'staff', staffNumber: adminNumber(), sessionId: '' } as const;
  unwrap(await host.station.stations.openPairingCode(by));
  const code = host.station.stations.facts().pairing?.code ?? '';
  const { dataFolder } = await playAlone();
  const join2 = ['--id', 'pc-2', '--data', dataFolder, '--host', `${LOOPBACK}:${port}`, '--code'];

  const held = unwrap(lockFolder(journalFiles(dataFolder).lock));
  expect(await run(...join2, code)).toMatchObject({ code: 3, said: expect.stringContaining('D406') });
  held.release();
  expect(await run(...join2, 'AAAAAAAA')).toMatchObject({ code: 3, said: expect.stringContaining('U519') });
  expect(unwrap(readStationSettings(dataFolder))).toBeNull();
  expect((await run(...join2, code)).code).toBe(0);
  expect(unwrap(readStationSettings(dataFolder))).toMatchObject({ stationId: 'pc-2', host: { port } });
  expect(readdirSync(dataFolder).some(name => /^journal\.before-joining-.*Z\.sqlite$/.test(name))).toBe(true);
});

test('[BR1] npm run station begins a branch once, and says what it needs', async () => {
  const dataFolder = join(temporaryFolder(), 'new');
  const listen = ['--listen', String(await freePort()), '--data', dataFolder];
  expect((await run('--id', 'pc-1', ...listen)).code).toBe(0);
  expect((await run('--id', 'pc-9', ...listen)).code).toBe(3);
  expect(unwrap(readStationSettings(dataFolder))?.stationId).toBe('pc-1');
  expect((await run('--id', 'pc-1')).code).toBe(2);
});
