import { describe, expect, it } from 'vitest';
import type { BranchEvent } from '#core/branch/events.ts';
import { figureReport } from '#core/figures/day-figures.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { fail } from '#core/wire/result.ts';
import { startHost } from '#main/host/host.ts';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import { codeOf, everyEvent, happening, open, temporaryFolder, unwrap } from '../journal/journal-fixture.ts';
import { ANY_TICKET, CUSTOMER, HostBench, SYSTEM } from './host-fixture.ts';

describe('a command given to the host', () => {
  it('the same id twice has one effect and the same answer, also after a restart', () => {
    const bench = new HostBench().configure();
    const first = bench.give('issue-ticket', ANY_TICKET, CUSTOMER, 'command-1');
    const end = bench.journal.last();
    expect(bench.give('issue-ticket', ANY_TICKET, CUSTOMER, 'command-1')).toEqual(first);
    bench.restart();
    expect(bench.give('issue-ticket', ANY_TICKET, CUSTOMER, 'command-1')).toEqual(first);
    expect(bench.journal.last()).toEqual(end);
    expect(bench.host.state().tickets.size).toBe(1);
  });

  it('[CS5] two tellers who press at once get two different tickets', () => {
    const bench = new HostBench().configure();
    const tellers = [bench.openCounter('counter-1', '1001'), bench.openCounter('counter-2', '1002')];
    for (let n = 0; n < 2; n++) unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER));
    const calls = tellers.map((teller, index) =>
      unwrap(bench.give('call-next', { counterId: `counter-${index + 1}` }, teller, `call-${index}`)),
    );
    expect(calls.map(call => call.number)).toEqual(['A001', 'A002']);
  });

  it('an id that carried something else before is refused, and nothing happens', () => {
    const bench = new HostBench().configure();
    unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER, 'command-1'));
    const teller = bench.openCounter();
    const end = bench.journal.last();
    const other = { ...ANY_TICKET, businessId: 'credit-card' };
    expect(codeOf(bench.give('issue-ticket', other, CUSTOMER, 'command-1'))).toBe('M607');
    expect(codeOf(bench.give('call-next', { counterId: 'counter-1' }, teller, 'command-1'))).toBe('M607');
    expect(bench.journal.last()).toEqual(end);
  });

  it('refused, it writes nothing and changes nothing', () => {
    const bench = new HostBench().configure();
    const [end, state] = [bench.journal.last(), bench.host.state()];
    expect(codeOf(bench.give('issue-ticket', { ...ANY_TICKET, businessId: 'none' }, CUSTOMER, 'c'))).toBe(
      'T801',
    );
    expect(bench.journal.last()).toEqual(end);
    expect(bench.host.state()).toBe(state);
    expect(bench.journal.answerOf('c')).toBeNull();
  });

  it('[ID3] every event names its actor and station, and the chain is whole', () => {
    const bench = new HostBench().configure();
    const teller = bench.openCounter();
    unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER));
    unwrap(bench.give('call-next', { counterId: 'counter-1' }, teller));
    const actors = everyEvent(bench.journal).map(event => [event.type, event.actor, event.station]);
    expect(actors).toContainEqual(['ticket-issued', 'customer', 'station-1']);
    expect(actors).toContainEqual(['ticket-called', 'staff:1001', 'station-1']);
    bench.journal.close();
    expect(unwrap(verifyJournalFile(bench.folder))).toMatchObject({ whole: true });
  });

  it('[ID3] a device may have the longest name an identifier can be', () => {
    const bench = new HostBench().configure();
    const deviceId = 'd'.repeat(64);
    const health = { status: 'ready', code: null } as const;
    const news = { deviceId, kind: 'keypad', counterId: 'counter-1', health } as const;
    expect(codeOf(bench.give('change-device-health', news, { kind: 'device', deviceId }))).toBe('ok');
  });

  it('what could not be read back after a restart is refused and never written', () => {
    const bench = new HostBench().configure();
    const end = bench.journal.last();
    const health = { status: 'ready', code: null } as const;
    const news = { deviceId: '键盘 1', kind: 'keypad', counterId: null, health } as const;
    expect(bench.give('change-device-health', news)).toMatchObject(
      fail('M601', { type: 'device-health-changed', field: 'deviceId' }),
    );
    const surplus = { deviceId: 'k', kind: 'keypad', counterId: null, health, extra: 1 } as const;
    expect(codeOf(bench.give('change-device-health', surplus))).toBe('M601');
    const document = { ...SAMPLE_BANK, version: 2, queues: [] };
    expect(codeOf(bench.give('apply-bank-document', { document }))).toBe('C901');
    expect(bench.journal.last()).toEqual(end);
    bench.restart();
  });
});

