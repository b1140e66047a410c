import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { BranchFeed, FeedSnapshot } from './branch-feed.ts';
import type { AskService, ConsoleProblem } from './console-client.ts';

/** News of a busy branch comes several times a second; its figures are asked for at most this often. */
const ASK_AGAIN_MS = 1_000;

export function useFeed(feed: BranchFeed): FeedSnapshot {
  return useSyncExternalStore(feed.subscribe, feed.snapshot);
}

/** Head office's clock in ms since 1970, renewed every second. */
export function useServerNow(clockOffsetMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now + clockOffsetMs;
}

/** What an address answered; the last answer stays while a newer one is on its way. */
export interface Asked<Value> {
  readonly value: Value | null;
  readonly problem: ConsoleProblem | null;
}

/** Asks an address, and again whenever there is news of `branch`. Another address starts from nothing. */
export function useAnswer<Value>(
  ask: AskService,
  feed: BranchFeed,
  branch: string,
  address: string,
): Asked<Value> {
  const [asked, setAsked] = useState<Asked<Value> & { address: string }>({
    address,
    value: null,
    problem: null,
  });
  useEffect(() => {
    let isCurrent = true;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const askNow = async () => {
      const answer = await ask<Value>(address);
      if (!isCurrent) return;
      setAsked(before => {
        const value = before.address === address ? before.value : null;
        return answer.ok
          ? { address, value: answer.value, problem: null }
          : { address, value, problem: answer.problem };
      });
    };
    void askNow();
    const stop = feed.onChange(names => {
      if (waiting !== undefined || !(names.includes(branch) || names.includes('*'))) return;
      waiting = setTimeout(() => {
        waiting = undefined;
        void askNow();
      }, ASK_AGAIN_MS);
    });
    return () => {
      isCurrent = false;
      clearTimeout(waiting);
      stop();
    };
  }, [ask, feed, branch, address]);
  return asked.address === address ? asked : { value: null, problem: null };
}

/** The chosen branch, kept in the address so that a reload and a bookmark find it again. */
export function useChosenBranch(): [string | null, (branch: string | null) => void] {
  const read = () => {
    try {
      return decodeURIComponent(location.hash.slice(1)) || null;
    } catch {
      return null;
    }
  };
  const [chosen, setChosen] = useState(read);
  const latestRead = useRef(read);
  useEffect(() => {
    const listener = () => setChosen(latestRead.current());
    window.addEventListener('hashchange', listener);
    return () => window.removeEventListener('hashchange', listener);
  }, []);
  const choose = useCallback((branch: string | null) => {
    location.hash = branch === null ? '' : encodeURIComponent(branch);
    setChosen(branch);
  }, []);
  return [chosen, choose];
}
