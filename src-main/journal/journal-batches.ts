import type Database from 'better-sqlite3';
import type { EpochEnd } from '#core/replication/log.ts';
import { lateCommandsIn, roleChangeOf } from '#core/replication/role-events.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { type AsideRow, asideQueries } from './aside-queries.ts';
import { type BatchRow, batchQueries } from './batch-queries.ts';
import { checkBatches, type JournalBatch } from './check-batches.ts';
import { commandQueries } from './command-queries.ts';
import { findEpochEnds, withEpochEnd } from './epochs.ts';
import { type EventRow, eventQueries } from './event-queries.ts';
import type { SealedEvent } from './seal-events.ts';
import { SETTING_KEYS, settingQueries } from './setting-queries.ts';
import { sha256Hex } from './sha256.ts';
import { snapshotQueries } from './snapshot-queries.ts';
import { isTaken, storageFailure } from './sqlite-failure.ts';
import { type ChainEnd, EMPTY_CHAIN, type TipWitness } from './tip-witness.ts';
import { readRow } from './verify-chain.ts';

/** A batch that this PC had recorded alone and moved aside (BR6). */
export interface AsideBatch extends JournalBatch {
  /** Milliseconds since 1970. */
  readonly asideAt: number;
  /** It has come into the common journal as late events, or as it was. */
  readonly merged: boolean;
}

/** The journal as a log of batches that several stations copy from each other. */
export interface BatchLog {
  /**
   * Batches after place `after`, in order, as many as fit in `maxBytes` of event data; at least one if there is one.
   * @throws Error when an entry cannot be read: the journal was proved when it was opened or written
   */
  batches(range: { readonly after: number; readonly maxBytes: number }): readonly JournalBatch[];
  /**
   * Records batches that another station sealed, with their commands' answers, in one transaction. All or nothing.
   * Failures: those of `checkBatches`; `U531` an event's id, `M607` a command's id is in the journal already; `D403`,
   * `D404`, `D406` the disk.
   * @returns the events as they will be read later
   */
  appendBatches(batches: readonly JournalBatch[]): Result<readonly EventEnvelope[]>;
  /**
   * Moves everything after place `seq` aside, with the answers of its commands, in one transaction, and answers it.
   * `seq` must be the end of a batch, or 0. Saved states of later places go too, and a cursor of the upload beyond it.
   * Failures: `U530` no batch ends there; `D403`, `D404`, `D406` the disk. Nothing is changed then.
   */
  cutAfter(seq: number): Result<readonly JournalBatch[]>;
  /** What lies aside, by place. Default: only what has not been merged. */
  aside(which?: 'all' | 'not-merged'): readonly AsideBatch[];
  /** The seal at a place; at 0 that of an empty journal; null beyond the end. */
  hashAt(seq: number): string | null;
  /** The last place of each epoch, oldest first, beginning with place 0. */
  epochEnds(): readonly EpochEnd[];
  /** Where a recorded command lies, or null: for `asked-again`. */
  seqOfCommand(commandId: string): number | null;
}

/** `BatchLog` with what the journal's own `append` shares. */
export interface JournalBatches extends BatchLog {
  end(): ChainEnd;
  /** Inside the transaction that has inserted `events`: their batch, and what late events among them settle. */
  insertBatch(events: readonly SealedEvent[], commandId: string | null): void;
  /** After the transaction: the journal ends with these. */
  moveEnd(events: readonly SealedEvent[]): void;
}

/** What `createJournalBatches` works on. */
export interface JournalBatchesParts {
  readonly database: Database.Database;
  readonly branch: string;
  readonly end: ChainEnd;
  readonly tip: TipWitness;
  readonly now: () => number;
}

const PAGE_BATCHES = 200;

