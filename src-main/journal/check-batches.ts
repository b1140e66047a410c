import type { Batch } from '#core/replication/log.ts';
import { lateBatchesIn, roleChangeOf } from '#core/replication/role-events.ts';
import { canonicalJson, chainHash, type Sha256Hex } from '#core/wire/event-chain.ts';
import { type EventEnvelope, isEventEnvelope } from '#core/wire/event-envelope.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { CommandAnswer } from './command-queries.ts';
import { isStorable, type SealedEvent } from './seal-events.ts';
import type { ChainEnd } from './tip-witness.ts';

/** A batch with all it recorded: what one station gives another (BR3). */
export interface JournalBatch extends Batch {
  readonly events: readonly EventEnvelope[];
  /** The accepted command these events come from; null: none asked by a sender. */
  readonly command: (CommandAnswer & { readonly id: string }) | null;
}

/**
 * The batch an append has just made, without reading it again.
 * @param before the journal's end before it
 * @param events as `append` answered them
 * @returns null when it recorded nothing
 */
export function batchOfAppend(
  before: ChainEnd,
  events: readonly EventEnvelope[],
  command: JournalBatch['command'],
): JournalBatch | null {
  const last = events.at(-1);
  if (last === undefined) return null;
  const { epoch, seq: lastSeq, hash } = last;
  const place = { epoch, firstSeq: before.seq + 1, lastSeq, previousHash: before.hash, hash };
  return { ...place, change: roleChangeOf(events), events, command };
}

/** The batches that a batch carries because somebody had recorded them alone, as `newLateBatches` wants them. */
export function lateJournalBatches(batch: JournalBatch): readonly JournalBatch[] {
  return lateBatchesIn(batch.events).map(({ command, ...late }) => ({
    ...late,
    change: roleChangeOf(late.events),
    command,
  }));
}

/** Where batches must go on: the journal's end and the epoch of its last event. */
export interface JournalEnd extends ChainEnd {
  readonly branch: string;
  readonly epoch: number;
}

/**
 * Proves batches that were sealed elsewhere: branch, places, every seal, epochs that never fall, and that what they
 * say about roles is what their events say. Pure.
 * @returns the events with the texts to store, or `D408` another branch · `U530` they do not go on where the journal
 * ends · `U531` an event is not what was sealed · `U505` an epoch falls; `facts.seq` names the first wrong event
 */
export function checkBatches(
  end: JournalEnd,
  batches: readonly JournalBatch[],
  sha256Hex: Sha256Hex,
): Result<readonly (readonly SealedEvent[])[]> {
  let { seq, hash, epoch } = end;
  const checked: SealedEvent[][] = [];
  for (const batch of batches) {
    if (batch.firstSeq !== seq + 1 || batch.previousHash !== hash) return fail('U530', { seq: seq + 1 });
    const sealed: SealedEvent[] = [];
    for (const event of batch.events) {
      seq += 1;
      const one = checkEvent(hash, event, sha256Hex);
      if (one === null || event.seq !== seq || event.epoch !== batch.epoch) return fail('U531', { seq });
      if (event.branch !== end.branch) return fail('D408', { journal: end.branch, expected: event.branch });
      if (event.epoch < epoch) return fail('U505', { epoch: event.epoch, journalEpoch: epoch });
      ({ hash, epoch } = event);
      sealed.push(one);
    }
    const isWhole = sealed.length > 0 && batch.lastSeq === seq && batch.hash === hash;
    if (!isWhole || !sameChange(batch) || !isCommand(batch.command)) return fail('U531', { seq });
    checked.push(sealed);
  }
  return ok(checked);
}

function checkEvent(previousHash: string, event: EventEnvelope, sha256Hex: Sha256Hex): SealedEvent | null {
  try {
    const dataText = canonicalJson(event.data);
    const envelope: EventEnvelope = { ...event, data: JSON.parse(dataText) };
    if (!isEventEnvelope(envelope) || !isStorable(envelope)) return null;
    return chainHash(previousHash, envelope, sha256Hex, dataText) === event.hash
      ? { envelope, dataText }
      : null;
  } catch {
    return null;
  }
}

function sameChange({ change, events }: JournalBatch): boolean {
  return canonicalJson(change) === canonicalJson(roleChangeOf(events));
}

function isCommand(command: JournalBatch['command']): boolean {
  if (command === null) return true;
  const { id, fingerprint, answer } = command;
  return id !== '' && typeof id === 'string' && typeof fingerprint === 'string' && answer !== undefined;
}
