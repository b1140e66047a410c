import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { STAFF_PHOTO_FOLDER } from '#core/views/rating-screen-view.ts';

/** A picture is shown a hand wide; a larger file is a mistake. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;
const HEAD_BYTES = 12;

/** By the first bytes, whatever the name says. */
const TYPES = [
  { contentType: 'image/png', endings: /\.png$/, starts: /^\u0089PNG/ },
  { contentType: 'image/jpeg', endings: /\.jpe?g$/, starts: /^\u00ff\u00d8\u00ff/ },
  { contentType: 'image/webp', endings: /\.webp$/, starts: /^RIFF....WEBP/s },
] as const;

/**
 * RT4: pictures of staff, in `<data>/staff-photos`. Only names the bank document gives now are served.
 * @param inUse names of the files the document names
 * @returns the file behind `/staff-photos/<name>`; null: unknown, not there, too large or no such picture
 */
export function createStaffPhotos(folder: string, inUse: () => ReadonlySet<string>) {
  return (path: string): { readonly file: string; readonly contentType: string } | null => {
    if (!path.startsWith(STAFF_PHOTO_FOLDER)) return null;
    const name = path.slice(STAFF_PHOTO_FOLDER.length);
    if (!inUse().has(name)) return null;
    const file = join(folder, name);
    const head = headOf(file);
    const type = TYPES.find(
      ({ endings, starts }) => endings.test(name) && head !== null && starts.test(head),
    );
    return type ? { file, contentType: type.contentType } : null;
  };
}

/** The first bytes, one character each; null: no file, or none that can be served. */
function headOf(file: string): string | null {
  try {
    const facts = statSync(file);
    if (!facts.isFile() || facts.size > MAX_FILE_BYTES) return null;
    const head = Buffer.alloc(HEAD_BYTES);
    const handle = openSync(file, 'r');
    try {
      return head.toString('latin1', 0, readSync(handle, head, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    return null;
  }
}
