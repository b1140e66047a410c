import Database from 'better-sqlite3';
import { applyMigrations, type Migration, readMigrations } from '#main/journal/migrate.ts';
import { MIGRATIONS_FOLDER, unwrap } from '../src-main/journal/journal-fixture.ts';

/** The migrations the program ships for a branch, lowest number first. */
export function shippedMigrations(): readonly Migration[] {
  return unwrap(readMigrations(MIGRATIONS_FOLDER));
}

/** A database in memory that has been through the shipped migrations up to `number`. */
export function databaseAt(number: number): Database.Database {
  const database = new Database(':memory:');
  applyMigrations(
    database,
    shippedMigrations().filter(migration => migration.number <= number),
  );
  return database;
}

/** Takes a database from `databaseAt` one or more steps further. */
export function migrateTo(database: Database.Database, from: number, to: number): void {
  applyMigrations(
    database,
    shippedMigrations().filter(({ number }) => number > from && number <= to),
  );
}

/** Everything that makes up a database's shape, by name. */
export function schemaOf(database: Database.Database): Record<string, string> {
  const rows = database
    .prepare<[], { name: string; sql: string }>(
      'SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name',
    )
    .all();
  return Object.fromEntries(rows.map(({ name, sql }) => [name, sql.replace(/\s+/g, ' ')]));
}
