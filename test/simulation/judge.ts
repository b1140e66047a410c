import { mayCall } from '#core/replication/host-step.ts';
import type { Counters } from './counters.ts';
import type { Scene } from './scene.ts';
import type { SimulatedStation } from './simulated-station.ts';
import type { Watch } from './watch.ts';

/** What must hold when everything has been healed and had time to come together. */
export class Judge {
  readonly #scene: Scene;
  readonly #watch: Watch;
  readonly #counters: Counters;

  constructor(scene: Scene, watch: Watch, counters: Counters) {
    this.#scene = scene;
    this.#watch = watch;
    this.#counters = counters;
  }

  /** @returns the host, for its figures */
  judge(): SimulatedStation | null {
    const hosts = this.#scene.members().filter(({ state }) => state?.part.kind === 'host');
    const [host] = hosts;
    if (host === undefined || hosts.length !== 1) {
      this.#scene.violate(`${hosts.length} hosts after the healing`);
      return null;
    }
    this.#judgeTogether(host);
    this.#judgeWork(host);
    this.#judgeHeadOffice(host);
    this.#judgeRemoved(host);
    this.#judgeReports();
    return host;
  }

  #judgeTogether(host: SimulatedStation): void {
    const { disk, state } = host;
    const scene = this.#scene;
    const tip = disk.tip();
    for (const pc of scene.members().filter(({ isGone }) => !isGone)) {
      if (pc.disk.tip().hash !== tip.hash) scene.violate(`${pc.serial} did not come to the host's log`);
      const left = pc.disk.asideLeft();
      if (left.length > 0) scene.violate(`${pc.serial} still keeps ${left.length} batches aside`);
      if (pc !== host && (pc.state?.part.kind !== 'replica' || !pc.state.part.synced))
        scene.violate(`${pc.serial} does not follow`);
      if (pc.state?.seen.host !== host.id)
        scene.violate(`${pc.serial} takes ${pc.state?.seen.host} for the host`);
    }
    // A PC that will never come back cannot tell what it had.
    const gone = new Set(scene.pcs.filter(pc => pc.isRemoved || pc.isGone).map(({ id }) => id));
    const { unaccounted, doubted } = disk.roles;
    const owing = [...unaccounted, ...doubted].filter(({ station }) => !gone.has(station));
    if (owing.length > 0) scene.violate(`${owing.map(({ station }) => station)} still unaccounted for`);
    const { standby, formerStandby } = disk.roles;
    const isFormerHere = formerStandby !== null && scene.member(formerStandby)?.isGone === false;
    if (standby === null && isFormerHere) scene.violate('the pair is not whole again');
    if (state === null || !mayCall(state)) scene.violate('the host may not call');
    if (state?.part.kind === 'host' && state.part.waiting.length > 0)
      scene.violate(`${state.part.waiting.length} commands still wait`);
    if (this.#watch.openCommands.length > 0)
      scene.violate(`${this.#watch.openCommands.slice(0, 3).join()} were never answered`);
    for (const [seq, hash] of this.#watch.safe)
      if (disk.hashAt(seq) !== hash && !scene.falseStatement)
        scene.violate(`place ${seq} was told to be safe and is another event now`);
    for (const batch of disk.log)
      if (batch.work !== null && batch.work.kind !== 'late' && batch.commandId === null)
        scene.violate(`place ${batch.firstSeq} belongs to nobody's command`);
  }

  #judgeWork({ disk }: SimulatedStation): void {
    const { hall } = disk;
    const scene = this.#scene;
    for (const what of hall.twice) scene.violate(`twice: ${what}`);
    const numbers = new Map<number, string>();
    const called = new Map<number, string>();
    for (const [commandId, { kind, number, counter, by }] of this.#counters.answers) {
      const there = hall.commands.get(commandId);
      const isKept = there !== undefined || (scene.falseStatement && hall.withoutEffect.has(commandId));
      // What a host answered alone is on its disk only, and BR4 promises no more: numbers; calls too of one that decided
      // alone by a person's word, was contradicted, and is removed.
      const isGone = (kind === 'issue' || scene.falseStatement) && (by.isGone || by.isRemoved);
      if (!isKept && isGone)
        scene.count(`${kind === 'issue' ? 'number' : 'call'} answered alone and gone with its PC`);
      else if (!isKept) scene.violate(`${commandId} was answered and is lost`);
      else if (kind === 'call' && there !== undefined && there.number !== number && !scene.falseStatement)
        scene.violate(`${commandId} was answered ${number}, the log says ${there.number}`);
      if (kind === 'issue') {
        if (!hall.tickets.has(number) && !isGone) scene.violate(`number ${number} was given and is lost`);
        const other = numbers.get(number);
        if (other !== undefined) scene.violate(`number ${number} was given twice: ${other}, ${commandId}`);
        numbers.set(number, commandId);
      } else {
        const other = called.get(number);
        if (other !== undefined && !scene.falseStatement)
          scene.violate(`ticket ${number} was called by ${other} and ${counter}`);
        called.set(number, counter);
      }
    }
    // CS5: of two late calls one has no effect, so not even two hosts give the log a ticket with two counters.
    for (const [number, counters] of hall.tickets)
      if (counters.length > 1) scene.violate(`ticket ${number} has ${counters.join(' and ')}`);
  }

  #judgeHeadOffice({ disk }: SimulatedStation): void {
    const { rows, forks, cursor } = this.#scene.headOffice;
    const scene = this.#scene;
    const differs = rows.findIndex((batch, index) => disk.hashAt(index + 1) !== batch.hash);
    if (scene.falseStatement) {
      // Its copy may be of the host that gave way: that is kept, and what contradicts it is kept beside it.
      const isKept = differs < 0 || forks.size > 0;
      if (!isKept) scene.violate('head office has another log and did not notice');
      return;
    }
    if (forks.size > 0) scene.violate(`head office has ${forks.size} forks`);
    if (differs >= 0) scene.violate(`head office differs from place ${differs + 1}`);
    if (cursor !== rows.length) scene.violate('head office has rows beyond its cursor');
    if (rows.length < disk.log.length) scene.violate('head office did not catch up');
  }

  /** A PC that was removed has no part any more, whoever has it now. */
  #judgeRemoved({ disk }: SimulatedStation): void {
    const scene = this.#scene;
    for (const pc of scene.pcs) {
      if (!pc.isRemoved) continue;
      const { removedAt } = pc;
      if (disk.roles.standby === pc.id && scene.member(pc.id) === undefined)
        scene.violate(`removed ${pc.serial} is the standby`);
      if (scene.falseStatement) continue;
      const by = disk.log.filter((batch, index) => batch.by === pc.serial && index >= removedAt);
      if (by.length > 0) scene.violate(`removed ${pc.serial} recorded ${by.length} batches of the log`);
      if (pc.disk.tip().seq > pc.knownEverywhereAt) scene.violate(`removed ${pc.serial} still got the log`);
    }
  }

  #judgeReports(): void {
    const scene = this.#scene;
    if (this.#watch.hasTwoRecordersNow && !scene.twoHostsReported)
      scene.violate('two hosts were not reported');
    if (this.#watch.hasTwoRecorders && !scene.falseStatement)
      scene.violate('two PCs recorded in one epoch without anybody’s word');
  }
}
