import type { StationId } from '#core/replication/log.ts';
import type { PlantedBug } from './bugs.ts';
import type { Cruelty, Fault, Tally } from './faults.ts';
import type { HeadOffice } from './head-office.ts';
import type { Random } from './random.ts';
import type { SimulatedStation } from './simulated-station.ts';
import type { Timeline } from './timeline.ts';

/** What all parts of one schedule share. */
export class Scene {
  readonly random: Random;
  readonly timeline: Timeline;
  readonly tally: Tally;
  readonly cruelty: Cruelty;
  readonly bug: PlantedBug | null;
  readonly headOffice: HeadOffice;
  /** In the order in which they came; a removed PC and its replacement have the same name. */
  readonly pcs: SimulatedStation[] = [];
  readonly violations: string[] = [];
  /** From here on nothing is done to the branch any more. */
  healed = false;
  /** A person was wrong, or was contradicted: there were two hosts of one epoch. */
  falseStatement = false;
  /** What persons decided by PIN. */
  decisions = 0;
  twoHostsReported = false;

  constructor(parts: Pick<Scene, 'random' | 'timeline' | 'tally' | 'cruelty' | 'bug' | 'headOffice'>) {
    this.random = parts.random;
    this.timeline = parts.timeline;
    this.tally = parts.tally;
    this.cruelty = parts.cruelty;
    this.bug = parts.bug;
    this.headOffice = parts.headOffice;
  }

  count(fault: Fault): void {
    this.tally.add(fault);
  }

  violate(what: string): void {
    // The first ones tell what went wrong; the others follow from it.
    if (this.violations.length < 40) this.violations.push(what);
  }

  /** PCs that belong to the branch. */
  members(): SimulatedStation[] {
    return this.pcs.filter(pc => !pc.isRemoved);
  }

  member(id: StationId): SimulatedStation | undefined {
    return this.pcs.find(pc => pc.id === id && !pc.isRemoved);
  }

  /** Whom a person takes for the host: the newest one that runs. */
  believedHost(): SimulatedStation | undefined {
    let best: SimulatedStation | undefined;
    for (const pc of this.members())
      if (pc.state?.part.kind === 'host' && pc.state.seen.epoch >= (best?.state?.seen.epoch ?? 0)) best = pc;
    return best;
  }
}
