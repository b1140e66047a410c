import { afterEach, describe, expect, it } from 'vitest';
import { fail } from '#core/wire/result.ts';
import { type Authority, makeAuthority, openAuthority } from '#main/link/authority.ts';
import type { AuthorityLink } from '#main/link/authority-exchange.ts';
import { type AuthorityHolder, createAuthorityHolder } from '#main/link/authority-holder.ts';
import { makeStationRequest } from '#main/link/certificates.ts';
import { PLAIN_KEY_STORE } from '#main/link/key-store.ts';
import { createPairing } from '#main/link/pairing.ts';
import {
  createBench,
  DAY_MS,
  isConnected,
  isWaiting,
  LOOPBACK,
  makeBranch,
  memoryFile,
  must,
  type TestBranch,
  until,
  untilState,
} from './link-fixture.ts';

const bench = createBench();
afterEach(() => bench.end());

const issue = async (authority: Authority, station: string) =>
  must(await authority.issue((await makeStationRequest(station)).request, station));
const fileParts = () => ({
  branch: 'branch-1',
  file: memoryFile(),
  keyStore: PLAIN_KEY_STORE,
  now: Date.now,
});

/** A host and its standby; `standbyListens`: the host dials, else the standby does. */
async function makePair(options: { protocol?: number; standbyListens?: boolean } = {}) {
  const branch = await makeBranch();
  const standby = await branch.station('standby-1');
  const ofStandby = createAuthorityHolder(null);
  const { protocol = 2 } = options;
  const atHost = {
    holder: branch.holder,
    mayHoldAuthority: () => true,
    isFellowHolder: () => true,
    protocol,
  };
  const atStandby = { holder: ofStandby, isFellowHolder: () => true, protocol };
  let link: AuthorityLink | null = null;
  if (options.standbyListens) {
    const pairing = createPairing({
      holder: ofStandby,
      identity: standby,
      clock: { nowMs: () => 0, after: () => () => {} },
    });
    const served = await bench.serve(branch, {
      ...atStandby,
      identity: standby,
      pairing,
      onStation: (_connection, authority) => {
        link = authority;
      },
    });
    await untilState(bench.connect(branch.host, served.address, atHost), isConnected);
  } else {
    const { address } = await bench.serve(branch, atHost);
    link = (await untilState(bench.connect(standby, address, atStandby), isConnected)).authority;
  }
  return { branch, ofStandby, link: await until(() => link), standby };
}

