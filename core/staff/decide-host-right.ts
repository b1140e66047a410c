import type { BankDocument, Right } from '../branch/bank-document.ts';
import type { LocalText } from '../wire/fields.ts';

/** The right that stands in where a document of before this right gives it to nobody. */
const STAND_IN: Right = 'set-up';

/** BR4: may somebody with these rights say who is host while head office cannot be asked? */
export function mayDecideHost(document: BankDocument, rights: ReadonlySet<Right>): boolean {
  return rights.has(rightToDecide(document));
}

/** Names of the roles that may, for the sentence that says whom to ask. */
export function deciderRoles(document: BankDocument): LocalText[] {
  const right = rightToDecide(document);
  return document.roles.filter(({ rights }) => rights.includes(right)).map(({ name }) => name);
}

function rightToDecide(document: BankDocument): Right {
  const isGiven = ({ id, rights }: BankDocument['roles'][number]) =>
    rights.includes('decide-host') && document.staff.some(({ roleIds }) => roleIds.includes(id));
  return document.roles.some(isGiven) ? 'decide-host' : STAND_IN;
}
