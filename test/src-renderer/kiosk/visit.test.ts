import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '#core/wire/error-codes.ts';
import { zh } from '#renderer/kiosk/locales/zh.ts';
import {
  businessesOn,
  businessesToAdd,
  failureTextKey,
  idleWarningSeconds,
  newNumber,
  paperState,
  secondsLeft,
  withBusiness,
} from '#renderer/kiosk/visit.ts';
import { textKeys } from '../kit/text-tree.ts';

const business = (id: string) => ({
  id,
  name: { zh: id, en: id },
  documents: [],
  waiting: 0,
  estimate: null,
  offered: true,
  instead: null,
  selfService: null,
});
const GROUPS = [
  { id: 'personal', name: { zh: '个人', en: 'Personal' }, businesses: [business('cash'), business('card')] },
  { id: 'company', name: { zh: '对公', en: 'Company' }, businesses: [business('company')] },
];
const ISSUED = { ticketId: 'ticket-1', number: 'A001', ahead: 0, estimate: null, printing: true };
const idsOf = (businesses: readonly { readonly id: string }[]) => businesses.map(({ id }) => id);

describe('kiosk visit', () => {
  it('[TK4] tells what became of the paper', () => {
    expect(paperState(undefined, true)).toBe('printing');
    expect(paperState(undefined, false)).toBe('not-printed');
    expect(paperState('waiting', true)).toBe('printing');
    expect(paperState('waiting', false)).toBe('not-printed');
    for (const status of ['sent', 'processed', 'printed'] as const)
      expect(paperState(status, true)).toBe('printed');
    for (const status of ['failed', 'uncertain', 'none'] as const)
      expect(paperState(status, true)).toBe('not-printed');
  });

  it('[TK4] a printed number stays 8 s, any other 30 s', () => {
    expect(secondsLeft(1_000, 1_000, 'printed')).toBe(8);
    expect(secondsLeft(1_000, 8_999, 'printed')).toBe(1);
    expect(secondsLeft(1_000, 9_000, 'printed')).toBe(0);
    expect(secondsLeft(1_000, 9_000, 'not-printed')).toBe(22);
    expect(secondsLeft(1_000, 9_000, 'printing')).toBe(22);
    expect(secondsLeft(1_000, 99_000, 'not-printed')).toBe(0);
  });

  it('warns for the last 5 of 20 untouched seconds', () => {
    expect([0, 14_999, 15_000, 15_001, 19_999, 20_000].map(idleWarningSeconds)).toEqual([
      null,
      null,
      5,
      5,
      1,
      0,
    ]);
  });

  it('has a sentence for customers whatever the host refuses', () => {
    const known = textKeys(zh);
    for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) expect(known).toContain(failureTextKey(code));
    expect(failureTextKey('T802')).toBe('failed.usedUp');
    expect(failureTextKey('U571')).toBe('failed.ownUsedUp');
    expect(failureTextKey('U573')).toBe('failed.cutOff');
  });

  it('[TK10] a business is added to the number once, and the number stays the same', () => {
    const ticket = newNumber('cash', ISSUED, 1_000);
    expect(idsOf(businessesOn(GROUPS, ticket))).toEqual(['cash']);
    const more = withBusiness(withBusiness(ticket, 'company'), 'card');
    expect(idsOf(businessesOn(GROUPS, more))).toEqual(['cash', 'company', 'card']);
    expect(withBusiness(more, 'company')).toBe(more);
    expect(withBusiness(more, 'cash')).toBe(more);
    expect(more).toMatchObject({ businessId: 'cash', issued: ISSUED, takenAt: 1_000 });
  });

  it('[TK10] offers what is not on the ticket, and no group without any of it', () => {
    const offered = (ids: readonly string[], first: string | null) =>
      businessesToAdd(GROUPS, ids.reduce(withBusiness, newNumber(first, ISSUED, 0))).map(group => [
        group.id,
        idsOf(group.businesses),
      ]);
    expect(offered([], 'cash')).toEqual([
      ['personal', ['card']],
      ['company', ['company']],
    ]);
    expect(offered(['company'], 'cash')).toEqual([['personal', ['card']]]);
    expect(offered(['company', 'card'], 'cash')).toEqual([]);
    // Of an appointment the kiosk knows no business.
    expect(offered([], null)).toHaveLength(2);
  });
});
