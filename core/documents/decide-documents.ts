import type { BankDocument } from '../branch/bank-document.ts';
import { accept, type ConfiguredState, type Handler, NOTHING_TO_DO } from '../branch/decision.ts';
import type { NewEvent } from '../branch/events.ts';
import { findStaff } from '../staff/rights.ts';
import { MAX_DOCUMENT_BYTES } from '../wire/commands-documents.ts';
import { type Failure, fail } from '../wire/result.ts';
import { checkDocumentText, problemField } from './check-document.ts';
import { type DocumentBlock, documentBlocks } from './document-blocks.ts';
import { utf8Bytes } from './utf8-bytes.ts';

/** A document may wait this long for its time; more is a slip of the pen. */
const MAX_WAIT_MS = 366 * 24 * 60 * 60_000;

/** ID1: shorter passwords are refused. */
export const MIN_PASSWORD_CHARACTERS = 8;

/** A version that was waiting and is older than this one never comes. */
function overtakenEvents(state: ConfiguredState, document: BankDocument): NewEvent[] {
  const version = state.pendingDocument?.document.version;
  return version !== undefined && version < document.version
    ? [{ type: 'bank-document-withdrawn', data: { version, reason: 'overtaken' } }]
    : [];
}

/** The document comes into force; sessions of people it no longer knows end. */
function applyEvents(state: ConfiguredState, document: BankDocument): NewEvent[] {
  const events = overtakenEvents(state, document);
  events.push({ type: 'bank-document-applied', data: { document } });
  for (const { sessionId, staffNumber } of state.sessions.values())
    if (!findStaff(document, staffNumber))
      events.push({ type: 'staff-signed-out', data: { sessionId, staffNumber, reason: 'removed' } });
  return events;
}

/**
 * HO3: a document from the program itself or from head office, at once or at its set time. A version that is not
 * newer than the one in force, or than the one waiting for its time, changes nothing.
 */
const applyBankDocument: Handler<'apply-bank-document'> = (state, { args }, context) => {
  const { document, appliesAt } = args;
  if (document.version <= state.document.version) return NOTHING_TO_DO;
  if (appliesAt === undefined || appliesAt <= context.now) return accept(applyEvents(state, document));
  if (document.version <= (state.pendingDocument?.document.version ?? 0)) return NOTHING_TO_DO;
  return accept([
    ...overtakenEvents(state, document),
    { type: 'bank-document-proposed', data: { document, appliesAt } },
  ]);
};

/** HO3: an administrator's new version: checked whole, then in force now or kept until its time. */
const proposeDocument: Handler<'propose-document'> = (state, { args }, context) => {
  if (utf8Bytes(args.document) > MAX_DOCUMENT_BYTES)
    return fail('C908', { kilobytes: MAX_DOCUMENT_BYTES / 1024 });
  const checked = checkDocumentText(args.document);
  if (!checked.ok) {
    const [first] = checked.problems;
    return fail('C901', {
      count: checked.problems.length,
      ...(first ? { field: problemField(first), problem: first.problem } : {}),
    });
  }
  const { document } = checked;
  const refused = refuseProposal(state, document);
  if (refused) return { ok: false, error: refused };

  const { when } = args;
  if (when === 'now') {
    const [block, ...others] = documentBlocks(state, document);
    if (block) return fail('C912', blockToFacts(block, others.length));
    return accept(applyEvents(state, document), { version: document.version, outcome: 'applied' });
  }
  if (typeof when === 'number' && (when <= context.now || when > context.now + MAX_WAIT_MS))
    return fail('C911');
  return accept(
    [
      {
        type: 'bank-document-proposed',
        data: { document, appliesAt: when === 'when-free' ? null : when },
      },
    ],
    { version: document.version, outcome: 'waiting' },
  );
};

/** What makes a valid document one that this branch cannot take, whenever it were to apply. */
function refuseProposal(state: ConfiguredState, document: BankDocument): Failure | undefined {
  if (state.pendingDocument)
    return { code: 'C910', facts: { version: state.pendingDocument.document.version } };
  if (document.version !== state.document.version + 1)
    return { code: 'C909', facts: { version: state.document.version } };
  if (document.branch.id !== state.document.branch.id)
    return { code: 'C914', facts: { branch: state.document.branch.id } };
  const setUpRoles = document.roles.filter(role => role.rights.includes('set-up')).map(role => role.id);
  const isAdministered = document.staff.some(member => member.roleIds.some(id => setUpRoles.includes(id)));
  return isAdministered ? undefined : { code: 'C913' };
}

function blockToFacts(
  { reason, name, count }: DocumentBlock,
  others: number,
): Record<string, string | number> {
  return { reason, name: name.zh, nameEn: name.en, count, others };
}

const withdrawDocument: Handler<'withdraw-document'> = (state, { args }) => {
  if (state.pendingDocument?.document.version !== args.version)
    return fail('C907', { version: args.version });
  return accept([{ type: 'bank-document-withdrawn', data: { version: args.version, reason: 'asked' } }]);
};

/** Time has come for the waiting document; while something stands in its way it goes on waiting. */
const applyPendingDocument: Handler<'apply-pending-document'> = (state, _command, context) => {
  const { pendingDocument } = state;
  if (!pendingDocument || !isPendingDue(state, context.now)) return NOTHING_TO_DO;
  return accept(applyEvents(state, pendingDocument.document));
};

/** Is there a document whose time has come and that nothing stands in the way of? */
export function isPendingDue(state: ConfiguredState, now: number): boolean {
  const { pendingDocument } = state;
  if (!pendingDocument || now < (pendingDocument.appliesAt ?? 0)) return false;
  return documentBlocks(state, pendingDocument.document).length === 0;
}

/**
 * The document that a new business day begins with: nothing of the old day stands in its way, and a customer who
 * comes a moment later must not either.
 */
export function dayStartDocumentEvents(state: ConfiguredState, now: number): NewEvent[] {
  const { pendingDocument } = state;
  if (!pendingDocument || now < (pendingDocument.appliesAt ?? 0)) return [];
  return [{ type: 'bank-document-applied', data: { document: pendingDocument.document } }];
}

/** ID1, ID3: who gave whom a new password; the host keeps the password's hash apart. */
const recordPassword: Handler<'record-password'> = (state, { args }) => {
  if (!findStaff(state.document, args.staffNumber)) return fail('S707', { staffNumber: args.staffNumber });
  return accept([{ type: 'password-set', data: { staffNumber: args.staffNumber } }]);
};

export const decideDocuments = {
  'apply-bank-document': applyBankDocument,
  'propose-document': proposeDocument,
  'withdraw-document': withdrawDocument,
  'apply-pending-document': applyPendingDocument,
  'record-password': recordPassword,
};
