import { chainHash, GENESIS_HASH, type Sha256Hex } from '#core/wire/event-chain.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import type { PushAnswer, PushRequest } from '#core/wire/upload.ts';
import { readItem } from './read-item.ts';

/** Where a branch's stream stands. `durableHash` is null while the last item's hash could not be read. */
export interface StreamCursor {
  readonly durableSeq: number;
  readonly durableHash: string | null;
  readonly epoch: number;
  /** Who was named for `epoch`, in a branch of several PCs (BR4). */
  readonly station?: string | null;
}

/** What is held at one place of the stream: `body` is the raw text of an item that could not be read, else null. */
export interface HeldItem {
  readonly seq: number;
  readonly hash: string | null;
  readonly body: string | null;
}

/** An item to keep as text. */
export interface RawItem {
  readonly seq: number;
  /** The hash it claims, if it carries one in the usual place. */
  readonly hash: string | null;
  readonly body: string;
}

/** How a batch contradicts what is held, or itself. */
export type ForkReason =
  /** `previousHash` is not the hash held there. */
  | 'previous-hash'
  /** An event's hash does not follow from the one before. */
  | 'broken-chain'
  /** An item held already differs from the one sent. */
  | 'differs'
  /** An event names another branch or number than its place, or a higher epoch than its batch. */
  | 'wrong-place';

/** What to do with a push. `cursor` is where the stream stands after it. */
export type PushPlan =
  | {
      readonly verdict: 'stored';
      readonly cursor: StreamCursor;
      readonly events: readonly EventEnvelope[];
      readonly raw: readonly RawItem[];
    }
  | {
      readonly verdict: Exclude<PushAnswer['verdict'], 'stored' | 'fork'>;
      readonly cursor: StreamCursor;
    }
  | {
      readonly verdict: 'fork';
      readonly cursor: StreamCursor;
      readonly reason: ForkReason;
      readonly atSeq: number;
    };

/** A push with what must be known to judge it. */
export interface PushCase {
  readonly branch: string;
  readonly cursor: StreamCursor;
  readonly push: PushRequest;
  /** The texts of `push.events`; asked for only when one of them cannot be read. */
  readonly rawItems: () => readonly string[];
  /** What is held in `heldRange(cursor, push)`. Places missing there were removed on purpose and agree with all. */
  readonly held: readonly HeldItem[];
}

/**
 * Which places the planner must see: those the push repeats, and the one before it. Null when it repeats none.
 * Both ends are inclusive.
 */
export function heldRange(cursor: StreamCursor, push: PushRequest): { from: number; to: number } | null {
  if (push.from > cursor.durableSeq) return null;
  return { from: Math.max(1, push.from - 1), to: Math.min(push.to, cursor.durableSeq) };
}

/** Decides about a push (HO1; `docs/protocol.md` has the rules in words). */
export function planPush({ branch, cursor, push, rawItems, held }: PushCase, sha256Hex: Sha256Hex): PushPlan {
  if (isSuperseded(cursor, push)) return { verdict: 'lower-epoch', cursor };
  if (push.from > cursor.durableSeq + 1) return { verdict: 'gap', cursor };

  const fork = (reason: ForkReason, atSeq: number): PushPlan => ({ verdict: 'fork', cursor, reason, atSeq });
  const heldBySeq = new Map(held.map(item => [item.seq, item]));
  const heldBefore = hashBefore(cursor, push.from, heldBySeq);
  if (heldBefore !== null && heldBefore !== push.previousHash) return fork('previous-hash', push.from - 1);

  const events: EventEnvelope[] = [];
  const raw: RawItem[] = [];
  let previousHash: string | null = push.previousHash;
  for (const [index, item] of push.events.entries()) {
    const seq = push.from + index;
    const { event, hash } = readItem(item);
    if (event !== null) {
      if (event.branch !== branch || event.seq !== seq || event.epoch > push.epoch) {
        return fork('wrong-place', seq);
      }
      if (previousHash !== null && chainHash(previousHash, event, sha256Hex) !== event.hash) {
        return fork('broken-chain', seq);
      }
    }
    previousHash = hash;
    if (seq > cursor.durableSeq) {
      if (event !== null) events.push(event);
      else raw.push({ seq, hash, body: rawItems()[index] ?? '' });
      continue;
    }
    const heldItem = heldBySeq.get(seq);
    if (heldItem !== undefined && !agrees(heldItem, hash, () => rawItems()[index])) {
      return fork('differs', seq);
    }
  }

  if (push.to <= cursor.durableSeq) return { verdict: 'repeat', cursor };
  const named = push.station === undefined ? {} : { station: push.station };
  const moved = { durableSeq: push.to, durableHash: previousHash, epoch: push.epoch, ...named };
  return { verdict: 'stored', cursor: moved, events, raw };
}

/**
 * Somebody else decides by now: in a higher epoch, or, where a person's false statement made two hosts of one, the one
 * all stations take for the higher (`isAbove` in `core/replication`).
 */
export function isSuperseded(cursor: StreamCursor, push: Pick<PushRequest, 'epoch' | 'station'>): boolean {
  const named = cursor.station ?? '';
  return push.epoch < cursor.epoch || (push.epoch === cursor.epoch && (push.station ?? '') < named);
}

/** The hash held at the place before `from`, or null when it is not known. */
function hashBefore(
  cursor: StreamCursor,
  from: number,
  heldBySeq: ReadonlyMap<number, HeldItem>,
): string | null {
  if (from === 1) return GENESIS_HASH;
  if (from - 1 === cursor.durableSeq) return cursor.durableHash;
  return heldBySeq.get(from - 1)?.hash ?? null;
}

/** Equal hashes where both are known; else the text itself must be what is held as text. */
function agrees(held: HeldItem, hash: string | null, body: () => string | undefined): boolean {
  if (held.hash !== null && hash !== null) return held.hash === hash;
  return held.body !== null && held.body === body();
}
