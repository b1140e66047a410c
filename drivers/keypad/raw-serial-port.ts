import { fail, ok } from '#core/wire/result.ts';
import type { ByteTransport, DriverClock } from '#drivers/contract.ts';
import type { KeypadPort } from './keypad-port.ts';

/** At 1200 baud a byte takes 9 ms; a pause of this length ends a frame. */
const PAUSE_MS = 60;
const MAX_FRAME_BYTES = 64;

/** A serial keypad whose frames nobody knows yet: what comes without a pause is one report. For learn mode. */
export function createRawSerialPort(transport: ByteTransport, clock: DriverClock): KeypadPort {
  const reportListeners: ((report: Uint8Array) => void)[] = [];
  const lostListeners: (() => void)[] = [];
  let pending: number[] = [];
  let cancelPause = (): void => undefined;

  function tell(): void {
    cancelPause();
    const report = Uint8Array.from(pending);
    pending = [];
    for (const listener of reportListeners) listener(report);
  }

  transport.onData(bytes => {
    pending.push(...bytes);
    cancelPause();
    if (pending.length >= MAX_FRAME_BYTES) tell();
    else cancelPause = clock.after(PAUSE_MS, tell);
  });
  transport.onLost(() => {
    for (const listener of lostListeners) listener();
  });

  return {
    async open() {
      const opened = await transport.open();
      pending = [];
      return opened.ok ? ok(undefined) : fail('K303', opened.error.facts);
    },
    write: async () => fail('K304', { reason: 'refused' }),
    async close() {
      cancelPause();
      await transport.close();
    },
    onReport: listener => void reportListeners.push(listener),
    onMalformed: () => undefined,
    onLost: listener => void lostListeners.push(listener),
  };
}
