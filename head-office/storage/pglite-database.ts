import { mkdir } from 'node:fs/promises';
import { PGlite, type Transaction, types } from '@electric-sql/pglite';
import type { Database, SqlRunner, SqlValue } from './database.ts';
import { takeFolder } from './folder-lock.ts';

const PARSERS = { [types.INT8]: Number, [types.DATE]: (text: string) => text };

function runner(pglite: PGlite | Transaction): SqlRunner {
  return {
    async query<Row>(sql: string, values: readonly SqlValue[] = []) {
      return (await pglite.query<Row>(sql, [...values])).rows;
    },
    async script(sql) {
      await pglite.exec(sql);
    },
  };
}

/**
 * The embedded database, for trial and tests.
 * @param folder where it keeps its files; null for memory only
 * @returns null when another program has the folder open (two would damage it)
 */
export async function openPgliteDatabase(folder: string | null): Promise<Database | null> {
  let leaveFolder = async () => {};
  if (folder !== null) {
    await mkdir(folder, { recursive: true });
    const taken = await takeFolder(folder);
    if (taken === null) return null;
    leaveFolder = taken;
  }
  const pglite = await PGlite.create(folder === null ? 'memory://' : `file://${folder}/postgres`, {
    parsers: PARSERS,
  });
  return {
    ...runner(pglite),
    transaction: work => pglite.transaction(transaction => work(runner(transaction))),
    async close() {
      await pglite.close();
      await leaveFolder();
    },
  };
}
