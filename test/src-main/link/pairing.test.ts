import { randomBytes, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Right } from '#core/branch/bank-document.ts';
import { PairingChallenge, PairingGrant, PairingRefusal } from '#core/wire/link-messages.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { makeStationRequest, readStationCertificate } from '#main/link/certificates.ts';
import { PLAIN_KEY_STORE } from '#main/link/key-store.ts';
import { pairWithHost } from '#main/link/pair-with-host.ts';
import { createPairing } from '#main/link/pairing.ts';
import { PAIRING_LIFE_MS } from '#main/link/pairing-codes.ts';
import { channelOf, makeProofs } from '#main/link/pairing-proof.ts';
import { connectSecurely, type LinkAddress, upgradeSocket } from '#main/link/secure-socket.ts';
import { openIdentity } from '#main/link/station-identity.ts';
import { textExchange } from '#main/link/text-exchange.ts';
import {
  createBench,
  handClock,
  isConnected,
  isWaiting,
  LOOPBACK,
  makeBranch,
  memoryFile,
  must,
  untilState,
} from './link-fixture.ts';

const bench = createBench();
afterEach(() => bench.end());

const ADMIN: ReadonlySet<Right> = new Set(['set-up']);
const BY_ADMIN = { staffNumber: '1001', rights: ADMIN };

async function openHost() {
  const branch = await makeBranch();
  const clock = handClock();
  const pairing = createPairing({ holder: branch.holder, identity: branch.host, clock });
  const served = await bench.serve(branch, { pairing });
  return { branch, clock, ...served };
}

function pair(address: LinkAddress, station: string, typedCode: string, file = memoryFile()) {
  const parts = { file, keyStore: PLAIN_KEY_STORE, clock: REAL_CLOCK, now: Date.now };
  return pairWithHost({ address, station, typedCode }, parts);
}

/** A new PC's side with another program version: the name in its certificate, or why it is refused. */
async function askAs(address: LinkAddress, station: string, code: string, protocol: number): Promise<string> {
  const secure = must(await connectSecurely(address, { rejectUnauthorized: false }, REAL_CLOCK, 60_000));
  const [channel, hostCertificate] = [channelOf(secure), secure.getPeerCertificate(true).raw];
  const socket = must(await upgradeSocket(secure, '/pair', REAL_CLOCK, 60_000));
  const exchange = textExchange(socket, REAL_CLOCK, 60_000);
  const { request } = await makeStationRequest(station);
  const stationNonce = randomBytes(32);
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  exchange.send({ protocol, station, request: base64(request), nonce: base64(stationNonce) });
  const { branch, host, nonce } = PairingChallenge.parse(await exchange.receive());
  const facts = { branch, host, station, request, hostCertificate, channel, stationNonce };
  const proofs = await makeProofs(code, { ...facts, hostNonce: Buffer.from(nonce, 'base64') });
  exchange.send({ proof: base64(proofs.station) });
  const answer = await exchange.receive();
  const grant = PairingGrant.safeParse(answer);
  if (!grant.success) return PairingRefusal.parse(answer).code;
  const certificate = new X509Certificate(Buffer.from(grant.data.certificate, 'base64'));
  return readStationCertificate(certificate)?.station ?? '';
}

const codeIn = (result: { ok: boolean; error?: { code: string } }) => (result.ok ? 'ok' : result.error?.code);
const wrongFor = (code: string) => `${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}`;