describe('a full disk', () => {
  it('nearly full, new tickets are refused before anything is promised, and serving goes on', () => {
    let free = 1e9;
    const bench = new HostBench({ freeBytes: () => free, roomReserveBytes: 1e6 }).configure();
    const teller = bench.openCounter();
    const issued = unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER, 'c-1'));
    free = 1e5;
    const end = bench.journal.last();
    expect(codeOf(bench.give('issue-ticket', ANY_TICKET, CUSTOMER, 'c-2'))).toBe('D403');
    expect(bench.journal.last()).toEqual(end);
    expect(bench.give('issue-ticket', ANY_TICKET, CUSTOMER, 'c-1')).toEqual({ ok: true, value: issued });
    const args = { counterId: 'counter-1', ticketId: String(issued.ticketId) };
    for (const type of ['start-service', 'finish-service'] as const) {
      if (type === 'start-service') unwrap(bench.give('call-next', { counterId: 'counter-1' }, teller));
      unwrap(bench.give(type, args, teller));
    }
    free = 1e9;
    expect(bench.give('issue-ticket', ANY_TICKET, CUSTOMER, 'c-2')).toMatchObject({
      value: { number: 'A002' },
    });
  });

  it('wholly full, a command is refused whole: state, listeners and journal stay as they were', () => {
    const bench = new HostBench({ maxPageCount: 60 }).configure();
    const heard: string[] = [];
    bench.host.onEvents(events => heard.push(...events.map(event => event.type)));
    let number = 0;
    let refused = 'ok';
    for (; number < 2000 && refused === 'ok'; number++) {
      const [state, end, count] = [bench.host.state(), bench.journal.last(), heard.length];
      refused = codeOf(bench.give('issue-ticket', ANY_TICKET, CUSTOMER, `c-${number}`));
      if (refused === 'ok') continue;
      expect(bench.host.state()).toBe(state);
      expect(bench.journal.last()).toEqual(end);
      expect(heard).toHaveLength(count);
    }
    expect(refused).toBe('D403');
    const before = bench.host.state();
    bench.restart();
    expect(bench.host.state()).toEqual(before);
  });
});

describe('starting again', () => {
  it('[MO1] brings back the same state and the same figures', () => {
    const bench = new HostBench().configure();
    const teller = bench.openCounter();
    for (let n = 0; n < 20; n++) {
      unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER));
      bench.now += 30_000;
      const ticketId = String(unwrap(bench.give('call-next', { counterId: 'counter-1' }, teller)).ticketId);
      const args = { counterId: 'counter-1', ticketId };
      unwrap(bench.give(n % 3 === 0 ? 'mark-no-show' : 'start-service', args, teller));
      if (n % 3 !== 0) unwrap(bench.give('finish-service', args, teller));
    }
    const [state, figures] = [bench.host.state(), figureReport(bench.host.figures())];
    bench.restart();
    expect(bench.host.state()).toEqual(state);
    expect(figureReport(bench.host.figures())).toEqual(figures);
  });

  it('[TK3] goes on with the next number', () => {
    const bench = new HostBench().configure();
    unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER));
    bench.restart();
    expect(unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER)).number).toBe('A002');
  });

  it('an event this program cannot read stops it with a code, and the journal stays', () => {
    const folder = temporaryFolder();
    const journal = open(folder);
    unwrap(journal.append({ events: [{ ...happening(1), type: 'coffee-break' }] }));
    expect(startHost({ journal, now: () => 0, station: 's' })).toMatchObject(fail('D407', { seq: 1 }));
    expect(everyEvent(journal)).toHaveLength(1);
  });
});

describe('listeners', () => {
  it('hear events in the order of the journal, all of one command at once, also when they give commands', () => {
    const bench = new HostBench().configure();
    unwrap(bench.give('start-business-day', {}));
    const heard: string[][] = [[], []];
    const listen = (index: number) => (events: readonly BranchEvent[]) => {
      heard[index]?.push(events.map(event => event.type).join('+'));
      for (const event of events)
        if (index === 0 && event.type === 'ticket-print-requested') {
          const { ticketId, jobId } = event.data;
          unwrap(bench.give('report-print', { ticketId, jobId, outcome: 'failed', code: 'P101' }));
        }
    };
    bench.host.onEvents(listen(0));
    bench.host.onEvents(listen(1));
    unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER));
    const order = ['ticket-issued+ticket-print-requested', 'ticket-print-reported'];
    expect(heard).toEqual([order, order]);
  });
});

describe('time', () => {
  it('[RT2] closes ratings, and [TK12] ends the day, by itself', () => {
    const bench = new HostBench().configure();
    const teller = bench.openCounter();
    const health = { status: 'ready', code: null } as const;
    unwrap(
      bench.give('change-device-health', { deviceId: 'k', kind: 'keypad', counterId: 'counter-1', health }),
    );
    unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER));
    unwrap(bench.give('issue-ticket', ANY_TICKET, CUSTOMER));
    const ticketId = String(unwrap(bench.give('call-next', { counterId: 'counter-1' }, teller)).ticketId);
    for (const type of ['start-service', 'finish-service'] as const)
      unwrap(bench.give(type, { counterId: 'counter-1', ticketId }, teller));
    bench.now += 9_999;
    bench.host.tick();
    expect(bench.host.state().recentRatings).toEqual([]);
    bench.now += 1;
    bench.host.tick();
    expect(bench.host.state().recentRatings).toMatchObject([{ outcome: 'unrated' }]);
    bench.now += 86_400_000;
    bench.host.tick();
    expect(bench.host.state()).toMatchObject({ businessDay: '2026-03-03', tickets: new Map() });
    const end = bench.journal.last();
    bench.host.tick();
    expect(bench.journal.last()).toEqual(end);
    expect(everyEvent(bench.journal).at(-1)).toMatchObject({ type: 'business-day-started', actor: 'system' });
  });

  it('does nothing before there is a bank document', () => {
    const bench = new HostBench();
    bench.host.tick();
    expect(bench.journal.last().seq).toBe(0);
    expect(codeOf(bench.give('issue-ticket', ANY_TICKET, CUSTOMER))).toBe('C903');
    expect(codeOf(bench.give('start-business-day', {}, SYSTEM))).toBe('C903');
  });
});
