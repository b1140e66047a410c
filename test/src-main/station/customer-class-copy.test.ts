import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { LinkMessage, MAX_LINK_FRAME_BYTES } from '#core/wire/link-messages.ts';
import { ok } from '#core/wire/result.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import type { CustomerQueries } from '#main/journal/customer-queries.ts';
import type { LinkConnection } from '#main/link/link-connection.ts';
import { type CustomerClassCopy, createCustomerClassCopy } from '#main/station/customer-class-copy.ts';
import { open, temporaryFolder, unwrap } from '../journal/journal-fixture.ts';
import { until } from './station-fixture.ts';

type Message = Parameters<CustomerClassCopy['hear']>[1];
const keyOf = (n: number) => createHash('sha256').update(String(n)).digest('hex');
const rowsOf = (count: number, classId = 'gold') =>
  Array.from({ length: count }, (_, n) => ({ key: keyOf(n), classId }));
const all = (customers: CustomerQueries) => customers.rows('', null, 1_000_000);

/** A host and its standby on two journals, and what travels between them; `lose` takes messages away. */
function makePair() {
  const [ofHost, ofStandby] = [open(temporaryFolder()).customers, open(temporaryFolder()).customers];
  const sent: Message[] = [];
  const state = { isPair: true, lose: false };
  const link = (station: string, to: () => CustomerClassCopy): LinkConnection => {
    const connection = {
      station,
      unsentBytes: () => 0,
      send(message: Message) {
        if (state.lose) return ok(undefined);
        expect(JSON.stringify(message).length).toBeLessThan(MAX_LINK_FRAME_BYTES / 4);
        sent.push(LinkMessage.parse(message) as Message);
        // As it arrives at the other side, under the sender's name.
        queueMicrotask(() => to().hear(station === 'host' ? atHost : atStandby, message));
        return ok(undefined);
      },
    };
    return connection as unknown as LinkConnection;
  };
  // Each is named after who is at its other end.
  const atStandby = link('host', () => host);
  const atHost = link('standby', () => standby);
  const host: CustomerClassCopy = createCustomerClassCopy({
    customers: ofHost,
    standbyLink: () => (state.isPair ? atHost : null),
    hostToCopy: () => null,
    clock: REAL_CLOCK,
  });
  const standby: CustomerClassCopy = createCustomerClassCopy({
    customers: ofStandby,
    standbyLink: () => null,
    hostToCopy: () => (state.isPair ? 'host' : null),
    clock: REAL_CLOCK,
  });
  return { ofHost, ofStandby, host, standby, atHost, sent, state };
}

/** Compares and copies until the standby has nothing left to ask for. */
async function copy({ host, sent }: ReturnType<typeof makePair>): Promise<void> {
  const isDone = () => {
    const last = sent.at(-1);
    return last?.part === 'ask' && last.parts.length === 0;
  };
  for (const end = Date.now() + 20_000; !isDone() && Date.now() < end; ) {
    host.give();
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  expect(isDone()).toBe(true);
}

describe('[TK2][BR5] classes of customers on the standby', () => {
  test('are the host’s: what differs is sent, what the host has not is gone, in frames of a bounded size', async () => {
    const pair = makePair();
    unwrap(pair.ofHost.replace('', null, rowsOf(9_000)));
    unwrap(
      pair.ofStandby.replace('', null, [...rowsOf(20, 'platinum'), { key: 'ff~stranger', classId: 'x' }]),
    );
    await copy(pair);
    expect(all(pair.ofStandby)).toEqual(all(pair.ofHost));
    const pieces = pair.sent.flatMap(one => (one.part === 'piece' ? [one.rows.length] : []));
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(2_000);
  });

  test('what changes travels alone and at once; after that there is nothing left to compare', async () => {
    const pair = makePair();
    unwrap(pair.ofHost.replace('', null, rowsOf(3_000)));
    await copy(pair);
    pair.sent.splice(0);
    unwrap(pair.ofHost.setClass(keyOf(7), 'private'));
    unwrap(pair.ofHost.setClass(keyOf(7), 'private'));
    await until('it is there', () => pair.ofStandby.classOf(keyOf(7)) === 'private');
    pair.host.give();
    expect(pair.sent.map(({ part }) => part)).toEqual(['set']);
  });

  test('what was lost on its way is found by its part, and only that part is sent', async () => {
    const pair = makePair();
    unwrap(pair.ofHost.replace('', null, rowsOf(3_000)));
    await copy(pair);
    pair.sent.splice(0);
    pair.state.lose = true;
    unwrap(pair.ofHost.setClass(keyOf(7), 'private'));
    pair.state.lose = false;
    // The link was lost with it: the next one is compared anew.
    pair.state.isPair = false;
    pair.host.give();
    pair.state.isPair = true;
    await copy(pair);
    expect(pair.ofStandby.classOf(keyOf(7))).toBe('private');
    const rows = pair.sent.flatMap(one => (one.part === 'piece' ? one.rows : []));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ key }) => key.slice(0, 2) === keyOf(7).slice(0, 2))).toBe(true);
  });

  test('go to nobody else, and are taken from nobody else', async () => {
    const pair = makePair();
    unwrap(pair.ofHost.replace('', null, rowsOf(10)));
    const stranger = { ...pair.atHost, station: 'pc-9' } as LinkConnection;
    pair.host.hear(stranger, { kind: 'customer-classes', part: 'ask', parts: [0, 1, 2, 3] });
    const rows = [{ key: keyOf(1), classId: 'x' }];
    pair.standby.hear(stranger, { kind: 'customer-classes', part: 'piece', after: '', upTo: null, rows });
    pair.standby.hear(stranger, {
      kind: 'customer-classes',
      part: 'set',
      row: { key: keyOf(1), classId: 'x' },
    });
    pair.host.hear(pair.atHost, { kind: 'customer-classes', part: 'piece', after: '', upTo: null, rows: [] });
    pair.state.isPair = false;
    pair.host.hear(pair.atHost, { kind: 'customer-classes', part: 'ask', parts: [0, 1, 2, 3] });
    pair.host.give();
    await new Promise(resolve => setImmediate(resolve));
    expect(pair.sent).toEqual([]);
    expect([all(pair.ofStandby).length, all(pair.ofHost).length]).toEqual([0, 10]);
  });
});
