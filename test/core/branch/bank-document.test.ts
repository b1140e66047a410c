import { describe, expect, it } from 'vitest';
import { BankDocument } from '#core/branch/bank-document.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';

/** Where the first complaint about a document points; '' when it is fine. */
function complaint(change: (document: typeof SAMPLE_BANK) => object): string {
  const parsed = BankDocument.safeParse({ ...SAMPLE_BANK, ...change(structuredClone(SAMPLE_BANK)) });
  return parsed.success ? '' : (parsed.error.issues[0]?.path.join('.') ?? '?');
}

const replaceFirst = <T>(list: readonly T[], change: Partial<T>) =>
  list.map((item, index) => (index === 0 ? { ...item, ...change } : item));

describe('the bank document', () => {
  it('the sample bank is a valid one', () => {
    expect(BankDocument.parse(SAMPLE_BANK)).toEqual(SAMPLE_BANK);
  });

  it.each([
    ['queues.1', (d: typeof SAMPLE_BANK) => ({ queues: replaceFirst(d.queues, { prefix: 'B' }) })],
    ['queues.0.prefix', (d: typeof SAMPLE_BANK) => ({ queues: replaceFirst(d.queues, { prefix: 'AB' }) })],
    [
      'queues.0.lastNumber',
      (d: typeof SAMPLE_BANK) => ({ queues: replaceFirst(d.queues, { firstNumber: 9, lastNumber: 8 }) }),
    ],
    [
      'queues.0.classId',
      (d: typeof SAMPLE_BANK) => ({ queues: replaceFirst(d.queues, { classId: 'royal' }) }),
    ],
    ['queues.0.id', (d: typeof SAMPLE_BANK) => ({ queues: replaceFirst(d.queues, { id: 'a b' }) })],
    [
      'businesses.0.queueId',
      (d: typeof SAMPLE_BANK) => ({ businesses: replaceFirst(d.businesses, { queueId: 'none' }) }),
    ],
    ['profiles.0.gates', (d: typeof SAMPLE_BANK) => ({ profiles: replaceFirst(d.profiles, { gates: [] }) })],
    [
      'counters.0.profileId',
      (d: typeof SAMPLE_BANK) => ({ counters: replaceFirst(d.counters, { profileId: 'none' }) }),
    ],
    ['counters.1', (d: typeof SAMPLE_BANK) => ({ counters: replaceFirst(d.counters, { id: 'counter-2' }) })],
    ['staff.0.roleIds', (d: typeof SAMPLE_BANK) => ({ staff: replaceFirst(d.staff, { roleIds: ['king'] }) })],
    ['staff.1', (d: typeof SAMPLE_BANK) => ({ staff: replaceFirst(d.staff, { number: '1002' }) })],
    ['ratingLevels', (d: typeof SAMPLE_BANK) => ({ ratingLevels: d.ratingLevels.slice(0, 2) })],
    ['branch.timeZone', (d: typeof SAMPLE_BANK) => ({ branch: { ...d.branch, timeZone: 'Mars/Base' } })],
    [
      'branch.progressUrl',
      (d: typeof SAMPLE_BANK) => ({ branch: { ...d.branch, progressUrl: 'http://银行.example/' } }),
    ],
    [
      'branch.progressUrl',
      (d: typeof SAMPLE_BANK) => ({ branch: { ...d.branch, progressUrl: 'javascript:alert(1)' } }),
    ],
    ['', (_: typeof SAMPLE_BANK) => ({ extra: 1 })],
  ])('is refused whole, and %s is named', (path, change) => {
    const parsed = BankDocument.safeParse({ ...SAMPLE_BANK, ...change(SAMPLE_BANK) });
    expect(parsed.success).toBe(false);
    expect(complaint(change)).toBe(path);
  });
});
