import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { SAMPLE_CUSTOMERS } from '#core/sample/sample-customers.ts';
import { createCustomerDesk } from '#main/host/customer-desk.ts';
import { openCustomerKeys } from '#main/host/customer-keys.ts';
import { unwrap } from '../journal/journal-fixture.ts';
import { ANY_TICKET, CUSTOMER, FakeWindow, HostBench } from './host-fixture.ts';

const CARD = '5555555555554444';

function start() {
  const bench = new HostBench().configure();
  const desk = createCustomerDesk({
    host: bench.host,
    keys: openCustomerKeys(bench.folder),
    customers: bench.journal.customers,
    now: () => bench.now,
  });
  for (const { number, classId } of SAMPLE_CUSTOMERS) unwrap(desk.setClass(number, classId));
  const server = bench.portServer({ customers: desk });
  const openWindow = (kind: 'kiosk' | 'lobby', carrier: Parameters<typeof server.serve>[1]) => {
    const window = new FakeWindow();
    server.serve(window, carrier);
    window.send({ kind: 'hello', protocol: 1, window: kind });
    return window;
  };
  return { bench, desk, server, openWindow };
}
const scansOf = (window: FakeWindow) => window.received.filter(({ kind }) => kind === 'scan');

describe('what a reader on a line of this PC has read', () => {
  it('[TK2] reaches the windows it is for, on this PC only, and without the number', () => {
    const { desk, server, openWindow } = start();
    const kiosk = openWindow('kiosk', 'kiosk');
    const inBrowser = openWindow('kiosk', null);
    const tablet = openWindow('kiosk', ['kiosk', 'lobby']);
    const lobby = openWindow('lobby', 'lobby');
    server.scan('kiosk', desk.scan(CARD));
    expect([kiosk, inBrowser, tablet, lobby].map(window => scansOf(window).length)).toEqual([1, 1, 0, 0]);
    expect(scansOf(kiosk)[0]).toMatchObject({
      scan: { kind: 'customer', medium: 'card', masked: '**** 4444' },
    });
    expect(JSON.stringify(kiosk.received)).not.toContain(CARD.slice(0, 12));
  });

  it('[TK2] identifies as well as what was typed, and shows the ticket a customer has (TK5)', () => {
    const { desk, openWindow } = start();
    const kiosk = openWindow('kiosk', 'kiosk');
    const scan = desk.scan(` ${CARD} `);
    if (scan.kind !== 'customer') throw new Error(scan.kind);
    const { identification } = scan;
    expect(kiosk.command('issue-ticket', { ...ANY_TICKET, identification })).toMatchObject({
      value: { number: expect.any(String) },
    });
    expect(desk.scan(CARD)).toMatchObject({ ownTickets: [{ businessId: ANY_TICKET.businessId }] });
  });

  it('[TK8] a booked code is an appointment, another one T845', () => {
    const { bench, desk } = start();
    expect(desk.scan('123456')).toEqual({ kind: 'refused', code: 'T845' });
    const lobby = bench.signIn('2001');
    const booked = unwrap(
      bench.give(
        'book-appointment',
        { businessId: ANY_TICKET.businessId, date: '2026-03-02', minute: 11 * 60, contact: null },
        lobby,
      ),
    );
    expect(desk.scan(String(booked.code))).toEqual({ kind: 'appointment', code: booked.code });
  });

  it('[TK11] the code on a ticket finds the ticket, another one T803', () => {
    const { bench, desk } = start();
    const { ticketId } = unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER));
    const ticket = bench.host.state().tickets.get(String(ticketId));
    const { progressUrl } = SAMPLE_BANK.branch;
    expect(desk.scan(`${progressUrl}${ticket?.progressToken}`)).toEqual({
      kind: 'ticket',
      ticketId,
      number: ticket?.number,
    });
    expect(desk.scan(`${progressUrl}nobody`)).toEqual({ kind: 'refused', code: 'T803' });
  });

  it('[TK2] what is no number of a customer is refused and changes nothing', () => {
    const { bench, desk } = start();
    const before = bench.host.state();
    for (const text of ['', 'x', '1234567', 'https://other.example/t', '1'.repeat(64)])
      expect(desk.scan(text)).toEqual({ kind: 'refused', code: 'T843' });
    expect(bench.host.state()).toBe(before);
  });
});
