import { afterEach, describe, expect, it } from 'vitest';
import type { LinkBatch } from '#core/wire/link-messages.ts';
import { openAuthority } from '#main/link/authority.ts';
import { createAuthorityHolder } from '#main/link/authority-holder.ts';
import { PLAIN_KEY_STORE } from '#main/link/key-store.ts';
import type { StationMessage } from '#main/link/link-connection.ts';
import { backOffMs, LINK_BACK_OFF } from '#main/link/link-limits.ts';
import {
  createBench,
  DAY_MS,
  handClock,
  isConnected,
  isConnecting,
  isWaiting,
  LOOPBACK,
  makeBranch,
  memoryFile,
  must,
  PATIENT,
  refusalOf,
  until,
  untilState,
} from './link-fixture.ts';

const bench = createBench();
afterEach(() => bench.end());

const HASH = 'a'.repeat(64);
const batch: LinkBatch = {
  epoch: 1,
  firstSeq: 1,
  lastSeq: 1,
  previousHash: '0'.repeat(64),
  hash: HASH,
  change: { kind: 'pair-made', standby: 'counter-2' },
  events: [
    {
      branch: 'branch-1',
      epoch: 1,
      seq: 1,
      id: 'event-1',
      at: 1,
      type: 'branch-configured',
      version: 1,
      actor: 'staff:1001',
      station: 'host-1',
      data: { name: '建国路支行', list: [1, null, 'x'] },
      hash: HASH,
    },
  ],
  command: { id: 'command-1', fingerprint: HASH, answer: { ticketId: 't1' } },
};

const SOME_OF_EACH: readonly StationMessage[] = [
  { kind: 'replication', message: { kind: 'beat', epoch: 1, host: 'host-1', tip: { seq: 1, hash: HASH } } },
  {
    kind: 'replication',
    message: { kind: 'follow', epoch: 0, host: null, tip: { seq: 1, hash: HASH }, ends: [] },
  },
  { kind: 'replication', message: { kind: 'batches', epoch: 1, host: 'host-1', batches: [batch] } },
  {
    kind: 'replication',
    message: { kind: 'stored', epoch: 1, host: 'host-1', place: { seq: 1, hash: HASH } },
  },
  { kind: 'replication', message: { kind: 'fenced', epoch: 2, host: 'counter-2' } },
  { kind: 'window', part: 'open', window: 1, allowed: ['teller'] },
  { kind: 'window', part: 'message', window: 1, text: '{"kind":"hello"}' },
  { kind: 'window', part: 'close', window: 1 },
  { kind: 'device-command', commandId: 'c1', deviceId: 'led-1', order: { show: 'A001' }, lifeMs: 5_000 },
  { kind: 'device-answer', commandId: 'c1', code: null, facts: {} },
  { kind: 'safe', seq: 12 },
];

