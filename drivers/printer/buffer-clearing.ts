import type { DriverClock } from '#drivers/contract.ts';

/**
 * Clearing of a printer's buffers (hardware-protocols 2.4): until the reply has arrived nothing else may be sent,
 * so everybody who wants to send waits for `over()` first.
 */
export class BufferClearing {
  readonly #clock: DriverClock;
  readonly #clearMs: number;
  #underWay: Promise<boolean> | null = null;
  #settle: ((replied: boolean) => void) | null = null;
  /** Asked on this connection and not answered yet, be it long ago. */
  #isReplyDue = false;

  constructor(clock: DriverClock, clearMs: number) {
    this.#clock = clock;
    this.#clearMs = clearMs;
  }

  get isUnderWay(): boolean {
    return this.#underWay !== null;
  }

  /** Resolves when no clearing is under way. */
  async over(): Promise<void> {
    while (this.#underWay !== null) await this.#underWay;
  }

  /**
   * @param send writes the command
   * @returns whether the printer said in time that it has cleared
   */
  async clear(send: () => Promise<unknown>): Promise<boolean> {
    const replied = new Promise<boolean>(resolve => {
      const giveUp = this.#clock.after(this.#clearMs, () => this.#settle?.(false));
      this.#settle = reply => {
        this.#settle = null;
        giveUp();
        resolve(reply);
      };
    });
    this.#underWay = replied.finally(() => {
      this.#underWay = null;
    });
    const isOver = this.#underWay;
    this.#isReplyDue = true;
    await send();
    return isOver;
  }

  /** @returns whether anybody asked for it: a reply out of nowhere is noise, and no reason to doubt a ticket */
  replied(): boolean {
    const wasDue = this.#isReplyDue;
    this.#isReplyDue = false;
    this.#settle?.(true);
    return wasDue;
  }

  lost(): void {
    this.#isReplyDue = false;
    this.#settle?.(false);
  }
}
