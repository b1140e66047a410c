import { z } from 'zod';
import { WindowCommand } from '#core/wire/commands.ts';
import { Id } from '#core/wire/fields.ts';
import { WindowKind } from '#core/wire/port-messages.ts';
import type { TextFile } from '../link/key-store.ts';
import { DeviceNews } from './device-news.ts';

/** Something done while this PC had no host (BR7), for the host to take under its own command id. */
export const KeptDeed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('window'), id: Id, window: WindowKind, command: WindowCommand }),
  z.strictObject({ kind: z.literal('news'), id: Id, news: DeviceNews }),
]);
export type KeptDeed = z.infer<typeof KeptDeed>;

/** BR7: on disk until the host has answered; in the order in which it was done. */
export interface Outbox {
  /** @returns false: the disk refuses, nothing was promised */
  add(deed: KeptDeed): boolean;
  first(): KeptDeed | null;
  remove(id: string): void;
  count(): number;
}

/** More than one customer in hand at every counter of a branch can ever make. */
const MAX_DEEDS = 500;
const Deeds = z.array(KeptDeed).max(MAX_DEEDS);

/** @param file holds sessions of windows: only its owner may read it */
export function openOutbox(file: TextFile): Outbox {
  let deeds: readonly KeptDeed[] = read(file);
  const keep = (next: readonly KeptDeed[]): boolean => {
    try {
      file.write(JSON.stringify(next));
    } catch {
      return false;
    }
    deeds = next;
    return true;
  };
  return {
    add: deed =>
      deeds.some(({ id }) => id === deed.id) || (deeds.length < MAX_DEEDS && keep([...deeds, deed])),
    first: () => deeds[0] ?? null,
    remove(id) {
      const left = deeds.filter(deed => deed.id !== id);
      // Where the disk refuses it is given once more after the next start, and has no second effect.
      if (!keep(left)) deeds = left;
    },
    count: () => deeds.length,
  };
}

/** What cannot be read any more is no deed anybody could give to a host. */
function read(file: TextFile): readonly KeptDeed[] {
  try {
    const text = file.read();
    return text === null ? [] : Deeds.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
