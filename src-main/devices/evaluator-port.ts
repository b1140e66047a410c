import { fail, ok, type Result } from '#core/wire/result.ts';
import type { KeypadPort } from '#drivers/keypad/keypad-port.ts';
import {
  type EvaluatorConnection,
  type EvaluatorLease,
  expectEvaluator,
  type ListenAt,
} from './evaluator-server.ts';

export interface EvaluatorPortOptions {
  readonly port: number;
  readonly listen: ListenAt;
  readonly workNumber: string;
  readonly key: string;
  readonly silenceMs: number;
}

/**
 * A networked evaluator as a keypad: it is open while an evaluator is logged in with its work number, and what is
 * written are messages. Customers rate on the page it opens, so it has no reports. A second log-in with the same work
 * number takes over, as a tablet does that was started again.
 */
export function createEvaluatorPort(options: EvaluatorPortOptions): KeypadPort {
  const { port, listen, workNumber, key, silenceMs } = options;
  const malformedListeners: (() => void)[] = [];
  const lostListeners: (() => void)[] = [];
  let hintListeners: (() => void)[] = [];
  let lease: EvaluatorLease | null = null;
  let connection: EvaluatorConnection | null = null;
  let isOpen = false;
  /** Raised by `close()`, so that a lease that comes after it is given back. */
  let generation = 0;

  function lose(): void {
    connection = null;
    if (!isOpen) return;
    isOpen = false;
    for (const listener of lostListeners) listener();
  }

  const expected = {
    workNumber,
    key,
    silenceMs,
    onArrived(arrived: EvaluatorConnection) {
      const before = connection;
      lose();
      before?.close();
      connection = arrived;
      for (const listener of hintListeners) listener();
    },
    onGone(gone: EvaluatorConnection) {
      if (connection === gone) lose();
    },
    onMalformed() {
      if (isOpen) for (const listener of malformedListeners) listener();
    },
  };

  return {
    async open(): Promise<Result<void>> {
      if (lease === null) {
        const mine = generation;
        const leased = await expectEvaluator(port, listen, expected);
        if (!leased.ok) return leased;
        if (mine !== generation) {
          await leased.value.end();
          return fail('K301');
        }
        lease = leased.value;
      }
      isOpen = connection !== null;
      return isOpen ? ok(undefined) : fail('K301');
    },
    async write(_kind, frame): Promise<Result<void>> {
      if (!isOpen || connection === null) return fail('K304', { reason: 'not-open' });
      const isSent = await connection.send(new TextDecoder().decode(frame));
      return isSent ? ok(undefined) : fail('K304', { reason: 'refused' });
    },
    async close(): Promise<void> {
      generation += 1;
      const [ended, gone] = [lease, connection];
      lease = null;
      connection = null;
      isOpen = false;
      gone?.close();
      await ended?.end();
    },
    onReport: () => undefined,
    onMalformed: listener => void malformedListeners.push(listener),
    onLost: listener => void lostListeners.push(listener),
    onHint(listener) {
      hintListeners = [...hintListeners, listener];
      return () => {
        hintListeners = hintListeners.filter(other => other !== listener);
      };
    },
  };
}
