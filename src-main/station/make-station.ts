import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { Instant } from '#core/wire/fields.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { lockFolder } from '../journal/folder-lock.ts';
import { journalFiles, setAsideBeforeJoining } from '../journal/journal-files.ts';
import { type KeyStore, privateFile } from '../link/key-store.ts';
import { pairThisPc } from './open-station.ts';
import { StationSettings, stationSettingsFile } from './station-settings.ts';

/**
 * BR1, BR2: how a branch's one PC becomes one of several. What this writes has its effect at the next start; until
 * then the PC works on as it was. A PC that joins another branch leaves its own journal behind, set aside as it is.
 */
export interface MakeStationParts {
  readonly dataFolder: string;
  readonly keyStore: KeyStore;
  readonly clock: DriverClock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long the host may take to be reached. */
  readonly connectWaitMs?: number;
}

/** What is to be done at the next start, before anything is opened: the PC is paired already. */
const Joining = z.strictObject({ atMs: Instant, settings: StationSettings });

/**
 * Makes this PC the first of several (`settings.host` is null), or pairs it with its host by `typedCode`.
 * Failures: `U562` it is one already, set up otherwise; `C906` its port cannot be opened; `C921` of the settings;
 * those of `pairWithHost`; `D404` nothing could be written.
 */
export async function makeStation(
  parts: MakeStationParts,
  settings: StationSettings,
  typedCode: string,
): Promise<Result<void>> {
  const { dataFolder } = parts;
  const known = knownSettings(dataFolder);
  const isAgain = known !== null && JSON.stringify(known) === JSON.stringify(settings);
  // The same once more pairs it anew: its keys were lost, or it was removed.
  if (existsSync(stationSettingsFile(dataFolder)) && !isAgain) return fail('U562');
  if (settings.listen !== null) {
    const free = isAgain ? ok(undefined) : await tryPort(settings.listen);
    if (!free.ok) return free;
  }
  if (settings.host === null) {
    if (settings.listen === null) return fail('C921', { field: 'listen' });
    return isAgain ? ok(undefined) : write(() => begin(dataFolder, settings, parts.now()));
  }
  const paired = await pairThisPc({ ...parts, settings }, typedCode, parts.connectWaitMs);
  if (!paired.ok) return paired;
  // In another PC's place it has that one's name, whatever it asked for.
  const { station: stationId } = paired.value;
  if (isAgain && stationId === settings.stationId) return ok(undefined);
  const joining = { atMs: parts.now(), settings: { ...settings, stationId } };
  return write(() => privateFile(joiningFile(dataFolder)).write(`${JSON.stringify(joining)}\n`));
}

/**
 * At every start, before the journal is opened: a PC that was paired sets its own journal aside, with the keys to the
 * customers' numbers in it, and is one of several from now on. A crash in the middle is made good at the next start.
 * Failures: `D406` Foyer is at work there; `D404`; `C921` the file was changed by hand.
 */
export function finishJoining(dataFolder: string): Result<void> {
  const file = joiningFile(dataFolder);
  if (!existsSync(file)) return ok(undefined);
  const joining = readJoining(file);
  if (joining === null) return fail('C921', { field: 'station-joining.json' });
  const files = journalFiles(dataFolder);
  const lock = lockFolder(files.lock);
  if (!lock.ok) return lock;
  try {
    return write(() => {
      const base = setAsideBeforeJoining(files, joining.atMs);
      const keys = join(dataFolder, 'customer-keys.json');
      if (base !== null && existsSync(keys)) renameSync(keys, `${base}.customer-keys.json`);
      // The identity is the one it was paired with just now.
      setLeftOversAside(dataFolder, LEFT_OVER, joining.atMs);
      privateFile(stationSettingsFile(dataFolder)).write(`${JSON.stringify(joining.settings, null, 2)}\n`);
      rmSync(file);
    });
  } finally {
    lock.value.release();
  }
}

/** What a PC has of another branch it belonged to, or tried to join: nothing of it is this branch's. */
const LEFT_OVER = ['branch-authority.json', 'station-peers.json', 'outbox.json', 'own-numbers.json'];

function setLeftOversAside(dataFolder: string, names: readonly string[], atMs: number): void {
  for (const name of names) {
    const left = join(dataFolder, name);
    if (existsSync(left)) renameSync(left, `${left}.${atMs}.old`);
  }
}

function begin(dataFolder: string, settings: StationSettings, nowMs: number): void {
  setLeftOversAside(dataFolder, ['station-identity.json', ...LEFT_OVER], nowMs);
  mkdirSync(dataFolder, { recursive: true });
  privateFile(stationSettingsFile(dataFolder)).write(`${JSON.stringify(settings, null, 2)}\n`);
}

/** A port that is taken would keep the whole program from starting again. */
function tryPort({ port, address }: NonNullable<StationSettings['listen']>): Promise<Result<void>> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(fail('C906', { port })));
    server.listen({ port, ...(address ? { host: address } : {}) }, () =>
      server.close(() => resolve(ok(undefined))),
    );
  });
}

function joiningFile(dataFolder: string): string {
  return join(dataFolder, 'station-joining.json');
}

function readJoining(file: string): z.infer<typeof Joining> | null {
  try {
    return Joining.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function knownSettings(dataFolder: string): StationSettings | null {
  try {
    return StationSettings.parse(JSON.parse(readFileSync(stationSettingsFile(dataFolder), 'utf8')));
  } catch {
    return null;
  }
}

function write(deed: () => void): Result<void> {
  try {
    deed();
    return ok(undefined);
  } catch {
    return fail('D404');
  }
}
