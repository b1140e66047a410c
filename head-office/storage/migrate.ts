import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { Database } from './database.ts';

/** Any number will do, as long as every head office uses the same. */
const MIGRATION_LOCK = 470_001;
const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;

/** One numbered step of the tables' shape. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/**
 * The steps in a folder of `NNNN-what.sql` files, in order.
 * @throws Error when a number is missing or used twice: a mistake in the program's own files
 */
export async function readMigrations(
  folder = fileURLToPath(new URL('../../migrations/head-office/', import.meta.url)),
): Promise<Migration[]> {
  const names = (await readdir(folder)).filter(name => FILE_NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const version = Number(FILE_NAME.exec(name)?.[1]);
      if (version !== index + 1) throw new Error(`migration ${name} is out of order`);
      return { version, name, sql: await readFile(`${folder}/${name}`, 'utf8') };
    }),
  );
}

/**
 * Brings the tables forward, all steps or none, one head office at a time.
 * @returns how many steps were applied; D401 when the database has steps this program does not know
 */
export function migrate(database: Database, migrations: readonly Migration[]): Promise<Result<number>> {
  return database.transaction(async sql => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await sql.script(
      'CREATE TABLE IF NOT EXISTS schema_migration (version integer PRIMARY KEY, name text NOT NULL)',
    );
    const [applied] = await sql.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM schema_migration',
    );
    const databaseVersion = applied?.version ?? 0;
    const programVersion = migrations.at(-1)?.version ?? 0;
    if (databaseVersion > programVersion) return fail('D401', { databaseVersion, programVersion });
    const missing = migrations.filter(migration => migration.version > databaseVersion);
    for (const { version, name, sql: step } of missing) {
      await sql.script(step);
      await sql.query('INSERT INTO schema_migration (version, name) VALUES ($1, $2)', [version, name]);
    }
    return ok(missing.length);
  });
}
