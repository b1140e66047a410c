import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Result } from '#core/wire/result.ts';
import { attempt } from './sqlite-failure.ts';

/** HO1: how far head office holds the journal for good. */
export const UploadCursor = z.strictObject({
  durableSeq: z.int().min(0),
  durableHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type UploadCursor = z.infer<typeof UploadCursor>;

/** What this PC remembers beside the journal, by key. */
export interface SettingQueries {
  get(key: string): string | null;
  /** Adds or replaces. Failures: `D403`, `D404`. */
  set(key: string, value: string): Result<unknown>;
  /** Failures: `D403`, `D404`. */
  remove(key: string): Result<unknown>;
  /** Null before the first upload, and when the note cannot be read: then head office is asked again. */
  uploadCursor(): UploadCursor | null;
  /** Failures: `D403`, `D404`. */
  moveUploadCursor(cursor: UploadCursor): Result<unknown>;
}

/** Keys the journal itself uses. */
export const SETTING_KEYS = {
  branch: 'branch',
  openedAt: 'opened_at',
  uploadCursor: 'upload_cursor',
  epoch: 'epoch',
  seenEpoch: 'seen_epoch',
} as const;

/** Prepares the statements on table `setting`. */
export function settingQueries(database: Database.Database): SettingQueries {
  const select = database.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const upsert = database.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM setting WHERE key = ?');
  const get = (key: string) => select.get(key) ?? null;
  const set = (key: string, value: string) => attempt(() => upsert.run(key, value));
  return {
    get,
    set,
    remove: key => attempt(() => remove.run(key)),
    uploadCursor() {
      const text = get(SETTING_KEYS.uploadCursor);
      if (text === null) return null;
      try {
        return UploadCursor.parse(JSON.parse(text));
      } catch {
        return null;
      }
    },
    moveUploadCursor: cursor => set(SETTING_KEYS.uploadCursor, JSON.stringify(UploadCursor.parse(cursor))),
  };
}