describe('[BR2] pairing a new PC', () => {
  it('who types the code gets a certificate, keeps it, and can connect', async () => {
    const { branch, pairing, address } = await openHost();
    const paired: (string | null)[] = [];
    pairing.onChange(station => paired.push(station));
    const { code } = must(pairing.open(BY_ADMIN));
    const file = memoryFile();
    const identity = must(
      await pair(address, 'counter-2', `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase(), file),
    );
    expect([identity.branch, identity.station]).toEqual(['branch-1', 'counter-2']);
    expect(identity.authorityPem.trim()).toBe(branch.authority.certificatePem.trim());
    expect(paired.at(-1)).toBe('counter-2');
    expect(pairing.codes()).toEqual({ open: null, ended: 'used' });
    expect([...branch.authority.stations()].sort()).toEqual(['counter-2', 'host-1']);

    const again = must(openIdentity({ file, keyStore: PLAIN_KEY_STORE }));
    if (again === null) throw new Error('nothing was kept');
    await untilState(bench.connect(again, address, { peer: 'host-1' }), isConnected);
    // One use.
    expect(codeIn(await pair(address, 'counter-3', code))).toBe('U520');
  });

  it('nobody without the right makes a code', async () => {
    const { pairing } = await openHost();
    const rights: ReadonlySet<Right> = new Set(['serve', 'lobby']);
    expect(pairing.open({ staffNumber: '1002', rights })).toMatchObject({ error: { code: 'S704' } });
    expect(pairing.codes().open).toBeNull();
  });

  it('wrong codes are counted, and the fifth ends it', async () => {
    const { pairing, address, branch } = await openHost();
    const { code } = must(pairing.open(BY_ADMIN));
    const said: unknown[] = [];
    for (let n = 0; n < 5; n += 1) {
      const result = await pair(address, 'counter-2', wrongFor(code));
      said.push(result.ok ? 'ok' : [result.error.code, result.error.facts?.left]);
    }
    expect(said).toEqual([
      ['U519', 4],
      ['U519', 3],
      ['U519', 2],
      ['U519', 1],
      ['U522', undefined],
    ]);
    expect(codeIn(await pair(address, 'counter-2', code))).toBe('U522');
    expect(branch.authority.stations()).toEqual(['host-1']);
  });

  it('guesses sent all at once count one by one', async () => {
    const { pairing, address, branch } = await openHost();
    const { code } = must(pairing.open(BY_ADMIN));
    const guesses = Array.from({ length: 12 }, () => pair(address, 'counter-2', wrongFor(code)));
    const codes = (await Promise.all(guesses)).map(codeIn);
    expect(new Set(codes)).toEqual(new Set(['U519', 'U522', 'M608'].filter(one => codes.includes(one))));
    expect(codes.filter(one => one === 'U519').length).toBeLessThan(5);
    expect(branch.authority.stations()).toEqual(['host-1']);
  });

  it('says apart what is no code, none open, expired and taken back', async () => {
    const { pairing, address, clock } = await openHost();
    expect(codeIn(await pair(address, 'counter-2', 'HELLO'))).toBe('U529');
    expect(codeIn(await pair(address, 'counter-2', 'ABCD2345'))).toBe('U523');
    const { code } = must(pairing.open(BY_ADMIN));
    pairing.close();
    expect(codeIn(await pair(address, 'counter-2', code))).toBe('U523');
    const later = must(pairing.open(BY_ADMIN));
    clock.advance(PAIRING_LIFE_MS);
    expect(codeIn(await pair(address, 'counter-2', later.code))).toBe('U521');
    expect(codeIn(await pair({ host: LOOPBACK, port: 1 }, 'counter-2', 'ABCD2345'))).toBe('U511');
  });

  it('nobody takes the name of another PC, unless a person says so; that one is then out', async () => {
    const { branch, pairing, address } = await openHost();
    const older = await branch.station('counter-2');
    const { code } = must(pairing.open(BY_ADMIN));
    expect(codeIn(await pair(address, 'counter-2', code))).toBe('U525');
    expect(codeIn(await pair(address, 'host-1', code))).toBe('U525');
    // The code is still good for another name.
    expect(codeIn(await pair(address, 'counter-3', code))).toBe('ok');

    const replacing = must(pairing.open({ ...BY_ADMIN, replaces: 'counter-2' }));
    const newer = must(await pair(address, 'counter-2', replacing.code));
    await untilState(bench.connect(newer, address), isConnected);
    const waiting = await untilState(bench.connect(older, address), state => state.kind === 'waiting');
    expect(waiting).toMatchObject({ code: 'U514' });
  });

  it('in another PC’s place it gets that one’s name, whatever it calls itself; nobody else is put out', async () => {
    const { pairing, address, branch } = await openHost();
    const [broken, other] = [await branch.station('counter-2'), await branch.station('counter-3')];
    const paired: (string | null)[] = [];
    pairing.onChange(station => paired.push(station));
    const { code } = must(pairing.open({ ...BY_ADMIN, replaces: 'counter-2' }));
    const file = memoryFile();
    // A wrong code withdraws nobody.
    expect(codeIn(await pair(address, 'pc-9', wrongFor(code)))).toBe('U519');
    expect(branch.authority.stations()).toContain('counter-2');
    const fresh = must(await pair(address, 'pc-9', code, file));
    expect([fresh.station, paired.at(-1)]).toEqual(['counter-2', 'counter-2']);
    expect(must(openIdentity({ file, keyStore: PLAIN_KEY_STORE }))?.station).toBe('counter-2');
    await untilState(bench.connect(fresh, address), isConnected);
    expect((await untilState(bench.connect(broken, address), isWaiting)).code).toBe('U514');
    await untilState(bench.connect(other, address), isConnected);
    expect([...branch.authority.stations()].sort()).toEqual(['counter-2', 'counter-3', 'host-1']);
  });

  it('a program of version 1 takes a place only under that place’s name', async () => {
    const { pairing, address, branch } = await openHost();
    await branch.station('counter-2');
    const { code } = must(pairing.open({ ...BY_ADMIN, replaces: 'counter-2' }));
    expect(await askAs(address, 'pc-9', code, 1)).toBe('U525');
    // The code is still good, and nobody was withdrawn.
    expect(branch.authority.stations()).toContain('counter-2');
    expect(await askAs(address, 'counter-2', code, 1)).toBe('counter-2');
  });

  it('the code itself is in nothing that is sent', async () => {
    const { pairing, address } = await openHost();
    const { code } = must(pairing.open(BY_ADMIN));
    // A host that only listens and answers as a host would: it must not learn the code.
    const { heard, port } = await falseHost();
    expect(codeIn(await pair({ host: LOOPBACK, port }, 'counter-2', code))).toBe('U524');
    expect(heard.join('\n')).toContain('proof');
    expect(heard.join('\n')).not.toContain(code);
    expect(codeIn(await pair(address, 'counter-2', code))).toBe('ok');
  });

  it('a man in the middle with his own certificate gains nothing', async () => {
    const { branch, pairing, address } = await openHost();
    const { code } = must(pairing.open(BY_ADMIN));
    // He passes everything on, decrypted and encrypted again.
    const foreign = (await (await makeBranch('branch-1')).station('host-1')).keyed();
    const middle = createTlsServer({ cert: foreign.certificatePem, key: foreign.keyPem }, fromStation => {
      const toHost = connectTls({ ...address, rejectUnauthorized: false });
      fromStation
        .on('error', () => {})
        .pipe(toHost)
        .on('error', () => {})
        .pipe(fromStation);
    });
    middle.listen(0, LOOPBACK);
    await once(middle, 'listening');
    bench.onEnd(() => middle.close());
    const { port } = middle.address() as { port: number };
    expect(codeIn(await pair({ host: LOOPBACK, port }, 'counter-2', code))).toBe('U519');
    expect(branch.authority.stations()).toEqual(['host-1']);

    // One who only passes the bytes on is no more than a cable.
    const cable = createServer(one => {
      const other = connect(address.port, address.host);
      one
        .on('error', () => {})
        .pipe(other)
        .on('error', () => {})
        .pipe(one);
    });
    cable.listen(0, LOOPBACK);
    await once(cable, 'listening');
    bench.onEnd(() => cable.close());
    const { port: cablePort } = cable.address() as { port: number };
    expect(codeIn(await pair({ host: LOOPBACK, port: cablePort }, 'counter-2', code))).toBe('ok');
  });
});

/** Plays a host's part of the pairing without knowing the code. */
async function falseHost() {
  const keys = (await (await makeBranch('branch-1')).station('host-1')).keyed();
  const heard: string[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  const { createServer: createHttps } = await import('node:https');
  const server = createHttps({ cert: keys.certificatePem, key: keys.keyPem });
  server.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, guest =>
      guest.on('message', data => {
        heard.push(data.toString());
        const certificate = keys.certificatePem.replaceAll(/-----.*-----|\s/g, '');
        const proof = Buffer.alloc(32).toString('base64');
        guest.send(
          JSON.stringify(
            heard.length === 1
              ? { branch: 'branch-1', host: 'host-1', nonce: proof }
              : { certificate, authority: certificate, proof },
          ),
        );
      }),
    ),
  );
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  bench.onEnd(() => server.close());
  return { heard, port: (server.address() as { port: number }).port };
}
