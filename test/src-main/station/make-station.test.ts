import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { lockFolder } from '#main/journal/folder-lock.ts';
import { journalFiles } from '#main/journal/journal-files.ts';
import { PLAIN_KEY_STORE } from '#main/link/key-store.ts';
import { finishJoining, makeStation } from '#main/station/make-station.ts';
import { readStationSettings, StationSettings } from '#main/station/station-settings.ts';
import { temporaryFolder, unwrap } from '../journal/journal-fixture.ts';
import {
  adminNumber,
  freePort,
  headOffice,
  LOOPBACK,
  lastOf,
  playAlone,
  TestPc,
  until,
} from './station-fixture.ts';

const partsOf = (dataFolder: string) => ({
  ...{ dataFolder, keyStore: PLAIN_KEY_STORE, clock: REAL_CLOCK, now: Date.now },
});
const settingsOf = (more: object) =>
  StationSettings.parse({ stationId: 'pc-2', host: null, listen: { port: 0, address: LOOPBACK }, ...more });

/** A host that shows a pairing code. */
async function hostWithCode() {
  const port = await freePort();
  const host = new TestPc(headOffice(), { stationId: 'pc-1', listen: { port, address: LOOPBACK } });
  await host.start();
  const by = { kind: 'staff', staffNumber: adminNumber(), sessionId: '' } as const;
  unwrap(await host.station.stations.openPairingCode(by));
  return { host, port, code: host.station.stations.facts().pairing?.code ?? '' };
}

describe('[BR1] beginning a branch of several', () => {
  it('keeps the journal and its numbers; the same once more changes nothing, another set-up is refused', async () => {
    const { dataFolder } = await playAlone();
    const before = lastOf(dataFolder);
    const settings = settingsOf({ stationId: 'station-1', name: '大堂电脑' });
    unwrap(await makeStation(partsOf(dataFolder), settings, ''));
    expect(unwrap(readStationSettings(dataFolder))).toEqual(settings);
    unwrap(await makeStation(partsOf(dataFolder), settings, ''));
    expect(await makeStation(partsOf(dataFolder), { ...settings, name: '二号' }, '')).toMatchObject({
      error: { code: 'U562' },
    });
    expect(unwrap(readStationSettings(dataFolder))).toEqual(settings);
    expect(lastOf(dataFolder)).toEqual(before);
  });

  it('a port that is taken is told while the PC still works as it was', async () => {
    const taken = createServer().listen(0, LOOPBACK);
    onTestFinished(() => void taken.close());
    await new Promise(resolve => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const folder = temporaryFolder();
    const made = await makeStation(partsOf(folder), settingsOf({ listen: { port, address: LOOPBACK } }), '');
    expect(made).toMatchObject({ error: { code: 'C906', facts: { port } } });
    expect(existsSync(join(folder, 'station.json'))).toBe(false);
  });

  it('keys of an earlier attempt to join are not this branch’s', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'station-identity.json'), 'of another branch');
    const settings = settingsOf({ stationId: 'station-1' });
    unwrap(await makeStation(partsOf(folder), settings, ''));
    expect(existsSync(join(folder, 'station-identity.json'))).toBe(false);
    const kept = readdirSync(folder).find(name => name.startsWith('station-identity.json.'));
    expect(readFileSync(join(folder, kept ?? ''), 'utf8')).toBe('of another branch');
  });
});

