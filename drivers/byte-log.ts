import { ok } from '#core/wire/result.ts';
import type { ByteTransport, DriverClock } from './contract.ts';

/** One thing that happened on a device's line, for the support page (HW7). */
export interface ByteLogLine {
  /** Counts up from 1, so that a reader notices what it has missed. */
  readonly number: number;
  /** Monotonic milliseconds. */
  readonly atMs: number;
  readonly kind: 'in' | 'out' | 'opened' | 'lost' | 'closed' | 'refused';
  /** `1B 40 …`; empty where no bytes moved, or a code. */
  readonly text: string;
  /** Bytes moved; larger than what `text` shows when it was cut short. */
  readonly byteCount: number;
}

export interface ByteLog {
  /** The newest lines, oldest first. */
  lines(): readonly ByteLogLine[];
  add(kind: ByteLogLine['kind'], bytes: Uint8Array | string): void;
}

/** Longer writes (pictures) are cut in the log. */
const BYTES_SHOWN = 96;

/**
 * @param capacity how many lines are kept; the oldest go first
 * @param shows `counts` for lines that carry numbers of customers: not a byte of them is kept (ID2)
 */
export function createByteLog(
  clock: DriverClock,
  capacity = 300,
  shows: 'bytes' | 'counts' = 'bytes',
): ByteLog {
  let lines: ByteLogLine[] = [];
  let number = 0;
  return {
    lines: () => lines,
    add(kind, bytes) {
      number += 1;
      const text =
        typeof bytes === 'string' ? bytes : shows === 'bytes' ? hexOf(bytes.subarray(0, BYTES_SHOWN)) : '';
      const byteCount = typeof bytes === 'string' ? 0 : bytes.length;
      lines = [...lines.slice(1 - capacity), { number, atMs: clock.nowMs(), kind, text, byteCount }];
    },
  };
}

/** The same transport, with everything that passes written into `log`. */
export function tapTransport(transport: ByteTransport, log: ByteLog): ByteTransport {
  return {
    async open() {
      const opened = await transport.open();
      if (opened.ok) log.add('opened', '');
      else log.add('refused', opened.error.code);
      return opened;
    },
    async write(bytes) {
      log.add('out', bytes);
      const written = await transport.write(bytes);
      if (!written.ok) log.add('refused', written.error.code);
      return written;
    },
    async close() {
      await transport.close();
      log.add('closed', '');
    },
    onData(listener) {
      transport.onData(bytes => {
        log.add('in', bytes);
        listener(bytes);
      });
    },
    onLost(listener) {
      transport.onLost(failure => {
        log.add('lost', failure.code);
        listener(failure);
      });
    },
    ...(transport.stillThere === undefined
      ? {}
      : {
          async stillThere() {
            const found = (await transport.stillThere?.()) ?? ok(undefined);
            if (!found.ok) log.add('lost', found.error.code);
            return found;
          },
        }),
  };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
