import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import { MAX_BATCH_BYTES, type PushRequest, UPLOAD_PROTOCOL_VERSION } from '#core/wire/upload.ts';

/** Left for what surrounds the events in a body. */
const FRAME_BYTES = 512;

/**
 * Writes the body of a push: as many of the events, from the first on, as fit in a batch; at least one.
 * @param events in order and without gaps, at least one
 * @param previousHash hash of the event before the first
 * @param station the host, in a branch of several PCs; null: the branch is one PC
 * @returns JSON text
 */
export function pushBody(
  events: readonly [EventEnvelope, ...EventEnvelope[]],
  previousHash: string,
  epoch: number,
  station: string | null = null,
): string {
  const texts: string[] = [];
  let bytes = FRAME_BYTES;
  for (const event of events) {
    const text = JSON.stringify(event);
    bytes += Buffer.byteLength(text) + 1;
    if (texts.length > 0 && bytes > MAX_BATCH_BYTES) break;
    texts.push(text);
  }
  const from = events[0].seq;
  const frame: Omit<PushRequest, 'events'> = {
    protocol: UPLOAD_PROTOCOL_VERSION,
    epoch,
    ...(station === null ? {} : { station }),
    from,
    to: from + texts.length - 1,
    previousHash,
  };
  return `${JSON.stringify(frame).slice(0, -1)},"events":[${texts.join(',')}]}`;
}
