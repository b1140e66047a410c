import type { Batch, BlockIndex, StationId } from './log.ts';

/** A host that may have given numbers nobody else has seen yet: its block stays its own (BR5). */
export interface Unaccounted {
  readonly station: StationId;
  readonly block: BlockIndex;
  /** The epoch that began without its last word. */
  readonly epoch: number;
}

/** Who is what, as a log tells: the same batches give the same roles on every station. */
export interface Roles {
  readonly epoch: number;
  readonly host: StationId | null;
  /** Whose disk answers need too; null: the host is alone. */
  readonly standby: StationId | null;
  /** The standby is saying farewell: it does not take over any more. */
  readonly leaving: boolean;
  /** The last standby: the pair is made whole with it when it is back (BR4). */
  readonly formerStandby: StationId | null;
  /** What the host gives numbers from. */
  readonly block: BlockIndex;
  readonly unaccounted: readonly Unaccounted[];
  /**
   * Standbys whose host went on alone without their farewell: where a person's word was false, they have taken over.
   * Until they are heard nobody else takes the block they would give numbers from.
   */
  readonly doubted: readonly Unaccounted[];
  /** Seals of batches that were merged late. */
  readonly merged: ReadonlySet<string>;
}

/** Before the first batch. */
export const NO_ROLES: Roles = {
  epoch: 0,
  host: null,
  standby: null,
  leaving: false,
  formerStandby: null,
  block: 0,
  unaccounted: [],
  doubted: [],
  merged: new Set(),
};

/** The roles after a batch. */
export function rolesAfter(roles: Roles, { change }: Pick<Batch, 'change'>): Roles {
  switch (change?.kind) {
    case undefined:
      return roles;
    case 'pair-made':
      return { ...roles, standby: change.standby, leaving: false, formerStandby: change.standby };
    case 'pair-ending':
      return { ...roles, leaving: true };
    case 'pair-ended':
      return { ...roles, standby: null, leaving: false, formerStandby: null };
    case 'late-merged': {
      const isHeard = ({ station }: Unaccounted) => change.more !== true && station === change.station;
      const unaccounted = roles.unaccounted.filter(one => !isHeard(one));
      const doubted = roles.doubted.filter(one => !isHeard(one));
      const merged = new Set([...roles.merged, ...change.hashes]);
      // The main block only when everybody's last word is known: an unaccounted host may be using it again.
      return { ...roles, unaccounted, doubted, merged, block: unaccounted.length === 0 ? 0 : roles.block };
    }
    case 'epoch-raised': {
      const { epoch, host, tookOver, over } = change;
      // Its own numbers of an earlier time as host count as unaccounted too, until they are merged.
      const others = roles.unaccounted;
      const doubted = roles.doubted.filter(({ station }) => station !== host);
      const raised = { ...roles, epoch, host, standby: null, leaving: false };
      if (tookOver && roles.host !== null) {
        const unaccounted = [...others, { station: roles.host, block: roles.block, epoch }];
        const formerStandby = roles.host === host ? roles.formerStandby : roles.host;
        return { ...raised, formerStandby, unaccounted, block: freeBlock([...unaccounted, ...doubted]) };
      }
      // Another that took over from this one gives numbers from the first block it knew to be free.
      const present = { station: host, block: roles.block, epoch };
      const other = { block: freeBlock([...others, ...doubted, present]), epoch };
      const isNew = over !== null && others.every(({ station }) => station !== over);
      return {
        ...raised,
        unaccounted: isNew ? [...others, { station: over, ...other }] : others,
        doubted:
          roles.standby === null ? roles.doubted : [...roles.doubted, { station: roles.standby, ...other }],
      };
    }
  }
}

/** What the log waits for from a station: its last word about numbers it gave alone, or may have. */
export function owedBy({ unaccounted, doubted }: Roles, station: StationId): readonly Unaccounted[] {
  return [...unaccounted, ...doubted].filter(one => one.station === station);
}

/** The first block beside the main one that nobody unaccounted for may be giving numbers from. */
function freeBlock(unaccounted: readonly Unaccounted[]): BlockIndex {
  const taken = new Set(unaccounted.map(({ block }) => block));
  let block = 1;
  while (taken.has(block)) block += 1;
  return block;
}
