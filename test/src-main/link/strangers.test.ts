import { once } from 'node:events';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { connectSecurely } from '#main/link/secure-socket.ts';
import { MAX_STRANGERS_OF_ONE } from '#main/link/strangers.ts';
import { MAX_PAIRING_FRAME_BYTES } from '#main/link/text-exchange.ts';
import {
  createBench,
  handClock,
  isConnected,
  makeBranch,
  must,
  PATIENT,
  until,
  untilState,
} from './link-fixture.ts';

const bench = createBench();
afterEach(() => bench.end());

/** A TLS connection that says nothing; `closed` is set when the server has had enough. */
async function hold(address: { host: string; port: number }) {
  const held = { closed: false };
  const socket: TLSSocket = connectTls({ ...address, rejectUnauthorized: false, minVersion: 'TLSv1.3' });
  socket
    .on('error', () => {})
    .on('close', () => {
      held.closed = true;
    });
  bench.onEnd(() => socket.destroy());
  // Cut off at once is an answer too.
  await once(socket, 'secureConnect').catch(() => {});
  return held;
}

describe('[BR2] somebody who holds connections open', () => {
  it('gets few of them, and keeps no station out', async () => {
    const branch = await makeBranch();
    const { address } = await bench.serve(branch);
    const stations = await Promise.all(['counter-2', 'counter-3'].map(name => branch.station(name)));
    for (const station of stations) await untilState(bench.connect(station, address), isConnected);
    const held = [];
    for (let n = 0; n < MAX_STRANGERS_OF_ONE; n += 1) held.push(await hold(address));
    expect(held.filter(({ closed }) => closed)).toEqual([]);
    const more = await hold(address);
    await until(() => more.closed);
  });

  it('does not hold them for long, whatever Node’s own limits do', async () => {
    const branch = await makeBranch();
    const clock = handClock();
    const { address } = await bench.serve(branch, { clock, limits: { ...PATIENT, greetingMs: 5_000 } });
    const held = [await hold(address), await hold(address)];
    clock.advance(4_999);
    expect(held.map(({ closed }) => closed)).toEqual([false, false]);
    clock.advance(1);
    await until(() => held.every(({ closed }) => closed));
    await untilState(bench.connect(await branch.station('counter-2'), address), isConnected);
  });

  it('sends no large message while a code is open', async () => {
    const branch = await makeBranch();
    const { address, pairing } = await bench.serve(branch);
    must(pairing.open({ staffNumber: '1001', rights: new Set(['set-up'] as const) }));
    const secure = must(await connectSecurely(address, { rejectUnauthorized: false }, REAL_CLOCK, 60_000));
    const socket = new WebSocket('ws://link.foyer.invalid/pair', { createConnection: () => secure });
    socket.on('error', () => {});
    await once(socket, 'open');
    socket.send('x'.repeat(MAX_PAIRING_FRAME_BYTES + 1));
    const [code] = await once(socket, 'close');
    // Refused by its length, before it was read.
    expect([1009, 1006]).toContain(code);
    expect(pairing.codes().open?.triesLeft).toBe(5);
  });
});
