import { join } from 'node:path';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { privateFile } from '../link/key-store.ts';
import type { StationSettings } from './station-settings.ts';

/** What people call this PC: in its `station.json`, where whoever set it up wrote it. */
export interface OwnName {
  present(): string;
  /** On disk before it is shown. Failure: `D404`. */
  rename(name: string): Result<void>;
}

export function openOwnName(dataFolder: string, settings: Pick<StationSettings, 'name'>): OwnName {
  const file = privateFile(join(dataFolder, 'station.json'));
  let { name } = settings;
  return {
    present: () => name,
    rename(next) {
      try {
        // Everything else in it stays as it was written.
        const stored: Record<string, unknown> = JSON.parse(file.read() ?? '');
        file.write(`${JSON.stringify({ ...stored, name: next }, null, 2)}\n`);
      } catch {
        return fail('D404');
      }
      name = next;
      return ok(undefined);
    },
  };
}
