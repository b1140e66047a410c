import type { StationId } from '#core/replication/log.ts';
import type { ClaimAnswer } from '#core/replication/station.ts';
import type { PlantedBug } from './bugs.ts';
import { GENESIS } from './disk.ts';
import type { WorkBatch } from './hall.ts';
import { HeadOffice } from './head-office.ts';
import { createRandom, type Random } from './random.ts';
import {
  type Order,
  type SimulatedMessage,
  SimulatedStation,
  type Surroundings,
} from './simulated-station.ts';
import { Timeline } from './timeline.ts';

/**
 * One schedule: a branch of three PCs and head office in one process, under a seeded scheduler. First a time of
 * faults, then everything is healed and must come to one log that holds whatever was answered.
 */

export interface ScheduleResult {
  readonly seed: number;
  /** What went against the rules; empty: nothing. */
  readonly violations: readonly string[];
  readonly answered: number;
  readonly takeOvers: number;
  readonly twoHosts: boolean;
  readonly lateMerged: number;
}

interface Answer {
  readonly kind: 'issue' | 'call';
  readonly number: number;
  readonly counter: string;
}

const STATIONS: readonly StationId[] = ['pc-1', 'pc-2', 'pc-3'];
const COUNTERS = ['counter-1', 'counter-2', 'counter-3'] as const;
const FAULTS_MS = 60_000;
/** After the healing: longer than every patience, so that what has not come together never will. */
const HEALING_MS = 120_000;
const TICK_MS = 250;

export function runSchedule(seed: number, bug: PlantedBug | null): ScheduleResult {
  return new World(seed, bug).run();
}

/** What this schedule is cruel with; each kind in about half of the schedules. */
interface Cruelty {
  readonly lossy: number;
  readonly slow: boolean;
  readonly partitions: boolean;
  readonly crashes: boolean;
  readonly crashAtEffects: number;
  readonly headOfficeDown: boolean;
  readonly fullDisks: boolean;
  readonly sleeps: boolean;
  readonly clockJumps: boolean;
  /** A person who says "the host is off" without having looked. */
  readonly falseStatements: boolean;
  readonly farewells: boolean;
}

class World implements Surroundings {
  readonly #seed: number;
  readonly #random: Random;
  readonly #timeline = new Timeline();
  readonly #headOffice: HeadOffice;
  readonly #stations: Map<StationId, SimulatedStation>;
  readonly #cruelty: Cruelty;
  readonly #blocked = new Set<string>();
  readonly #asleepUntil = new Map<StationId, number>();
  readonly #clockOffset = new Map<StationId, number>();
  readonly #answers = new Map<string, Answer>();
  readonly #orders = new Map<string, Order>();
  readonly #violations: string[] = [];
  readonly #hosts = new Set<string>();
  #headOfficeUp = true;
  #healed = false;
  #falseStatement = false;
  /** What persons decided by PIN. */
  #decisions = 0;
  #twoHosts = false;
  #lateMerged = 0;
  #clockOf: StationId | null = null;
  #orderCount = 0;

