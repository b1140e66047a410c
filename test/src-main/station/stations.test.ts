import { describe, expect, test } from 'vitest';
import { unwrap } from '../journal/journal-fixture.ts';
import { headOffice, makePcs, until } from './station-fixture.ts';

describe('[BR2][BR3] several PCs', () => {
  test('a PC pairs by code, copies the branch, becomes the standby, and answers need both disks', async () => {
    const office = headOffice();
    const [host, second] = await makePcs(office, 'pc-1', 'pc-2');
    if (!host || !second) throw new Error('no PCs');
    unwrap(await host.station.stations.nameStandby('pc-2', { kind: 'system' }));
    await until('the pair is whole', () => host.status().standby === 'pc-2');
    expect(second.status().role).toBe('standby');

    const ticket = unwrap(await second.issue());
    expect(host.events('ticket-issued').map(({ data, station }) => [data.number, station])).toEqual([
      [ticket.number, 'pc-2'],
    ]);
    expect(second.branch.journal.hashAt(host.branch.journal.last().seq)).toBe(
      host.branch.journal.last().hash,
    );
    const { window, session } = await second.signIn('1001');
    unwrap(await window.ask('open-counter', { counterId: 'counter-1' }, session));
    const called = unwrap(await window.ask('call-next', { counterId: 'counter-1' }, session));
    expect(called.number).toBe(ticket.number);
    expect(second.branch.host.shown().counters.get('counter-1')?.ticketId).toBe(called.ticketId);
  });
});
