import { describe, expect, test } from 'vitest';
import { readWithLate } from '#core/branch/late-effects.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import { fail } from '#core/wire/result.ts';
import { VIEWS } from '#core/wire/views.ts';
import { codeOf, unwrap } from '../journal/journal-fixture.ts';
import {
  ADMIN,
  fakeNetwork,
  headOffice,
  LOOPBACK,
  lastOf,
  makePcs,
  type TestPc,
  until,
} from './station-fixture.ts';

const SYSTEM = { kind: 'system' } as const;

/** A program from before there was an event of this type. */
const withoutType = (type: string) => ({
  readEvent: (envelope: EventEnvelope) =>
    envelope.type === type ? fail('D407', { seq: envelope.seq, type }) : readWithLate(envelope),
});

const lineOf = (pc: TestPc, id: string) =>
  pc.station.stations.facts().stations.find(({ stationId }) => stationId === id);

describe('a PC whose program is too old for what the branch records', { timeout: 180_000 }, () => {
  test('stores on, shows nothing wrong, is neither host nor standby, and is right after its update', async () => {
    const office = headOffice();
    const [host, old] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !old) throw new Error('no PCs');
    await old.stop();
    await old.start(withoutType('service-started'));
    await until('the host has heard of it', () => host.station.network.aboutOf('pc-2') !== null);
    unwrap(await host.station.stations.nameStandby('pc-2', SYSTEM));
    await until('the pair is whole', () => old.status().role === 'standby' && host.status().pair === 'whole');
    const kiosk = old.shown('kiosk');
    await until('its windows show the branch', () => kiosk.code === 'ok');

    const { ticketId } = unwrap(await host.issue());
    const teller = await host.signIn('1001');
    const counterId = 'counter-1';
    unwrap(await teller.window.ask('open-counter', { counterId }, teller.session));
    unwrap(await teller.window.ask('call-next', { counterId }, teller.session));
    unwrap(await teller.window.ask('start-service', { counterId, ticketId }, teller.session));

    await until('its windows say so', () => kiosk.code === 'U553');
    const corner = old.shown('link-state');
    await until('its corner says so', () => corner.code === 'ok');
    expect(VIEWS['link-state'].parse(corner.value).state).toBe('too-old');
    // The host has let it go and waits for nobody.
    await until('the host is alone', () => host.status().pair === 'solo');
    expect(lineOf(host, 'pc-2')?.mustUpdate).toBe(true);
    expect(lineOf(host, 'pc-1')?.mustUpdate).toBe(false);
    expect(codeOf(await host.station.stations.nameStandby('pc-2', SYSTEM))).toBe('U543');
    expect(codeOf(await old.station.stations.decideHost('take-over', ADMIN))).toBe('U553');
    expect(codeOf(old.branch.host.record([{ type: 'standby-left', data: {} }]))).toBe('U553');
    unwrap(await teller.window.ask('finish-service', { counterId, ticketId }, teller.session));
    await until(
      'it goes on storing',
      () => old.branch.journal.last().hash === host.branch.journal.last().hash,
    );
    expect(old.branch.host.shown().tickets.get(ticketId)?.status).toBe('called');

    // Started again before its update it is no better; nobody is host without the host.
    await old.stop();
    await old.start(withoutType('service-started'));
    expect(old.branch.host.unread()?.code).toBe('D407');
    expect(old.branch.host.roles()).toEqual(host.branch.host.roles());
    const end = host.branch.journal.last();
    await host.stop();
    await until('it is cut off', () => old.station.isCutOff());
    expect([old.status().role, office.named()]).toEqual(['replica', null]);
    await host.start();
    await until('it is linked again', () => lineOf(host, 'pc-2')?.state === 'copy');
    expect(host.branch.journal.hashAt(end.seq)).toBe(end.hash);

    await old.stop();
    await old.start();
    expect(old.branch.host.unread()).toBeNull();
    expect(old.branch.host.shown().tickets.get(ticketId)).toEqual(
      host.branch.host.shown().tickets.get(ticketId),
    );
    await until('the host knows', () => lineOf(host, 'pc-2')?.mustUpdate === false);
    await until('the host has heard of it', () => host.station.network.aboutOf('pc-2') !== null);
    unwrap(await host.station.stations.nameStandby('pc-2', SYSTEM));
    await until('it is the standby', () => old.status().role === 'standby');
    await old.stop();
    expect(lastOf(old.folder).seq).toBeGreaterThan(0);
  });

  test('updated while the host runs on, it is the standby again by itself', async () => {
    const office = headOffice();
    const [host, old] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !old) throw new Error('no PCs');
    await old.stop();
    await old.start(withoutType('ticket-issued'));
    await until('the host has heard of it', () => host.station.network.aboutOf('pc-2') !== null);
    unwrap(await host.station.stations.nameStandby('pc-2', SYSTEM));
    await until('the pair is whole', () => host.status().pair === 'whole' && old.status().role === 'standby');
    unwrap(await host.issue());
    await until('the host is alone', () => host.status().pair === 'solo');
    await old.stop();
    await old.start();
    await until('the pair is whole again', () => host.status().pair === 'whole');
    expect(old.branch.host.shown().tickets.size).toBe(1);
  });

  test('a host refuses to start with a journal it cannot read, as ever', async () => {
    const office = headOffice();
    const [host] = await makePcs(office, 'pc-1');
    if (!host) throw new Error('no PC');
    unwrap(await host.issue());
    await host.stop();
    await expect(host.start(withoutType('ticket-issued'))).rejects.toThrow('D407');
    await host.start();
    expect(host.branch.host.state().tickets.size).toBe(1);
  });
});

