import type { Batch, LogView } from './log.ts';
import type { Roles } from './roles.ts';

/**
 * What of somebody's late batches is new to this log (BR6). A batch can itself carry late ones: whoever merged them
 * was set aside in turn, and their first owner may bring them too. Each counts once, by its seal.
 * @param innerOf the batches a `late-merged` batch carries
 * @returns the new batches, those that carry others taken apart, and every seal that counts as merged from now on
 */
export function newLateBatches<B extends Batch>(
  batches: readonly B[],
  innerOf: (batch: B) => readonly B[],
  roles: Roles,
  log: Pick<LogView, 'hashAt'>,
): { readonly fresh: readonly B[]; readonly hashes: readonly string[] } {
  const fresh = new Map<string, B>();
  const hashes = new Set<string>();
  const add = (batch: B): void => {
    if (roles.merged.has(batch.hash) || hashes.has(batch.hash)) return;
    if (log.hashAt(batch.lastSeq) === batch.hash) return;
    hashes.add(batch.hash);
    const inner = innerOf(batch);
    for (const one of inner) add(one);
    if (batch.change?.kind !== 'late-merged') fresh.set(batch.hash, batch);
  };
  for (const batch of batches) add(batch);
  return { fresh: [...fresh.values()], hashes: [...hashes] };
}
