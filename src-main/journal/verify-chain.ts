import { canonicalJson, chainHash, type Sha256Hex } from '#core/wire/event-chain.ts';
import { type EventEnvelope, isEventEnvelope } from '#core/wire/event-envelope.ts';
import type { EventRow } from './event-queries.ts';
import { type ChainEnd, EMPTY_CHAIN } from './tip-witness.ts';

/**
 * What can be wrong with an entry.
 * - `missing-seq`: the next entry found is not the one that must follow
 * - `unreadable-row`: the database file is damaged where the entry should be
 * - `unreadable-data`: its data is not canonical JSON
 * - `wrong-shape`: a field has a type or value no event may have
 * - `lower-epoch`: it claims an earlier epoch than the entry before it
 * - `wrong-hash`: it, or the entry before it, is not what was sealed
 * - `missing-tail`: the journal ends here, but had gone further (`tip-witness.ts`)
 * - `other-history`: the chain is whole, but is not the one that stood here before
 */
export type ChainProblem =
  | 'missing-seq'
  | 'unreadable-row'
  | 'unreadable-data'
  | 'wrong-shape'
  | 'lower-epoch'
  | 'wrong-hash'
  | 'missing-tail'
  | 'other-history';

/** The first broken entry. */
export interface ChainBreak {
  readonly seq: number;
  readonly problem: ChainProblem;
}

/** The outcome of a walk: the proven end of the chain, or the first entry that breaks it. */
export type ChainReport =
  | { readonly whole: true; readonly end: ChainEnd }
  | { readonly whole: false; readonly broken: ChainBreak };

type Link =
  | { readonly ok: true; readonly event: EventEnvelope }
  | { readonly ok: false; readonly problem: ChainProblem };

/** Reads a row as an event, without looking at its hash. */
export function readRow(branch: string, row: EventRow): Link {
  let data: unknown;
  try {
    data = JSON.parse(row.data);
    // The same value in another spelling is still not what was written.
    if (canonicalJson(data) !== row.data) return { ok: false, problem: 'unreadable-data' };
  } catch {
    return { ok: false, problem: 'unreadable-data' };
  }
  const event = { ...row, branch, data } as EventEnvelope;
  return isEventEnvelope(event) ? { ok: true, event } : { ok: false, problem: 'wrong-shape' };
}

/** Checks one row against the entry before it (`epoch` 0 before the first). */
export function checkLink(
  branch: string,
  previous: ChainEnd & { readonly epoch: number },
  row: EventRow,
  sha256Hex: Sha256Hex,
): Link {
  if (row.seq !== previous.seq + 1) return { ok: false, problem: 'missing-seq' };
  const read = readRow(branch, row);
  if (!read.ok) return read;
  if (chainHash(previous.hash, read.event, sha256Hex) !== read.event.hash)
    return { ok: false, problem: 'wrong-hash' };
  if (read.event.epoch < previous.epoch) return { ok: false, problem: 'lower-epoch' };
  return read;
}

/**
 * Walks a journal from its first entry and proves the chain, or names the first broken entry.
 * @param rows all rows by `seq`; null stands for a place where the database cannot be read.
 * @param tip what the witness remembers, read before the walk began.
 */
export function verifyChain(
  branch: string,
  rows: Iterable<EventRow | null>,
  tip: ChainEnd | null,
  sha256Hex: Sha256Hex,
): ChainReport {
  let previous = { ...EMPTY_CHAIN, epoch: 0 };
  const broken = (seq: number, problem: ChainProblem): ChainReport => ({
    whole: false,
    broken: { seq, problem },
  });
  for (const row of rows) {
    const seq = previous.seq + 1;
    if (row === null) return broken(seq, 'unreadable-row');
    const link = checkLink(branch, previous, row, sha256Hex);
    if (!link.ok) return broken(seq, link.problem);
    if (tip?.seq === seq && tip.hash !== link.event.hash) return broken(seq, 'other-history');
    previous = { seq, hash: link.event.hash, epoch: link.event.epoch };
  }
  if (tip !== null && tip.seq > previous.seq) return broken(previous.seq + 1, 'missing-tail');
  return { whole: true, end: { seq: previous.seq, hash: previous.hash } };
}
