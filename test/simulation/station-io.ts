import type { StationId } from '#core/replication/log.ts';
import type { Transaction } from './disk.ts';
import type { IoKind, Moment, WriteKind } from './faults.ts';
import type { WorkBatch } from './hall.ts';
import type { SimulatedStation } from './simulated-station.ts';
import type { SimulatedMessage, Surroundings } from './surroundings.ts';

/** Thrown where the power goes; never leaves `SimulatedStation.run`. */
export class PowerCut {}

/** One PC's inputs and outputs: the power may go before and after each, and amid a write. */
export class StationIo {
  readonly #pc: SimulatedStation;
  readonly #world: Surroundings;

  constructor(pc: SimulatedStation, world: Surroundings) {
    this.#pc = pc;
    this.#world = world;
  }

  /** Null: the disk is full, nothing was written. Else what a cut moved aside. */
  write(kind: WriteKind, transaction: Transaction): readonly WorkBatch[] | null {
    const io = `write ${kind}` as const;
    this.#point(io, 'before');
    if (this.#world.isFull(this.#pc, kind, transaction)) return null;
    this.#pc.disk.begin(transaction);
    this.#point(io, 'amid');
    const moved = this.#pc.disk.sync();
    this.#point(io, 'after');
    return moved;
  }

  #point(kind: IoKind, moment: Moment): void {
    if (this.#world.diesAt(this.#pc, kind, moment)) throw new PowerCut();
  }

  act(kind: IoKind, act: () => void): void {
    this.#point(kind, 'before');
    act();
    this.#point(kind, 'after');
  }

  send(to: StationId | 'everybody', message: SimulatedMessage): void {
    this.act('send', () => this.#world.send(this.#pc, to, message));
  }
}
