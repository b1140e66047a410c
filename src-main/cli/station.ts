import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import type { Failure } from '#core/wire/result.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { lockFolder } from '#main/journal/folder-lock.ts';
import { journalFiles } from '#main/journal/journal-files.ts';
import { PLAIN_KEY_STORE } from '#main/link/key-store.ts';
import { askedDataFolder } from '#main/start/data-folder.ts';
import { EXIT_CODES } from '#main/start/exit-codes.ts';
import { finishJoining, makeStation } from '#main/station/make-station.ts';
import { StationSettings } from '#main/station/station-settings.ts';
import { STATION_TEXTS, type StationTexts } from './station-texts.ts';

/**
 * `npm run station -- --id PC …`: makes this PC one of several of a branch (BR1, BR2). With `--host` and `--code` it is
 * paired with its host; without, it begins the branch: what the set-up window does too. Foyer must not be running on this
 * data folder; what it recorded there before joining is set aside.
 * Exit codes are those of `exit-codes.ts`.
 */
async function main(args: string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked === null) {
    print(texts => texts.usage);
    return EXIT_CODES.wrongArguments;
  }
  const { settings, code } = asked;
  const machine = { platform: process.platform, environment: process.env, homeFolder: homedir() };
  const dataFolder = askedDataFolder({ dataFolder: asked.dataFolder, practice: null }, machine);
  mkdirSync(dataFolder, { recursive: true });
  // Foyer at work there would go on with the journal that is set aside.
  const lock = lockFolder(journalFiles(dataFolder).lock);
  if (!lock.ok) return refuse(lock);
  const parts = { dataFolder, keyStore: PLAIN_KEY_STORE, clock: REAL_CLOCK, now: Date.now };
  const made = await makeStation(parts, settings, code).finally(lock.value.release);
  if (!made.ok) return refuse(made);
  const finished = finishJoining(dataFolder);
  if (!finished.ok) return refuse(finished);
  print(texts => (settings.host === null ? texts.begun : texts.paired));
  return EXIT_CODES.done;
}

function refuse({ error }: { readonly error: Failure }): number {
  const { code } = error;
  print(texts => {
    if (code === 'U562') return texts.setAlready;
    return `${texts.failures[code] ?? ''}${texts.failed.replace('{code}', code)}`;
  });
  return EXIT_CODES.branchRefused;
}

function readArguments(
  args: string[],
): { readonly settings: StationSettings; readonly code: string; readonly dataFolder: string | null } | null {
  const text = { type: 'string' } as const;
  try {
    const options = { id: text, name: text, data: text, host: text, code: text, listen: text, roles: text };
    const { values } = parseArgs({ args, options });
    const { id, name = '', data = null, host, code = '', listen, roles } = values;
    const place = host === undefined ? null : /^(.+):(\d{1,5})$/.exec(host);
    if (place === null && (host !== undefined || listen === undefined)) return null;
    if (place !== null && code === '') return null;
    const settings = StationSettings.safeParse({
      stationId: id,
      name,
      roles: roles === undefined ? [] : roles.split(','),
      host: place && { address: place[1], port: Number(place[2]) },
      listen: listen === undefined ? null : { port: Number(listen) },
    });
    return settings.success ? { settings: settings.data, code, dataFolder: data } : null;
  } catch {
    return null;
  }
}

function print(sentenceOf: (texts: StationTexts) => string): void {
  console.log(sentenceOf(STATION_TEXTS.zh));
  console.log(sentenceOf(STATION_TEXTS.en));
}

process.exitCode = await main(process.argv.slice(2));
