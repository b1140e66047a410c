import type { DriverClock } from '#drivers/contract.ts';
import type { StatusNumber } from './escpos-bytes.ts';

/** What a round of questions needs of whoever asks. */
export interface StatusRound {
  isOpen(): boolean;
  isOffline(): boolean;
  heard(number: StatusNumber, byte: number): void;
}

/**
 * Real-time status questions of one connection. The one-byte answers do not say what they answer, so only one
 * question is outstanding at a time (hardware-protocols 2.1) and an answer nobody waits for is dropped.
 */
export class StatusQuestions {
  readonly #ask: (number: StatusNumber) => void;
  readonly #clock: DriverClock;
  readonly #timeoutMs: number;
  #settle: ((byte: number | null) => void) | null = null;

  /** @param ask writes DLE EOT `number` */
  constructor(ask: (number: StatusNumber) => void, clock: DriverClock, timeoutMs: number) {
    this.#ask = ask;
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Asks and waits. Ask the next question only when this one is settled; after a null leave some time before
   * asking again, so that the late answer is not taken for another one's.
   * @returns the status byte, or null when the printer stayed silent or the connection went
   */
  ask(number: StatusNumber): Promise<number | null> {
    if (this.#settle !== null) throw new Error('a status question is already outstanding');
    return new Promise(resolve => {
      const cancel = this.#clock.after(this.#timeoutMs, () => this.#settle?.(null));
      this.#settle = byte => {
        this.#settle = null;
        cancel();
        resolve(byte);
      };
      this.#ask(number);
    });
  }

  /**
   * Asks everything worth asking, one question after the other. Automatic status may change what is known meanwhile,
   * so each answer is handed over at once.
   * @returns `silent` at the first question without an answer, `lost` when the connection went
   */
  async askRound(round: StatusRound): Promise<'done' | 'silent' | 'lost'> {
    for (const number of [1, 2, 3, 4] as const) {
      // 2 and 3 tell the cause of being offline.
      if ((number === 2 || number === 3) && !round.isOffline()) continue;
      if (!round.isOpen()) return 'lost';
      const byte = await this.ask(number);
      if (!round.isOpen()) return 'lost';
      if (byte === null) return 'silent';
      round.heard(number, byte);
    }
    return 'done';
  }

  answered(byte: number): void {
    this.#settle?.(byte);
  }

  lost(): void {
    this.#settle?.(null);
  }
}
