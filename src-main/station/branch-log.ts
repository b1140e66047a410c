import type { LateBatch } from '#core/branch/events-stations.ts';
import { mergeLateEvents } from '#core/branch/merge-late.ts';
import { newLateBatches } from '#core/replication/late.ts';
import type { Batch, StationId } from '#core/replication/log.ts';
import { roleEventOf } from '#core/replication/role-events.ts';
import type { Failure } from '#core/wire/result.ts';
import type { Host } from '../host/host-contract.ts';
import { type JournalBatch, lateJournalBatches } from '../journal/check-batches.ts';
import type { Journal } from '../journal/journal.ts';
import type { ReplicatedLog } from './replicator-contract.ts';

/** Of one message with batches; a frame of the link holds more than twice as much. */
const MAX_BATCHES_BYTES = 2 * 1024 * 1024;
/** Of one merge of late batches: its event goes to head office in a usual push. */
const MAX_LATE_BYTES = 192 * 1024;

/**
 * The journal of this PC and the state built from it, as the replicator needs them: what is written to one is taken
 * up by the other.
 * @param isRemoved whether no PC of this name belongs to the branch any more
 * @param onTrouble what the disk refused, or a newer program's event; the replicator asks for it again
 */
export function createBranchLog(
  host: Pick<Host, 'state' | 'roles' | 'record' | 'follow' | 'rebuild' | 'release' | 'canRead' | 'unread'>,
  journal: Journal,
  onTrouble: (trouble: Failure) => void,
  isRemoved: (station: StationId) => boolean = () => false,
): ReplicatedLog {
  const failed = (error: Failure): null => {
    onTrouble(error);
    return null;
  };
  const recorded = (batch: ReturnType<Host['record']>): JournalBatch | null =>
    batch.ok ? batch.value : failed(batch.error);
  /** On this disk and not yet in the state: the host is told of them first, as its sender waits for that. */
  let stored: readonly JournalBatch[] = [];
  const upToDate = () => {
    const batches = stored;
    stored = [];
    if (batches.length > 0) taken(host.follow(batches));
  };
  const taken = (result: ReturnType<Host['rebuild']>) => {
    if (!result.ok) onTrouble(result.error);
  };

  return {
    tip: journal.last,
    hashAt: journal.hashAt,
    epochEnds: journal.epochEnds,
    portion: firstThatFit,
    canRead: batch => host.canRead(batch.events),
    isTooOld() {
      if (!stored.every(batch => host.canRead(batch.events))) upToDate();
      return host.unread() !== null;
    },
    isRemoved,
    roles() {
      upToDate();
      return host.roles();
    },
    batchesAfter: seq => journal.batches({ after: seq, maxBytes: MAX_BATCHES_BYTES }),
    // As others take them: when they were moved aside, and what became of them, is this disk's own.
    aside: () => journal.aside().map(({ asideAt: _, merged: __, ...batch }) => batch),
    seqOfCommand: journal.seqOfCommand,
    remember(seen) {
      const kept = journal.rememberSeen(seen);
      if (!kept.ok) onTrouble(kept.error);
      return kept.ok;
    },
    record(change) {
      upToDate();
      if (change.kind === 'late-merged') return null;
      if (change.kind === 'epoch-raised') {
        const raised = journal.raiseEpoch(change.epoch);
        if (!raised.ok) return failed(raised.error);
      }
      return recorded(host.record([roleEventOf(change)]));
    },
    merge(station, batches, more) {
      upToDate();
      const { fresh, hashes } = newLateBatches(batches, lateJournalBatches, host.roles(), journal);
      return recorded(host.record([mergeLateEvents(host.state(), station, hashes, fresh.map(toLate), more)]));
    },
    store(batches) {
      const kept = journal.appendBatches(batches);
      if (!kept.ok) {
        onTrouble(kept.error);
        return false;
      }
      stored = [...stored, ...batches];
      return true;
    },
    cut(place) {
      // Begun anew from the journal, which has them.
      stored = [];
      const cut = journal.cutAfter(place.seq);
      if (!cut.ok) return failed(cut.error);
      taken(host.rebuild());
      return cut.value;
    },
    release(seq, alsoAlone) {
      upToDate();
      host.release(seq, alsoAlone);
    },
  };
}

/** As many as one event of the journal should carry; at least one. */
function firstThatFit<B extends Batch>(batches: readonly B[]): readonly B[] {
  let bytes = 0;
  const end = batches.findIndex((batch, index) => {
    bytes += Buffer.byteLength(JSON.stringify(batch), 'utf8');
    return index > 0 && bytes > MAX_LATE_BYTES;
  });
  return end < 0 ? batches : batches.slice(0, end);
}

/** Without what is told by the events themselves. */
function toLate({ change: _, events, ...batch }: JournalBatch): LateBatch {
  return { ...batch, events: [...events] };
}
