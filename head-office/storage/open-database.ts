import { fail, ok, type Result } from '#core/wire/result.ts';
import type { Database } from './database.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openPgliteDatabase } from './pglite-database.ts';
import { openPostgresDatabase } from './postgres-database.ts';

/** Where head office keeps its data: a server, a folder, or memory (`folder: null`). */
export type StoragePlace = { readonly url: string } | { readonly folder: string | null };

/**
 * Opens the storage and brings its tables forward.
 * @param onIdleError told when an unused connection to the server breaks
 * @returns D406 when another program has the folder open, D401 when its tables are newer than this program
 * @throws the carrier's error when the server cannot be reached or the folder cannot be written
 */
export async function openDatabase(
  place: StoragePlace,
  onIdleError: (error: Error) => void = () => {},
): Promise<Result<Database>> {
  const database =
    'url' in place ? openPostgresDatabase(place.url, onIdleError) : await openPgliteDatabase(place.folder);
  if (database === null) return fail('D406');
  try {
    const migrated = await migrate(database, await readMigrations());
    if (migrated.ok) return ok(database);
    await database.close();
    return migrated;
  } catch (error) {
    await database.close();
    throw error;
  }
}