/** Builds the batches' side of a journal. */
export function createJournalBatches(parts: JournalBatchesParts): JournalBatches {
  const { database, branch, tip, now } = parts;
  const events = eventQueries(database);
  const commands = commandQueries(database);
  const batchRows = batchQueries(database);
  const asideRows = asideQueries(database);
  const settings = settingQueries(database);
  const snapshots = snapshotQueries(database, events);
  let { end } = parts;
  let ends: readonly EpochEnd[] = findEpochEnds(events);
  /** A branch of one PC never has anything aside, and need not look at every ticket. */
  let hasAside = asideRows.batches('all').length > 0;

  const lastEpoch = () => ends.at(-1)?.epoch ?? 0;
  const hashAt = (seq: number) => {
    // What every answer of a standby asks for needs no look at the disk.
    if (seq === end.seq) return end.hash;
    return seq === 0 ? EMPTY_CHAIN.hash : events.hashAt(seq);
  };

  const readEvent = (row: EventRow): EventEnvelope => {
    const read = readRow(branch, row);
    if (!read.ok) throw new Error(`journal entry ${row.seq}: ${read.problem}`);
    return read.event;
  };

  const batchOf = ({ firstSeq, lastSeq, commandId }: BatchRow): JournalBatch => {
    const recorded = events.page(firstSeq, lastSeq - firstSeq + 1).map(readEvent);
    const answer = commandId === null ? null : commands.answerOf(commandId);
    return {
      epoch: recorded.at(-1)?.epoch ?? 0,
      firstSeq,
      lastSeq,
      previousHash: hashAt(firstSeq - 1) ?? '',
      hash: hashAt(lastSeq) ?? '',
      change: roleChangeOf(recorded),
      events: recorded,
      command: commandId === null || answer === null ? null : { id: commandId, ...answer },
    };
  };

  const asideBatchOf = (row: AsideRow): AsideBatch => {
    const recorded = asideRows.eventsOf(row.hash).map(readEvent);
    const { hash, epoch, firstSeq, lastSeq, previousHash, commandId, fingerprint, answer, asideAt } = row;
    const command =
      commandId === null || fingerprint === null || answer === null
        ? null
        : { id: commandId, fingerprint, answer: JSON.parse(answer) as unknown };
    const batch = { epoch, firstSeq, lastSeq, previousHash, hash, events: recorded, command };
    return { ...batch, change: roleChangeOf(recorded), asideAt, merged: row.merged === 1 };
  };

  /** Batches that a `late-merged` change names count as merged, or no longer, where they lie aside here. */
  const markMerged = (recorded: readonly EventEnvelope[], merged: boolean) => {
    const change = roleChangeOf(recorded);
    if (change?.kind === 'late-merged') for (const hash of change.hashes) asideRows.mark(hash, merged);
  };

  const insertBatch = (sealed: readonly SealedEvent[], commandId: string | null) => {
    const [first, last] = [sealed[0]?.envelope, sealed.at(-1)?.envelope];
    if (first === undefined || last === undefined) return;
    const recorded = sealed.map(({ envelope }) => envelope);
    batchRows.insert({ firstSeq: first.seq, lastSeq: last.seq, commandId });
    for (const late of lateCommandsIn(recorded))
      commands.insertLate(late.id, { ...late, answer: late.answer }, last.seq);
    markMerged(recorded, true);
    if (hasAside) asideRows.mark(last.hash, true);
  };

  const moveEnd = (sealed: readonly SealedEvent[]) => {
    for (const { envelope } of sealed) {
      end = { seq: envelope.seq, hash: envelope.hash };
      ends = withEpochEnd(ends, { epoch: envelope.epoch, ...end });
    }
    if (sealed.length > 0) tip.note(end);
  };

  /** A setting inside a transaction: a disk that refuses takes all of it back. */
  const keep = (key: string, value: string | null) => {
    if (value === null) database.prepare('DELETE FROM setting WHERE key = ?').run(key);
    else
      database
        .prepare('INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
        .run(key, value);
  };

  const write = database.transaction(
    (batches: readonly JournalBatch[], sealed: readonly (readonly SealedEvent[])[]): Result<unknown> => {
      for (const [index, one] of sealed.entries()) {
        const { command, lastSeq, epoch } = batches[index] ?? { command: null, lastSeq: 0, epoch: 0 };
        for (const event of one) events.insert(event);
        if (command !== null) commands.insert(command.id, command, lastSeq);
        insertBatch(one, command?.id ?? null);
        // Remembered with the first batch of an epoch; the others need not look.
        if (epoch > lastEpoch() && epoch > Number(settings.get(SETTING_KEYS.epoch) ?? 0))
          keep(SETTING_KEYS.epoch, String(epoch));
      }
      return ok(undefined);
    },
  );

  const cut = database.transaction((seq: number): JournalBatch[] => {
    const moved: JournalBatch[] = [];
    for (let rows = batchRows.after(seq, PAGE_BATCHES); rows.length > 0; ) {
      moved.push(...rows.map(batchOf));
      rows = batchRows.after(rows.at(-1)?.lastSeq ?? 0, PAGE_BATCHES);
    }
    const asideAt = now();
    for (const { command, ...batch } of moved) {
      const answer = command === null ? null : (JSON.stringify(command.answer) ?? 'null');
      const kept = { commandId: command?.id ?? null, fingerprint: command?.fingerprint ?? null, answer };
      asideRows.insertBatch({ ...batch, ...kept, asideAt });
      for (const row of events.page(batch.firstSeq, batch.lastSeq - batch.firstSeq + 1))
        asideRows.insertEvent(batch.hash, row);
    }
    // What they had merged is not in the journal any more.
    for (const batch of moved) markMerged(batch.events, false);
    for (let last = end.seq; last > seq; last -= 1) events.delete(last);
    batchRows.deleteAfter(seq);
    commands.deleteAfter(seq);
    snapshots.deleteAfter(seq);
    if ((settings.uploadCursor()?.durableSeq ?? 0) > seq) keep(SETTING_KEYS.uploadCursor, null);
    return moved;
  });

  return {
    end: () => end,
    insertBatch,
    moveEnd,
    hashAt,
    epochEnds: () => ends,
    seqOfCommand: commandId => commands.seqOf(commandId),
    batches({ after, maxBytes }) {
      const found: JournalBatch[] = [];
      let bytes = 0;
      for (const row of batchRows.after(after, PAGE_BATCHES)) {
        const batch = batchOf(row);
        bytes += Buffer.byteLength(JSON.stringify(batch));
        if (found.length > 0 && bytes > maxBytes) break;
        found.push(batch);
      }
      return found;
    },
    appendBatches(batches) {
      const checked = checkBatches({ branch, ...end, epoch: lastEpoch() }, batches, sha256Hex);
      if (!checked.ok) return checked;
      try {
        write.immediate(batches, checked.value);
      } catch (error) {
        if (!isTaken(error)) return storageFailure(error);
        // Looked up only now: a look at each command before would slow every batch.
        const isKnown = batches.some(
          ({ command }) => command !== null && commands.answerOf(command.id) !== null,
        );
        return isKnown ? fail('M607') : fail('U531', { seq: end.seq + 1 });
      }
      for (const sealed of checked.value) moveEnd(sealed);
      return ok(checked.value.flatMap(sealed => sealed.map(({ envelope }) => envelope)));
    },
    cutAfter(seq) {
      const hash = hashAt(seq);
      if (hash === null || (seq > 0 && batchRows.at(seq)?.lastSeq !== seq)) return fail('U530', { seq });
      if (seq === end.seq) return ok([]);
      try {
        tip.takeBack({ seq, hash });
        const moved = cut.immediate(seq);
        hasAside = true;
        end = { seq, hash };
        ends = findEpochEnds(events);
        return ok(moved);
      } catch (error) {
        tip.note(end);
        return storageFailure(error);
      }
    },
    aside: (which = 'not-merged') => asideRows.batches(which).map(asideBatchOf),
  };
}
