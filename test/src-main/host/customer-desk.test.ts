import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLE_CUSTOMERS } from '#core/sample/sample-customers.ts';
import { createCustomerDesk } from '#main/host/customer-desk.ts';
import { openCustomerKeys } from '#main/host/customer-keys.ts';
import { MORNING_MS, temporaryFolder, unwrap } from '../journal/journal-fixture.ts';
import { ANY_TICKET, FakeWindow, HostBench } from './host-fixture.ts';

const CARD = '5555555555554444';
const PHONE = '13800005678';

function start() {
  const bench = new HostBench().configure();
  const keys = openCustomerKeys(bench.folder);
  const desk = createCustomerDesk({
    host: bench.host,
    keys,
    customers: bench.journal.customers,
    now: () => bench.now,
  });
  for (const { number, classId } of SAMPLE_CUSTOMERS) unwrap(desk.setClass(number, classId));
  return { bench, desk };
}

/** A kiosk on a host with the sample customers; `ask` answers what the host said to a command. */
function startKiosk() {
  const { bench, desk } = start();
  const kiosk = new FakeWindow();
  bench.portServer({ customers: desk }).serve(kiosk, 'kiosk');
  kiosk.send({ kind: 'hello', protocol: 1, window: 'kiosk' });
  let asked = 0;
  const ask = (type: string, args: object, id = `command-${++asked}`) => {
    const answer = kiosk.send({ kind: 'command', command: { id, type, args } });
    if (answer?.kind !== 'answer') throw new Error(JSON.stringify(answer));
    return answer;
  };
  return { bench, kiosk, ask };
}

/** Every byte the branch keeps, as text. */
const everythingKept = (bench: HostBench) =>
  ['journal.sqlite', 'journal.sqlite-wal', 'customer-keys.json']
    .map(name => readFileSync(join(bench.folder, name), 'latin1'))
    .join('\n');

