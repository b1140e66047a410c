import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { figureReport, findFigure } from '#core/figures/day-figures.ts';
import { codeOf, unwrap } from '../journal/journal-fixture.ts';
import { headOffice, makePcs, type TestPc, until } from './station-fixture.ts';

const LETTERS = ['outbox.json', 'own-numbers.json'] as const;

/** What of a PC's disk a crash leaves behind, apart from its journal. */
function lettersOf({ folder }: TestPc): ReadonlyMap<string, string | null> {
  return new Map(
    LETTERS.map(name => {
      const path = join(folder, name);
      return [name, existsSync(path) ? readFileSync(path, 'utf8') : null];
    }),
  );
}

/** The PC died when its disk was so, and is started again. */
async function crashAt(pc: TestPc, letters: ReadonlyMap<string, string | null>): Promise<void> {
  await pc.stop();
  for (const [name, text] of letters) {
    if (text === null) rmSync(join(pc.folder, name), { force: true });
    else writeFileSync(join(pc.folder, name), text);
  }
  await pc.start();
}

const papersOf = ({ branch }: TestPc) =>
  branch.devices.hardware.printers.flatMap(({ simulator }) =>
    simulator.paper().filter(({ cut }) => cut !== 'none'),
  ).length;
const printOf = ({ branch }: TestPc, ticketId: string) =>
  branch.host.shown().tickets.get(ticketId)?.print.status;
const recorded = (pc: TestPc) =>
  pc.events('ticket-issued').filter(({ data }) => String(data.number) >= 'A900');

/** A host and a kiosk PC that has numbers of its own; the host is off. */
async function makeCutOffKiosk(): Promise<{ host: TestPc; kiosk: TestPc }> {
  const [host, kiosk] = await makePcs(headOffice(), 'pc-1', 'pc-2');
  if (!host || !kiosk) throw new Error('no PCs');
  await until('the kiosk has numbers of its own', () =>
    String(lettersOf(kiosk).get('own-numbers.json')).includes('"first":920'),
  );
  unwrap(await host.issue());
  await until('the kiosk knows', () => kiosk.branch.journal.last().seq === host.branch.journal.last().seq);
  await host.stop();
  await until('the kiosk is cut off', () => kiosk.station.isCutOff());
  return { host, kiosk };
}

async function comesBack(host: TestPc, kiosk: TestPc): Promise<void> {
  await host.start();
  await until('nothing is kept any more', () => kiosk.station.keptDeeds() === 0);
}