describe('[BR2] joining a branch', () => {
  it('a PC with a journal of its own joins: that is set aside whole, and the branch is copied', async () => {
    const { dataFolder } = await playAlone();
    const own = lastOf(dataFolder);
    writeFileSync(join(dataFolder, 'customer-keys.json'), 'keys of before');
    const { host, port, code } = await hostWithCode();
    unwrap(await host.issue());
    const settings = settingsOf({ host: { address: LOOPBACK, port } });
    unwrap(await makeStation(partsOf(dataFolder), settings, code));
    // Until it starts again it is what it was.
    expect(unwrap(readStationSettings(dataFolder))).toBeNull();
    expect(lastOf(dataFolder)).toEqual(own);

    const joined = new TestPc(headOffice(), settings, dataFolder);
    // As `makeStation` leaves it: the fixture had written it already.
    rmSync(join(dataFolder, 'station.json'));
    await joined.start();
    await until('the branch is copied', () => joined.status().synced);
    expect(joined.events('ticket-issued').map(({ id }) => id)).toEqual(
      host.events('ticket-issued').map(({ id }) => id),
    );
    const names = readdirSync(dataFolder).filter(name => name.startsWith('journal.before-joining-'));
    const stem = names.find(name => name.endsWith('Z.sqlite'))?.replace(/\.sqlite$/, '') ?? '';
    expect(readFileSync(join(dataFolder, `${stem}.customer-keys.json`), 'utf8')).toBe('keys of before');
    expect(existsSync(join(dataFolder, 'station-joining.json'))).toBe(false);
    // Nothing is lost: put where a journal is looked for, it is the same one.
    const restored = temporaryFolder();
    for (const ending of ['.sqlite', '.sqlite-wal', '.tip']) {
      const from = join(dataFolder, stem + ending);
      if (existsSync(from)) copyFileSync(from, join(restored, `journal${ending}`));
    }
    expect(lastOf(restored)).toEqual(own);
  });

  it('a wrong code, a used one and no host leave the PC as it was', async () => {
    const { port, code } = await hostWithCode();
    const folder = temporaryFolder();
    const settings = settingsOf({ host: { address: LOOPBACK, port } });
    const wrong = code.startsWith('K') ? `M${code.slice(1)}` : `K${code.slice(1)}`;
    expect(await makeStation(partsOf(folder), settings, wrong)).toMatchObject({
      error: { code: 'U519', facts: { left: 4 } },
    });
    expect(await makeStation(partsOf(folder), settings, 'short')).toMatchObject({ error: { code: 'U529' } });
    unwrap(await makeStation(partsOf(temporaryFolder()), settings, code));
    expect(await makeStation(partsOf(folder), { ...settings, stationId: 'pc-3' }, code)).toMatchObject({
      error: { code: 'U520' },
    });
    const nobody = settingsOf({ host: { address: LOOPBACK, port: await freePort() } });
    expect(await makeStation(partsOf(folder), nobody, code)).toMatchObject({ error: { code: 'U511' } });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a crash in the middle of setting aside is made good at the next start', async () => {
    const { dataFolder } = await playAlone();
    const files = journalFiles(dataFolder);
    const settings = settingsOf({ host: { address: LOOPBACK, port: 5850 } });
    writeFileSync(join(dataFolder, 'station-joining.json'), JSON.stringify({ atMs: 1_000, settings }));
    renameSync(files.database, join(dataFolder, 'journal.before-joining-19700101T000001000Z.sqlite'));
    // What is left of another branch must neither keep it from starting nor be delivered to this one.
    for (const name of ['branch-authority.json', 'outbox.json'])
      writeFileSync(join(dataFolder, name), 'of another branch');
    unwrap(finishJoining(dataFolder));
    for (const name of ['branch-authority.json', 'outbox.json']) {
      expect(existsSync(join(dataFolder, name)), name).toBe(false);
      expect(readFileSync(join(dataFolder, `${name}.1000.old`), 'utf8')).toBe('of another branch');
    }
    expect(unwrap(readStationSettings(dataFolder))).toEqual(settings);
    for (const file of [files.database, files.wal, files.tip]) expect(existsSync(file), file).toBe(false);
    expect(existsSync(join(dataFolder, 'journal.before-joining-19700101T000001000Z.tip'))).toBe(true);
    // Once done it is done.
    unwrap(finishJoining(dataFolder));
  });

  it('D406 while Foyer is at work there; C921 for a file changed by hand', async () => {
    const folder = temporaryFolder();
    const settings = settingsOf({ host: { address: LOOPBACK, port: 5850 } });
    writeFileSync(join(folder, 'station-joining.json'), JSON.stringify({ atMs: 1_000, settings }));
    const held = unwrap(lockFolder(journalFiles(folder).lock));
    expect(finishJoining(folder)).toMatchObject({ error: { code: 'D406' } });
    held.release();
    writeFileSync(join(folder, 'station-joining.json'), '{}');
    expect(finishJoining(folder)).toMatchObject({ error: { code: 'C921' } });
  });
});
