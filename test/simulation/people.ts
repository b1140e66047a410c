import { mayCall } from '#core/replication/host-step.ts';
import type { StationId } from '#core/replication/log.ts';
import type { Scene } from './scene.ts';
import type { SimulatedStation } from './simulated-station.ts';

/** How a new PC comes into the world. */
export type AddPc = (id: StationId, serial: string) => SimulatedStation;

/** What persons do in a branch: decide by PIN, name and release standbys, bring, remove and update PCs. */
export class People {
  readonly #scene: Scene;
  readonly #addPc: AddPc;
  /** Takes a PC's cables out, or puts them in again. */
  readonly #cutOff: (id: StationId, isOff: boolean) => void;

  constructor(scene: Scene, addPc: AddPc, cutOff: (id: StationId, isOff: boolean) => void) {
    this.#scene = scene;
    this.#cutOff = cutOff;
    this.#addPc = addPc;
  }

  start(): void {
    const { cruelty, random } = this.#scene;
    if (cruelty.farewells) this.often(8_000, 30_000, () => this.#farewell());
    if (cruelty.namings) this.often(3_000, 15_000, () => this.#name());
    if (cruelty.joins) this.#at(random.between(5_000, 50_000), () => this.#join());
    if (cruelty.removals && random.chance(0.4))
      this.#at(random.between(6_000, 50_000), () => this.#removeSomewhere(random.between(0, 40)));
    else if (cruelty.removals) this.#at(random.between(5_000, 25_000), () => this.#breakHost());
    if (cruelty.versions) this.often(10_000, 40_000, () => this.#update());
  }

  often(lowMs: number, highMs: number, act: () => void): void {
    const { random, timeline } = this.#scene;
    timeline.after(random.between(lowMs, highMs), () => {
      if (this.#scene.healed) return;
      act();
      this.often(lowMs, highMs, act);
    });
  }

  #at(delayMs: number, act: () => void): void {
    this.#scene.timeline.after(delayMs, () => {
      if (!this.#scene.healed) act();
    });
  }

  /** BR4: somebody with the right, at a PC that asks for a decision. */
  decide(pc: SimulatedStation): void {
    const { random, cruelty, headOffice } = this.#scene;
    const { state } = pc;
    if (state === null || this.#scene.healed || pc.isRemoved || !random.chance(0.03)) return;
    const isHost = state.part.kind === 'host';
    const undecided = state.part.kind === 'host' ? state.part.pair === 'undecided' : state.part.undecided;
    if (!undecided || pc.clock.isAsleep()) return;
    const decision = isHost ? 'go-on-alone' : 'take-over';
    // Who looks sees whether somebody else decides or may come to: only then the statement is true.
    const others = this.#scene.pcs.filter(other => other !== pc);
    const named = headOffice.epoch > state.seen.epoch && headOffice.host !== pc.id;
    const asked = others.some(({ disk }) => disk.seen.asked && disk.seen.epoch >= state.seen.epoch);
    const deciding = others.filter(
      ({ disk, id }) => disk.seen.epoch >= state.seen.epoch && disk.seen.host === id,
    );
    const isOff = (other: SimulatedStation) =>
      !isHost && other.state === null && other.disk.seen.epoch === state.seen.epoch;
    const isTrue = !named && !asked && deciding.every(isOff);
    if (!isTrue && !cruelty.falseStatements) return;
    this.#scene.decisions += 1;
    pc.run(() => pc.give({ kind: 'decided', decision }));
    this.#scene.count(isTrue ? `person right: ${word(decision)}` : `person wrong: ${word(decision)}`);
    // The screens say so: the other PC stays off until everybody can know who decides.
    if (isTrue) for (const other of deciding) this.#keepOff(other, pc.disk.seen.epoch);
  }

  #keepOff(pc: SimulatedStation, epoch: number): void {
    pc.isKeptOff = true;
    const look = () => {
      // Head office is not told where its copy has become another one: then it is on again when all links are.
      const isKnown = this.#scene.headOffice.epoch >= epoch || this.#scene.healed;
      if (!isKnown) return this.#scene.timeline.after(1_000, look);
      pc.isKeptOff = false;
      if (pc.mayStart) pc.run(() => pc.start());
    };
    look();
  }

  #farewell(): void {
    const host = this.#scene.believedHost();
    const { random, timeline } = this.#scene;
    if (host?.state?.part.kind !== 'host') return;
    const { standby } = host.disk.roles;
    host.run(() => host.give({ kind: 'release-standby' }));
    if (host.disk.roles.leaving) this.#scene.count('standby leaves properly');
    const next = this.#otherThan(host.id);
    timeline.after(3_000, () => this.#nameAt(host, next));
    // Often it is switched off then: that is what it left for.
    const gone = standby === null ? undefined : this.#scene.member(standby);
    if (gone?.state && random.chance(0.5))
      timeline.after(random.between(500, 6_000), () => {
        if (gone.disk.roles.standby !== gone.id && gone.state !== null) gone.crash();
      });
  }

  /** Anybody who takes itself for the host may be told to name somebody, at any moment. */
  #name(): void {
    const hosts = this.#scene.members().filter(({ state }) => state?.part.kind === 'host');
    if (hosts.length === 0) return;
    const host = this.#scene.random.pick(hosts);
    this.#nameAt(host, this.#otherThan(host.id));
  }

  #nameAt(host: SimulatedStation, standby: StationId): void {
    const scene = this.#scene;
    if (host.state?.part.kind !== 'host' || host.clock.isAsleep() || scene.healed) return;
    if (host.state.part.pair === 'solo') scene.count('standby named');
    const taking = scene
      .members()
      .some(({ state }) => state !== null && (state.seen.asked || state.part.claimDueMs !== null));
    const isRaised = scene.headOffice.epoch > host.state.seen.epoch;
    if (taking || isRaised) scene.count('standby named while a take-over runs');
    host.run(() => {
      if (
        scene.bug === 'two-standbys' &&
        host.state?.part.kind === 'host' &&
        host.state.part.pair === 'whole'
      )
        host.record({ kind: 'pair-made', standby });
      else host.give({ kind: 'name-standby', standby });
    });
  }

