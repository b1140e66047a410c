import { describe, expect, test } from 'vitest';
import { openCustomerKeys } from '#main/host/customer-keys.ts';
import { codeOf, unwrap } from '../journal/journal-fixture.ts';
import { ADMIN, codeOfHost, headOffice, LOOPBACK, makePcs, TestPc, until } from './station-fixture.ts';

const SYSTEM = { kind: 'system' } as const;

/** A pair whose standby has everything a take-over needs. */
async function makePair(...more: string[]) {
  const office = headOffice();
  const [host, second, ...others] = await makePcs(office, 'pc-1', 'pc-2', ...more);
  if (!host || !second) throw new Error('no PCs');
  unwrap(await host.station.stations.nameStandby('pc-2', SYSTEM));
  await until('the standby knows', () => second.status().role === 'standby');
  return { office, host, second, others };
}

const canIssue = (pc: TestPc) => pc.keys().holder.held() !== null;

async function takeOver(host: TestPc, second: TestPc) {
  await host.stop();
  await until('the standby has taken over', () => second.status().role === 'host');
}

const portOf = ({ station }: TestPc) => station.network.port ?? 0;

describe('[BR2][BR5] a host that took over', { timeout: 180_000 }, () => {
  test('pairs, withdraws and knows every name without being started again; the old host does neither', async () => {
    const { office, host, second, others } = await makePair('pc-3');
    const [third] = others;
    if (!third) throw new Error('no third PC');
    await until('the authority has arrived', () => canIssue(second));
    expect(codeOf(await second.station.stations.openPairingCode(ADMIN))).toBe('U551');
    expect(second.keys().holder.acting()).toBeNull();
    // Paired after the hand-over: the standby hears of it.
    const late = new TestPc(office, {
      stationId: 'pc-4',
      host: { address: LOOPBACK, port: portOf(host) },
      listen: null,
    });
    await late.pair(await codeOfHost(host));
    await until(
      'the standby knows it',
      () => second.keys().holder.held()?.stations().includes('pc-4') === true,
    );

    await takeOver(host, second);
    const address = { address: LOOPBACK, port: portOf(second) };
    const newcomer = new TestPc(office, { stationId: 'pc-5', host: address, listen: null });
    const taken = new TestPc(office, { stationId: 'pc-4', host: address, listen: null });
    expect(codeOf(await taken.tryToPair(await codeOfHost(second)))).toBe('U525');
    await newcomer.pair(await codeOfHost(second));
    await newcomer.start();
    await until('it is linked', () => second.station.network.connectionTo('pc-5') !== null);
    await until('the third PC is linked', () => second.station.network.connectionTo('pc-3') !== null);
    unwrap(await second.station.stations.revokeStation('pc-3', ADMIN));
    await until('the removed PC is out', () => second.station.network.connectionTo('pc-3') === null);
    expect(codeOf(await newcomer.station.stations.openPairingCode(ADMIN))).toBe('U551');

    // Whoever was host before holds the authority, acts by it no more, and learns who has joined and who is gone.
    await host.start();
    await until('the old host follows', () => host.status().host === 'pc-2' && host.status().synced);
    await until('it knows all names', () => host.keys().holder.held()?.stations().includes('pc-5') === true);
    await until('and who is gone', () => host.keys().holder.held()?.stations().includes('pc-3') === false);
    expect(host.keys().holder.acting()).toBeNull();
    expect(codeOf(await host.station.stations.revokeStation('pc-5', ADMIN))).toBe('U551');
  });

  test('[TK2] knows every customer’s class', async () => {
    const { host, second } = await makePair();
    const keys = unwrap(openCustomerKeys(host.folder));
    const card = '5555555555554444';
    const others = Array.from({ length: 5_000 }, (_, n) => String(6_200_000_000_000_000 + n));
    const cards = [...others, card];
    // As a list from head office would come: at once.
    const rows = cards.map(number => ({ key: keys.hash(number), classId: 'gold' }));
    unwrap(host.branch.journal.customers.replace('', null, rows));
    const [first = '', last = ''] = [cards[0] ?? '', card].map(keys.hash);
    const classOf = (pc: TestPc, key: string) => pc.branch.journal.customers.classOf(key);
    await until('the standby has them', () => classOf(second, last) === 'gold');
    // Changed while both are linked, and while they are not.
    unwrap(host.branch.journal.customers.setClass(first, 'platinum'));
    await until('the change is there too', () => classOf(second, first) === 'platinum');
    await second.stop();
    unwrap(host.branch.journal.customers.setClass(last, 'private'));
    await second.start();
    await until('what it missed is there', () => classOf(second, last) === 'private');

    await takeOver(host, second);
    const identified = unwrap(
      await second.open('kiosk').ask('identify-customer', { number: card, source: 'typed' }),
    );
    const ticket = unwrap(
      await second.open('kiosk').ask('issue-ticket', {
        ...{ businessId: 'personal-cash', language: 'zh', largeType: false },
        identification: identified.identification,
      }),
    );
    expect(second.branch.host.state().tickets.get(ticket.ticketId)?.classId).toBe('private');
  });

  test('[TK2] nobody but host and standby holds classes of customers', async () => {
    const { host, second, others } = await makePair('pc-3');
    const count = (pc: TestPc | undefined) => pc?.branch.journal.customers.rows('', null, 10_000).length;
    await until('the standby has them', () => count(second) === count(host) && (count(host) ?? 0) > 0);
    expect(count(others[0])).toBe(0);
  });
});

