import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const LOCK_FILE = 'in-use.pid';
/** Folders this process holds, by the path of their lock file. */
const takenHere = new Set<string>();

/**
 * Takes a data folder for this process by a file that holds its process number. A file left behind by a process
 * that no longer runs is replaced.
 * @returns how to leave the folder, or null when a running process has it
 */
export async function takeFolder(folder: string): Promise<(() => Promise<void>) | null> {
  const path = join(folder, LOCK_FILE);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      takenHere.add(path);
      return async () => {
        takenHere.delete(path);
        await rm(path, { force: true });
      };
    } catch (error) {
      if (!isSystemError(error, 'EEXIST')) throw error;
    }
    if (await holderRuns(path)) return null;
    await rm(path, { force: true });
  }
  return null;
}

async function holderRuns(path: string): Promise<boolean> {
  const processId = Number(await readFile(path, 'utf8').catch(() => ''));
  if (!Number.isInteger(processId) || processId <= 0) return false;
  // The number of an earlier run may be ours again after the machine restarted.
  if (processId === process.pid) return takenHere.has(path);
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return isSystemError(error, 'EPERM');
  }
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
