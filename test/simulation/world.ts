import type { StationId } from '#core/replication/log.ts';
import type { PlantedBug } from './bugs.ts';
import { Counters } from './counters.ts';
import { GENESIS, type Transaction } from './disk.ts';
import { cruelOf, type IoKind, type Moment, Tally, type WriteKind } from './faults.ts';
import type { WorkBatch } from './hall.ts';
import { HeadOffice, type Push } from './head-office.ts';
import { Judge } from './judge.ts';
import { Links } from './links.ts';
import { People } from './people.ts';
import { createRandom } from './random.ts';
import { Scene } from './scene.ts';
import { SimulatedStation } from './simulated-station.ts';
import type { SimulatedMessage, Surroundings } from './surroundings.ts';
import { Timeline } from './timeline.ts';
import { Trouble } from './trouble.ts';
import { Watch } from './watch.ts';

/**
 * One schedule: a branch of three to five PCs and head office in one process, under a seeded scheduler. First a time
 * of faults, then everything is healed and must come to one log that holds whatever was answered.
 */

export interface ScheduleResult {
  readonly seed: number;
  /** What went against the rules; empty: nothing. */
  readonly violations: readonly string[];
  /** How often each fault really happened. */
  readonly counts: readonly (readonly [string, number])[];
  readonly pcs: number;
  readonly answered: number;
  readonly takeOvers: number;
  readonly twoHosts: boolean;
  readonly lateMerged: number;
}

const FAULTS_MS = 60_000;
/** With ten minutes of sleep in it, and some time after the waking. */
const LONG_FAULTS_MS = 690_000;
/** After the healing: longer than every patience, so that what has not come together never will. */
const HEALING_MS = 90_000;
/** Nobody asks for anything new in the last part, so that the last command can come to rest. */
const REST_MS = 30_000;
const TICK_MS = 250;

export function runSchedule(seed: number, bug: PlantedBug | null): ScheduleResult {
  return new World(seed, bug).run();
}

class World implements Surroundings {
  readonly #seed: number;
  readonly #scene: Scene;
  readonly #links: Links;
  readonly #counters: Counters;
  readonly #watch: Watch;
  readonly #people: People;
  readonly #trouble: Trouble;
  readonly #faultsMs: number;
  readonly #tooOld = new Set<SimulatedStation>();

