import { type LateBatch, type RecordedCommand, STATION_EVENTS } from '../branch/events-stations.ts';
import type { RoleChange } from './log.ts';

/** Any recorded fact, as far as its name and data go. */
interface Fact {
  readonly type: string;
  readonly data: unknown;
}

/**
 * What a batch's events change about who decides; null for the branch's ordinary work. An event of these types that
 * cannot be read changes nothing: the journal that holds it cannot be replayed anyhow (D407).
 */
export function roleChangeOf(events: readonly Fact[]): RoleChange | null {
  for (const event of events) {
    const change = changeOf(event);
    if (change !== null) return change;
  }
  return null;
}

function changeOf({ type, data }: Fact): RoleChange | null {
  switch (type) {
    case 'epoch-raised': {
      const read = STATION_EVENTS['epoch-raised'].safeParse(data);
      return read.success ? { kind: 'epoch-raised', ...read.data } : null;
    }
    case 'standby-named': {
      const read = STATION_EVENTS['standby-named'].safeParse(data);
      return read.success ? { kind: 'pair-made', ...read.data } : null;
    }
    case 'standby-leaving':
      return { kind: 'pair-ending' };
    case 'standby-left':
      return { kind: 'pair-ended' };
    case 'late-events-merged': {
      const read = STATION_EVENTS['late-events-merged'].safeParse(data);
      if (!read.success) return null;
      const { fromStation, hashes, more } = read.data;
      return { kind: 'late-merged', station: fromStation, hashes, ...(more ? { more } : {}) };
    }
    default:
      return null;
  }
}

/** The event that records a change; what was merged late is recorded by `mergeLateEvents` of `core/branch`. */
export function roleEventOf(change: Exclude<RoleChange, { kind: 'late-merged' }>) {
  switch (change.kind) {
    case 'epoch-raised': {
      const { kind: _, ...data } = change;
      return { type: 'epoch-raised', data } as const;
    }
    case 'pair-made':
      return { type: 'standby-named', data: { standby: change.standby } } as const;
    case 'pair-ending':
      return { type: 'standby-leaving', data: {} } as const;
    case 'pair-ended':
      return { type: 'standby-left', data: {} } as const;
  }
}

/** The batches a batch carries because somebody had recorded them alone; for `newLateBatches`. */
export function lateBatchesIn(events: readonly Fact[]): readonly LateBatch[] {
  return events.flatMap(({ type, data }) => {
    if (type !== 'late-events-merged') return [];
    const read = STATION_EVENTS['late-events-merged'].safeParse(data);
    return read.success ? read.data.batches : [];
  });
}

/**
 * Commands whose answers are known here because of late events: those of which nothing was in conflict. The others
 * are decided anew when their sender asks again.
 */
export function lateCommandsIn(events: readonly Fact[]): readonly RecordedCommand[] {
  return events.flatMap(({ type, data }) => {
    if (type !== 'late-events-merged') return [];
    const read = STATION_EVENTS['late-events-merged'].safeParse(data);
    if (!read.success) return [];
    const conflicts = new Set(read.data.conflicts);
    return read.data.batches.flatMap(({ command, events: late }) =>
      command === null || late.some(({ id }) => conflicts.has(id)) ? [] : [command],
    );
  });
}
