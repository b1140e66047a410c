import { z } from 'zod';
import type { EpochEnd } from '#core/replication/log.ts';
import type { SeenEpoch } from '#core/replication/station.ts';
import { GENESIS_HASH } from '#core/wire/event-chain.ts';
import type { EventQueries } from './event-queries.ts';
import { SETTING_KEYS, type SettingQueries } from './setting-queries.ts';

const Seen = z.strictObject({
  epoch: z.int().min(0),
  host: z.string().min(1).max(64).nullable(),
  asked: z.boolean(),
  open: z.literal(true).exactOptional(),
  joined: z.int().min(0).exactOptional(),
});

/** The epoch that was raised to on this disk; 0 when none was. */
export function storedEpoch(settings: Pick<SettingQueries, 'get'>): number {
  const epoch = Number(settings.get(SETTING_KEYS.epoch) ?? 0);
  return Number.isSafeInteger(epoch) && epoch > 0 ? epoch : 0;
}

/** What `rememberSeen` kept, or null when nothing was, or it cannot be read. */
export function readSeen(settings: Pick<SettingQueries, 'get'>): SeenEpoch | null {
  const text = settings.get(SETTING_KEYS.seenEpoch);
  if (text === null) return null;
  try {
    return Seen.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The text `readSeen` reads. */
export function writeSeen(seen: SeenEpoch): string {
  return JSON.stringify(Seen.parse(seen));
}

/**
 * The last place of each epoch in a journal, oldest first, beginning with the place before the first event. Epochs
 * never fall, so the ends are found by halving: no walk over years of events.
 */
export function findEpochEnds(events: EventQueries): EpochEnd[] {
  const ends: EpochEnd[] = [{ epoch: 0, seq: 0, hash: GENESIS_HASH }];
  const [last] = events.newest(1);
  let from = 1;
  while (last !== undefined && from <= last.seq) {
    const epoch = epochAt(events, from);
    let [low, high] = [from, last.seq];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (epochAt(events, middle) > epoch) high = middle - 1;
      else low = middle;
    }
    ends.push({ epoch, seq: low, hash: events.hashAt(low) ?? '' });
    from = low + 1;
  }
  return ends;
}

function epochAt(events: EventQueries, seq: number): number {
  return events.page(seq, 1)[0]?.epoch ?? 0;
}

/** The ends after an event at the journal's end. */
export function withEpochEnd(ends: readonly EpochEnd[], end: EpochEnd): readonly EpochEnd[] {
  return ends.at(-1)?.epoch === end.epoch ? [...ends.slice(0, -1), end] : [...ends, end];
}