  constructor(seed: number, bug: PlantedBug | null) {
    this.#seed = seed;
    this.#random = createRandom(seed);
    this.#headOffice = new HeadOffice(bug);
    this.#stations = new Map(STATIONS.map(id => [id, new SimulatedStation(id, this, bug)]));
    const { chance, next } = this.#random;
    this.#cruelty = {
      lossy: chance(0.5) ? next() * 0.2 : 0,
      slow: chance(0.4),
      partitions: chance(0.6),
      crashes: chance(0.6),
      crashAtEffects: chance(0.4) ? 0.004 : 0,
      headOfficeDown: chance(0.5),
      fullDisks: chance(0.2),
      sleeps: chance(0.2),
      clockJumps: chance(0.2),
      falseStatements: chance(0.15),
      farewells: chance(0.3),
    };
  }

  run(): ScheduleResult {
    this.#found();
    for (const station of this.#stations.values()) this.#tickLater(station, this.#random.between(0, TICK_MS));
    for (const counter of COUNTERS) this.#workLater(counter);
    this.#workLater('kiosk');
    this.#trouble();
    this.#timeline.runUntil(FAULTS_MS);
    this.#heal();
    this.#timeline.runUntil(FAULTS_MS + HEALING_MS);
    this.#judge();
    return {
      seed: this.#seed,
      violations: this.#violations,
      answered: this.#answers.size,
      takeOvers: this.#hosts.size - 1,
      twoHosts: this.#twoHosts,
      lateMerged: this.#lateMerged,
    };
  }

  // What stations use

  nowMs(): number {
    return this.#timeline.nowMs + (this.#clockOffset.get(this.#clockOf ?? '') ?? 0);
  }

  send(from: StationId, to: StationId | 'everybody', message: SimulatedMessage): void {
    const others = to === 'everybody' ? STATIONS.filter(id => id !== from) : [to];
    for (const other of others) {
      this.#deliver(from, other, message);
      if (!this.#healed && this.#random.chance(this.#cruelty.lossy / 3)) this.#deliver(from, other, message);
    }
  }

  claim(from: StationId, expected: number): void {
    this.#askHeadOffice(from, () => {
      const answer = this.#headOffice.claim(expected, from);
      // Named, whether it hears of it or not: a person who says otherwise is wrong from here on.
      if (answer.kind === 'named') this.#noteHost(answer.host, answer.epoch);
      return answer;
    });
  }

  register(from: StationId, epoch: number): void {
    this.#askHeadOffice(from, () => this.#headOffice.register(epoch, from));
  }

  push(from: StationId, epoch: number, batches: readonly WorkBatch[]): void {
    const crash = !this.#healed && this.#random.chance(0.05);
    const { cursor } = this.#headOffice;
    // The branch checks its last uploaded seal too, so that a fork is found.
    const sent = batches.slice(Math.max(0, cursor - 1));
    this.#askHeadOffice(from, () => this.#headOffice.push(epoch, from, sent, crash));
  }

  answer(station: SimulatedStation, commandId: string, number: number, early: boolean): void {
    const order = this.#orders.get(commandId);
    if (order === undefined) return;
    this.#checkBothDisks(station, order, early);
    // The answer itself can be lost on its way: then the sender asks again.
    if (!this.#healed && this.#random.chance(this.#cruelty.lossy)) return;
    const first = this.#answers.get(commandId);
    // A retry may be under way to another host while the first answer arrives: its sender goes by the first.
    if (first !== undefined) return;
    this.#answers.set(commandId, { kind: order.kind, number, counter: order.counter });
  }

  diesNow(): boolean {
    return (
      !this.#healed && this.#cruelty.crashAtEffects > 0 && this.#random.chance(this.#cruelty.crashAtEffects)
    );
  }

  died(station: SimulatedStation): void {
    this.#timeline.after(this.#random.between(200, 15_000), () => {
      if (station.state === null) this.#as(station.id, () => station.start());
    });
  }

  report(what: string): void {
    if (what === 'two-hosts') this.#twoHosts = true;
  }

  // How the world goes

  /** The first host, as the first start of a branch makes it. */
  #found(): void {
    const [first] = STATIONS;
    const host = this.#stations.get(first ?? '');
    if (host === undefined) return;
    for (const { disk } of this.#stations.values()) disk.seen = { epoch: 1, host: host.id, asked: false };
    const change = {
      kind: 'epoch-raised',
      epoch: 1,
      host: host.id,
      by: 'start',
      tookOver: false,
      over: null,
    } as const;
    const start: WorkBatch = {
      ...{ epoch: 1, firstSeq: 1, lastSeq: 1, previousHash: GENESIS.hash, hash: 'start' },
      ...{ change, work: null, commandId: null },
    };
    for (const { disk } of this.#stations.values()) disk.append([start]);
    this.#headOffice.register(1, host.id);
    for (const station of this.#stations.values()) this.#as(station.id, () => station.start());
    this.#as(host.id, () => host.give({ kind: 'name-standby', standby: 'pc-2' }));
  }

  #as(id: StationId, act: () => void): void {
    const before = this.#clockOf;
    this.#clockOf = id;
    act();
    this.#clockOf = before;
  }

  #deliver(from: StationId, to: StationId, message: SimulatedMessage): void {
    const { lossy, slow } = this.#cruelty;
    if (!this.#healed && (this.#blocked.has(`${from}>${to}`) || this.#random.chance(lossy))) return;
    const late = !this.#healed && slow && this.#random.chance(0.1);
    const delayMs = late ? this.#random.between(100, 8_000) : this.#random.between(1, 40);
    this.#timeline.after(delayMs, () =>
      this.#arrive(to, () => this.#stations.get(to)?.receive(from, message)),
    );
  }

  /** A sleeping PC gets everything when it wakes. */
  #arrive(to: StationId, act: () => void): void {
    const until = this.#asleepUntil.get(to) ?? 0;
    if (until > this.#timeline.nowMs)
      this.#timeline.after(until - this.#timeline.nowMs, () => this.#arrive(to, act));
    else this.#as(to, act);
  }

  #askHeadOffice(from: StationId, ask: () => ClaimAnswer | null): void {
    const reachable = () => this.#healed || (this.#headOfficeUp && !this.#blocked.has(`${from}>head-office`));
    const delay = () => this.#random.between(5, !this.#healed && this.#cruelty.slow ? 5_000 : 100);
    const tell = (answer: ClaimAnswer) =>
      this.#arrive(from, () => this.#stations.get(from)?.give({ kind: 'claimed', answer }));
    this.#timeline.after(delay(), () => {
      const arrived = reachable();
      const answer = arrived ? ask() : null;
      const back = arrived && (this.#healed || !this.#random.chance(this.#cruelty.lossy));
      if (back && answer === null) return;
      this.#timeline.after(delay(), () => tell(back && answer !== null ? answer : { kind: 'unreachable' }));
    });
  }

  #tickLater(station: SimulatedStation, delayMs: number): void {
    this.#timeline.after(delayMs, () => {
      this.#arrive(station.id, () => station.tick());
      const { state } = station;
      if (state?.part.kind === 'host') this.#noteHost(station.id, state.seen.epoch);
      this.#person(station);
      this.#tickLater(station, TICK_MS);
    });
  }

  /** Only a person's word can make two hosts of one epoch; then calls may double, and nothing may be lost. */
  #noteHost(id: StationId, epoch: number): void {
    this.#hosts.add(`${id}/${epoch}`);
    if (!STATIONS.some(other => other !== id && this.#hosts.has(`${other}/${epoch}`))) return;
    if (this.#decisions > 0) this.#falseStatement = true;
    else this.#violations.push(`epoch ${epoch} has two hosts without anybody's word`);
  }

  /** A counter or the kiosk: one command at a time, asked for again until it is answered. */
  #workLater(counter: string): void {
    const pauseMs = this.#random.between(300, 3_000);
    this.#timeline.after(pauseMs, () => {
      // Work ends a while before the end, so that the last command can come to rest.
      if (this.#timeline.nowMs > FAULTS_MS + HEALING_MS - 40_000) return;
      const kind = counter === 'kiosk' ? 'issue' : 'call';
      const order: Order = { commandId: `${kind}-${++this.#orderCount}`, kind, counter };
      this.#orders.set(order.commandId, order);
      this.#ask(order, 0);
    });
  }

  #ask(order: Order, tries: number): void {
    if (this.#answers.has(order.commandId) || tries > 60) {
      this.#workLater(order.counter);
      return;
    }
    // A station asks whom it takes for the host; sometimes it is wrong.
    const to = this.#random.chance(0.8) ? this.#believedHost() : this.#random.pick(STATIONS);
    this.#timeline.after(this.#random.between(1, 50), () =>
      this.#arrive(to, () => this.#stations.get(to)?.order(order)),
    );
    this.#timeline.after(1_500, () => this.#ask(order, tries + 1));
  }

  #believedHost(): StationId {
    let best = this.#stations.get('pc-1');
    for (const station of this.#stations.values())
      if (station.state?.part.kind === 'host' && station.state.seen.epoch >= (best?.state?.seen.epoch ?? 0))
        best = station;
    return best?.id ?? 'pc-1';
  }

  /** BR4: somebody with the right, at a PC that asks for a decision. */
  #person(station: SimulatedStation): void {
    const { state } = station;
    if (state === null || this.#healed || !this.#random.chance(0.03)) return;
    const undecided = state.part.kind === 'host' ? state.part.pair === 'undecided' : state.part.undecided;
    if (!undecided) return;
    const decision = state.part.kind === 'host' ? 'go-on-alone' : 'take-over';
    // Who looks sees whether somebody else decides or may come to: only then the statement is true.
    const others = [...this.#stations.values()].filter(({ id }) => id !== station.id);
    const named = this.#headOffice.epoch > state.seen.epoch && this.#headOffice.host !== station.id;
    const asked = others.some(({ disk }) => disk.seen.asked && disk.seen.epoch >= state.seen.epoch);
    const other = others.some(({ disk, id }) => disk.seen.epoch >= state.seen.epoch && disk.seen.host === id);
    const isTrue = !named && !asked && (decision === 'go-on-alone' ? !other : false);
    if (!isTrue && !this.#cruelty.falseStatements) return;
    this.#decisions += 1;
    this.#as(station.id, () => station.give({ kind: 'decided', decision }));
  }

  #trouble(): void {
    const { cruelty, random } = { cruelty: this.#cruelty, random: this.#random };
    const often = (on: boolean, lowMs: number, highMs: number, act: () => void) => {
      if (!on) return;
      const plan = () =>
        this.#timeline.after(random.between(lowMs, highMs), () => {
          if (this.#healed) return;
          act();
          plan();
        });
      plan();
    };
    const forAWhile = (highMs: number, undo: () => void) =>
      this.#timeline.after(random.between(500, highMs), undo);
    const someStation = () => this.#stations.get(random.pick(STATIONS));
    often(cruelty.crashes, 4_000, 25_000, () => {
      const host = this.#stations.get(this.#believedHost());
      const station = random.chance(0.6) ? host : someStation();
      if (station?.state) station.crash();
    });
    often(cruelty.partitions, 3_000, 20_000, () => {
      const from = random.pick([...STATIONS]);
      const to = random.pick([...STATIONS, 'head-office'].filter(id => id !== from));
      const ways = [`${from}>${to}`, ...(random.chance(0.6) ? [`${to}>${from}`] : [])];
      for (const way of ways) this.#blocked.add(way);
      forAWhile(20_000, () => {
        for (const way of ways) this.#blocked.delete(way);
      });
    });
    often(cruelty.headOfficeDown, 3_000, 20_000, () => {
      this.#headOfficeUp = false;
      forAWhile(30_000, () => {
        this.#headOfficeUp = true;
      });
    });
    often(cruelty.fullDisks, 5_000, 30_000, () => {
      const station = someStation();
      if (station === undefined) return;
      station.disk.full = true;
      forAWhile(15_000, () => {
        station.disk.full = false;
      });
    });
    often(cruelty.sleeps, 10_000, 40_000, () => {
      this.#asleepUntil.set(random.pick(STATIONS), this.#timeline.nowMs + random.between(1_000, 20_000));
    });
    often(cruelty.clockJumps, 10_000, 40_000, () => {
      this.#clockOffset.set(random.pick(STATIONS), random.chance(0.5) ? 86_400_000 : 600_000);
    });
    often(cruelty.farewells, 8_000, 30_000, () => {
      const id = this.#believedHost();
      const station = this.#stations.get(id);
      const next = random.pick(STATIONS.filter(other => other !== id));
      this.#as(id, () => station?.give({ kind: 'release-standby' }));
      this.#timeline.after(3_000, () =>
        this.#as(id, () => station?.give({ kind: 'name-standby', standby: next })),
      );
    });
  }

  #heal(): void {
    this.#healed = true;
    this.#blocked.clear();
    this.#headOfficeUp = true;
    this.#asleepUntil.clear();
    for (const station of this.#stations.values()) {
      station.disk.full = false;
      if (station.state === null) this.#as(station.id, () => station.start());
    }
  }

  // What must hold

  /** BR3: at the moment of an answer, the batch is on both disks, or its host decides alone. */
  #checkBothDisks(station: SimulatedStation, order: Order, early: boolean): void {
    const { disk, state } = station;
    const first = disk.hall.commands.get(order.commandId);
    if (first === undefined) return;
    const { standby, epoch } = disk.roles;
    if (standby === null) return;
    const isBroken = state?.part.kind === 'host' && state.part.pair !== 'whole';
    if (isBroken && order.kind === 'issue') return;
    const other = this.#stations.get(standby)?.disk;
    const hash = disk.hashAt(first.seq);
    const isThere =
      other?.hashAt(first.seq) === hash && first.seq <= (other?.log.length ?? 0) - (other?.unsynced ?? 0);
    // Once the standby has gone on to another epoch, its disk is no longer asked for.
    const isPast = (other?.seen.epoch ?? 0) > epoch;
    const asideThere = other?.aside.some(batch => batch.hash === hash) ?? false;
    if (!isThere && !asideThere && !isPast)
      this.#violations.push(
        `${order.commandId} was answered before the standby had it${early ? ' (early)' : ''}`,
      );
  }

  #judge(): void {
    const hosts = [...this.#stations.values()].filter(({ state }) => state?.part.kind === 'host');
    const [host] = hosts;
    if (host === undefined || hosts.length !== 1) {
      this.#violations.push(`${hosts.length} hosts after the healing`);
      return;
    }
    const { disk } = host;
    const tip = disk.tip();
    for (const [id, station] of this.#stations) {
      if (station.disk.tip().hash !== tip.hash) this.#violations.push(`${id} did not come to the host's log`);
      const left = station.disk.aside.filter(
        ({ hash, lastSeq }) => !disk.roles.merged.has(hash) && disk.hashAt(lastSeq) !== hash,
      );
      if (left.length > 0) this.#violations.push(`${id} still keeps ${left.length} batches aside`);
    }
    if (disk.roles.unaccounted.length > 0) this.#violations.push('somebody is still unaccounted for');
    if (disk.roles.standby === null && disk.roles.formerStandby !== null)
      this.#violations.push('the pair is not whole again');
    this.#judgeWork(host);
    this.#judgeHeadOffice(host);
    this.#lateMerged = disk.roles.merged.size;
  }

  #judgeWork({ disk }: SimulatedStation): void {
    const { hall } = disk;
    for (const what of hall.twice) this.#violations.push(`twice: ${what}`);
    const numbers = new Map<number, string>();
    const called = new Map<number, string>();
    for (const [commandId, { kind, number, counter }] of this.#answers) {
      const there = hall.commands.get(commandId);
      const isKept = there !== undefined || (this.#falseStatement && hall.withoutEffect.has(commandId));
      if (!isKept) this.#violations.push(`${commandId} was answered and is lost`);
      else if (kind === 'call' && there !== undefined && there.number !== number && !this.#falseStatement)
        this.#violations.push(`${commandId} was answered ${number}, the log says ${there.number}`);
      if (kind === 'issue') {
        if (!hall.tickets.has(number)) this.#violations.push(`number ${number} was given and is lost`);
        const other = numbers.get(number);
        if (other !== undefined)
          this.#violations.push(`number ${number} was given twice: ${other}, ${commandId}`);
        numbers.set(number, commandId);
      } else {
        const other = called.get(number);
        if (other !== undefined && !this.#falseStatement)
          this.#violations.push(`ticket ${number} was called by ${other} and ${counter}`);
        called.set(number, counter);
      }
    }
    if (!this.#falseStatement)
      for (const [number, counters] of hall.tickets)
        if (counters.length > 1) this.#violations.push(`ticket ${number} has ${counters.join(' and ')}`);
  }

  #judgeHeadOffice({ disk }: SimulatedStation): void {
    const { rows, forks } = this.#headOffice;
    if (this.#falseStatement) return;
    if (forks.length > 0) this.#violations.push(`head office has ${forks.length} forks`);
    const differs = rows.findIndex((batch, index) => disk.hashAt(index + 1) !== batch.hash);
    if (differs >= 0) this.#violations.push(`head office differs from place ${differs + 1}`);
    if (rows.length < disk.log.length - 60) this.#violations.push('head office does not catch up');
  }
}
