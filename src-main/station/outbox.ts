import { z } from 'zod';
import { WindowCommand } from '#core/wire/commands.ts';
import { Id, Instant } from '#core/wire/fields.ts';
import { WindowKind } from '#core/wire/port-messages.ts';
import type { TextFile } from '../link/key-store.ts';
import { DeviceNews } from './device-news.ts';
import { KeptEvent, KeptOrder } from './kept-delivery.ts';

/** What became of it here, for a host to record as it happened; missing in what an earlier program had kept. */
const Done = z.strictObject({
  /** By this PC's clock. */
  at: Instant,
  /** When, by a clock that nobody sets, and of which run of the program. */
  run: z.strictObject({ id: Id, atMs: z.number() }),
  order: KeptOrder,
  events: z.array(KeptEvent).min(1).max(10),
  answer: z.record(z.string(), z.unknown()),
});
export type Done = z.infer<typeof Done>;

/** Something done while this PC had no host (BR7), for the host to take under its own command id. */
export const KeptDeed = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('window'),
    id: Id,
    window: WindowKind,
    command: WindowCommand,
    done: Done.optional(),
  }),
  z.strictObject({ kind: z.literal('news'), id: Id, news: DeviceNews, done: Done.optional() }),
]);
export type KeptDeed = z.infer<typeof KeptDeed>;

/** BR7: on disk until the host has answered; in the order in which it was done. */
export interface Outbox {
  /** @returns false: the disk refuses, nothing was promised */
  add(deed: KeptDeed): boolean;
  all(): readonly KeptDeed[];
  first(): KeptDeed | null;
  find(id: string): KeptDeed | undefined;
  remove(id: string): void;
  count(): number;
}

/** More than all customers in hand and all numbers of a PC's own make. */
const MAX_DEEDS = 2_000;

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
    all: () => deeds,
    first: () => deeds[0] ?? null,
    find: id => deeds.find(deed => deed.id === id),
    remove(id) {
      const left = deeds.filter(deed => deed.id !== id);
      // Where the disk refuses it is given once more after the next start, and has no second effect.
      if (!keep(left)) deeds = left;
    },
    count: () => deeds.length,
  };
}

/** What cannot be read any more is no deed anybody could give to a host; the others are. */
function read(file: TextFile): readonly KeptDeed[] {
  try {
    const text = file.read();
    const values = text === null ? [] : z.array(z.unknown()).parse(JSON.parse(text));
    return values.flatMap(value => KeptDeed.safeParse(value).data ?? []);
  } catch {
    return [];
  }
}
