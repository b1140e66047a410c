import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lists the plain files under a folder by their path inside it, with `/` between names on every system.
 * Links are left out, so nothing outside the folder can be listed. A missing folder lists nothing.
 */
export function listFiles(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  collect(folder, '', files);
  return files;
}

function collect(folder: string, prefix: string, files: Map<string, string>): void {
  for (const entry of readFolder(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) collect(path, `${prefix}${entry.name}/`, files);
    else if (entry.isFile()) files.set(`${prefix}${entry.name}`, path);
  }
}

function readFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
