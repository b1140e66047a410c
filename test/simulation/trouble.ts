import type { Transaction } from './disk.ts';
import type { IoKind, Moment, WriteKind } from './faults.ts';
import type { Links } from './links.ts';
import type { People } from './people.ts';
import type { Scene } from './scene.ts';
import type { SimulatedStation } from './simulated-station.ts';

const DAY_MS = 86_400_000;
const TEN_MINUTES_MS = 600_000;

/** What goes wrong with PCs, disks, clocks, ways and head office. */
export class Trouble {
  readonly #scene: Scene;
  readonly #links: Links;
  readonly #people: People;
  /** PCs that die after so many more inputs and outputs. */
  readonly #armed = new Map<SimulatedStation, number>();
  readonly #downUntil = new Map<SimulatedStation, number>();

  constructor(scene: Scene, links: Links, people: People) {
    this.#scene = scene;
    this.#links = links;
    this.#people = people;
  }

  start(): void {
    const { cruelty, random } = this.#scene;
    const often = (on: boolean, lowMs: number, highMs: number, act: () => void) => {
      if (on) this.#people.often(lowMs, highMs, act);
    };
    often(cruelty.crashes, 4_000, 25_000, () => this.#switchOff());
    often(cruelty.partitions, 3_000, 20_000, () => this.#block());
    often(cruelty.headOfficeDown, 3_000, 20_000, () => {
      this.#links.headOfficeUp = false;
      this.#forAWhile(30_000, () => {
        this.#links.headOfficeUp = true;
      });
    });
    often(cruelty.headOfficeDown || this.#scene.bug === 'head-office-forgets-epoch', 5_000, 30_000, () => {
      this.#scene.count('head office restarted');
      this.#scene.headOffice.restart();
    });
    often(cruelty.fullDisks, 5_000, 30_000, () => this.#fill(this.#some()));
    often(cruelty.sleeps, 10_000, 40_000, () => {
      this.#scene.count('asleep for a moment');
      this.#some().clock.sleep(random.between(1_000, 20_000), random.chance(0.5));
    });
    if (cruelty.longSleeps)
      this.#scene.timeline.after(random.between(5_000, 40_000), () => this.#sleepLong());
    often(cruelty.clockJumps, 8_000, 30_000, () => this.#jumpClock());
    if (cruelty.chain) this.#chain();
  }

  /** Ends what is still wrong. */
  heal(): void {
    this.#links.blocked.clear();
    this.#links.headOfficeUp = true;
    this.#armed.clear();
    for (const pc of this.#scene.pcs) {
      pc.disk.full = false;
      pc.clock.asleepUntilMs = 0;
      pc.clock.wallOffsetMs = 0;
      if (pc.mayStart) pc.run(() => pc.start());
    }
  }

  /** True: the power goes here. */
  diesAt(pc: SimulatedStation, kind: IoKind, moment: Moment): boolean {
    const { cruelty, random, healed } = this.#scene;
    if (healed) return false;
    const left = this.#armed.get(pc);
    if (left !== undefined) this.#armed.set(pc, left - 1);
    const isArmed = left === 0;
    if (!isArmed && (cruelty.crashAtIo === 0 || !random.chance(cruelty.crashAtIo))) return false;
    this.#armed.delete(pc);
    this.#scene.tally.add(`crash ${moment} ${kind}`);
    return true;
  }

  isFull(pc: SimulatedStation, kind: WriteKind, transaction: Transaction): boolean {
    const { cruelty, random, healed } = this.#scene;
    const isTakeOver =
      transaction.kind === 'append'
        ? transaction.batches[0]?.change?.kind === 'epoch-raised' && kind === 'role change'
        : transaction.kind === 'term' && transaction.seen.host === pc.id;
    if (isTakeOver && !healed && !pc.disk.full) {
      if (cruelty.crashInTakeOvers && random.chance(0.5)) this.#armed.set(pc, random.between(0, 12));
      if (cruelty.fullInTakeOvers && random.chance(0.5)) this.#fill(pc);
    }
    if (!pc.disk.full) return false;
    this.#scene.count(`disk full at write ${kind}`);
    if (isTakeOver) this.#scene.count('disk full in a take-over');
    return true;
  }

  /** The power went, on purpose or amid something; it comes back. */
  died(pc: SimulatedStation, highMs = 15_000): void {
    for (const found of pc.disk.crash(this.#scene.random)) this.#scene.count(`write not synced: ${found}`);
    this.#armed.delete(pc);
    const { timeline, random, healed } = this.#scene;
    this.#startLater(pc, timeline.nowMs + (healed ? 500 : random.between(200, highMs)));
  }

  #startLater(pc: SimulatedStation, atMs: number): void {
    const { timeline } = this.#scene;
    this.#downUntil.set(pc, Math.max(this.#downUntil.get(pc) ?? 0, atMs));
    timeline.after(atMs - timeline.nowMs, () => {
      const isDue = timeline.nowMs >= (this.#downUntil.get(pc) ?? 0) || this.#scene.healed;
      if (pc.mayStart && isDue) pc.run(() => pc.start());
    });
  }

  #some(): SimulatedStation {
    return this.#scene.random.pick(this.#scene.pcs);
  }

  #forAWhile(highMs: number, undo: () => void): void {
    const { timeline, random } = this.#scene;
    timeline.after(random.between(500, highMs), undo);
  }

  #switchOff(): void {
    const { random } = this.#scene;
    const pc = (random.chance(0.6) ? this.#scene.believedHost() : undefined) ?? this.#some();
    if (pc.state === null) return;
    this.#scene.count('PC switched off');
    pc.crash();
    if (!random.chance(0.2)) return;
    // Whoever stays away so long is taken over from, and comes back to another branch.
    this.#scene.count('PC switched off for long');
    this.#startLater(pc, this.#scene.timeline.nowMs + random.between(15_000, 60_000));
  }

  /** BR5, one after another: each new host goes as soon as it has a standby again. */
  #chain(): void {
    const { random, timeline, healed } = this.#scene;
    if (healed) return;
    const host = this.#scene.believedHost();
    const part = host?.state?.part;
    if (host !== undefined && part?.kind === 'host' && part.pair === 'whole' && part.waiting.length < 3) {
      // Cut off, it goes on alone for a while, with what its successor does not know.
      if (random.chance(0.5)) this.#cutOff(host);
      else {
        this.#scene.count('host switched off as soon as its pair was whole');
        host.crash();
        this.#startLater(host, timeline.nowMs + random.between(4_000, 14_000));
      }
    } else if (part?.kind === 'host' && part.pair === 'solo' && host !== undefined && random.chance(0.3)) {
      const others = this.#scene.members().filter(pc => pc !== host && pc.state !== null);
      if (others.length > 0) {
        const standby = random.pick(others).id;
        host.run(() => host.give({ kind: 'name-standby', standby }));
      }
    }
    timeline.after(random.between(500, 3_000), () => this.#chain());
  }

  #cutOff({ id }: SimulatedStation): void {
    const { timeline, random } = this.#scene;
    this.#scene.count('host cut off as soon as its pair was whole');
    this.#links.cutOff(id, true);
    timeline.after(random.between(6_000, 12_000), () => this.#links.cutOff(id, false));
  }

  #block(): void {
    const { random, pcs } = this.#scene;
    const names = [...new Set(pcs.map(({ id }) => id))];
    const from = random.pick(names);
    const to = random.pick([...names, 'head-office'].filter(id => id !== from));
    const both = random.chance(0.5);
    const back = random.chance(0.5) && to !== 'head-office';
    const ways =
      both || to === 'head-office'
        ? [`${from}>${to}`, `${to}>${from}`]
        : [back ? `${to}>${from}` : `${from}>${to}`];
    this.#scene.count(both ? 'way blocked both ways' : 'way blocked one way');
    for (const way of ways) this.#links.blocked.add(way);
    this.#forAWhile(20_000, () => {
      for (const way of ways) this.#links.blocked.delete(way);
    });
  }

  #fill(pc: SimulatedStation): void {
    pc.disk.full = true;
    this.#forAWhile(15_000, () => {
      pc.disk.full = false;
    });
  }

  #sleepLong(): void {
    const { random } = this.#scene;
    const pc = (random.chance(0.5) ? this.#scene.believedHost() : undefined) ?? this.#some();
    const stands = random.chance(0.5);
    this.#scene.count(stands ? 'ten minutes asleep, clock stood still' : 'ten minutes asleep, clock went on');
    pc.clock.sleep(TEN_MINUTES_MS, stands);
  }

  #jumpClock(): void {
    const { random } = this.#scene;
    const { clock } = this.#some();
    switch (random.between(0, 4)) {
      case 0:
        this.#scene.count('machine clock a day on');
        return void clock.jump(DAY_MS);
      case 1:
        this.#scene.count('machine clock a day back');
        return void clock.jump(-DAY_MS);
      case 2:
        this.#scene.count('machine clock ten minutes on');
        return void clock.jump(TEN_MINUTES_MS);
      case 3:
        this.#scene.count('wall clock a day on');
        clock.wallOffsetMs += DAY_MS;
        return;
      default:
        this.#scene.count('wall clock a day back');
        clock.wallOffsetMs -= DAY_MS + 60_000;
    }
  }
}
