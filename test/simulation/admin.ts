import type { StationId } from '#core/replication/log.ts';
import type { Station } from '#core/replication/station.ts';
import type { SimulatedStation } from './simulated-station.ts';
import type { SimulatedMessage } from './surroundings.ts';

const EVERY_TICKS = 4;

type AboutMessage = Extract<SimulatedMessage, { kind: 'about' }>;

/** A standby whose program is too old for the log is let go, as in `src-main/station/too-old-standby.ts`. */
export class Admin {
  readonly #pc: SimulatedStation;
  readonly #send: (to: 'everybody', message: AboutMessage) => void;
  readonly #readsLog = new Map<StationId, boolean>();
  #letGo: StationId | null = null;
  #ticks = 0;

  constructor(pc: SimulatedStation, send: (to: 'everybody', message: AboutMessage) => void) {
    this.#pc = pc;
    this.#send = send;
  }

  tick(state: Station): void {
    this.#ticks += 1;
    if (this.#ticks % EVERY_TICKS !== 0) return;
    this.#send('everybody', { kind: 'about', readsLog: !this.#pc.disk.isTooOld() });
    if (state.part.kind === 'host') this.#letTooOldGo(state, state.part.pair === 'solo');
    else this.#letGo = null;
  }

  heard(from: StationId, message: AboutMessage): void {
    this.#readsLog.set(from, message.readsLog);
  }

  /** It could not take over; it is the standby again once it is updated. */
  #letTooOldGo({ roles }: Station, isSolo: boolean): void {
    const { standby } = roles;
    if (standby !== null && this.#readsLog.get(standby) === false) {
      this.#letGo = standby;
      this.#pc.give({ kind: 'release-standby' });
    } else if (standby === null && isSolo && this.#letGo !== null && this.#readsLog.get(this.#letGo)) {
      this.#pc.give({ kind: 'name-standby', standby: this.#letGo });
      this.#letGo = null;
    }
  }
}
