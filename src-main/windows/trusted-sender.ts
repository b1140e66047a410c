import { APP_ORIGIN } from './app-origin.ts';

/** What is known of the frame a message came from; null when it is gone already. */
export interface SenderFrame {
  readonly origin: string;
  /** Null for a page's main frame. */
  readonly parent: unknown;
}

/** Whether a message may be believed: from the main frame of a window we opened, showing a page of ours. */
export function isTrustedSender(isOurWindow: boolean, frame: SenderFrame | null): boolean {
  return isOurWindow && frame !== null && frame.parent === null && frame.origin === APP_ORIGIN;
}
