import { assertNever } from '../wire/result.ts';
import type { BranchEvent } from './events.ts';
import type { BranchState } from './state.ts';
import { withoutEntry } from './state-maps.ts';

type DocumentEvent = BranchEvent<
  'bank-document-applied' | 'bank-document-proposed' | 'bank-document-withdrawn' | 'password-set'
>;

/** HO3: so many versions before the one in force are kept to go back to. */
const PREVIOUS_KEPT = 2;

/** The part of `evolve` that concerns the bank document and passwords. */
export function evolveDocument(state: BranchState, event: DocumentEvent): BranchState {
  switch (event.type) {
    case 'bank-document-applied': {
      const { document } = event.data;
      const { pendingDocument: pending, document: before, documentApplied } = state;
      const isPending = pending?.document.version === document.version;
      return {
        ...state,
        document,
        documentApplied: { at: event.at, by: isPending ? pending.by : event.actor },
        pendingDocument: isPending ? null : pending,
        previousDocuments:
          before === null
            ? []
            : [
                { document: before, ...(documentApplied ?? { at: event.at, by: 'system' }) },
                ...state.previousDocuments,
              ].slice(0, PREVIOUS_KEPT),
      };
    }
    case 'bank-document-proposed': {
      const { document, appliesAt } = event.data;
      return { ...state, pendingDocument: { document, appliesAt, proposedAt: event.at, by: event.actor } };
    }
    case 'bank-document-withdrawn':
      return state.pendingDocument?.document.version === event.data.version
        ? { ...state, pendingDocument: null }
        : state;
    case 'password-set':
      // Whoever was locked out for forgetting the old one may try the new one at once.
      return { ...state, signInFailures: withoutEntry(state.signInFailures, event.data.staffNumber) };
    default:
      return assertNever(event);
  }
}
