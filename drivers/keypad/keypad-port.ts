import type { Result } from '#core/wire/result.ts';

/** The way to one keypad: reports in, output reports out. node-hid, a serial line or the simulator behind it. */
export interface KeypadPort {
  /**
   * Finds and opens the keypad. Fails with K301 (not there), K303 (cannot be opened, `reason`) or
   * another code of the 3xx range that says why it cannot be used.
   */
  open(): Promise<Result<void>>;
  /** Resolves when the operating system took the frame. Fails with K304. */
  write(kind: 'output' | 'feature', frame: Uint8Array): Promise<Result<void>>;
  /** Safe to call when not open. No report and no loss is told afterwards. */
  close(): Promise<void>;
  /** Whole reports or frames, as the profile's rules count their bytes. */
  onReport(listener: (report: Uint8Array) => void): void;
  /** Bytes that never became a report (K305); only ports that cut frames themselves have any. */
  onMalformed(listener: () => void): void;
  /** Once per loss; the port counts as closed then. */
  onLost(listener: () => void): void;
  /**
   * Something was plugged in or logged in: a closed port may be worth another try now.
   * @returns ends the listening
   */
  onHint?(listener: () => void): () => void;
}

/** K303's `reason` when the native part of the HID library does not load on this machine. */
export const NATIVE_PART_MISSING = 'native-part-missing';
