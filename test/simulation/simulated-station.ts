import { mayCall, uploadableSeq } from '#core/replication/host-step.ts';
import { newLateBatches } from '#core/replication/late.ts';
import type { RoleChange, StationId } from '#core/replication/log.ts';
import {
  BRANCH_TIMINGS,
  type ReplicationMessage,
  type Station,
  type StationEffect,
  type StationInput,
  type StationStep,
} from '#core/replication/station.ts';
import { startStation, stepStation } from '#core/replication/station-step.ts';
import type { PlantedBug } from './bugs.ts';
import { Disk } from './disk.ts';
import { firstWaiting, nextNumber, type Work, type WorkBatch } from './hall.ts';

/** What the world offers to a station: the network, head office, a clock, and its hazards. */
export interface Surroundings {
  nowMs(): number;
  send(from: StationId, to: StationId | 'everybody', message: SimulatedMessage): void;
  claim(from: StationId, expected: number): void;
  register(from: StationId, epoch: number): void;
  push(from: StationId, epoch: number, batches: readonly WorkBatch[]): void;
  answer(from: SimulatedStation, commandId: string, number: number, alone: boolean): void;
  /** True: the PC dies here, between two effects. */
  diesNow(): boolean;
  died(station: SimulatedStation): void;
  report(what: string): void;
}

export type SimulatedMessage = ReplicationMessage & { readonly batches?: readonly WorkBatch[] };

export interface Order {
  readonly commandId: string;
  readonly kind: 'issue' | 'call';
  readonly counter: string;
}

/** One PC: the shipped rules (`core/replication`) with a disk and a network made of memory. */
export class SimulatedStation {
  readonly id: StationId;
  readonly disk = new Disk();
  readonly #world: Surroundings;
  readonly #bug: PlantedBug | null;
  state: Station | null = null;
  #ticks = 0;

  constructor(id: StationId, world: Surroundings, bug: PlantedBug | null) {
    this.id = id;
    this.#world = world;
    this.#bug = bug;
  }

