import type { BankDocument, Right, StaffMember } from '../branch/bank-document.ts';
import type { BranchState } from '../branch/state.ts';

export function findStaff(document: BankDocument, staffNumber: string): StaffMember | undefined {
  return document.staff.find(member => member.number === staffNumber);
}

/** Every right of a member of staff through the roles; empty for somebody unknown (ID1). */
export function rightsOf(document: BankDocument, staffNumber: string): ReadonlySet<Right> {
  const member = findStaff(document, staffNumber);
  const roles = document.roles.filter(role => member?.roleIds.includes(role.id));
  return new Set(roles.flatMap(role => role.rights));
}

export function hasRight(state: BranchState, staffNumber: string, right: Right): boolean {
  return state.document !== null && rightsOf(state.document, staffNumber).has(right);
}