describe('a link between two PCs', () => {
  it('[BR2] carries every kind of message both ways, whole and in order', async () => {
    const branch = await makeBranch();
    const { connections, address, server } = await bench.serve(branch);
    const client = bench.connect(await branch.station('counter-2'), address, { peer: 'host-1' });
    const { connection } = await untilState(client, isConnected);
    const atHost = await until(() => connections[0]);
    expect([atHost.station, connection.station]).toEqual(['counter-2', 'host-1']);
    expect(server.stations()).toEqual(['counter-2']);
    const heard: [StationMessage[], StationMessage[]] = [[], []];
    atHost.onMessage(message => heard[0].push(message));
    for (const message of SOME_OF_EACH) {
      must(connection.send(message));
      must(atHost.send(message));
    }
    await until(() => heard[0].length === SOME_OF_EACH.length);
    // What came before anybody listened was kept.
    connection.onMessage(message => heard[1].push(message));
    await until(() => heard[1].length === SOME_OF_EACH.length);
    expect(heard).toEqual([SOME_OF_EACH, SOME_OF_EACH]);
  });

  it('carries the largest frame, and refuses a larger one without harm', async () => {
    const branch = await makeBranch();
    const { connections, address } = await bench.serve(branch);
    const client = bench.connect(await branch.station('counter-2'), address);
    const { connection } = await untilState(client, isConnected);
    const order = (characters: number): StationMessage => ({
      kind: 'device-command',
      commandId: 'c1',
      deviceId: 'd1',
      order: { text: 'x'.repeat(characters) },
      lifeMs: null,
    });
    expect(connection.send(order(9 * 1024 * 1024))).toMatchObject({ ok: false, error: { code: 'M602' } });
    must(connection.send(order(8 * 1024 * 1024 - 200)));
    const atHost = await until(() => connections[0]);
    const heard = new Promise<StationMessage>(resolve => atHost.onMessage(resolve));
    expect(await heard).toEqual(order(8 * 1024 * 1024 - 200));
  });

  it.each([
    [1, 1, 1],
    [2, 1, 1],
    [3, 4, 3],
  ])('programs that speak %i and %i agree on %i', async (ofHost, ofStation, agreed) => {
    const branch = await makeBranch();
    const { connections, address } = await bench.serve(branch, { protocol: ofHost });
    const client = bench.connect(await branch.station('counter-2'), address, { protocol: ofStation });
    const { connection } = await untilState(client, isConnected);
    expect([connection.protocol, (await until(() => connections[0])).protocol]).toEqual([agreed, agreed]);
  });

  it.each([
    [1, 3],
    [3, 1],
  ])('programs that speak %i and %i tell each other so and part', async (ofHost, ofStation) => {
    const branch = await makeBranch();
    const { connections, refused, address } = await bench.serve(branch, { protocol: ofHost });
    const client = bench.connect(await branch.station('counter-2'), address, { protocol: ofStation });
    expect(await refusalOf(client)).toBe('U515');
    expect(await until(() => refused[0])).toBe('U515');
    expect(connections).toEqual([]);
  });

  it('of two connections of one station the newer stays, and the older waits long', async () => {
    const branch = await makeBranch();
    const { server, address } = await bench.serve(branch);
    const identity = await branch.station('counter-2');
    const older = bench.connect(identity, address);
    await untilState(older, isConnected);
    const newer = bench.connect(identity, address);
    await untilState(newer, isConnected);
    const waiting = await untilState(older, isWaiting);
    expect(waiting).toEqual({ kind: 'waiting', code: 'U518', waitMs: LINK_BACK_OFF.slowMs / 2 });
    expect(server.stations()).toEqual(['counter-2']);
    expect(newer.state().kind).toBe('connected');
  });

  it('comes back by itself when the host does', async () => {
    const branch = await makeBranch();
    const first = await bench.serve(branch);
    let { address } = first;
    const client = bench.connect(await branch.station('counter-2'), () => address, {
      backOff: { ...LINK_BACK_OFF, baseMs: 1, maxMs: 1 },
    });
    await untilState(client, isConnected);
    await first.server.stop();
    await untilState(client, isWaiting);
    const second = await bench.serve(branch);
    ({ address } = second);
    await untilState(client, isConnected);
    await until(() => second.connections[0]);
  });

  it('waits longer after each failure, spread by chance, and only so long', () => {
    const waits = Array.from({ length: 9 }, (_, failures) => backOffMs(failures, false, 0.5));
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
    expect([backOffMs(2, false, 0), backOffMs(2, false, 0.999)]).toEqual([500, 1_499]);
    expect(backOffMs(0, true, 0.5)).toBe(30_000);
    expect(backOffMs(5_000, false, 0.5)).toBe(10_000);
  });

  it('waits by the given clock and chance, and not while stopped', async () => {
    const branch = await makeBranch();
    const clock = handClock();
    let tries = 0;
    const client = bench.connect(
      await branch.station('counter-2'),
      () => {
        tries += 1;
        return null;
      },
      { clock, random: () => 0.5 },
    );
    expect(await untilState(client, isWaiting)).toEqual({ kind: 'waiting', code: 'U511', waitMs: 250 });
    clock.advance(249);
    expect(tries).toBe(1);
    clock.advance(1);
    expect(tries).toBe(2);
    await untilState(client, isWaiting);
    client.stop();
    clock.advance(1_000_000);
    expect([tries, client.state().kind]).toEqual([2, 'stopped']);
  });

  it('gives up a side that has fallen silent, by the given clock', async () => {
    const branch = await makeBranch();
    const clock = handClock();
    const limits = { ...PATIENT, pingEveryMs: 1_000, silenceMs: 3_000 };
    const { connections, server, address } = await bench.serve(branch, { clock, limits });
    const client = bench.connect(await branch.station('counter-2'), address);
    await untilState(client, isConnected);
    const atHost = await until(() => connections[0]);
    let code: string | null = '';
    atHost.onClose(one => {
      code = one;
    });
    // A PC that slept itself does not blame the others.
    clock.jump(100_000);
    expect([code, server.stations()]).toEqual(['', ['counter-2']]);
    // Nothing of the station is read while these three seconds pass at once.
    clock.advance(3_000);
    expect([code, server.stations()]).toEqual(['U528', []]);
  });

  it('drops a station that does not read, before it fills the memory', async () => {
    const branch = await makeBranch();
    const limits = { ...PATIENT, maxUnsentBytes: 4 * 1024 * 1024 };
    const { connections, address } = await bench.serve(branch, { limits });
    const client = bench.connect(await branch.station('counter-2'), address);
    await untilState(client, isConnected);
    const atHost = await until(() => connections[0]);
    let code: string | null = '';
    atHost.onClose(one => {
      code = one;
    });
    const order = { text: 'x'.repeat(1024 * 1024) };
    let most = 0;
    for (let n = 0; n < 1_000 && code === ''; n += 1) {
      atHost.send({ kind: 'device-command', commandId: `c${n}`, deviceId: 'd', order, lifeMs: null });
      most = Math.max(most, atHost.unsentBytes());
    }
    expect(code).toBe('U517');
    expect(most).toBeLessThan(6 * 1024 * 1024);
    expect(atHost.send({ kind: 'safe', seq: 1 })).toMatchObject({ ok: false, error: { code: 'U528' } });
    await untilState(client, isWaiting);
  });
});

