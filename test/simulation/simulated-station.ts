import { mayCall, uploadableSeq } from '#core/replication/host-step.ts';
import type { RoleChange, StationId } from '#core/replication/log.ts';
import {
  BRANCH_TIMINGS,
  type SeenEpoch,
  type Station,
  type StationEffect,
  type StationInput,
  type StationStep,
} from '#core/replication/station.ts';
import { startStation, stepStation } from '#core/replication/station-step.ts';
import { Admin } from './admin.ts';
import { nodOf, unchained } from './bug-messages.ts';
import type { PlantedBug } from './bugs.ts';
import { PcClock } from './clock.ts';
import { Disk } from './disk.ts';
import type { WriteKind } from './faults.ts';
import { firstWaiting, nextNumber, type Work, type WorkBatch } from './hall.ts';
import { SafeWord } from './safe-word.ts';
import { sealBatch, sealLate } from './seal.ts';
import { PowerCut, StationIo } from './station-io.ts';
import type { Order, SimulatedMessage, Surroundings } from './surroundings.ts';
import { Uploader } from './uploader.ts';

/** One PC: the shipped rules (`core/replication`) with a disk and a network made of memory. */
export class SimulatedStation {
  readonly id: StationId;
  /** Of its certificate: a PC that takes the place of another has the name and a serial number of its own. */
  readonly serial: string;
  readonly disk: Disk;
  readonly clock: PcClock;
  /** Certificates this PC believes no more; on its disk. */
  readonly revoked = new Set<string>();
  /** In truth: it was stolen or replaced, whoever knows it already. */
  isRemoved = false;
  /** How long the log was then, and when everybody knew it. */
  removedAt = Number.POSITIVE_INFINITY;
  knownEverywhereAt = Number.POSITIVE_INFINITY;
  /** A person keeps it switched off. */
  isKeptOff = false;
  /** It broke for good: its disk will never be read again. */
  isGone = false;
  protocol = 2;
  /** How often its program was started. */
  starts = 0;
  state: Station | null = null;
  readonly #world: Surroundings;
  readonly #bug: PlantedBug | null;
  readonly #io: StationIo;
  #uploader = new Uploader(this);
  #safe = new SafeWord();
  #admin: Admin;
  #ticks = 0;
  /** Planted bug: numbers given since the last start. */
  #numbersSinceStart: number[] = [];

  constructor(
    id: StationId,
    serial: string,
    worldMs: () => number,
    world: Surroundings,
    bug: PlantedBug | null,
  ) {
    this.id = id;
    this.serial = serial;
    this.#world = world;
    this.#io = new StationIo(this, world);
    this.#bug = bug;
    this.disk = new Disk(bug);
    this.#admin = new Admin(this, (to, message) => this.#io.send(to, message));
    this.disk.isRemoved = name => world.isRemoved(this, name);
    this.clock = new PcClock(worldMs);
  }

  /** Does something on this PC; the power may go amid it. */
  run(act: () => void): void {
    try {
      act();
      this.#tellSafe();
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      this.crash();
    }
  }

