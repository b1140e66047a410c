import type { BranchStatus } from '#core/wire/upload.ts';
import type { HeadOfficeCalls } from './head-office-calls.ts';

/** HO2: how often the live message goes out by itself … */
export const STATUS_EVERY_MS = 5_000;
/** … and how soon after a change; changes within this time share one message. */
export const STATUS_SOON_MS = 400;

/** Keeps head office's live view of the branch fresh. Failures are left to the next message. */
export interface StatusSender {
  start(): void;
  stop(): void;
  /** Something a status shows has changed. */
  notifyChanged(): void;
}

/**
 * Sends the status every few seconds and soon after changes, one message at a time.
 * @param readStatus the status now, or null when there is none to send yet
 */
export function createStatusSender(
  calls: Pick<HeadOfficeCalls, 'status'>,
  readStatus: () => BranchStatus | null,
  { everyMs = STATUS_EVERY_MS, soonMs = STATUS_SOON_MS } = {},
): StatusSender {
  let run: AbortController | null = null;
  let timer: NodeJS.Timeout | undefined;
  let dueSoon = false;
  let sending = false;

  function plan(waitMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(send, waitMs);
  }

  async function send(): Promise<void> {
    const current = run;
    if (current === null) return;
    dueSoon = false;
    sending = true;
    const status = readStatus();
    if (status !== null) await calls.status(status, current.signal);
    if (run !== current) return;
    sending = false;
    plan(dueSoon ? soonMs : everyMs);
  }

  return {
    start() {
      if (run !== null) return;
      run = new AbortController();
      sending = false;
      dueSoon = true;
      plan(soonMs);
    },
    stop() {
      run?.abort();
      run = null;
      clearTimeout(timer);
    },
    notifyChanged() {
      if (run === null || dueSoon) return;
      dueSoon = true;
      if (!sending) plan(soonMs);
    },
  };
}
