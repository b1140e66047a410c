import { statfsSync } from 'node:fs';

/**
 * Below this much free disk no new work is begun. What is left is enough to finish the customers in hand, print the
 * figures and close the day many times over (a busy day's journal is about 1.2 MB).
 */
export const ROOM_RESERVE_BYTES = 64 * 1024 * 1024;

/** Free bytes for this user on the disk that holds `folder`; infinite when the system cannot tell. */
export function freeBytes(folder: string): number {
  try {
    const disk = statfsSync(folder);
    return disk.bavail * disk.bsize;
  } catch {
    // Not knowing is no reason to stop a branch: a write that fails is still answered as failed.
    return Number.POSITIVE_INFINITY;
  }
}

/** How long an answer of the system about free space is believed. */
const BELIEVED_MS = 1000;

/**
 * Free bytes as `freeBytes`, asked of the system at most once a second: a burst of tickets need not ask for each.
 * @param nowMs monotonic milliseconds
 */
export function createFreeSpaceGauge(
  folder: string,
  nowMs: () => number = () => performance.now(),
): () => number {
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let free = 0;
  return () => {
    if (nowMs() - askedAtMs < BELIEVED_MS) return free;
    askedAtMs = nowMs();
    free = freeBytes(folder);
    return free;
  };
}
