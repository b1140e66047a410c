import { isRecord } from './form/parts.ts';

/** Changes not yet handed in: a whole document, and the version it was made from. */
export interface Draft {
  readonly basedOn: number;
  readonly document: unknown;
}

const KEY = 'foyer.setup.draft';

/** The draft as kept over a reload of the page; null when there is none that can be read. */
export function readDraft(storage: Pick<Storage, 'getItem'>, branchId: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(`${KEY}.${branchId}`) ?? 'null');
    return isRecord(kept) && typeof kept.basedOn === 'number' && isRecord(kept.document)
      ? { basedOn: kept.basedOn, document: kept.document }
      : null;
  } catch {
    return null;
  }
}

/** Keeps the draft, or forgets it when null. A full storage keeps nothing and harms nothing. */
export function keepDraft(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  branchId: string,
  draft: Draft | null,
): void {
  try {
    if (draft) storage.setItem(`${KEY}.${branchId}`, JSON.stringify(draft));
    else storage.removeItem(`${KEY}.${branchId}`);
  } catch {
    // The draft is still on screen.
  }
}

/** The text to hand in: the draft as the version after the one it was made from. */
export function draftToText(draft: Draft): string {
  const document = isRecord(draft.document) ? draft.document : {};
  return JSON.stringify({ ...document, version: draft.basedOn + 1 });
}