  start(): void {
    this.starts += 1;
    this.#uploader = new Uploader(this);
    this.#safe = new SafeWord();
    this.#admin = new Admin(this, (to, message) => this.#io.send(to, message));
    this.#numbersSinceStart = [];
    const { disk } = this;
    const { seen, roles } = disk;
    this.#world.remembered(this);
    const known = {
      ...{ seen, roles, tip: disk.tip(), aside: { batches: disk.asideLeft() } },
      tooOld: disk.isTooOld(),
    };
    if (this.#bug === 'restart-alone') Object.assign(known, { roles: { ...roles, standby: null } });
    this.#take(startStation(this.id, BRANCH_TIMINGS, known, this.clock.machineMs()));
  }

  get mayStart(): boolean {
    return this.state === null && !this.isKeptOff && !this.isGone;
  }

  crash(): void {
    this.state = null;
    this.#world.died(this);
  }

  give(input: StationInput): void {
    if (this.state === null) return;
    this.#take(stepStation(this.state, input, this.disk, this.clock.machineMs()));
  }

  receive(from: StationId, message: SimulatedMessage): void {
    const { state } = this;
    if (state === null) return;
    if (message.kind === 'about') return void this.#admin.heard(from, message);
    if (message.kind === 'safe') {
      this.#safe.heard(state, from, message);
      return;
    }
    if (this.#bug === 'ignore-epoch' && message.epoch < state.seen.epoch) {
      const nod = nodOf(message);
      if (nod !== null) return void this.#io.send(from, nod);
    }
    if (this.#bug === 'stored-before-written' && message.kind === 'batches') {
      const nod = nodOf(message);
      if (nod !== null && state.seen.host === from) this.#io.send(from, nod);
    }
    if (this.#bug === 'never-merge' && message.kind === 'late') return;
    const heard = this.#bug === 'skip-chain' ? unchained(message, this.disk.tip()) : message;
    const { part } = state;
    if (this.#bug === 'obey-old-word' && part.kind === 'replica')
      this.state = { ...state, part: { ...part, agreed: false } };
    this.give({ kind: 'received', from, message: heard });
  }

  tick(): void {
    this.#ticks += 1;
    this.give({ kind: 'tick' });
    const { state } = this;
    if (state === null) return;
    this.#admin.tick(state);
    if (state.part.kind !== 'host') {
      if (this.#bug === 'old-standby-takes-over') this.#claimAsOldStandby(state);
      if (this.#bug === 'take-over-unasked') this.give({ kind: 'decided', decision: 'take-over' });
      return;
    }
    if (this.#ticks % 4 === 0) this.#sendSafe(state);
    const upTo = this.#bug === 'upload-early' ? this.disk.tip().seq : uploadableSeq(state);
    this.#uploader.tick(upTo, ([from = 1, to = 1]) => {
      const batches = this.disk.log.slice(from - 1, to);
      const push = {
        epoch: state.seen.epoch,
        station: this.id,
        previousHash: batches[0]?.previousHash ?? '',
      };
      this.#io.act('upload', () => this.#world.push(this, { ...push, batches }));
    });
  }

  uploaded(answer: Parameters<Uploader['answered']>[0]): void {
    this.#uploader.answered(answer);
    if (answer?.verdict === 'lower-epoch') this.give({ kind: 'claimed', answer: answer.named });
  }

  /** A person removes another PC here: that is recorded, and in force where it is known to be safe. */
  remove(serial: string): void {
    if (this.#bug === 'remove-at-once') this.revoked.add(serial);
    if (this.state?.part.kind !== 'host') return;
    const batch = sealBatch(this, null, { kind: 'remove', serial }, `remove-${serial}`);
    if (this.#io.write('order', { kind: 'append', batches: [batch] }) === null) return;
    this.give({ kind: 'recorded', batch, commandId: null, alone: false });
  }

  /** The planted bug: a standby of an epoch that is over asks for the one after the present. */
  #claimAsOldStandby(state: Station): void {
    if (state.roles.standby !== this.id || state.roles.epoch === state.seen.epoch) return;
    if (this.clock.machineMs() - state.part.heardMs >= BRANCH_TIMINGS.standbyPatienceMs)
      this.#world.claim(this, state.seen.epoch);
  }

  /**
   * A command from a counter or the kiosk; what is not answered is asked for again.
   * @returns false: it is refused, as there is nobody to call
   */
  order({ commandId, kind, counter }: Order): boolean {
    const { state, disk } = this;
    if (state?.part.kind !== 'host') return true;
    const alone = kind === 'issue' || this.#bug === 'call-while-broken';
    const first = disk.hall.commands.get(commandId);
    if (first !== undefined && this.#bug !== 'forget-command') {
      if (this.#bug === 'answer-again-early') this.#world.answer(this, commandId, first.number);
      else this.give({ kind: 'asked-again', commandId, seq: first.seq, alone });
      return true;
    }
    if (kind === 'call' && !mayCall(state) && this.#bug !== 'call-while-broken') return true;
    const work = kind === 'issue' ? this.#issue(state) : this.#call(counter);
    if (work === null) return false;
    const batch = sealBatch(this, null, work, commandId);
    if (this.#io.write('order', { kind: 'append', batches: [batch] }) === null) return true;
    this.#world.recorded(this, batch);
    if (this.#bug === 'answer-before-standby') this.#world.answer(this, commandId, work.number);
    this.give({ kind: 'recorded', batch, commandId, alone });
    return true;
  }

  #issue({ roles }: Station): Extract<Work, { kind: 'issue' }> {
    const block = this.#bug === 'reuse-number' ? 0 : roles.block;
    if (this.#bug !== 'number-after-restart')
      return { kind: 'issue', number: nextNumber(this.disk.hall, block) };
    const number = (this.#numbersSinceStart.at(-1) ?? nextNumber({ tickets: new Map() }, block) - 1) + 1;
    this.#numbersSinceStart.push(number);
    return { kind: 'issue', number };
  }

  #call(counter: string): Extract<Work, { kind: 'call' }> | null {
    const number = firstWaiting(this.disk.hall);
    return number === null ? null : { kind: 'call', number, counter };
  }

  #tellSafe(): void {
    if (this.state === null) return;
    const word = this.#safe.told(this.state, this.#bug);
    if (word === null) return;
    for (const [serial, seq] of this.disk.hall.removed) if (seq <= word.seq) this.revoked.add(serial);
    this.#io.act('tell what is safe', () => {
      this.#world.safe(this, word.seq);
      if (this.state?.part.kind === 'host') this.#sendSafe(this.state);
    });
  }

  #sendSafe(state: Station): void {
    this.#io.send('everybody', {
      kind: 'safe',
      epoch: state.seen.epoch,
      ...this.#safe.ofHost(state, this.#bug),
    });
  }

  #take({ state, effects }: StationStep): void {
    this.state = state;
    if (this.#bug === 'speak-for-the-dead') this.state = { ...state, seen: forgetful(state.seen, this.#bug) };
    for (const effect of effects) {
      if (this.state === null) return;
      this.#do(effect);
    }
  }

  #recorded(kind: WriteKind, batch: WorkBatch): void {
    if (this.#io.write(kind, { kind: 'append', batches: [batch] }) === null) return;
    this.#world.recorded(this, batch);
    this.give({ kind: 'recorded', batch, commandId: null, alone: false });
  }

  /** Records a change of roles: by an effect, or by a planted bug. */
  record(change: RoleChange): void {
    this.#recorded('role change', sealBatch(this, change, null, null));
  }

  #do(effect: StationEffect): void {
    const { disk } = this;
    switch (effect.kind) {
      case 'send':
        return void this.#io.send(effect.to, effect.message as SimulatedMessage);
      case 'send-log': {
        const batches = disk.log.slice(effect.after.seq, effect.after.seq + 50);
        const { epoch = 0, host = null } = this.state?.seen ?? {};
        if (batches.length > 0) this.#io.send(effect.to, { kind: 'batches', epoch, host, batches });
        return;
      }
      case 'remember': {
        const seen = forgetful(effect.seen, this.#bug);
        if (this.#bug === 'forget-term') return;
        if (this.#io.write('term', { kind: 'term', seen }) !== null) return void this.#world.remembered(this);
        this.state = null;
        return void this.#world.stopped(this);
      }
      case 'record':
        if (this.#bug === 'farewell-in-one-step' && effect.change.kind === 'pair-ending')
          return void this.record({ kind: 'pair-ended' });
        return void this.record(effect.change);
      case 'store': {
        const tip = disk.tip();
        const given = (effect.batches as readonly WorkBatch[]).filter(batch => batch.firstSeq > tip.seq);
        const batches = this.#bug === 'copy-no-answers' ? given.map(withoutCommand) : given;
        if (batches[0]?.firstSeq !== tip.seq + 1) return;
        if (this.#io.write('copy', { kind: 'append', batches }) === null) return;
        return void this.give({ kind: 'stored', batches });
      }
      case 'cut': {
        const { place } = effect;
        if (place.seq >= disk.tip().seq) return;
        const moved = this.#io.write('cut', { kind: 'cut', place });
        if (moved === null) return;
        this.#safe.cut(place.seq);
        this.#world.cut(this, place.seq);
        if (this.#bug === 'drop-aside') disk.aside.length = 0;
        return void this.give({ kind: 'cut', place, aside: disk.asideLeft(), roles: disk.roles });
      }
      case 'claim':
        return void this.#io.act('ask head office', () => this.#world.claim(this, effect.expected));
      case 'register':
        return void this.#io.act('ask head office', () => this.#world.register(this, effect.epoch));
      case 'answer':
        for (const commandId of effect.commandIds) {
          const first = disk.hall.commands.get(commandId);
          if (first !== undefined)
            this.#io.act('answer', () => this.#world.answer(this, commandId, first.number));
        }
        return;
      case 'merge':
        return void this.#recorded('merge', sealLate(this, effect, this.#bug));
      case 'report':
        return void this.#world.report(this, effect.what);
      case 'drop-answers':
        return;
    }
  }
}

/** Planted bugs in what is kept of the highest epoch. */
function forgetful(seen: SeenEpoch, bug: PlantedBug | null): SeenEpoch {
  if (bug === 'forget-asked') return { ...seen, asked: false };
  if (bug !== 'speak-for-the-dead') return seen;
  const { joined: _, ...known } = seen;
  return known;
}

/** Planted bug: the answer to a retry is not copied. */
function withoutCommand(batch: WorkBatch): WorkBatch {
  return batch.work?.kind === 'late' ? batch : { ...batch, commandId: null };
}