describe('[BR5] the authority on host and standby', () => {
  it.each([false, true])(
    'reaches the standby whoever dialled (the host: %s), and keeps up with the host',
    async standbyListens => {
      const { branch, ofStandby, link } = await makePair({ standbyListens });
      const parts = fileParts();
      must(await link.askForAuthority(parts));
      const held = ofStandby.held();
      if (held === null) throw new Error('nothing arrived');
      expect(ofStandby.acting()).toBeNull();
      await issue(branch.authority, 'counter-7');
      await until(() => held.stations().includes('counter-7'));
      // What either has issued or withdrawn while it was host alone.
      await issue(held, 'counter-8');
      must(held.revoke('counter-7'));
      await until(() => branch.authority.stations().includes('counter-8'));
      await until(() => !branch.authority.stations().includes('counter-7'));
      const kept = must(openAuthority(parts));
      expect(kept?.stations().toSorted()).toEqual(branch.authority.stations().toSorted());
    },
  );

  it('version 1 is told nothing it has no words for, and asks as it always did', async () => {
    const { branch, ofStandby, link } = await makePair({ protocol: 1 });
    must(await link.askForAuthority(fileParts()));
    const before = ofStandby.held()?.stations();
    await issue(branch.authority, 'counter-7');
    // The list of withdrawn ones is of version 1 and comes after it.
    must(branch.authority.revoke('counter-7'));
    await until(() => ofStandby.held()?.revocations().serials.length === 1);
    expect(ofStandby.held()?.stations()).toEqual(before);
  });

  it('a list that the authority has not signed is not learned', async () => {
    const { authority } = await makeBranch();
    const stranger = must(await makeAuthority(fileParts()));
    await issue(stranger, 'counter-9');
    const forged = { ...authority.issuedList(), issued: stranger.issuedList().issued };
    expect(authority.learn({ issued: stranger.issuedList() })).toBe(false);
    expect(authority.learn({ issued: forged })).toBe(false);
    must(stranger.revoke('counter-9'));
    expect(authority.learn({ revocations: stranger.revocations() })).toBe(false);
    const other = (await makeBranch('branch-2')).authority;
    expect(authority.learn({ issued: other.issuedList() })).toBe(false);
    expect(authority.stations()).toEqual(['host-1']);
    // Its own list again is no news.
    expect(authority.learn({ issued: authority.issuedList(), revocations: authority.revocations() })).toBe(
      false,
    );
  });

  it('a PC that holds it and is not the host renews nobody, and does as soon as it is', async () => {
    const branch = await makeBranch();
    let isHost = false;
    const holder = createAuthorityHolder(branch.authority, () => isHost);
    const old = await branch.station('counter-2', Date.now() - 700 * DAY_MS);
    const endsMs = old.notAfterMs();
    const { address, connections } = await bench.serve(branch, { holder });
    const first = bench.connect(old, address);
    const { connection } = await untilState(first, isConnected);
    // An echo after the question shows that it was read.
    const atHost = await until(() => connections[0]);
    atHost.onMessage(message => atHost.send(message));
    for (let n = 0; n < 20; n += 1) {
      const echo = new Promise(resolve => connection.onMessage(resolve));
      connection.send({ kind: 'safe', seq: n });
      await echo;
    }
    expect(old.notAfterMs()).toBe(endsMs);
    first.stop();
    isHost = true;
    bench.connect(old, address);
    await until(() => old.notAfterMs() > endsMs);
  });

  it('a station that connects again and again gets one certificate a minute', async () => {
    const branch = await makeBranch();
    let questions = 0;
    const holder: AuthorityHolder = {
      ...branch.holder,
      mayRenew(station, nowMs) {
        questions += 1;
        return branch.holder.mayRenew(station, nowMs);
      },
    };
    const { address } = await bench.serve(branch, { holder });
    const serials = () =>
      branch.authority.issuedList().issued.filter(({ station }) => station === 'counter-2').length;
    const old = await branch.station('counter-2', Date.now() - 700 * DAY_MS);
    // A disk that refuses asks anew each time.
    const stubborn = { ...old, renew: () => fail('D404') };
    const before = serials();
    for (let n = 1; n <= 5; n += 1) {
      const client = bench.connect(stubborn, address);
      await until(() => questions === n);
      client.stop();
    }
    await until(() => serials() > before);
    await issue(branch.authority, 'counter-9');
    expect(serials()).toBe(before + 1);
  });
});

describe('[BR2] pairing goes with the host', () => {
  async function serveAs(branch: TestBranch, holder: AuthorityHolder) {
    const pairing = createPairing({
      holder,
      identity: branch.host,
      clock: { nowMs: () => 0, after: () => () => {} },
    });
    return bench.serve(branch, { holder, pairing });
  }
  const BY = { staffNumber: '1001', rights: new Set(['set-up'] as const) };

  it('a PC that has ceased to be host takes its code back and gives none', async () => {
    const branch = await makeBranch();
    let isHost = true;
    const holder = createAuthorityHolder(branch.authority, () => isHost);
    const { pairing } = await serveAs(branch, holder);
    must(pairing.open(BY));
    expect(pairing.closed()).toBeNull();
    isHost = false;
    holder.roleChanged();
    expect(pairing.codes().open).toBeNull();
    expect(pairing.closed()).toBe('U551');
    expect(pairing.open(BY)).toMatchObject({ error: { code: 'U527' } });
    isHost = true;
    holder.roleChanged();
    expect(pairing.closed()).toBe('U523');
    must(pairing.open(BY));
  });

  it('a PC pairs as soon as the authority has arrived', async () => {
    const branch = await makeBranch();
    const holder = createAuthorityHolder(null, () => true);
    const { pairing } = await serveAs(branch, holder);
    expect([pairing.closed(), pairing.open(BY).ok]).toEqual(['U527', false]);
    holder.take(branch.authority);
    must(pairing.open(BY));
    expect(pairing.closed()).toBeNull();
  });
});

describe('a copy of this PC', () => {
  it('[BR8] is not let in under the server’s own name', async () => {
    const branch = await makeBranch();
    const { address, connections } = await bench.serve(branch);
    const twin = { ...branch.host, station: 'host-1' };
    const client = bench.connect({ ...twin, station: 'somebody' }, { ...address, host: LOOPBACK });
    expect((await untilState(client, isWaiting)).code).toBe('U518');
    expect(connections).toEqual([]);
  });
});
