import { newLateBatches } from '#core/replication/late.ts';
import type { RoleChange } from '#core/replication/log.ts';
import type { StationEffect } from '#core/replication/station.ts';
import type { PlantedBug } from './bugs.ts';
import type { Work, WorkBatch } from './hall.ts';
import type { SimulatedStation } from './simulated-station.ts';

/** The next batch of a PC's log. */
export function sealBatch(
  pc: SimulatedStation,
  change: RoleChange | null,
  work: Work | null,
  commandId: string | null,
): WorkBatch {
  const { seq, hash } = pc.disk.tip();
  const epoch = pc.state?.seen.epoch ?? 0;
  const body = `${hash}|${epoch}|${pc.serial}|${JSON.stringify(change)}|${workText(work)}|${commandId ?? ''}`;
  const batch = {
    epoch,
    firstSeq: seq + 1,
    lastSeq: seq + 1,
    previousHash: hash,
    hash: digest(body),
    change,
    work,
    commandId,
    by: pc.serial,
  };
  // A newer program has a newer shape of some of its events.
  return work?.kind === 'issue' && work.number % 5 === 0 && pc.disk.reads > 1
    ? { ...batch, needs: 2 }
    : batch;
}

/** The batch that takes what somebody had recorded alone into a PC's log. */
export function sealLate(
  pc: SimulatedStation,
  effect: Extract<StationEffect, { kind: 'merge' }>,
  bug: PlantedBug | null,
): WorkBatch {
  const { disk } = pc;
  const given = effect.batches as readonly WorkBatch[];
  const innerOf = ({ work }: WorkBatch) => (work?.kind === 'late' ? work.batches : []);
  const opened = newLateBatches(given, innerOf, disk.roles, disk);
  const { fresh, hashes } =
    bug === 'merge-unopened' ? { fresh: given, hashes: given.map(({ hash }) => hash) } : opened;
  const { station, more } = effect;
  const isPart = more === true && bug !== 'part-for-all';
  const change = { kind: 'late-merged', station, hashes, ...(isPart ? { more } : {}) } as const;
  return sealBatch(pc, change, { kind: 'late', batches: bug === 'drop-late' ? [] : fresh }, null);
}

function workText(work: Work | null): string {
  if (work === null) return '';
  return work.kind === 'late' ? work.batches.map(({ hash }) => hash).join() : JSON.stringify(work);
}

/** 64 bits, FNV-like: enough to tell two logs of a simulated day apart, and quick. */
function digest(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b) ^ (low >>> 13);
  }
  return `${(low >>> 0).toString(36)}${(high >>> 0).toString(36)}`;
}
