import type { StationId } from '#core/replication/log.ts';
import type { Counters } from './counters.ts';
import type { WorkBatch } from './hall.ts';
import type { Scene } from './scene.ts';
import type { SimulatedStation } from './simulated-station.ts';
import type { Order } from './surroundings.ts';

/** What must hold at every moment; the judge looks at the end. */
export class Watch {
  /** Places of the log that screens and devices were told to follow, with their seals. */
  readonly safe = new Map<number, string>();
  /** Epochs begun, in order, with who began them. */
  readonly hosts: { readonly epoch: number; readonly id: StationId }[] = [];
  readonly #scene: Scene;
  readonly #counters: Counters;
  readonly #toldSafe = new Map<SimulatedStation, number>();
  /** Who recorded in which epoch. */
  readonly #recorders = new Map<number, Set<SimulatedStation>>();

  constructor(scene: Scene, counters: Counters) {
    this.#scene = scene;
    this.#counters = counters;
  }

  /** Two PCs recorded in one epoch: only a person's word can do that. */
  get hasTwoRecorders(): boolean {
    return this.#hasTwo(() => true);
  }

  /** And both are there still: one that was removed or broke before it met the other can tell nobody. */
  get hasTwoRecordersNow(): boolean {
    return this.#hasTwo(pc => !pc.isRemoved && !pc.isGone);
  }

  recorded(pc: SimulatedStation, { epoch, commandId, work, change }: WorkBatch): void {
    this.#recorders.set(epoch, (this.#recorders.get(epoch) ?? new Set()).add(pc));
    if (work !== null && work.kind !== 'late' && commandId === null)
      this.#scene.violate(`${pc.serial} recorded work nobody asked for`);
    if (change?.kind === 'epoch-raised' && pc.disk.isUnread)
      this.#scene.violate(`${pc.serial} decides by a log it cannot read`);
    if (change?.kind === 'late-merged' && 'more' in change) this.#scene.count('merge in several parts');
  }

  /** Named or at work: two of one epoch exist only by a person's word; then calls may double, and nothing is lost. */
  noteHost(id: StationId, epoch: number): void {
    const scene = this.#scene;
    if (this.hosts.some(host => host.epoch === epoch && host.id === id)) return;
    const isSecond = this.hosts.some(host => host.epoch === epoch);
    this.hosts.push({ epoch, id });
    if (!isSecond) return;
    if (scene.decisions === 0)
      return void scene.violate(
        `epoch ${epoch} has two hosts without anybody's word: ${this.#namesOf(epoch)}`,
      );
    if (!scene.falseStatement) scene.count('two hosts by a false statement');
    scene.falseStatement = true;
  }

  /** BR3: at the moment of an answer, the batch is on both disks, or its host decides alone. */
  answered(pc: SimulatedStation, order: Order): void {
    const { disk, state } = pc;
    const first = disk.hall.commands.get(order.commandId);
    const scene = this.#scene;
    if (first === undefined)
      return void scene.violate(`${order.commandId} was answered and is not on ${pc.serial}`);
    const { standby } = disk.roles;
    const isBroken = state?.part.kind === 'host' && state.part.pair !== 'whole';
    if (standby === null || (isBroken && order.kind === 'issue')) return;
    const hash = disk.hashAt(first.seq) ?? '';
    const others = scene.pcs.filter(({ id }) => id === standby);
    const isThere = others.some(({ disk: other }) => other.holds(first.seq, hash));
    if (!isThere) scene.violate(`${order.commandId} was answered before the standby had it`);
  }

  /** What screens and devices follow is on two disks, or its host decides alone. */
  toldSafe(pc: SimulatedStation, seq: number): void {
    const scene = this.#scene;
    if (seq <= (this.#toldSafe.get(pc) ?? 0)) return;
    this.#toldSafe.set(pc, seq);
    const hash = pc.disk.hashAt(seq);
    if (hash === null) return void scene.violate(`${pc.serial} was told of more than it has`);
    const { standby } = pc.disk.roles;
    if (pc.state?.part.kind === 'host' && standby !== null) {
      const others = scene.pcs.filter(({ id }) => id === standby);
      if (!others.some(({ disk }) => disk.holds(seq, hash)))
        scene.violate(`place ${seq} was told to be safe before the standby had it`);
    }
    const known = this.safe.get(seq);
    this.safe.set(seq, hash);
    if (known !== undefined && known !== hash && !scene.falseStatement)
      scene.violate(`two different events were told to be safe at place ${seq}`);
  }

  /** What was told to be safe is never taken back, but after two hosts. */
  cut(pc: SimulatedStation, seq: number): void {
    const told = this.#toldSafe.get(pc) ?? 0;
    if (told > seq && !this.#scene.falseStatement)
      this.#scene.violate(`${pc.serial} takes back what was safe: place ${seq + 1} of ${told}`);
    this.#toldSafe.set(pc, Math.min(told, seq));
  }

  /** After a start its screens begin anew. */
  restarted(pc: SimulatedStation): void {
    this.#toldSafe.delete(pc);
  }

  /** Commands open now, for the message when they should not be. */
  get openCommands(): readonly string[] {
    return [...this.#counters.open];
  }

  #hasTwo(counts: (pc: SimulatedStation) => boolean): boolean {
    const namesOf = (pcs: Set<SimulatedStation>) => new Set([...pcs].filter(counts).map(({ id }) => id));
    return [...this.#recorders.values()].some(pcs => namesOf(pcs).size > 1);
  }

  #namesOf(epoch: number): string {
    return this.hosts
      .filter(host => host.epoch === epoch)
      .map(({ id }) => id)
      .join(' and ');
  }
}
