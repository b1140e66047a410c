/**
 * Customers whose class a sample branch knows, to try a card or an ID at the kiosk (TK2). The card numbers are the
 * published test numbers of payment schemes, the ID numbers have the area code 999999 that no place has.
 */
export const SAMPLE_CUSTOMERS: readonly { readonly number: string; readonly classId: string }[] = [
  { number: '4111111111111111', classId: 'ordinary' },
  { number: '5555555555554444', classId: 'gold' },
  { number: '6011111111111117', classId: 'platinum' },
  { number: '3530111333300000', classId: 'private' },
  { number: '999999195003070014', classId: 'gold' },
];