  start(): void {
    const { seen, roles, aside } = this.disk;
    const tip = this.disk.tip();
    this.#take(
      startStation(
        this.id,
        BRANCH_TIMINGS,
        { seen, roles, tip, aside: { batches: aside } },
        this.#world.nowMs(),
      ),
    );
  }

  crash(): void {
    this.state = null;
    this.disk.crash();
    this.#world.died(this);
  }

  give(input: StationInput): void {
    if (this.state === null) return;
    this.#take(stepStation(this.state, input, this.disk, this.#world.nowMs()));
  }

  receive(from: StationId, message: SimulatedMessage): void {
    if (this.state === null) return;
    if (this.#bug === 'ignore-epoch' && message.epoch < this.state.seen.epoch && this.#nodTo(from, message))
      return;
    this.give({
      kind: 'received',
      from,
      message: this.#bug === 'skip-chain' ? this.#unchained(message) : message,
    });
  }

  /** The planted bug: whoever speaks as a host is told that its batches are stored. */
  #nodTo(from: StationId, message: SimulatedMessage): boolean {
    const last = message.kind === 'batches' ? message.batches.at(-1) : undefined;
    const place = message.kind === 'beat' ? message.tip : last && { seq: last.lastSeq, hash: last.hash };
    if (place === undefined) return false;
    const { epoch, host } = message;
    this.#world.send(this.id, from, { kind: 'stored', epoch, host, place });
    return true;
  }

  /** The planted bug: batches look as if they continued this log, whatever was before them. */
  #unchained(message: ReplicationMessage): ReplicationMessage {
    if (message.kind !== 'batches') return message;
    let place = this.disk.tip();
    const batches = message.batches
      .filter(batch => batch.lastSeq > place.seq)
      .map(batch => {
        const moved = { ...batch, previousHash: place.hash, firstSeq: place.seq + 1, lastSeq: place.seq + 1 };
        place = { seq: moved.lastSeq, hash: moved.hash };
        return moved;
      });
    return { ...message, batches };
  }

  tick(): void {
    this.give({ kind: 'tick' });
    if (this.state?.part.kind !== 'host') {
      if (this.#bug === 'old-standby-takes-over') this.#claimAsOldStandby();
      if (this.#bug === 'take-over-unasked') this.give({ kind: 'decided', decision: 'take-over' });
      return;
    }
    // Every eighth tick: two seconds.
    this.#ticks += 1;
    if (this.#ticks % 8 !== 0) return;
    const upTo = this.#bug === 'upload-early' ? this.disk.tip().seq : uploadableSeq(this.state);
    this.#world.push(this.id, this.state.seen.epoch, this.disk.log.slice(0, upTo));
  }

  /** The planted bug: a standby of an epoch that is over asks for the one after the present. */
  #claimAsOldStandby(): void {
    const { state } = this;
    if (state === null || state.roles.standby !== this.id || state.roles.epoch === state.seen.epoch) return;
    if (this.#world.nowMs() - state.part.heardMs >= BRANCH_TIMINGS.standbyPatienceMs)
      this.#world.claim(this.id, state.seen.epoch);
  }

  /** A command from a counter or the kiosk; what is not answered is asked for again. */
  order({ commandId, kind, counter }: Order): void {
    const { state, disk } = this;
    if (state?.part.kind !== 'host' || disk.full) return;
    const alone = kind === 'issue' || this.#bug === 'call-while-broken';
    const first = disk.hall.commands.get(commandId);
    if (first !== undefined && this.#bug !== 'forget-command') {
      if (this.#bug === 'answer-again-early') this.#world.answer(this, commandId, first.number, alone);
      else this.give({ kind: 'asked-again', commandId, seq: first.seq, alone });
      return;
    }
    const work = kind === 'issue' ? this.#issue(state) : this.#call(state, counter);
    if (work === null) return;
    const batch = this.#seal(null, work, commandId);
    if (!this.#write([batch])) return;
    if (this.#bug === 'answer-before-standby') this.#world.answer(this, commandId, work.number, true);
    this.give({ kind: 'recorded', batch, commandId, alone });
  }

  #issue({ part, roles }: Station): Extract<Work, { kind: 'issue' }> | null {
    if (part.kind !== 'host') return null;
    const block = this.#bug === 'reuse-number' ? 0 : roles.block;
    return { kind: 'issue', number: nextNumber(this.disk.hall, block) };
  }

  #call(state: Station, counter: string): Extract<Work, { kind: 'call' }> | null {
    if (!mayCall(state) && this.#bug !== 'call-while-broken') return null;
    const number = firstWaiting(this.disk.hall);
    return number === null ? null : { kind: 'call', number, counter };
  }

  #seal(change: RoleChange | null, work: Work | null, commandId: string | null): WorkBatch {
    const { seq, hash } = this.disk.tip();
    const epoch = this.state?.seen.epoch ?? 0;
    const body = `${hash}|${epoch}|${this.id}|${JSON.stringify(change)}|${workText(work)}|${commandId ?? ''}`;
    return {
      epoch,
      firstSeq: seq + 1,
      lastSeq: seq + 1,
      previousHash: hash,
      hash: digest(body),
      change,
      work,
      commandId,
    };
  }

  /** False: the disk is full, nothing was written. */
  #write(batches: readonly WorkBatch[]): boolean {
    if (this.disk.full) return false;
    this.disk.append(batches);
    if (this.#bug === 'no-fsync') this.disk.unsynced = Math.min(3, this.disk.unsynced + batches.length);
    return true;
  }

  #take({ state, effects }: StationStep): void {
    this.state = state;
    for (const effect of effects) {
      if (this.state === null) return;
      if (this.#world.diesNow()) {
        this.crash();
        return;
      }
      this.#do(effect);
    }
  }

  #do(effect: StationEffect): void {
    const { disk } = this;
    switch (effect.kind) {
      case 'send':
        this.#world.send(this.id, effect.to, effect.message as SimulatedMessage);
        return;
      case 'send-log': {
        const batches = disk.log.slice(effect.after.seq, effect.after.seq + 50);
        const { epoch = 0, host = null } = this.state?.seen ?? {};
        if (batches.length > 0)
          this.#world.send(this.id, effect.to, { kind: 'batches', epoch, host, batches });
        return;
      }
      case 'remember':
        disk.seen = effect.seen;
        return;
      case 'record': {
        const batch = this.#seal(effect.change, null, null);
        if (this.#write([batch])) this.give({ kind: 'recorded', batch, commandId: null, alone: false });
        return;
      }
      case 'store': {
        const tip = disk.tip();
        const batches = (effect.batches as readonly WorkBatch[]).filter(batch => batch.firstSeq > tip.seq);
        if (batches.length === 0 || batches[0]?.firstSeq !== tip.seq + 1 || !this.#write(batches)) return;
        this.give({ kind: 'stored', batches });
        return;
      }
      case 'cut': {
        if (effect.place.seq >= disk.tip().seq) return;
        const batches = disk.cut(effect.place);
        if (this.#bug === 'drop-aside') disk.aside.length = 0;
        const kept = this.#bug === 'drop-aside' ? [] : batches;
        this.give({ kind: 'cut', place: effect.place, batches: kept, roles: disk.roles });
        return;
      }
      case 'claim':
        this.#world.claim(this.id, effect.expected);
        return;
      case 'register':
        this.#world.register(this.id, effect.epoch);
        return;
      case 'answer':
        for (const commandId of effect.commandIds) {
          const first = disk.hall.commands.get(commandId);
          if (first !== undefined) this.#world.answer(this, commandId, first.number, false);
        }
        return;
      case 'merge': {
        const { fresh: late, hashes } = newLateBatches(
          effect.batches as readonly WorkBatch[],
          ({ work }) => (work?.kind === 'late' ? work.batches : []),
          disk.roles,
          disk,
        );
        const { station, more } = effect;
        const change: RoleChange = { kind: 'late-merged', station, hashes, ...(more ? { more } : {}) };
        const work: Work = { kind: 'late', batches: this.#bug === 'drop-late' ? [] : late };
        const batch = this.#seal(change, work, null);
        if (this.#write([batch])) this.give({ kind: 'recorded', batch, commandId: null, alone: false });
        return;
      }
      case 'report':
        this.#world.report(effect.what);
        return;
      case 'drop-answers':
        return;
    }
  }
}

function workText(work: Work | null): string {
  if (work === null) return '';
  return work.kind === 'late' ? work.batches.map(({ hash }) => hash).join() : JSON.stringify(work);
}

/** 53 bits, FNV-like: enough to tell two logs of a simulated day apart, and quick. */
function digest(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b) ^ (low >>> 13);
  }
  return `${(low >>> 0).toString(36)}${(high >>> 0).toString(36)}`;
}
