import { useCallback, useRef } from 'react';

/** A second tap of a double tap comes within this time of the page it was not meant for. */
const SETTLE_MS = 450;

/** Asks whether the calling page has been on screen long enough for a press to be meant for it. */
export function useSettled(): () => boolean {
  const mountedAt = useRef<number | null>(null);
  mountedAt.current ??= performance.now();
  return useCallback(() => performance.now() - (mountedAt.current ?? 0) > SETTLE_MS, []);
}
