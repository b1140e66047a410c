import type { LogPlace } from '#core/replication/log.ts';
import type { ReplicationMessage } from '#core/replication/station.ts';
import type { SimulatedMessage } from './surroundings.ts';

/** Planted bugs in what a PC says or hears. */

/** Whoever speaks as a host is told that its batches are stored; null where it did not speak of any. */
export function nodOf(message: ReplicationMessage): SimulatedMessage | null {
  const last = message.kind === 'batches' ? message.batches.at(-1) : undefined;
  const place = message.kind === 'beat' ? message.tip : last && { seq: last.lastSeq, hash: last.hash };
  const { epoch, host } = message;
  return place === undefined ? null : { kind: 'stored', epoch, host, place };
}

/** Batches look as if they continued this log, whatever was before them. */
export function unchained(message: ReplicationMessage, tip: LogPlace): ReplicationMessage {
  if (message.kind !== 'batches') return message;
  let place = tip;
  const batches = message.batches
    .filter(batch => batch.lastSeq > place.seq)
    .map(batch => {
      const moved = { ...batch, previousHash: place.hash, firstSeq: place.seq + 1, lastSeq: place.seq + 1 };
      place = { seq: moved.lastSeq, hash: moved.hash };
      return moved;
    });
  return { ...message, batches };
}
