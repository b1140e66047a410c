import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import type { Result } from '#core/wire/result.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { startHost } from '#main/host/host.ts';
import type { Host } from '#main/host/host-contract.ts';
import { createIdSource } from '#main/host/new-id.ts';
import type { Journal } from '#main/journal/journal.ts';
import { openJournal } from '#main/journal/open-journal.ts';
import { findStationPlace, type JoinedStation, type StartedStation } from '#main/station/several-pcs.ts';
import { StationSettings } from '#main/station/station-settings.ts';

/** A PC of a branch of several, without devices and windows: journal, host, links and replication as they ship. */
export interface BenchStation {
  readonly host: Host;
  readonly journal: Journal;
  readonly runtime: JoinedStation['runtime'];
  readonly station: StartedStation;
  stop(): Promise<void>;
}

export interface BenchStationOptions {
  readonly folder: string;
  readonly migrationsFolder: string;
  /** Milliseconds since 1970, for what is decided. */
  readonly now: () => number;
}

/** Says in a data folder which PC of the branch it is. */
export function writeSettings(
  folder: string,
  given: Pick<StationSettings, 'stationId' | 'host'>,
): StationSettings {
  const settings = StationSettings.parse({ ...given, listen: { port: 0, address: '127.0.0.1' } });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'station.json'), JSON.stringify(settings));
  return settings;
}

/** @throws Error with the code of what refused: nothing could be measured */
export async function startBenchStation(options: BenchStationOptions): Promise<BenchStation> {
  const { folder, migrationsFolder, now } = options;
  const place = unwrap(
    await findStationPlace({
      ...{ dataFolder: folder, branch: SAMPLE_BANK.branch.id, program: 'bench' },
      ...{ clock: REAL_CLOCK, now: Date.now, surroundings: {} },
      onTrouble: trouble => console.error(trouble),
    }),
  );
  if (place === null) throw new Error('the settings are missing');
  const journal = unwrap(openJournal({ folder, migrationsFolder, branch: place.branch, epoch: 1, now }));
  const joined = place.join(journal, createIdSource(), () => {
    throw new Error('the pair broke');
  });
  const stations = joined.runtime.among;
  const host = unwrap(startHost({ journal, now, station: place.settings.stationId, stations }));
  const station = unwrap(await joined.start(host, () => 0));
  return {
    ...{ host, journal, station, runtime: joined.runtime },
    async stop() {
      await joined.stop();
      journal.close();
    },
  };
}

/** @throws Error with the code of a refusal */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const PATIENCE_MS = 60_000;

/** @throws Error saying what was waited for */
export async function waitUntil(what: string, isSo: () => boolean): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(`waited in vain: ${what}`);
    await wait(20);
  }
}
