import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { ERROR_CODES } from '#core/wire/error-codes.ts';
import { type Failure, fail } from '#core/wire/result.ts';
import { figuresFold } from './console-data/figures-fold.ts';
import { createServer } from './server.ts';
import { localDataFolder, readSettings } from './settings.ts';
import { openDatabase } from './storage/open-database.ts';

/** Requests that take longer than this are cut off when the service stops. */
const STOP_WITHIN_MS = 10_000;

const log = pino({ name: 'head-office' }, pino.destination({ dest: 2, sync: true }));

/** Says why the service does not start, and ends the process. */
function giveUp({ code, facts }: Failure): never {
  log.fatal({ code, ...facts }, ERROR_CODES[code]);
  process.exit(1);
}

const settings = readSettings(
  process.argv.slice(2),
  process.env,
  localDataFolder(process.platform, process.env, homedir()),
);
if (!settings.ok) giveUp(settings.error);
const { host, port, storage, enrolOpen, consoleKey } = settings.value;

const database = await openDatabase(storage, error => log.warn({ err: error }, 'connection lost')).catch(
  (error: unknown) => {
    log.error({ err: error }, 'storage does not open');
    return fail('D404');
  },
);
if (!database.ok) giveUp(database.error);

const app = await createServer({
  database: database.value,
  fold: figuresFold,
  enrolOpen,
  consoleKey,
  consoleFolder: fileURLToPath(new URL('../out/head-office/', import.meta.url)),
  clock: Date.now,
  log,
});

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'stopping');
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await app.close();
  if (database.ok) await database.value.close();
  process.exit(0);
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

try {
  const address = await app.listen({ host, port });
  process.stdout.write(`ready ${address}/\n`);
} catch (error) {
  log.fatal({ err: error }, 'cannot listen');
  await database.value.close();
  process.exit(1);
}