describe('[BR5][BR7] a printing PC without its host', { timeout: 120_000 }, () => {
  test('gives and prints its own numbers; the host records each once, as it was', async () => {
    const { host, kiosk } = await makeCutOffKiosk();
    const first = unwrap(await kiosk.issue());
    const second = unwrap(await kiosk.issue());
    expect([first.number, second.number]).toEqual(['A920', 'A921']);
    expect([first.ahead, second.ahead]).toEqual([1, 2]);
    await until('both are printed', () => printOf(kiosk, second.ticketId) === 'printed');
    expect(papersOf(kiosk)).toBe(2);
    const takenAt = kiosk.branch.host.shown().tickets.get(first.ticketId)?.issuedAt;

    await comesBack(host, kiosk);
    expect(recorded(host).map(({ data, station, actor }) => [data.number, station, actor])).toEqual([
      ['A920', 'pc-2', 'customer'],
      ['A921', 'pc-2', 'customer'],
    ]);
    expect(recorded(host)[0]?.at).toBe(takenAt);
    await until('the host knows of the paper', () => printOf(host, second.ticketId) === 'printed');
    await until('the kiosk has it in its journal', () => recorded(kiosk).length === 2);
    // The link works: numbers are the host's again, printed once like every other.
    const next = unwrap(await kiosk.issue());
    expect(next.number).toBe('A002');
    await until('it is printed', () => printOf(host, next.ticketId) === 'printed');
    expect([papersOf(host), papersOf(kiosk)]).toEqual([0, 3]);
  });

  test('a crash before the number was promised leaves a gap, never the same number twice', async () => {
    const { host, kiosk } = await makeCutOffKiosk();
    const before = lettersOf(kiosk);
    unwrap(await kiosk.issue());
    const after = lettersOf(kiosk);
    await crashAt(kiosk, new Map([...after, ['outbox.json', before.get('outbox.json') ?? null]]));
    await until('it is cut off', () => kiosk.station.isCutOff());
    expect(unwrap(await kiosk.issue()).number).toBe('A921');
    await comesBack(host, kiosk);
    expect(recorded(host).map(({ data }) => data.number)).toEqual(['A921']);
  });

  test('[TK4] a crash before the paper: nobody knows, so nothing is printed again unasked, and nothing is lost', async () => {
    const { host, kiosk } = await makeCutOffKiosk();
    const { ticketId } = unwrap(await kiosk.issue());
    const letters = lettersOf(kiosk);
    await crashAt(kiosk, letters);
    expect(kiosk.branch.host.shown().tickets.get(ticketId)?.number).toBe('A920');
    await until('it says that nobody knows', () => printOf(kiosk, ticketId) === 'uncertain');
    await until('it is cut off', () => kiosk.station.isCutOff());
    expect(unwrap(await kiosk.issue()).number).toBe('A921');
    await until('the second is printed', () => papersOf(kiosk) === 1);

    await comesBack(host, kiosk);
    expect(recorded(host).map(({ data }) => data.number)).toEqual(['A920', 'A921']);
    await until('the host knows it too', () => printOf(host, ticketId) === 'uncertain');
    await until('the kiosk has heard all', () => recorded(kiosk).length === 2);
    // Its printer works in turn: what it did not print by now it does not print.
    const next = unwrap(await kiosk.issue());
    await until('the next is printed', () => printOf(kiosk, next.ticketId) === 'printed');
    expect([papersOf(host), papersOf(kiosk)]).toEqual([0, 2]);
  });

  test('a crash after the host has it, before this PC knew: given again, recorded once', async () => {
    const { host, kiosk } = await makeCutOffKiosk();
    const before = lettersOf(kiosk);
    const { ticketId } = unwrap(await kiosk.issue());
    await until('it is printed', () => printOf(kiosk, ticketId) === 'printed');
    const letters = lettersOf(kiosk);
    await comesBack(host, kiosk);
    await until('the kiosk has it in its journal', () => recorded(kiosk).length === 1);
    await host.stop();
    await crashAt(kiosk, letters);
    expect(kiosk.station.keptDeeds()).toBeGreaterThan(0);
    expect(kiosk.branch.host.shown().arrivals).toBe(2);
    await comesBack(host, kiosk);
    expect(recorded(host)).toHaveLength(1);
    expect(papersOf(kiosk)).toBe(0);
    // Cut off once more it goes on behind it, also where its disk has forgotten how far it was.
    await host.stop();
    await crashAt(kiosk, before);
    await until('it is cut off', () => kiosk.station.isCutOff());
    expect(unwrap(await kiosk.issue()).number).toBe('A921');
  });

  test('says so where it has no printer or no numbers, and while it calls nobody', async () => {
    const { kiosk } = await makeCutOffKiosk();
    const { window, session } = { window: kiosk.open('lobby'), session: 'nobody' };
    const args = { businessId: 'personal-cash', language: 'zh', largeType: false } as const;
    expect(codeOf(await window.ask('issue-ticket', args))).toBe('S703');
    expect(codeOf(await window.ask('issue-ticket', args, session))).toBe('S703');
    const letters = lettersOf(kiosk);
    await crashAt(kiosk, new Map([...letters, ['own-numbers.json', null]]));
    await until('it is cut off', () => kiosk.station.isCutOff());
    expect(codeOf(await kiosk.issue())).toBe('U573');
    const devices = join(kiosk.folder, 'devices.json');
    const settings = JSON.parse(readFileSync(devices, 'utf8'));
    writeFileSync(devices, JSON.stringify({ ...settings, printers: [] }));
    await crashAt(kiosk, letters);
    await until('it is cut off', () => kiosk.station.isCutOff());
    expect(codeOf(await kiosk.issue())).toBe('U572');
  });

  test('[BR4] a PC that becomes the host itself records what it did before', async () => {
    const office = headOffice();
    const [host, kiosk] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !kiosk) throw new Error('no PCs');
    unwrap(await host.station.stations.nameStandby('pc-2', { kind: 'system' }));
    await until('the pair is whole', () => kiosk.status().role === 'standby');
    await until('the kiosk has numbers of its own', () =>
      String(lettersOf(kiosk).get('own-numbers.json')).includes('"first":920'),
    );
    office.cutOff.add('pc-1').add('pc-2');
    await host.stop();
    await until('somebody must decide', () => kiosk.status().undecided && kiosk.station.isCutOff());
    const { ticketId, number } = unwrap(await kiosk.issue());
    await until('it is printed', () => printOf(kiosk, ticketId) === 'printed');
    unwrap(await kiosk.station.stations.decideHost('take-over', { kind: 'system' }));
    await until('nothing is kept any more', () => kiosk.station.keptDeeds() === 0);
    expect(recorded(kiosk).map(({ data }) => data.number)).toEqual([number]);
    expect(printOf(kiosk, ticketId)).toBe('printed');
    // As a host it gives the standby's numbers, and nobody gets any of their own before the old host is heard.
    expect(unwrap(await kiosk.issue()).number).toBe('A800');
    const { window, session } = await kiosk.signIn('1001');
    unwrap(await window.ask('open-counter', { counterId: 'counter-1' }, session));
    expect(unwrap(await window.ask('call-next', { counterId: 'counter-1' }, session)).number).toBe(number);
  });

  test('service and rating count as long as they were', async () => {
    const [host, counter] = await makePcs(headOffice(), 'pc-1', 'pc-2');
    if (!host || !counter) throw new Error('no PCs');
    unwrap(await host.issue());
    const { window, session } = await counter.signIn('1001');
    const counterId = 'counter-1';
    unwrap(await window.ask('open-counter', { counterId }, session));
    const { ticketId } = unwrap(await window.ask('call-next', { counterId }, session));
    await host.stop();
    await until('the counter PC is cut off', () => counter.station.isCutOff());
    unwrap(await window.ask('start-service', { counterId, ticketId }, session));
    const startedAt = counter.branch.host.shown().tickets.get(ticketId)?.statusSince ?? 0;
    await until('some time has gone by', () => Date.now() > startedAt);
    unwrap(await window.ask('finish-service', { counterId, ticketId }, session));
    const finishedAt = counter.branch.host.shown().tickets.get(ticketId)?.statusSince ?? 0;
    counter.open('bench').post({
      kind: 'bench',
      order: { type: 'press-key', deviceId: `keypad-${counterId}`, position: 1 },
    });
    await until('the rating is kept', () => counter.station.keptDeeds() === 3);

    // Started anew it shows what was done, not what its journal knows.
    await crashAt(counter, lettersOf(counter));
    expect(counter.branch.host.shown().tickets.get(ticketId)).toMatchObject({ status: 'done', rated: true });
    await comesBack(host, counter);
    expect(host.events('service-started').map(({ at }) => at)).toEqual([startedAt]);
    expect(host.events('service-finished').map(({ at }) => at)).toEqual([finishedAt]);
    expect(host.events('rating-given')).toHaveLength(1);
    const report = figureReport(host.branch.host.figures());
    expect(findFigure(report, 'average-service-time').value).toBe(finishedAt - startedAt);
    expect(findFigure(report, 'rating-participation').value).toBe(1);
    // Recomputed from the journal alone: the same to the last digit (MO1).
    await host.stop();
    await host.start();
    expect(figureReport(host.branch.host.figures())).toEqual(report);
  });
});