describe('identifying a customer at the kiosk', () => {
  it('[TK2] the class is found by the keyed hash, and the window is told neither class nor number', () => {
    const { bench, kiosk, ask } = startKiosk();
    const { value } = ask('identify-customer', { number: CARD, source: 'reader' });
    expect(value).toMatchObject({
      medium: 'card',
      masked: '**** 4444',
      priorityReasonId: null,
      ownTickets: [],
    });
    const taken = ask('issue-ticket', { ...ANY_TICKET, identification: value?.identification });
    const ticket = bench.host.state().tickets.get(String(taken.value?.ticketId));
    expect(ticket).toMatchObject({ classId: 'gold', customer: { medium: 'card', masked: '**** 4444' } });
    const heard = JSON.stringify(kiosk.received);
    expect([heard.includes(CARD), heard.includes('gold')]).toEqual([false, false]);
  });

  it('[TK2] [ID2] no number is in the journal, in a fingerprint or in any file; the branch can read it again', () => {
    const { bench, ask } = startKiosk();
    const { value } = ask('identify-customer', { number: CARD, source: 'typed' });
    ask('issue-ticket', { ...ANY_TICKET, identification: value?.identification });
    expect(everythingKept(bench)).not.toContain(CARD);
    const [ticket] = bench.host.state().tickets.values();
    const keys = unwrap(openCustomerKeys(bench.folder));
    expect(keys.unseal(ticket?.customer?.sealed ?? '')).toContain(CARD);
    expect(ticket?.customer?.key).toBe(keys.hash(CARD));
  });

  it('[TK2] the same command again gets the same answer, also when the identification is long over', () => {
    const { bench, ask } = startKiosk();
    const { value } = ask('identify-customer', { number: CARD, source: 'typed' });
    const args = { ...ANY_TICKET, identification: value?.identification };
    const first = ask('issue-ticket', args, 'take-1');
    bench.now += 20 * 60_000;
    expect(ask('issue-ticket', args, 'take-1')).toEqual(first);
    expect(bench.host.state().tickets.size).toBe(1);
  });

  it('[TK2] a made-up, changed or foreign identification is refused', () => {
    const { bench, ask } = startKiosk();
    const good = String(ask('identify-customer', { number: CARD, source: 'typed' }).value?.identification);
    const foreign = unwrap(unwrap(openCustomerKeys(temporaryFolder())).seal('{}', 'x', MORNING_MS));
    const changed = good.slice(0, -6) + (good.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA');
    for (const identification of [
      'v1',
      'v1.__proto__.AAAA',
      foreign,
      changed,
      good.replace('v1.2026-03', 'v1.2026-04'),
    ])
      expect(ask('issue-ticket', { ...ANY_TICKET, identification }).error?.code).toBe('T844');
    expect(bench.host.state().tickets.size).toBe(0);
    expect(ask('issue-ticket', { ...ANY_TICKET, identification: good }).value?.number).toBe('A001');
  });

  it('[TK5] who comes again is shown the own ticket and gets paper instead of a second number', () => {
    const { bench, ask } = startKiosk();
    const identify = () => ask('identify-customer', { number: CARD, source: 'reader' }).value;
    const first = ask('issue-ticket', { ...ANY_TICKET, identification: identify()?.identification });
    const again = identify();
    expect(again?.ownTickets).toMatchObject([{ number: 'A001', ticketId: first.value?.ticketId }]);
    const refused = ask('issue-ticket', { ...ANY_TICKET, identification: again?.identification });
    expect(refused.error).toMatchObject({ code: 'T840', facts: { number: 'A001' } });
    const { ticketId } = first.value ?? {};
    const stranger = ask('identify-customer', { number: '4111111111111111', source: 'reader' }).value;
    const reprint = (identification: unknown) => ask('reprint-own-ticket', { ticketId, identification });
    expect(reprint(stranger?.identification).error?.code).toBe('T803');
    expect(reprint(again?.identification).value).toEqual({});
    expect(bench.host.state().tickets.size).toBe(1);
  });

  it('[TK9] an ID of an older person gives the reason without a question; the birth date is kept nowhere', () => {
    const { bench, ask } = startKiosk();
    const { value } = ask('identify-customer', { number: '999999195003070014', source: 'reader' });
    expect(value).toMatchObject({ medium: 'id-card', masked: '**** 0014', priorityReasonId: 'elderly' });
    ask('issue-ticket', { ...ANY_TICKET, identification: value?.identification });
    expect([...bench.host.state().tickets.values()]).toMatchObject([
      { classId: 'priority', priorityReasonId: 'elderly' },
    ]);
    expect(everythingKept(bench)).not.toMatch(/1950-?03-?07/);
  });

  it('[TK2] nonsense is refused and changes nothing', () => {
    const { bench, ask } = startKiosk();
    for (const number of ['😀', '0', 'x'.repeat(200), '4111111111111112'])
      expect(ask('identify-customer', { number, source: 'typed' }).error?.code).toBe('T843');
    expect(bench.host.state().tickets.size).toBe(0);
  });
});

describe('appointments by telephone', () => {
  const booking = { businessId: 'credit-card', date: '2026-03-02', minute: 10 * 60, phone: PHONE };

  it('[TK8] the number is kept as hash and ciphertext only; a booking sent again is the same booking', () => {
    const { bench, desk } = start();
    const lobby = bench.signIn('2001');
    const book = () => {
      const args = unwrap(desk.argsForRules({ id: 'book-1', type: 'book-appointment', args: booking }));
      return unwrap(bench.give('book-appointment', args as never, lobby, 'book-1'));
    };
    expect(book()).toEqual(book());
    expect(bench.host.state().appointments.size).toBe(1);
    expect(everythingKept(bench)).not.toContain(PHONE);
    const args = { codeOrPhone: PHONE, language: 'zh', largeType: false } as const;
    const checkIn = unwrap(desk.argsForRules({ id: 'check-1', type: 'check-in', args }));
    bench.now += 50 * 60_000;
    expect(unwrap(bench.give('check-in', checkIn as never, { kind: 'customer' }))).toMatchObject({
      number: 'C001',
    });
  });
});

describe('the keys', () => {
  it('[ID2] are for this user only, and a damaged file is refused and left as it is', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'customer-keys.json');
    const first = unwrap(openCustomerKeys(folder));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(unwrap(openCustomerKeys(folder)).hash(CARD)).toBe(first.hash(CARD));
    for (const damage of ['', '{}', '[1]', '\u0000']) {
      writeFileSync(path, damage);
      expect(openCustomerKeys(folder)).toEqual({ ok: false, error: { code: 'D410' } });
      expect(readFileSync(path, 'utf8')).toBe(damage);
    }
  });

  it('[ID2] destroying a month’s key erases what was sealed in that month and nothing else', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'customer-keys.json');
    const keys = unwrap(openCustomerKeys(folder));
    const march = unwrap(keys.seal(CARD, 'a', Date.UTC(2026, 2, 2)));
    const april = unwrap(keys.seal(CARD, 'a', Date.UTC(2026, 3, 2)));
    const file = JSON.parse(readFileSync(path, 'utf8'));
    delete file.sealKeys['2026-03'];
    writeFileSync(path, JSON.stringify(file));
    const later = unwrap(openCustomerKeys(folder));
    expect([later.unseal(march), later.unseal(april)]).toEqual([null, CARD]);
  });

  it('[TK2] without keys nobody is identified, and numbers are issued all the same', () => {
    const bench = new HostBench().configure();
    const desk = createCustomerDesk({
      host: bench.host,
      keys: { ok: false, error: { code: 'D410' } },
      customers: bench.journal.customers,
      now: () => bench.now,
    });
    expect(desk.identify({ number: CARD, source: 'typed' })).toEqual({ ok: false, error: { code: 'D410' } });
    expect(desk.argsForRules({ id: 'x', type: 'issue-ticket', args: ANY_TICKET })).toEqual({
      ok: true,
      value: ANY_TICKET,
    });
  });
});
