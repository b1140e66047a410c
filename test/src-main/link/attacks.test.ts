import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { createAuthorityHolder } from '#main/link/authority-holder.ts';
import {
  issueStationCertificate,
  makeAuthorityCertificate,
  makeStationRequest,
} from '#main/link/certificates.ts';
import { LINK_BACK_OFF } from '#main/link/link-limits.ts';
import { signRevocations } from '#main/link/revocations.ts';
import { connectSecurely, type LinkAddress, upgradeSocket } from '#main/link/secure-socket.ts';
import {
  createBench,
  DAY_MS,
  isConnected,
  isWaiting,
  LOOPBACK,
  makeBranch,
  must,
  refusalOf,
  type TestBranch,
  until,
  untilState,
} from './link-fixture.ts';

/** BR2: every attack on the link, against real sockets, and how it is refused. Printed as a table at the end. */

const bench = createBench();
afterEach(() => bench.end());
const table: [attack: string, refusal: string][] = [];
const noted = (attack: string, refusal: string) => {
  table.push([attack, refusal]);
  return refusal;
};
afterAll(() => {
  const width = Math.max(...table.map(([attack]) => attack.length));
  const lines = table.map(([attack, refusal]) => `  ${attack.padEnd(width)}  ${refusal}`);
  console.log(`[BR2] attacks on the link and what came of them\n${lines.join('\n')}`);
});

/** What a stranger gets who speaks TLS with these options: a code, or `open`. */
async function knock(address: LinkAddress, options: ConnectionOptions, path: '/link' | '/pair' = '/link') {
  const secure = await connectSecurely(
    address,
    { rejectUnauthorized: false, ...options },
    REAL_CLOCK,
    60_000,
  );
  if (!secure.ok) return secure.error.code;
  const socket = await upgradeSocket(secure.value, path, REAL_CLOCK, 60_000);
  if (!socket.ok) return socket.error.code;
  bench.onEnd(() => socket.value.terminate());
  return 'open';
}

async function selfSigned(branch: string, station: string) {
  const foreign = await makeAuthorityCertificate(branch, Date.now());
  const { request, keyPem } = await makeStationRequest(station);
  const issued = await issueStationCertificate(foreign, request, { branch, station }, Date.now());
  return { cert: issued?.certificatePem ?? '', key: keyPem, authority: foreign };
}

async function keysOf(branch: TestBranch, station: string, atMs?: number) {
  const { certificatePem, keyPem } = (await branch.station(station, atMs)).keyed();
  return { cert: certificatePem, key: keyPem };
}

describe('strangers at the host', () => {
  const attacks: [string, string, (branch: TestBranch) => Promise<ConnectionOptions>][] = [
    ['no certificate', 'U512', async () => ({})],
    [
      'certificate of an authority of the same name, made at home',
      'U512',
      async () => selfSigned('branch-1', 'counter-2'),
    ],
    [
      'self-signed certificate',
      'U512',
      async () => {
        const { authority } = await selfSigned('branch-1', 'counter-2');
        return { cert: authority.certificatePem, key: authority.keyPem };
      },
    ],
    ['certificate of another branch', 'U512', async () => keysOf(await makeBranch('branch-2'), 'counter-2')],
    ['expired certificate', 'U513', branch => keysOf(branch, 'counter-2', Date.now() - 800 * DAY_MS)],
    ['certificate of the future', 'U513', branch => keysOf(branch, 'counter-2', Date.now() + 3 * DAY_MS)],
    [
      'withdrawn certificate',
      'U514',
      async branch => {
        const keys = await keysOf(branch, 'counter-2');
        must(branch.authority.revoke('counter-2'));
        return keys;
      },
    ],
  ];
  it.each(attacks)('[BR2] %s: %s', async (attack, code, keys) => {
    const branch = await makeBranch();
    const { address, connections, refused } = await bench.serve(branch);
    expect(noted(attack, await knock(address, await keys(branch)))).toBe(code);
    expect([connections, refused]).toEqual([[], [code]]);
    // The same door opens for a station of the branch.
    expect(await knock(address, await keysOf(branch, 'counter-3'))).toBe('open');
  });

  it('[BR2] plaintext, TLS 1.2, an unknown address and a page request get nothing', async () => {
    const branch = await makeBranch();
    const { address, connections } = await bench.serve(branch);
    const keys = await keysOf(branch, 'counter-2');

    const plain = new WebSocket(`ws://${LOOPBACK}:${address.port}/link`);
    const [error] = await once(plain, 'error');
    expect(error).toBeInstanceOf(Error);
    noted('plaintext WebSocket', 'connection closed');

    const old = connectTls({ ...address, ...keys, rejectUnauthorized: false, maxVersion: 'TLSv1.2' });
    const [tlsError] = await once(old, 'error');
    expect(tlsError.code).toMatch(/SSL|TLS|ECONNRESET/);
    noted('TLS 1.2 with a right certificate', 'handshake refused');

    const secure = must(
      await connectSecurely(address, { ...keys, rejectUnauthorized: false }, REAL_CLOCK, 60_000),
    );
    secure.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    let answer = '';
    secure.setEncoding('utf8').on('data', text => {
      answer += text;
    });
    await once(secure, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 404 [\s\S]*M609/);
    noted('page request with a right certificate', 'M609');
    // No code is open.
    expect(noted('pairing where there is none', await knock(address, {}, '/pair'))).toBe('U523');
    expect(connections).toEqual([]);
  });

  it('[BR2] a resumed session skips no check', async () => {
    const branch = await makeBranch();
    const { address } = await bench.serve(branch);
    const keys = await keysOf(branch, 'counter-2');
    const first = must(
      await connectSecurely(address, { ...keys, rejectUnauthorized: false }, REAL_CLOCK, 60_000),
    );
    const [session] = (await once(first, 'session')) as [Buffer];
    first.destroy();
    // Not even of a station that is still welcome: its next connection is a whole new one.
    expect(noted('resumed session', await knock(address, { ...keys, session }))).toBe('U512');
    must(branch.authority.revoke('counter-2'));
    const refused = await knock(address, { ...keys, session });
    expect(['U512', 'U514']).toContain(noted('resumed session of a withdrawn station', refused));
  });
});

