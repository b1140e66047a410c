import { fail, ok, type Result } from '#core/wire/result.ts';
import type { ByteTransport } from '#drivers/contract.ts';
import type { KeypadPort } from './keypad-port.ts';
import type { SerialKeypadProfile } from './keypad-profile.ts';
import { INITIAL_SERIAL_FRAME_STATE, readSerialBytes } from './serial-keypad-frames.ts';

export interface SerialKeypadPortOptions {
  /** Whether the port exists; tells "not plugged in" (K301) from "cannot be opened" (K303). */
  readonly isThere?: () => Promise<boolean>;
  /** Calls back when something was plugged into this PC, until what it returns is called. */
  readonly onHint?: (listener: () => void) => () => void;
}

/** A keypad on a serial line: `transport` is the opened-by-us port with the profile's line settings. */
export function createSerialKeypadPort(
  profile: SerialKeypadProfile,
  transport: ByteTransport,
  { isThere = async () => true, onHint = () => () => undefined }: SerialKeypadPortOptions = {},
): KeypadPort {
  const reportListeners: ((report: Uint8Array) => void)[] = [];
  const malformedListeners: (() => void)[] = [];
  const lostListeners: (() => void)[] = [];
  let isOpen = false;
  let state = INITIAL_SERIAL_FRAME_STATE;

  transport.onData(bytes => {
    if (!isOpen) return;
    const rejectedBefore = state.rejectedCount;
    const step = readSerialBytes(profile.frame, state, bytes);
    state = step.state;
    for (let count = rejectedBefore; count < state.rejectedCount; count += 1) {
      for (const listener of malformedListeners) listener();
    }
    for (const frame of step.frames) for (const listener of reportListeners) listener(frame);
  });
  transport.onLost(() => {
    if (!isOpen) return;
    isOpen = false;
    for (const listener of lostListeners) listener();
  });

  return {
    async open(): Promise<Result<void>> {
      const opened = await transport.open();
      if (!opened.ok) return (await isThere()) ? fail('K303', opened.error.facts) : fail('K301');
      // A frame cut off by the loss must not be completed by the first bytes after it.
      state = INITIAL_SERIAL_FRAME_STATE;
      isOpen = true;
      return ok(undefined);
    },
    async write(_kind, frame): Promise<Result<void>> {
      if (!isOpen) return fail('K304', { reason: 'not-open' });
      const written = await transport.write(frame);
      return written.ok ? ok(undefined) : fail('K304', { reason: 'refused' });
    },
    async close(): Promise<void> {
      isOpen = false;
      await transport.close();
    },
    onReport: listener => void reportListeners.push(listener),
    onMalformed: listener => void malformedListeners.push(listener),
    onLost: listener => void lostListeners.push(listener),
    onHint,
  };
}
