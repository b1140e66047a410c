import { useCallback, useEffect, useMemo, useState } from 'react';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { type Draft, keepDraft, readDraft } from './draft.ts';
import { type Path, withPart } from './form/parts.ts';

export interface DraftDesk {
  /** The document as it would be handed in now: the draft, or the one in force while nothing was changed. */
  readonly document: unknown;
  /** Null while nothing was changed. */
  readonly draft: Draft | null;
  /** Another version came into force since the draft was begun. */
  readonly isOvertaken: boolean;
  readonly change: (path: Path, part: unknown) => void;
  /** Takes a whole document as the draft: imported, restored, or written as JSON. */
  readonly replace: (document: unknown) => void;
  readonly discard: () => void;
  /** Keeps the changes, to be handed in on top of the version now in force. */
  readonly rebase: () => void;
}

/** The draft of this window, kept over a reload of the page. */
export function useDraft(inForce: BankDocument): DraftDesk {
  const branchId = inForce.branch.id;
  const [draft, setDraft] = useState<Draft | null>(() => readDraft(sessionStorage, branchId));
  useEffect(() => keepDraft(sessionStorage, branchId, draft), [draft, branchId]);

  const change = useCallback(
    (path: Path, part: unknown) =>
      setDraft(before => ({
        basedOn: before?.basedOn ?? inForce.version,
        document: withPart(before?.document ?? inForce, path, part),
      })),
    [inForce],
  );
  const replace = useCallback(
    (document: unknown) => setDraft({ basedOn: inForce.version, document }),
    [inForce.version],
  );
  const discard = useCallback(() => setDraft(null), []);
  const rebase = useCallback(
    () => setDraft(before => before && { ...before, basedOn: inForce.version }),
    [inForce.version],
  );
  return useMemo(
    () => ({
      document: draft?.document ?? inForce,
      draft,
      isOvertaken: draft !== null && draft.basedOn !== inForce.version,
      change,
      replace,
      discard,
      rebase,
    }),
    [draft, inForce, change, replace, discard, rebase],
  );
}