describe('certificates over the link', () => {
  it('a station renews its certificate by itself before it ends, and the host its own', async () => {
    const branch = await makeBranch();
    const identity = await branch.station('counter-2', Date.now() - 700 * DAY_MS);
    const [endsMs, before] = [identity.notAfterMs(), identity.keyed()];
    const { address } = await bench.serve(branch);
    const client = bench.connect(identity, address);
    await untilState(client, isConnected);
    await until(() => identity.notAfterMs() > endsMs + 600 * DAY_MS);
    expect(identity.keyed().keyPem).not.toBe(before.keyPem);
    client.stop();
    await untilState(bench.connect(identity, address), isConnected);

    branch.clock.nowMs = Date.now() + 700 * DAY_MS;
    const ofHost = branch.host.notAfterMs();
    const later = await bench.serve(branch, { now: () => branch.clock.nowMs });
    await until(() => branch.host.notAfterMs() > ofHost + 600 * DAY_MS);
    expect(later.server.port).toBeGreaterThan(0);
  });

  it('a removed station is cut off at once, learns why and does not come back', async () => {
    const branch = await makeBranch();
    const { server, address } = await bench.serve(branch);
    const [lost, other] = [await branch.station('counter-2'), await branch.station('counter-3')];
    const client = bench.connect(lost, address, { backOff: { ...LINK_BACK_OFF, slowMs: 1 } });
    await untilState(client, isConnected);
    const otherClient = bench.connect(other, address);
    await untilState(otherClient, isConnected);
    must(branch.authority.revoke('counter-2'));
    expect((await untilState(client, isWaiting)).code).toBe('U514');
    // The list reaches the others, so that they would not believe it as a host either.
    const { serials } = branch.authority.revocations();
    await until(() => other.revocations().number === 1);
    expect([other.revocations().serials, server.stations()]).toEqual([serials, ['counter-3']]);
    await untilState(client, isConnecting);
    expect((await untilState(client, isWaiting)).code).toBe('U514');
  });

  it('[BR5] the standby gets the authority and issues certificates after a take-over', async () => {
    const branch = await makeBranch();
    const { address } = await bench.serve(branch, { mayHoldAuthority: station => station === 'counter-2' });
    const standby = await branch.station('counter-2');
    const file = memoryFile();
    const parts = { branch: 'branch-1', file, keyStore: PLAIN_KEY_STORE, now: Date.now };
    const client = bench.connect(standby, address);
    await untilState(client, isConnected);
    const authority = must(await client.askForAuthority(parts));
    expect([...authority.stations()].sort()).toEqual(['counter-2', 'host-1']);
    client.stop();
    expect(must(openAuthority(parts))?.certificatePem).toBe(branch.authority.certificatePem);

    const holder = createAuthorityHolder(authority, () => true);
    const taken = await bench.serve({ ...branch, host: standby, holder });
    const other = await branch.station('counter-3');
    const { connection } = await untilState(bench.connect(other, taken.address), isConnected);
    expect(connection.station).toBe('counter-2');
    must(authority.revoke('host-1'));
    await until(() => other.revocations().serials.length === 1);
  });

  it('gives the authority to nobody but the standby', async () => {
    const branch = await makeBranch();
    const { address, connections } = await bench.serve(branch, {
      mayHoldAuthority: station => station === 'counter-2',
    });
    const clock = handClock();
    const client = bench.connect(await branch.station('counter-3'), address, { clock });
    await untilState(client, isConnected);
    const parts = { branch: 'branch-1', file: memoryFile(), keyStore: PLAIN_KEY_STORE, now: Date.now };
    const asked = client.askForAuthority(parts);
    // An answer to something else shows that this question was read, and not answered.
    const atHost = await until(() => connections[0]);
    atHost.onMessage(message => atHost.send(message));
    const { connection } = await untilState(client, isConnected);
    const echo = new Promise(resolve => connection.onMessage(resolve));
    connection.send({ kind: 'safe', seq: 1 });
    await echo;
    clock.advance(10_000);
    expect(await asked).toMatchObject({ ok: false, error: { code: 'U527' } });
    expect(parts.file.text).toBeNull();
  });
});

describe('where the link listens', () => {
  it('says so when the port is taken', async () => {
    const branch = await makeBranch();
    const { server } = await bench.serve(branch);
    await expect(bench.serve(branch, { port: server.port, host: LOOPBACK })).rejects.toThrow('C906');
  });
});
