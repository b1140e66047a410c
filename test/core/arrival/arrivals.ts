import type { IdentifiedCustomer } from '#core/arrival/customer.ts';
import type { BankDocument } from '#core/branch/bank-document.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { bankWith, MORNING_MS } from '../played-branch.ts';

/** A customer as the host identifies them; `key` tells one from the other. */
export function customer(key: number, more: Partial<IdentifiedCustomer> = {}): IdentifiedCustomer {
  return {
    medium: 'card',
    key: String(key).padStart(64, '0'),
    masked: '**** 1111',
    sealed: 'v1.2026-03.sealed',
    classId: null,
    birthDate: null,
    identifiedAt: MORNING_MS,
    ...more,
  };
}

/** The sample bank with one business changed. */
export function bankWithBusiness(
  businessId: string,
  more: Partial<BankDocument['businesses'][number]>,
): BankDocument {
  const businesses = SAMPLE_BANK.businesses.map(one => (one.id === businessId ? { ...one, ...more } : one));
  return bankWith({ businesses });
}

/** The sample bank keeping its opening hours. */
export function bankWithHours(more: Partial<BankDocument['calendar']> = {}): BankDocument {
  return bankWith({ calendar: { ...SAMPLE_BANK.calendar, enforced: true, ...more } });
}
