import type Database from 'better-sqlite3';
import type { Result } from '#core/wire/result.ts';
import type { EventQueries } from './event-queries.ts';
import { sha256Hex } from './sha256.ts';
import { attempt } from './sqlite-failure.ts';

/** The branch's state after event `seq`, as JSON text the caller wrote. */
export interface Snapshot {
  readonly seq: number;
  readonly state: string;
}

/** Saved states for a fast start; the events stay the truth and any snapshot may be missing. */
export interface SnapshotQueries {
  /**
   * Saves a state and drops all but the two newest.
   * @param format the caller's name for the state's shape; a program with another shape does not get this state.
   * Failures: `D403`, `D404`.
   * @throws RangeError when the journal has no event `seq`.
   */
  save(format: string, snapshot: Snapshot): Result<unknown>;
  /** The newest sound state of this format that belongs to this very journal, or null. */
  newest(format: string): Snapshot | null;
  /** Inside a transaction that moves the events after `seq` aside. */
  deleteAfter(seq: number): void;
}

/** Prepares the statements on table `snapshot`. */
export function snapshotQueries(database: Database.Database, events: EventQueries): SnapshotQueries {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO snapshot (seq, format, state, seal) VALUES (?, ?, ?, ?)',
  );
  const dropOld = database.prepare(
    'DELETE FROM snapshot WHERE seq NOT IN (SELECT seq FROM snapshot ORDER BY seq DESC LIMIT 2)',
  );
  const list = database.prepare<[string], Snapshot & { seal: string }>(
    'SELECT seq, state, seal FROM snapshot WHERE format = ? ORDER BY seq DESC',
  );
  const seal = (hash: string, format: string, state: string) => sha256Hex(`${hash}\n${format}\n${state}`);
  const save = database.transaction((format: string, { seq, state }: Snapshot) => {
    const hash = events.hashAt(seq);
    if (hash === null) throw new RangeError(`no event ${seq} to take a snapshot after`);
    insert.run(seq, format, state, seal(hash, format, state));
    dropOld.run();
  });
  const deleteAfter = database.prepare('DELETE FROM snapshot WHERE seq > ?');
  return {
    deleteAfter: seq => void deleteAfter.run(seq),
    save: (format, snapshot) => attempt(() => save(format, snapshot)),
    newest(format) {
      for (const { seq, state, seal: written } of list.all(format)) {
        const hash = events.hashAt(seq);
        if (hash !== null && seal(hash, format, state) === written) return { seq, state };
      }
      return null;
    },
  };
}