  #otherThan(id: StationId): StationId {
    const others = this.#scene.members().filter(pc => pc.id !== id && !pc.isGone);
    return this.#scene.random.pick(others).id;
  }

  /** A PC that was never there: empty disk, fresh certificate. */
  #join(): void {
    this.#scene.count('new PC joins');
    const id = `pc-${this.#scene.pcs.length + 1}`;
    const pc = this.#addPc(id, `${id}#1`);
    pc.run(() => pc.start());
  }

  /**
   * A PC was stolen, or broke and is replaced by a new one of its name: its certificate is withdrawn at the host. It
   * lives on, with its disk and its key.
   */
  #remove(host: SimulatedStation | undefined, broken: SimulatedStation | null): void {
    const scene = this.#scene;
    const { roles } = host?.disk ?? {};
    if (host?.state == null || !mayCall(host.state) || roles === undefined || host.clock.isAsleep()) return;
    // The screens refuse to remove the host and the standby (U545).
    const others = scene.members().filter(({ id }) => id !== host.id && id !== roles.standby);
    if (others.length === 0) return;
    const pc = broken !== null && others.includes(broken) ? broken : scene.random.pick(others);
    host.run(() => host.remove(pc.serial));
    this.#whenRemoved(pc);
  }

  /** Best at one that decides no more and does not know it: that is waited for a while. */
  #removeSomewhere(patience: number): void {
    const hosts = this.#scene.members().filter(({ state }) => state?.part.kind === 'host');
    const epochOf = ({ state }: SimulatedStation) => state?.seen.epoch ?? 0;
    const [oldest] = hosts.toSorted((a, b) => epochOf(a) - epochOf(b));
    if (hosts.length > 1 || patience === 0) this.#remove(oldest, null);
    else this.#at(500, () => this.#removeSomewhere(patience - 1));
  }

  /** The host works alone for a while, breaks for good with what it recorded then, and is replaced later. */
  #breakHost(): void {
    const scene = this.#scene;
    const host = scene.believedHost();
    if (host === undefined) return;
    this.#cutOff(host.id, true);
    this.#at(scene.random.between(8_000, 14_000), () => {
      this.#cutOff(host.id, false);
      // Only one that was taken over from: who decided alone takes what it answered with it.
      const { part, seen } = host.state ?? {};
      const successor = scene.believedHost()?.state?.seen.epoch ?? 0;
      if (part?.kind !== 'host' || part.pair === 'solo' || successor <= (seen?.epoch ?? 0)) return;
      scene.count('host broken for good');
      host.isGone = true;
      host.crash();
      this.#at(scene.random.between(9_000, 20_000), () => this.#remove(scene.believedHost(), host));
    });
  }

  /** It is removed as soon as anybody believes its certificate no more. */
  #whenRemoved(pc: SimulatedStation): void {
    const scene = this.#scene;
    const knowing = scene.members().filter(({ revoked }) => revoked.has(pc.serial));
    if (knowing.length === 0) return void this.#scene.timeline.after(250, () => this.#whenRemoved(pc));
    scene.count('PC removed');
    pc.isRemoved = true;
    pc.removedAt = Math.max(...knowing.map(({ disk }) => disk.log.length));
    this.#whenKnown(pc);
    if (!scene.random.chance(pc.isGone ? 0.9 : 0.5)) return;
    this.#at(scene.random.between(1_000, 10_000), () => this.#replace(pc));
  }

  /** Paired where its removal is known: by a host that runs, and that the new PC gets the list of removed ones from. */
  #replace(pc: SimulatedStation): void {
    const scene = this.#scene;
    const isReady = scene
      .members()
      .some(({ state, revoked }) => state !== null && mayCall(state) && revoked.has(pc.serial));
    if (!isReady) return void this.#at(500, () => this.#replace(pc));
    scene.count('PC replaced by a new one of its name');
    const next = this.#addPc(pc.id, `${pc.serial}+`);
    next.revoked.add(pc.serial);
    next.run(() => next.start());
  }

  #whenKnown(pc: SimulatedStation): void {
    const members = this.#scene.members();
    if (members.every(({ revoked }) => revoked.has(pc.serial))) {
      // What was under way then may still come.
      this.#scene.timeline.after(10_000, () => {
        pc.knownEverywhereAt = Math.max(...members.map(({ disk }) => disk.tip().seq));
      });
      return;
    }
    this.#scene.timeline.after(1_000, () => this.#whenKnown(pc));
  }

  /** A PC gets the newer program: it starts anew. */
  #update(): void {
    const old = this.#scene.members().filter(pc => pc.disk.reads < 2 || pc.protocol < 2);
    if (old.length === 0) return;
    this.update(this.#scene.random.pick(old));
  }

  update(pc: SimulatedStation): void {
    this.#scene.count('program updated');
    pc.disk.reads = 2;
    pc.protocol = 2;
    if (pc.state !== null) pc.crash();
  }
}

function word(decision: 'go-on-alone' | 'take-over'): 'go on alone' | 'take over' {
  return decision === 'go-on-alone' ? 'go on alone' : 'take over';
}
