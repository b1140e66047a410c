import type { ConfiguredState } from '../branch/decision.ts';
import { documentBlocks } from '../documents/document-blocks.ts';
import type { View } from '../wire/views.ts';
import { branchHead } from './shared.ts';

/**
 * HO3: the versions of the bank document and what stands in the way of the next one.
 * @param passwordNumbers staff numbers that have a password
 */
export function setupView(state: ConfiguredState, passwordNumbers: readonly string[]): View<'setup'> {
  const { document, documentApplied, pendingDocument, previousDocuments } = state;
  const withPassword = new Set(passwordNumbers);
  return {
    ...branchHead(document),
    branchId: document.branch.id,
    document,
    applied: documentApplied,
    pending: pendingDocument && {
      ...pendingDocument,
      blocks: documentBlocks(state, pendingDocument.document),
    },
    previous: [...previousDocuments],
    withoutPassword: document.staff.map(({ number }) => number).filter(number => !withPassword.has(number)),
  };
}