  constructor(seed: number, bug: PlantedBug | null) {
    this.#seed = seed;
    const random = createRandom(seed);
    const cruelty = cruelOf(random);
    const headOffice = new HeadOffice(bug);
    const tally = new Tally();
    this.#scene = new Scene({ random, cruelty, headOffice, bug, tally, timeline: new Timeline() });
    this.#faultsMs = cruelty.longSleeps ? LONG_FAULTS_MS : FAULTS_MS;
    const endMs = this.#faultsMs + HEALING_MS - REST_MS;
    this.#links = new Links(this.#scene);
    this.#counters = new Counters(this.#scene, this.#links, endMs, cruelty.longSleeps ? 5 : 1);
    this.#watch = new Watch(this.#scene, this.#counters);
    this.#people = new People(
      this.#scene,
      (id, serial) => this.#addPc(id, serial),
      (id, isOff) => this.#links.cutOff(id, isOff),
    );
    this.#trouble = new Trouble(this.#scene, this.#links, this.#people);
  }

  run(): ScheduleResult {
    const scene = this.#scene;
    const pcs = this.#found();
    this.#counters.start();
    this.#people.start();
    this.#trouble.start();
    scene.timeline.runUntil(this.#faultsMs);
    this.#heal();
    scene.timeline.runUntil(this.#faultsMs + HEALING_MS);
    const host = new Judge(scene, this.#watch, this.#counters).judge();
    const takeOvers = this.#watch.hosts.length - 1;
    scene.tally.add('take-over', takeOvers);
    if (new Set(this.#watch.hosts.map(({ id }) => id)).size > 2)
      scene.count('take-overs round three PCs or more');
    return {
      seed: this.#seed,
      violations: scene.violations,
      counts: [...scene.tally.counts],
      pcs,
      answered: this.#counters.answers.size,
      takeOvers,
      twoHosts: scene.twoHostsReported,
      lateMerged: host?.disk.roles.merged.size ?? 0,
    };
  }

  // What PCs use

  send(from: SimulatedStation, to: StationId | 'everybody', message: SimulatedMessage): void {
    this.#links.send(from, to, message);
  }

  claim(from: SimulatedStation, expected: number): void {
    const { headOffice } = this.#scene;
    this.#links.askHeadOffice(from, () => {
      const answer = headOffice.claim(expected, from.id);
      // Named, whether it hears of it or not: a person who says otherwise is wrong from here on.
      if (answer.kind === 'named') this.#watch.noteHost(answer.host, answer.epoch);
      return answer;
    });
  }

  register(from: SimulatedStation, epoch: number): void {
    this.#links.askHeadOffice(from, () => this.#scene.headOffice.register(epoch, from.id));
  }

  push(from: SimulatedStation, push: Push): void {
    const { random, headOffice, healed } = this.#scene;
    this.#links.upload(from, () => {
      const dies = !healed && random.chance(0.05);
      const answer = headOffice.push(push, dies);
      if (dies) this.#scene.count('head office crash before it committed');
      else if (!healed && random.chance(0.05)) this.#scene.count('head office crash before it answered');
      else return answer;
      return null;
    });
  }

  answer(pc: SimulatedStation, commandId: string, number: number): void {
    const { random, healed, cruelty } = this.#scene;
    const order = this.#counters.orders.get(commandId);
    if (order === undefined || pc.isRemoved) return;
    this.#watch.answered(pc, order);
    // The answer itself can be lost on its way: then the sender asks again.
    if (!healed && random.chance(cruelty.lossy)) return;
    this.#counters.answered(commandId, number, pc);
  }

  diesAt(pc: SimulatedStation, kind: IoKind, moment: Moment): boolean {
    return this.#trouble.diesAt(pc, kind, moment);
  }

  isFull(pc: SimulatedStation, kind: WriteKind, transaction: Transaction): boolean {
    return this.#trouble.isFull(pc, kind, transaction);
  }

  died(pc: SimulatedStation): void {
    this.#watch.restarted(pc);
    this.#trouble.died(pc);
  }

  stopped(pc: SimulatedStation): void {
    this.#watch.restarted(pc);
    this.#trouble.died(pc);
  }

  remembered({ id, disk, isRemoved }: SimulatedStation): void {
    if (disk.seen.host === id && !isRemoved) this.#watch.noteHost(id, disk.seen.epoch);
  }

  safe(pc: SimulatedStation, seq: number): void {
    this.#watch.toldSafe(pc, seq);
  }

  cut(pc: SimulatedStation, seq: number): void {
    this.#watch.cut(pc, seq);
  }

  recorded(pc: SimulatedStation, batch: WorkBatch): void {
    if (!pc.isRemoved) this.#watch.recorded(pc, batch);
  }

  report(_pc: SimulatedStation, what: string): void {
    if (what === 'two-hosts') this.#scene.twoHostsReported = true;
  }

  isRemoved({ revoked }: SimulatedStation, name: StationId): boolean {
    const named = this.#scene.pcs.filter(({ id }) => id === name);
    return named.length > 0 && named.every(({ serial }) => revoked.has(serial));
  }

  // How the world goes

  #addPc(id: StationId, serial: string): SimulatedStation {
    const { random, timeline, cruelty, pcs, bug } = this.#scene;
    const pc = new SimulatedStation(id, serial, () => timeline.nowMs, this, bug);
    if (cruelty.versions && random.chance(0.6)) pc.disk.reads = 2;
    if (cruelty.versions && random.chance(0.4)) pc.protocol = 1;
    this.#links.issue(serial, (this.#scene.believedHost() ?? pc).clock.wallMs());
    pcs.push(pc);
    this.#tickLater(pc, random.between(0, TICK_MS));
    return pc;
  }

  /** The first host, as the first start of a branch makes it, and PCs that know of it. @returns how many */
  #found(): number {
    const { random, headOffice } = this.#scene;
    const count = random.pick([3, 3, 4, 5]);
    const names = Array.from({ length: count }, (_, index) => `pc-${index + 1}`);
    const pcs = names.map(id => this.#addPc(id, `${id}#1`));
    // Any of them: who is higher by name decides between two hosts of one epoch.
    const host = random.pick(pcs);
    const standby = random.pick(names.filter(id => id !== host.id));
    const raised = { epoch: 1, host: host.id, by: 'start', tookOver: false, over: null } as const;
    const start: WorkBatch = {
      ...{ epoch: 1, firstSeq: 1, lastSeq: 1, previousHash: GENESIS.hash, hash: 'start' },
      ...{ change: { kind: 'epoch-raised', ...raised }, work: null, commandId: null, by: host.serial },
    };
    this.#watch.noteHost(host.id, 1);
    headOffice.register(1, host.id);
    for (const { disk } of pcs) {
      disk.begin({ kind: 'term', seen: { epoch: 1, host: host.id, asked: false } });
      disk.sync();
      disk.begin({ kind: 'append', batches: [start] });
      disk.sync();
    }
    for (const pc of pcs) pc.run(() => pc.start());
    host.run(() => host.give({ kind: 'name-standby', standby }));
    return count;
  }

  #tickLater(pc: SimulatedStation, delayMs: number): void {
    const scene = this.#scene;
    scene.timeline.after(delayMs, () => {
      if (!pc.clock.isAsleep()) pc.run(() => pc.tick());
      const { state } = pc;
      if (state?.tooOld && !this.#tooOld.has(pc)) scene.count('program too old for the log');
      if (state?.tooOld) this.#tooOld.add(pc);
      else this.#tooOld.delete(pc);
      this.#people.decide(pc);
      this.#tickLater(pc, TICK_MS);
    });
  }

  #heal(): void {
    const scene = this.#scene;
    scene.healed = true;
    this.#links.renewAll();
    this.#trouble.heal();
    for (const pc of scene.members())
      if (pc.disk.reads < 2 && scene.cruelty.versions) this.#people.update(pc);
    for (const pc of scene.members()) if (pc.protocol < 2) this.#people.update(pc);
  }
}
