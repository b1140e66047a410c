import type { PushAnswer } from './head-office.ts';
import type { SimulatedStation } from './simulated-station.ts';

/** Batches of one push: few, so that several are needed. */
const PUSH_BATCHES = 30;
const EVERY_TICKS = 8;
/** An answer that has not come by then will not. */
const WAIT_TICKS = 48;

/** The upload of the PC that decides (HO1): one push under way, from where head office says it has everything. */
export class Uploader {
  readonly #pc: SimulatedStation;
  /** As head office said last; 0 after a start, when it is asked anew. */
  #durableSeq = 0;
  #ticks = 0;
  #waitTicks = 0;

  constructor(pc: SimulatedStation) {
    this.#pc = pc;
  }

  /** @param upTo how far head office may have the log */
  tick(upTo: number, push: (batches: readonly number[]) => void): void {
    this.#ticks += 1;
    if (this.#waitTicks > 0) this.#waitTicks -= 1;
    if (this.#ticks % EVERY_TICKS !== 0 || this.#waitTicks > 0) return;
    const tip = this.#pc.disk.tip().seq;
    // Its last seal is sent again, so that a copy that has become another one is found.
    const from = Math.max(1, Math.min(this.#durableSeq, tip));
    const to = Math.min(upTo, from + PUSH_BATCHES - 1);
    if (to < from) return;
    this.#waitTicks = WAIT_TICKS;
    push([from, to]);
  }

  answered(answer: PushAnswer | null): void {
    this.#waitTicks = 0;
    if (answer !== null) this.#durableSeq = answer.durableSeq;
  }
}
