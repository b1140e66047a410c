import { randomFillSync } from 'node:crypto';
import { v7 as newUuid } from 'uuid';

const UUID_BYTES = 16;
/** Random bytes are fetched for so many ids at once: asking for each would cost more than the rest of the id. */
const IDS_PER_FILL = 128;

/**
 * Makes fresh ids: UUIDs that begin with the time, so that the journal's indexes grow at their end, and carry more
 * than 70 random bits each, also within one millisecond, so that nobody can guess one from another.
 */
export function createIdSource(): () => string {
  const pool = new Uint8Array(UUID_BYTES * IDS_PER_FILL);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const random = pool.subarray(used, used + UUID_BYTES);
    used += UUID_BYTES;
    return newUuid({ random });
  };
}
