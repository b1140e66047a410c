import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import type { Result } from '#core/wire/result.ts';
import type { Journal } from '#main/journal/journal.ts';
import { journalFiles } from '#main/journal/journal-files.ts';
import { type OpenJournalOptions, openJournal } from '#main/journal/open-journal.ts';
import type { NewEvent } from '#main/journal/seal-events.ts';

/** The migrations the program ships. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../migrations/branch', import.meta.url));

/** 2026-03-02 09:00 in Shanghai. */
export const MORNING_MS = Date.UTC(2026, 2, 2, 1);

/** A folder that is removed when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens the journal of branch 0101 as the program would. */
export function tryOpen(folder: string, more: Partial<OpenJournalOptions> = {}): Result<Journal> {
  const opened = openJournal({
    folder,
    migrationsFolder: MIGRATIONS_FOLDER,
    branch: '0101',
    epoch: 1,
    now: () => MORNING_MS,
    ...more,
  });
  if (opened.ok) onTestFinished(() => opened.value.close());
  return opened;
}

/** As `tryOpen`, for tests in which opening must succeed. */
export function open(folder: string, more: Partial<OpenJournalOptions> = {}): Journal {
  return unwrap(tryOpen(folder, more));
}

/** The value of a success; a failure fails the test. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`unexpected failure ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The code of a failure, or 'ok'. */
export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code;
}

/** The `n`-th thing that happens in these tests. */
export function happening(n: number, data: Record<string, unknown> = { number: `A${n}`, n }): NewEvent {
  const at = MORNING_MS + n * 1000;
  return { id: `event-${n}`, at, type: 'ticket-issued', version: 1, actor: 'kiosk', station: 'pc-1', data };
}

/** Appends happenings `from`…`to`, one transaction each. */
export function appendMany(journal: Journal, from: number, to: number): void {
  for (let n = from; n <= to; n += 1) unwrap(journal.append({ events: [happening(n)] }));
}

/** Every event of a journal. */
export function everyEvent(journal: Journal): EventEnvelope[] {
  return [...journal.read()].map(unwrap);
}

/** Works on the closed journal of a folder behind the program's back, with its guards taken off. */
export function tamper(folder: string, work: (database: Database.Database) => void): void {
  const database = new Database(journalFiles(folder).database);
  database.exec(
    'DROP TRIGGER IF EXISTS event_is_never_changed; DROP TRIGGER IF EXISTS event_is_never_deleted;',
  );
  work(database);
  database.close();
}