describe('strangers that play the host', () => {
  const hosts: [string, string, (branch: TestBranch) => Promise<{ cert: string; key: string }>][] = [
    ['host made at home', 'U512', () => selfSigned('branch-1', 'host-1')],
    ['host of another branch', 'U512', async () => keysOf(await makeBranch('branch-2'), 'host-1')],
    ['host with an expired certificate', 'U513', one => keysOf(one, 'host-1', Date.now() - 800 * DAY_MS)],
    ['station of the branch in the place of the host', 'U512', one => keysOf(one, 'counter-9')],
  ];
  it.each(hosts)('[BR2] %s: %s', async (attack, code, keys) => {
    const branch = await makeBranch();
    const { cert, key } = await keys(branch);
    const heard: Buffer[] = [];
    const server = createTlsServer({ cert, key, requestCert: true, rejectUnauthorized: false }, socket => {
      socket.on('error', () => {}).on('data', data => heard.push(data));
    }).on('tlsClientError', () => {});
    server.listen(0, LOOPBACK);
    await once(server, 'listening');
    bench.onEnd(() => server.close());
    const address = server.address() as { port: number };
    const client = bench.connect(
      await branch.station('counter-2'),
      { host: LOOPBACK, port: address.port },
      { peer: 'host-1' },
    );
    expect(noted(attack, String(await refusalOf(client)))).toBe(code);
    expect(heard).toEqual([]);
  });

  it('[BR2] a host that was withdrawn, and one that speaks no TLS', async () => {
    const branch = await makeBranch();
    const identity = await branch.station('counter-2');
    const { address } = await bench.serve(branch, { holder: createAuthorityHolder(null) });
    identity.believe(must(branch.authority.revoke('host-1')));
    const code = await refusalOf(bench.connect(identity, address));
    expect(noted('host that was withdrawn', String(code))).toBe('U514');

    const { keyPem } = await makeAuthorityCertificate('branch-1', Date.now());
    const known = identity.revocations();
    const forged = signRevocations({ branch: 'branch-1', number: 99, serials: [] }, keyPem);
    const altered = { ...known, number: 99, serials: [...known.serials, 'aa'] };
    expect([identity.believe(forged), identity.believe(altered)]).toEqual([false, false]);
    expect(identity.revocations()).toEqual(known);
    noted('forged or shortened list of withdrawn certificates', 'not believed');

    const plain = createServer(socket => socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\n\r\n'));
    plain.listen(0, LOOPBACK);
    await once(plain, 'listening');
    bench.onEnd(() => plain.close());
    const { port } = plain.address() as { port: number };
    const toPlain = bench.connect(identity, { host: LOOPBACK, port });
    expect(noted('host that speaks no TLS', String(await refusalOf(toPlain)))).toBe('U512');
  });
});

describe('stations that break the rules of the link', () => {
  const hello = (over: object = {}) => ({
    n: 1,
    m: {
      kind: 'hello',
      protocol: 1,
      programVersion: '1.0.0',
      branch: 'branch-1',
      station: 'counter-2',
      ...over,
    },
  });
  const safe = (n: number, seq: number) => ({ n, m: { kind: 'safe', seq } });
  const attacks: [string, string, (object | Buffer | string)[]][] = [
    ['greeting in the name of another station', 'U512', [hello({ station: 'counter-3' })]],
    ['greeting of another branch', 'U512', [hello({ branch: 'branch-2' })]],
    ['greeting of a program far too new', 'U515', [hello({ protocol: 9 })]],
    ['no greeting', 'U516', [safe(1, 1)]],
    ['second greeting', 'U516', [hello(), { ...hello(), n: 2 }]],
    ['frame repeated', 'U516', [hello(), safe(2, 1), safe(2, 1)]],
    ['frame left out', 'U516', [hello(), safe(3, 2)]],
    ['frames in another order', 'U516', [hello(), safe(3, 2), safe(2, 1)]],
    ['frame altered', 'M601', [hello(), { n: 2, m: { kind: 'safe', seq: -1 } }]],
    ['frame with a field too many', 'M601', [hello(), { n: 2, m: { kind: 'safe', seq: 1, x: 1 } }]],
    ['frame of an unknown kind', 'M601', [hello(), { n: 2, m: { kind: 'shell', run: 'x' } }]],
    ['frame that is no JSON', 'M601', [hello(), '{"n":2,']],
    ['binary frame', 'M601', [hello(), Buffer.from([1, 2, 3])]],
    ['frame larger than any', 'U528', [hello(), JSON.stringify({ n: 2, m: 'x'.repeat(9 * 1024 * 1024) })]],
  ];
  it.each(attacks)('[BR2] %s: %s, and nothing after it counts', async (attack, code, frames) => {
    const branch = await makeBranch();
    const heard: unknown[] = [];
    const { address, refused, server } = await bench.serve(branch, {
      onStation: connection => connection.onMessage(message => heard.push(message)),
    });
    const keys = await keysOf(branch, 'counter-2');
    const secure = must(
      await connectSecurely(address, { ...keys, rejectUnauthorized: false }, REAL_CLOCK, 60_000),
    );
    const socket = must(await upgradeSocket(secure, '/link', REAL_CLOCK, 60_000));
    const closed = once(
      socket.on('error', () => {}),
      'close',
    );
    socket.resume();
    for (const frame of frames)
      socket.send(Buffer.isBuffer(frame) || typeof frame === 'string' ? frame : JSON.stringify(frame));
    for (let n = 2; n < 6; n += 1) socket.send(JSON.stringify(safe(n, 77)));
    await until(() => refused.length > 0);
    await closed;
    expect(noted(attack, String(refused[0]))).toBe(code);
    // Only what was right before the fault was heard.
    const before = attack === 'frame repeated' ? [{ kind: 'safe', seq: 1 }] : [];
    expect([heard, server.stations()]).toEqual([before, []]);
  });
});

describe('somebody on the wire', () => {
  /** A wire between station and host on which bytes can be changed. */
  async function tap(to: LinkAddress, change: (bytes: Buffer, toHost: Socket) => Buffer) {
    const proxy = createServer(fromStation => {
      const toHost = connect(to.port, to.host);
      fromStation.on('data', bytes => void toHost.write(change(bytes, toHost)));
      toHost.on('data', bytes => void fromStation.write(bytes));
      for (const [one, other] of [
        [fromStation, toHost],
        [toHost, fromStation],
      ] as const)
        one.on('error', () => {}).on('close', () => other.destroy());
    });
    proxy.listen(0, LOOPBACK);
    await once(proxy, 'listening');
    bench.onEnd(() => proxy.close());
    return { host: LOOPBACK, port: (proxy.address() as { port: number }).port };
  }

  it.each([
    [
      'bytes altered on the wire',
      (bytes: Buffer) => {
        const altered = Buffer.from(bytes);
        altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
        return altered;
      },
    ],
    ['bytes repeated on the wire', (bytes: Buffer) => Buffer.concat([bytes, bytes])],
    ['bytes taken away on the wire', (bytes: Buffer) => bytes.subarray(0, -1)],
  ])('[BR2] %s: the link ends and nothing was heard', async (attack, alter) => {
    const branch = await makeBranch();
    let isOn = false;
    const heard: unknown[] = [];
    const { address, connections } = await bench.serve(branch, {
      onStation: connection => {
        connections.push(connection);
        connection.onMessage(message => heard.push(message));
      },
    });
    const wire = await tap(address, bytes => (isOn ? alter(bytes) : bytes));
    const client = bench.connect(await branch.station('counter-2'), wire, {
      backOff: { ...LINK_BACK_OFF, baseMs: 60_000, maxMs: 60_000 },
    });
    const { connection } = await untilState(client, isConnected);
    const atHost = await until(() => connections[0]);
    const closed = new Promise(resolve => atHost.onClose(resolve));
    isOn = true;
    connection.send({ kind: 'safe', seq: 1 });
    // A record cut short waits for its rest: the next one brings the wrong bytes.
    connection.send({ kind: 'safe', seq: 2 });
    await until(() => {
      if (client.state().kind === 'connected') connection.send({ kind: 'safe', seq: 3 });
      return client.state().kind !== 'connected';
    });
    noted(attack, `link ended (${await closed})`);
    expect((await untilState(client, isWaiting)).code).toBe('U528');
    expect(heard.length).toBeLessThanOrEqual(attack.includes('repeated') ? 1 : 0);
  });
});
