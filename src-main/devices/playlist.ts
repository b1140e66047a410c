import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { View } from '#core/wire/views.ts';

type Item = View<'lobby-screen'>['side']['playlist'][number];

interface PlaylistFile {
  readonly file: string;
  readonly contentType: string;
  readonly item: Item;
}

/** Pictures and videos of this station's lobby screen: `<data>/playlist/` (DV4). */
export interface Playlist {
  /** In the order of their names. */
  items(): Item[];
  /** The file behind `/playlist/<name>`, or null when it is not on the list. */
  fileOf(path: string): Pick<PlaylistFile, 'file' | 'contentType'> | null;
}

/** How often the folder is looked at again. */
const LOOK_EVERY_MS = 10_000;
/** A file is read whole when it is sent. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_FILES = 100;
/** Names that need no escaping in an address. */
const NAME = /^[\w][\w.-]{0,99}$/;

/** By the first bytes, whatever the name says: a page that calls itself a picture is not served. */
const SIGNATURES: readonly {
  readonly contentType: string;
  readonly kind: Item['kind'];
  readonly extensions: readonly string[];
  readonly starts: (head: Buffer) => boolean;
}[] = [
  {
    contentType: 'image/png',
    kind: 'picture',
    extensions: ['png'],
    starts: head => head.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
  },
  {
    contentType: 'image/jpeg',
    kind: 'picture',
    extensions: ['jpg', 'jpeg'],
    starts: head => head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  },
  {
    contentType: 'image/gif',
    kind: 'picture',
    extensions: ['gif'],
    starts: head => /^GIF8[79]a/.test(head.toString('latin1')),
  },
  {
    contentType: 'image/webp',
    kind: 'picture',
    extensions: ['webp'],
    starts: head => /^RIFF....WEBP/s.test(head.toString('latin1')),
  },
  {
    contentType: 'video/mp4',
    kind: 'video',
    extensions: ['mp4'],
    starts: head => head.toString('latin1', 4, 8) === 'ftyp',
  },
  {
    contentType: 'video/webm',
    kind: 'video',
    extensions: ['webm'],
    starts: head => head.subarray(0, 4).equals(Buffer.from([0x1a, 0x45, 0xdf, 0xa3])),
  },
];
const HEAD_BYTES = 16;

/**
 * Follows a folder. Other files, links, folders, too large and too many files are left out.
 * @param now milliseconds since 1970
 */
export function createPlaylist(folder: string, now: () => number): Playlist {
  let files = new Map<string, PlaylistFile>();
  let lookedAt = Number.NEGATIVE_INFINITY;

  const look = () => {
    const at = now();
    // A clock that was set back must not stop the looking.
    if (at >= lookedAt && at - lookedAt < LOOK_EVERY_MS) return files;
    lookedAt = at;
    files = readPlaylist(folder);
    return files;
  };

  return {
    items: () => [...look().values()].map(({ item }) => item),
    fileOf(path) {
      const found = look().get(path);
      return found ? { file: found.file, contentType: found.contentType } : null;
    },
  };
}

/** By address, in the order of their names. */
function readPlaylist(folder: string): Map<string, PlaylistFile> {
  const files = new Map<string, PlaylistFile>();
  for (const name of namesIn(folder)) {
    if (files.size >= MAX_FILES) break;
    const found = readEntry(folder, name);
    if (found) files.set(`/playlist/${name}`, found);
  }
  return files;
}

function readEntry(folder: string, name: string): PlaylistFile | null {
  const file = join(folder, name);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  try {
    const { size, mtimeMs } = statSync(file);
    if (size > MAX_FILE_BYTES) return null;
    const head = Buffer.alloc(HEAD_BYTES);
    const handle = openSync(file, 'r');
    try {
      readSync(handle, head, 0, HEAD_BYTES, 0);
    } finally {
      closeSync(handle);
    }
    const type = SIGNATURES.find(one => one.extensions.includes(extension) && one.starts(head));
    if (!type) return null;
    // A file that was replaced gets a new address, so that no screen keeps the old picture.
    const url = `/playlist/${name}?v=${Math.floor(mtimeMs)}`;
    return { file, contentType: type.contentType, item: { url, kind: type.kind } };
  } catch {
    // Gone, locked or unreadable just now: seen again at the next look.
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isFile() && NAME.test(entry.name))
      .map(entry => entry.name)
      .sort();
  } catch {
    return [];
  }
}
