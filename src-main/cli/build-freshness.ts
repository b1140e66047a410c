import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether built files must be made again: one of them is missing, or something they are made from is newer.
 * Folders count with all they hold and with their own time, so that a removed source is noticed too.
 */
export function needsBuild(builtFiles: readonly string[], sources: readonly string[]): boolean {
  const oldestBuilt = Math.min(...builtFiles.map(file => modifiedMs(file) ?? Number.NEGATIVE_INFINITY));
  return sources.some(source => newestMs(source) > oldestBuilt);
}

/** Milliseconds since 1970, minus infinity when there is nothing. */
function newestMs(path: string): number {
  const own = modifiedMs(path) ?? Number.NEGATIVE_INFINITY;
  return Math.max(own, ...childrenOf(path).map(newestMs));
}

function childrenOf(path: string): string[] {
  try {
    return readdirSync(path).map(name => join(path, name));
  } catch {
    // A file, or nothing.
    return [];
  }
}

function modifiedMs(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
