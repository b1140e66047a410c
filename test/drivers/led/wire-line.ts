import { type Failure, fail, ok } from '#core/wire/result.ts';
import type { ByteTransport, DriverClock } from '#drivers/contract.ts';
import { wireTimeMs } from '#drivers/led/led-settings.ts';
import type { LedSimulator } from '#drivers/led/simulator/led-simulator.ts';

/** One frame of the host on the line. */
export interface Sent {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly bytes: Uint8Array;
}

/** A half-duplex line that takes its time both ways, and notices when two speak at once. */
export interface WireLine extends ByteTransport {
  readonly sent: readonly Sent[];
  /** Times the host began to speak while an answer was on the line. */
  readonly collisions: number;
}

/** @param cardMs what a card thinks before it answers */
export function wireLine(
  simulator: LedSimulator,
  clock: DriverClock,
  baudRate: number,
  cardMs: number,
): WireLine {
  const sent: Sent[] = [];
  let collisions = 0;
  let answersEndMs = Number.NEGATIVE_INFINITY;
  let isOpen = false;
  let listener: (bytes: Uint8Array) => void = () => {};
  simulator.onBytes(bytes => {
    answersEndMs = Math.max(answersEndMs, clock.nowMs() + cardMs) + wireTimeMs(bytes.length, baudRate);
    clock.after(answersEndMs - clock.nowMs(), () => {
      if (isOpen) listener(bytes);
    });
  });
  return {
    sent,
    get collisions() {
      return collisions;
    },
    async open() {
      isOpen = true;
      return ok(undefined);
    },
    async write(bytes) {
      if (!isOpen) return fail('L203');
      const startedMs = clock.nowMs();
      if (startedMs < answersEndMs) collisions += 1;
      await new Promise<void>(resolve => clock.after(wireTimeMs(bytes.length, baudRate), resolve));
      sent.push({ startedMs, endedMs: clock.nowMs(), bytes });
      simulator.receive(bytes);
      return ok(undefined);
    },
    async close() {
      isOpen = false;
    },
    onData(next) {
      listener = next;
    },
    onLost(_next: (failure: Failure) => void) {},
  };
}
