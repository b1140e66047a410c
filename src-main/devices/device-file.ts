import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { DeviceSettings } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';

/** Settings written beside the file and not yet in its place. */
export interface WrittenSettings {
  /** Puts them into force; the file before stays as `.bak`. D404 when the disk will not have it. */
  keep(): Result<void>;
  discard(): void;
}

/**
 * Writes settings beside `file`, whole and flushed, so that a power cut leaves either the old file or the new one.
 * @returns D404 when the disk will not have them
 */
export function writeDeviceSettings(file: string, settings: DeviceSettings): Result<WrittenSettings> {
  const fresh = `${file}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const handle = openSync(fresh, 'w');
    try {
      writeSync(handle, `${JSON.stringify(settings, null, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    rmSync(fresh, { force: true });
    return fail('D404');
  }
  return ok({
    keep() {
      try {
        copyFileSync(file, `${file}.bak`, constants.COPYFILE_FICLONE);
      } catch (error) {
        // There is none before the first change; without a copy of an old one nothing is risked.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return fail('D404');
      }
      try {
        renameSync(fresh, file);
      } catch {
        return fail('D404');
      }
      return ok(undefined);
    },
    discard: () => rmSync(fresh, { force: true }),
  });
}