describe('programs of two versions of the link', { timeout: 180_000 }, () => {
  test.each([
    [2, 1],
    [1, 2],
    [2, 3],
    [3, 2],
  ])(
    'a host that speaks %i and a standby that speaks %i are a pair, and the one takes over',
    async (ofHost, ofStandby) => {
      const office = headOffice();
      const [host, second] = await makePcs(office, 'pc-1', 'pc-2');
      if (!host || !second) throw new Error('no PCs');
      for (const [pc, protocol] of [
        [second, ofStandby],
        [host, ofHost],
      ] as const) {
        await pc.stop();
        await pc.start({ protocol });
      }
      await until('they are linked', () => host.station.network.connectionTo('pc-2') !== null);
      expect(host.station.network.connectionTo('pc-2')?.protocol).toBe(Math.min(ofHost, ofStandby));
      await until('the host has heard of it', () => host.station.network.aboutOf('pc-2') !== null);
      unwrap(await host.station.stations.nameStandby('pc-2', SYSTEM));
      await until(
        'the pair is whole',
        () => host.status().pair === 'whole' && second.status().role === 'standby',
      );
      unwrap(await second.issue());
      // Version 1 has no words for it.
      const renamed = codeOf(await host.station.stations.renameStation('pc-2', 'x', ADMIN));
      expect(renamed).toBe(Math.min(ofHost, ofStandby) === 1 ? 'U515' : 'ok');
      // In version 1 only the side that was dialled gives it.
      const isGiven = () => second.keys().holder.held() !== null;
      if (Math.min(ofHost, ofStandby) > 1) await until('the authority has arrived', isGiven);
      await host.stop();
      await until('the standby has taken over', () => second.status().role === 'host');
      unwrap(await second.issue());
      await host.start({ protocol: ofHost });
      await until('both logs are one', () => host.status().synced && host.status().host === 'pc-2');
      await until('the pair is whole again', () => second.status().pair === 'whole');
      expect(lineOf(second, 'pc-1')?.mustUpdate).toBe(false);
    },
  );

  test.each([
    [3, 1, 'pc-2'],
    [2, 4, 'pc-1'],
  ])(
    '%i and %i do not work together, and the screens say which PC is too old',
    async (ofHost, ofOther, tooOld) => {
      const office = headOffice();
      const [host, other] = await makePcs(office, 'pc-1', 'pc-2');
      if (!host || !other) throw new Error('no PCs');
      await other.stop();
      await host.stop();
      await host.start({ protocol: ofHost });
      await other.start({ protocol: ofOther });
      await until('both know', () => [host, other].every(pc => pc.station.network.unfit().size === 1));
      expect([host, other].map(pc => pc.station.network.stations())).toEqual([[], []]);
      const newer = tooOld === 'pc-1' ? 'pc-2' : 'pc-1';
      for (const pc of [host, other])
        expect([lineOf(pc, tooOld)?.mustUpdate, lineOf(pc, newer)?.mustUpdate]).toEqual([true, false]);
      // A host that works goes on, whoever is newer.
      expect(host.station.stations.facts().isTooOld).toBe(false);
      await until('it has given up', () => other.station.stations.facts().isTooOld === (tooOld === 'pc-2'));
      unwrap(await host.issue());

      await other.stop();
      await other.start({ protocol: ofHost });
      await until('updated, they are linked', () => host.station.network.connectionTo('pc-2') !== null);
      expect([host.station.network.unfit().size, lineOf(host, 'pc-2')?.mustUpdate]).toEqual([0, false]);
    },
  );
});

describe('[BR2] finding the host by its announcement', { timeout: 120_000 }, () => {
  test('a PC whose configured address leads nowhere finds it, and others announce nothing', async () => {
    const office = headOffice();
    const net = fakeNetwork();
    const [host, second] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !second) throw new Error('no PCs');
    const found = { openMdns: net.openMdns };
    for (const pc of [host, second]) await pc.stop();
    // The host has another address since; this PC has lost its book of addresses too.
    host.set({ discovery: true, listen: { port: 0, address: LOOPBACK } });
    second.set({ discovery: true, host: { address: LOOPBACK, port: 1 } });
    second.forgetPeers();
    await host.start(found);
    expect(net.published()).toEqual([host.station.network.port]);
    await second.start(found);
    await until('they are linked', () => host.station.network.connectionTo('pc-2') !== null);
    await until('it follows', () => second.status().synced);
    expect(net.published()).toEqual([host.station.network.port]);
    await host.stop();
    expect(net.published()).toEqual([]);
  });

  test('[BR1] switched off, or in a branch of one PC, nobody is spoken to; a network that refuses does no harm', async () => {
    const office = headOffice();
    const [host] = await makePcs(office, 'pc-1');
    if (!host) throw new Error('no PC');
    await host.stop();
    let asked = 0;
    const openMdns = () => {
      asked += 1;
      throw new Error('multicast refused');
    };
    await host.start({ openMdns });
    expect(asked).toBe(0);
    await host.stop();
    host.set({ discovery: true });
    await host.start({ openMdns });
    expect(asked).toBe(1);
    unwrap(await host.issue());
  });
});
