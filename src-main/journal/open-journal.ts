import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { lockFolder } from './folder-lock.ts';
import { createFreeSpaceGauge, ROOM_RESERVE_BYTES } from './free-space.ts';
import { inspectJournal } from './inspect-journal.ts';
import { createJournal, type Journal } from './journal.ts';
import {
  type JournalFiles,
  journalFiles,
  newestSetAside,
  setAside,
  syncFolder,
  walHasContent,
} from './journal-files.ts';
import { applyMigrations, type Migration, readMigrations } from './migrate.ts';
import { SETTING_KEYS, settingQueries } from './setting-queries.ts';
import { assertDurable, openForWriting } from './sqlite-connection.ts';
import { attempt, isDamage, storageFailure } from './sqlite-failure.ts';
import { type ChainEnd, openTipWitness, readTip } from './tip-witness.ts';

/** Where the journal is, whose it is, and what the caller has decided about earlier damage. */
export interface OpenJournalOptions {
  /** The machine's data folder; made when missing. On a local disk: network disks do not keep file locks. */
  readonly folder: string;
  /** The program's `migrations/branch`. */
  readonly migrationsFolder: string;
  readonly branch: string;
  /**
   * Marked on every event appended; at least the epoch of the journal's last event. A higher one raised to on this
   * disk (`Journal.raiseEpoch`) stands.
   */
  readonly epoch: number;
  /** Milliseconds since 1970, for names of files set aside. */
  readonly now: () => number;
  /**
   * Start an empty journal although an earlier one was set aside here. Only after a decision: events already given
   * out are not in it, so raise the epoch and number from another block (BR5).
   */
  readonly startNewAfterDamage?: boolean;
  /** Carry on from a journal known to have lost its newest events (`D405`, `missing-tail`). As above. */
  readonly acceptLostTail?: boolean;
  /** `hasRoom` is false below this; default `ROOM_RESERVE_BYTES`. */
  readonly roomReserveBytes?: number;
  /** Free bytes of the data disk; default asks the system. */
  readonly freeBytes?: () => number;
  /** Largest database in pages of 4 KiB; tests fill the disk with it. */
  readonly maxPageCount?: number;
}

/**
 * Opens the branch's journal `<folder>/journal.sqlite`, or makes it, and takes the folder for this program alone.
 *
 * Failures: `D401` newer than the program · `D402` damaged; all its files were renamed and `facts.setAside` is the
 * new path (also answered while nothing has taken its place, see `startNewAfterDamage`) · `D403` disk full · `D404`
 * disk or rights refuse · `D405` the end of the chain is broken, `facts.seq` and `facts.problem` name it; the files
 * stay as they are · `D406` another program uses the folder · `D408` made for another branch · `D409` the program's
 * migration files are not as shipped · `U505` the journal knows a higher epoch.
 * @throws only for bugs; the folder is given back then too.
 */
export function openJournal(options: OpenJournalOptions): Result<Journal> {
  const files = journalFiles(options.folder);
  const migrations = readMigrations(options.migrationsFolder);
  if (!migrations.ok) return migrations;
  const folder = attempt(() => mkdirSync(options.folder, { recursive: true }));
  if (!folder.ok) return folder;
  const lock = lockFolder(files.lock);
  if (!lock.ok) return lock;
  let journal: Result<Journal> | null = null;
  try {
    journal = openLocked(options, files, migrations.value, lock.value.release);
    return journal;
  } finally {
    if (journal?.ok !== true) lock.value.release();
  }
}

function openLocked(
  options: OpenJournalOptions,
  files: JournalFiles,
  migrations: readonly Migration[],
  onClose: () => void,
): Result<Journal> {
  if (!existsSync(files.database)) {
    const made = makeJournal(options, files, migrations);
    if (!made.ok) return made;
  }
  const { branch, epoch } = options;
  const tip = options.acceptLostTail === true ? null : readTip(files.tip);
  const inspection = inspectJournal(files.database, { branch, epoch, migrations, tip });
  if (inspection.state === 'damaged') return damaged(options, files);
  if (inspection.state === 'refused') return { ok: false, error: inspection.error };

  let database: Database.Database | null = null;
  try {
    database = openForWriting(files.database, options.maxPageCount);
    applyMigrations(database, inspection.pending);
    // A real write at every start: it proves that the disk takes writes and that commits wait for it.
    const written = settingQueries(database).set(SETTING_KEYS.openedAt, String(options.now()));
    if (!written.ok) {
      database.close();
      return written;
    }
    assertDurable(database);
    return ok(assemble(options, files, database, inspection.end, onClose));
  } catch (error) {
    database?.close();
    return isDamage(error) ? damaged(options, files) : storageFailure(error);
  }
}

/**
 * Makes an empty journal under another name and renames it when it is complete: a power cut leaves either no
 * `journal.sqlite` or a whole one, so an empty or half-made one is always damage.
 */
function makeJournal(
  options: OpenJournalOptions,
  files: JournalFiles,
  migrations: readonly Migration[],
): Result<unknown> {
  const lostSeq = readTip(files.tip)?.seq ?? 0;
  if (walHasContent(files) || lostSeq > 0) return damaged(options, files);
  const earlier = newestSetAside(files);
  if (earlier !== null && options.startNewAfterDamage !== true) return fail('D402', { setAside: earlier });
  return attempt(() => {
    for (const ending of ['', '-wal', '-shm']) rmSync(files.unfinished + ending, { force: true });
    const database = openForWriting(files.unfinished);
    try {
      applyMigrations(database, migrations);
      const written = settingQueries(database).set(SETTING_KEYS.branch, options.branch);
      if (!written.ok) throw new Error(`branch not recorded: ${written.error.code}`);
    } finally {
      database.close();
    }
    renameSync(files.unfinished, files.database);
    syncFolder(files.folder);
  });
}

function damaged(options: OpenJournalOptions, files: JournalFiles): Result<never> {
  const moved = attempt(() => setAside(files, options.now()));
  return moved.ok ? fail('D402', { setAside: moved.value }) : moved;
}

function assemble(
  options: OpenJournalOptions,
  files: JournalFiles,
  database: Database.Database,
  end: ChainEnd,
  onClose: () => void,
): Journal {
  const tip = openTipWitness(files.tip);
  tip.note(end);
  const reserveBytes = options.roomReserveBytes ?? ROOM_RESERVE_BYTES;
  const free = options.freeBytes ?? createFreeSpaceGauge(options.folder);
  const hasRoom = () => free() >= reserveBytes;
  const { branch, epoch } = options;
  return createJournal({ database, branch, epoch, end, tip, hasRoom, now: options.now, onClose });
}
