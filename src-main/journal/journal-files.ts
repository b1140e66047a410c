import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files of one journal; all live in the branch's data folder. */
export interface JournalFiles {
  readonly folder: string;
  readonly database: string;
  /** SQLite's write-ahead log: the newest events are here until they are copied into the database. */
  readonly wal: string;
  readonly sharedMemory: string;
  /** See `tip-witness.ts`. */
  readonly tip: string;
  /** See `folder-lock.ts`. */
  readonly lock: string;
  /** A new journal is made here and renamed when it is complete, so that `database` is never half made. */
  readonly unfinished: string;
}

/** Names the journal's files in a data folder; touches nothing. */
export function journalFiles(folder: string): JournalFiles {
  const database = join(folder, 'journal.sqlite');
  return {
    folder,
    database,
    wal: `${database}-wal`,
    sharedMemory: `${database}-shm`,
    tip: join(folder, 'journal.tip'),
    lock: join(folder, 'journal.lock'),
    unfinished: join(folder, 'journal.unfinished.sqlite'),
  };
}

const SET_ASIDE = /^(journal\.damaged-.+)\.(?:sqlite|sqlite-wal|tip)$/;

/** The path `setAside` answered last in this folder, or null when nothing was set aside here. */
export function newestSetAside(files: JournalFiles): string | null {
  const stems = readdirSync(files.folder).flatMap(name => SET_ASIDE.exec(name)?.[1] ?? []);
  const newest = stems.sort().at(-1);
  return newest === undefined ? null : join(files.folder, `${newest}.sqlite`);
}

/** True when the write-ahead log holds anything: without its database that is a loss, not a fresh start. */
export function walHasContent(files: JournalFiles): boolean {
  return existsSync(files.wal) && statSync(files.wal).size > 0;
}

/**
 * Renames a damaged journal with all its companions to `journal.damaged-<UTC time>.sqlite…` and answers the new
 * path of the database. Nothing is copied, emptied or overwritten. Close every connection first.
 * @throws the file system's error when a rename is refused.
 */
export function setAside(files: JournalFiles, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:.]/g, '');
  let base = join(files.folder, `journal.damaged-${stamp}`);
  for (let copy = 2; isTaken(base); copy += 1) base = join(files.folder, `journal.damaged-${stamp}-${copy}`);
  moveJournal(files, base);
  return `${base}.sqlite`;
}

/**
 * BR2: sets a PC's own journal aside, because it joins another branch at `atMs`. Does no harm when it is done again
 * after a crash in the middle of it. The folder must be locked and every connection closed.
 * @returns the path that everything set aside begins with; null when there was nothing
 * @throws the file system's error when a rename is refused.
 */
export function setAsideBeforeJoining(files: JournalFiles, atMs: number): string | null {
  const base = join(
    files.folder,
    `journal.before-joining-${new Date(atMs).toISOString().replace(/[-:.]/g, '')}`,
  );
  moveJournal(files, base);
  return isTaken(base) ? base : null;
}

function moveJournal(files: JournalFiles, base: string): void {
  const renames = [
    [files.database, `${base}.sqlite`],
    [files.wal, `${base}.sqlite-wal`],
    [files.sharedMemory, `${base}.sqlite-shm`],
    [files.tip, `${base}.tip`],
  ] as const;
  for (const [from, to] of renames) if (existsSync(from)) renameSync(from, to);
  syncFolder(files.folder);
}

function isTaken(base: string): boolean {
  return ['.sqlite', '.sqlite-wal', '.sqlite-shm', '.tip'].some(ending => existsSync(base + ending));
}

/** Makes renames in a folder survive a power cut. Windows writes them through by itself and refuses the call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
