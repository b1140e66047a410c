import { describe, expect, test } from 'vitest';
import { codeOf, unwrap } from '../journal/journal-fixture.ts';
import { headOffice, lastOf, makePcs, playAlone, TestPc, until } from './station-fixture.ts';

/** Of one host cut off from all others: more than goes into one late merge. */
const ALONE_TICKETS = 250;

describe('[BR2][BR3] several PCs', { timeout: 120_000 }, () => {
  test('a PC pairs by code, copies the branch, becomes the standby, and answers need both disks', async () => {
    const office = headOffice();
    const [host, second] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !second) throw new Error('no PCs');
    unwrap(await host.station.stations.nameStandby('pc-2', { kind: 'system' }));
    await until('the pair is whole', () => host.status().standby === 'pc-2');
    await until('the standby knows', () => second.status().role === 'standby');

    const ticket = unwrap(await second.issue());
    expect(host.events('ticket-issued').map(({ data, station }) => [data.number, station])).toEqual([
      [ticket.number, 'pc-2'],
    ]);
    expect(second.branch.journal.hashAt(host.branch.journal.last().seq)).toBe(
      host.branch.journal.last().hash,
    );
    const lagOfSecond = (pc: TestPc) =>
      pc.station.stations.facts().stations.find(({ stationId }) => stationId === 'pc-2');
    await until('the host has heard that the copy has everything', () => lagOfSecond(host)?.lagEvents === 0);
    await until('the copy knows it too', () => lagOfSecond(second)?.lagEvents === 0);
    const { window, session } = await second.signIn('1001');
    unwrap(await window.ask('open-counter', { counterId: 'counter-1' }, session));
    const called = unwrap(await window.ask('call-next', { counterId: 'counter-1' }, session));
    expect(called.number).toBe(ticket.number);
    expect(second.branch.host.shown().counters.get('counter-1')?.ticketId).toBe(called.ticketId);
  });

  test('[BR4][BR5][BR6][CS5] the standby takes over; the old host comes back as a copy and its late tickets are kept', async () => {
    const office = headOffice();
    const [host, second] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !second) throw new Error('no PCs');
    unwrap(await host.station.stations.nameStandby('pc-2', { kind: 'system' }));
    await until('the pair is whole', () => second.status().role === 'standby');
    const first = unwrap(await host.issue());
    const teller = await host.signIn('1001');
    unwrap(await teller.window.ask('open-counter', { counterId: 'counter-1' }, teller.session));

    // The host is cut off from everybody: it issues numbers and calls nobody.
    office.cutOff.add('pc-1');
    await host.station.network.stop();
    await until('the host is undecided', () => host.status().pair === 'undecided');
    const alone: { number?: unknown }[] = [];
    for (let index = 0; index < ALONE_TICKETS; index++) alone.push(unwrap(await host.issue()));
    expect(codeOf(await teller.window.ask('call-next', { counterId: 'counter-1' }, teller.session))).toBe(
      'U552',
    );

    await until('the standby has taken over', () => second.status().role === 'host');
    expect(second.status().epoch).toBe(2);
    expect(office.named()).toEqual({ epoch: 2, host: 'pc-2' });
    const there = await second.signIn('1002');
    unwrap(await there.window.ask('open-counter', { counterId: 'counter-2' }, there.session));
    const called = unwrap(await there.window.ask('call-next', { counterId: 'counter-2' }, there.session));
    expect(called.number).toBe(first.number);
    // BR5: from another block than the number the old host has just given.
    const later = unwrap(await second.issue());
    expect(alone.map(({ number }) => number)).not.toContain(later.number);

    await host.stop();
    office.cutOff.clear();
    await host.start();
    await until('the old host follows', () => host.status().role !== 'host' && host.status().synced);
    const merges = () => second.events('late-events-merged').map(({ data }) => data.more === true);
    await until('its late tickets are merged', () => merges().at(-1) === false);
    // More than one message should carry: the host's number block stays its own until the last part has come.
    expect(merges()).toEqual([...merges().slice(1).fill(true), false]);
    expect(merges().length).toBeGreaterThan(1);
    await until('the pair is whole again', () => second.status().standby === 'pc-1');
    const numbers = [...second.branch.host.state().tickets.values()].map(({ number }) => number);
    expect(numbers.toSorted()).toEqual([first, ...alone, later].map(({ number }) => number).toSorted());
    await until(
      'both logs are one',
      () => host.branch.journal.last().hash === second.branch.journal.last().hash,
    );
    // A number taken at the old host's kiosk now goes through the new host.
    const again = unwrap(await host.issue());
    expect(second.events('ticket-issued').at(-1)?.data.number).toBe(again.number);
  });

  test('[BR4] a person decides where head office is out of reach: on the host "go on alone"', async () => {
    const office = headOffice();
    const [host, second] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !second) throw new Error('no PCs');
    unwrap(await host.station.stations.nameStandby('pc-2', { kind: 'system' }));
    await until('the pair is whole', () => second.status().role === 'standby');
    office.cutOff.add('pc-1').add('pc-2');
    await second.stop();
    await until('the host is undecided', () => host.status().pair === 'undecided');
    expect(host.station.stations.facts()).toMatchObject({ pair: 'undecided', decision: 'go-on-alone' });
    unwrap(await host.station.stations.decideHost('go-on-alone', { kind: 'system' }));
    expect(host.status()).toMatchObject({ pair: 'solo', epoch: 2, mayCall: true });

    // The standby comes back, and the pair is whole without a word of anybody.
    await second.start();
    const isWhole = () => host.status().pair === 'whole' && second.status().role === 'standby';
    await until('the pair is whole again', isWhole);
    expect(second.status()).toMatchObject({ role: 'standby', epoch: 2, host: 'pc-1' });
  });

  test('[BR4] a host that has just started says that it waits for its standby, until it has heard it', async () => {
    const office = headOffice();
    const [host, second] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !second) throw new Error('no PCs');
    unwrap(await host.station.stations.nameStandby('pc-2', { kind: 'system' }));
    await until('the pair is whole', () => host.status().pair === 'whole' && second.status().synced);
    const shown = () => host.station.stations.facts().pair;
    expect(shown()).toBe('whole');
    await second.stop();
    await host.stop();
    await host.start();
    expect(shown()).toBe('waiting');
    await second.start();
    await until('the pair is shown whole', () => shown() === 'whole');
    // Head office was asked meanwhile or not: either way nobody says more than is known.
    expect(host.status().standbyHeard).toBe(true);
  });

  test('[BR7] a PC that is gone is still called by its name', async () => {
    const office = headOffice();
    const [host, second] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !second) throw new Error('no PCs');
    const fact = () => host.station.stations.facts().stations.find(({ stationId }) => stationId === 'pc-2');
    await until('it has said what it is', () => fact()?.program !== '');
    const { program } = fact() ?? {};
    await second.stop();
    await until('it is gone', () => fact()?.state === 'cut-off');
    expect(fact()?.program).toBe(program);
    expect(fact()?.certificateUntil).not.toBeNull();
  });

  test('[BR4] the standby leaves properly: nobody has to decide anything', async () => {
    const office = headOffice();
    const [host, second] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !second) throw new Error('no PCs');
    unwrap(await host.station.stations.nameStandby('pc-2', { kind: 'system' }));
    await until('the pair is whole', () => second.status().role === 'standby');
    unwrap(await host.station.stations.releaseStandby({ kind: 'system' }));
    await until('the host is alone', () => host.status().pair === 'solo');
    await second.stop();
    unwrap(await host.issue());
    expect(host.status()).toMatchObject({ pair: 'solo', standby: null, epoch: 1 });
  });

  test('[BR3][BR4] another PC is made the standby while the branch works, and takes over when it has to', async () => {
    const office = headOffice();
    const [host, second, third] = await makePcs(office, 'pc-1', 'pc-2', 'pc-3');
    if (!host || !second || !third) throw new Error('no PCs');
    unwrap(await host.station.stations.nameStandby('pc-2', { kind: 'system' }));
    await until('the pair is whole', () => second.status().role === 'standby');
    const before = unwrap(await second.issue());
    expect(codeOf(await host.station.stations.nameStandby('pc-2', { kind: 'system' }))).toBe('U543');
    unwrap(await host.station.stations.nameStandby('pc-3', { kind: 'system' }));
    const during = unwrap(await second.issue());
    await until(
      'the pair is whole again',
      () => third.status().role === 'standby' && host.status().pair === 'whole',
    );
    expect(second.status().role).toBe('replica');
    expect(host.events('epoch-raised')).toHaveLength(1);

    await host.stop();
    await until('the third PC has taken over', () => third.status().role === 'host');
    await until('the second follows it', () => second.status().host === 'pc-3' && second.status().synced);
    const numbers = [...third.branch.host.state().tickets.values()].map(({ number }) => number);
    expect(numbers.toSorted()).toEqual([before.number, during.number].toSorted());
  });

  test('[BR8][TK4] a ticket is printed once, at the PC where it was taken', async () => {
    const office = headOffice();
    const [host, second, third] = await makePcs(office, 'pc-1', 'pc-2', 'pc-3');
    if (!host || !second || !third) throw new Error('no PCs');
    unwrap(await host.station.stations.nameStandby('pc-2', { kind: 'system' }));
    await until('the pair is whole', () => host.status().standby === 'pc-2');
    const ticket = unwrap(await third.issue());
    const papersOf = ({ branch }: typeof host) =>
      branch.devices.hardware.printers.reduce(
        (count, { simulator }) => count + simulator.paper().filter(({ cut }) => cut !== 'none').length,
        0,
      );
    const statusAt = ({ branch }: typeof host) =>
      branch.host.shown().tickets.get(ticket.ticketId)?.print.status;
    await until('it is printed', () => statusAt(host) === 'printed');
    await until('everybody knows', () => statusAt(second) === 'printed' && statusAt(third) === 'printed');
    expect([papersOf(host), papersOf(second), papersOf(third)]).toEqual([0, 0, 1]);
  });

  test('[BR7] a counter PC without its host finishes its customer and takes the rating; the host gets both once', async () => {
    const office = headOffice();
    const [host, counter] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !counter) throw new Error('no PCs');
    unwrap(await host.issue());
    unwrap(await host.issue());
    const { window, session } = await counter.signIn('1001');
    const counterId = 'counter-1';
    unwrap(await window.ask('open-counter', { counterId }, session));
    const { ticketId } = unwrap(await window.ask('call-next', { counterId }, session));
    unwrap(await window.ask('start-service', { counterId, ticketId }, session));

    await host.stop();
    await until('the counter PC is cut off', () => counter.station.isCutOff());
    expect(counter.station.stations.facts().cutOffSince).not.toBeNull();
    expect(codeOf(await window.ask('call-next', { counterId }, session))).toBe('U511');
    unwrap(await window.ask('finish-service', { counterId, ticketId }, session));
    expect(counter.branch.host.shown().tickets.get(ticketId)?.status).not.toBe('serving');
    counter.open('bench').post({
      kind: 'bench',
      order: { type: 'press-key', deviceId: `keypad-${counterId}`, position: 1 },
    });
    await until('the rating is kept', () => counter.station.keptDeeds() === 2);

    await host.start();
    await until('the host has both', () => host.events('rating-given').length > 0);
    await until('nothing is kept any more', () => counter.station.keptDeeds() === 0);
    expect(host.events('service-finished').map(({ data }) => data.ticketId)).toEqual([ticketId]);
    expect(host.events('rating-given')).toHaveLength(1);
    expect(codeOf(await window.ask('call-next', { counterId }, session))).toBe('ok');
  });

  test('[BR1] a branch of one PC goes on as the first of several, with its journal as it is', async () => {
    const office = headOffice();
    const { dataFolder, settings } = await playAlone();
    const pc = new TestPc(office, { stationId: 'pc-1', ...settings }, dataFolder);
    const before = lastOf(dataFolder);
    await pc.start();
    expect(pc.status()).toMatchObject({ role: 'host', pair: 'solo', epoch: 1, host: 'pc-1' });
    expect(pc.branch.journal.hashAt(before.seq)).toBe(before.hash);
    unwrap(await pc.issue());
    expect(pc.events('ticket-issued').map(({ station }) => station)).toEqual(['station-1', 'pc-1']);
  });
});