describe('[BR2] a PC in another one’s place', { timeout: 120_000 }, () => {
  test('gets its name, whatever it calls itself; the old one is out', async () => {
    const office = headOffice();
    const [host, broken] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !broken) throw new Error('no PCs');
    await until('it is linked', () => host.station.network.connectionTo('pc-2') !== null);
    const address = { address: LOOPBACK, port: portOf(host) };
    const fresh = new TestPc(office, { stationId: 'pc-9', host: address, listen: null });
    expect(await fresh.pair(await codeOfHost(host, 'pc-2'))).toBe('pc-2');
    await until('the old PC is out', () => host.station.network.connectionTo('pc-2') === null);
    const inPlace = new TestPc(office, { stationId: 'pc-2', host: address, listen: null }, fresh.folder);
    await inPlace.start();
    await until('the new one is in', () => host.station.network.connectionTo('pc-2') !== null);
    unwrap(await inPlace.issue());
    await until('the old one was told', () => broken.station.network.stations().length === 0);
    expect(host.keys().holder.held()?.stations()).toEqual(['pc-1', 'pc-2']);
  });
});

describe('[BR1] names of PCs', { timeout: 120_000 }, () => {
  test('are given at the host, kept by each PC and shown everywhere', async () => {
    const office = headOffice();
    const [host, second] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !second) throw new Error('no PCs');
    await until('it is linked', () => host.station.network.connectionTo('pc-2') !== null);
    const shown = (pc: TestPc, id: string) =>
      pc.station.stations.facts().stations.find(({ stationId }) => stationId === id)?.name;
    unwrap(await host.station.stations.renameStation('pc-2', '2 号柜台', ADMIN));
    unwrap(await host.station.stations.renameStation('pc-1', '大堂主机', ADMIN));
    expect([shown(host, 'pc-1'), shown(host, 'pc-2')]).toEqual(['大堂主机', '2 号柜台']);
    await until('the other PC shows both', () => shown(second, 'pc-1') === '大堂主机');
    expect(shown(second, 'pc-2')).toBe('2 号柜台');
    expect(codeOf(await second.station.stations.renameStation('pc-1', 'x', ADMIN))).toBe('U551');

    await second.stop();
    await until('it is gone', () => host.station.network.connectionTo('pc-2') === null);
    expect(shown(host, 'pc-2')).toBe('2 号柜台');
    expect(await host.station.stations.renameStation('pc-2', 'x', ADMIN)).toMatchObject({
      error: { code: 'U549', facts: { station: 'pc-2' } },
    });
    await second.start();
    await until('it still has its name', () => shown(second, 'pc-2') === '2 号柜台');
    await until('and says so', () => host.station.network.aboutOf('pc-2')?.name === '2 号柜台');
  });
});
