/** The clocks of one PC: the one its program measures waits with, and the one on the wall. */
export class PcClock {
  readonly #worldMs: () => number;
  /** Machine time is the world's, moved by this. */
  #machineOffsetMs = 0;
  wallOffsetMs = 0;
  asleepUntilMs = 0;

  constructor(worldMs: () => number) {
    this.#worldMs = worldMs;
  }

  machineMs(): number {
    return this.#worldMs() + this.#machineOffsetMs;
  }

  wallMs(): number {
    return this.#worldMs() + this.wallOffsetMs;
  }

  jump(byMs: number): void {
    this.#machineOffsetMs += byMs;
  }

  isAsleep(): boolean {
    return this.asleepUntilMs > this.#worldMs();
  }

  /** Some systems' machine clock stands still while they sleep, others' goes on. */
  sleep(forMs: number, clockStands: boolean): void {
    this.asleepUntilMs = this.#worldMs() + forMs;
    if (clockStands) this.#machineOffsetMs -= forMs;
  }
}
