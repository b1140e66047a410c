import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Failure } from '#core/wire/result.ts';
import type { ByteTransport } from '#drivers/contract.ts';
import { createTcpTransport } from '#drivers/printer/tcp-transport.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';

let server: Server;
let transport: ByteTransport;
let losses: Failure[];
let accepted: Promise<Socket>;

beforeEach(async () => {
  server = createServer();
  accepted = new Promise(resolve => server.once('connection', resolve));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  transport = createTcpTransport({ host: '127.0.0.1', port }, REAL_CLOCK);
  losses = [];
  transport.onLost(failure => losses.push(failure));
});

afterEach(async () => {
  await transport.close();
  await new Promise<void>(resolve => server.close(() => resolve()));
});

describe('TCP transport of a printer', () => {
  it('[HW2] closes with an end of stream, not a reset, even with unread answers; that is no loss', async () => {
    expect((await transport.open()).ok).toBe(true);
    const printer = await accepted;
    const endings: string[] = [];
    printer.on('error', error => endings.push(error.message));
    printer.on('end', () => endings.push('end'));
    printer.resume();
    printer.write(new Uint8Array(10_000));
    const closed = new Promise<void>(resolve => printer.once('close', () => resolve()));
    await transport.close();
    await closed;
    expect(endings).toEqual(['end']);
    expect(losses).toEqual([]);
  });

  it('[HW2] tells a loss once, takes no byte after it, and opens again', async () => {
    await transport.open();
    const lost = new Promise<void>(resolve =>
      transport.onLost(failure => {
        losses.push(failure);
        resolve();
      }),
    );
    (await accepted).resetAndDestroy();
    await lost;
    expect(await transport.write(Uint8Array.of(1))).toEqual({
      ok: false,
      error: { code: 'P105', facts: { bytesTaken: 0 } },
    });
    const again = new Promise<Socket>(resolve => server.once('connection', resolve));
    expect((await transport.open()).ok).toBe(true);
    (await again).resume();
    expect((await transport.write(Uint8Array.of(1))).ok).toBe(true);
    expect(losses).toEqual([{ code: 'P105' }]);
  });

  it('[HW2] a printer that is not there is P105', async () => {
    const { port } = server.address() as AddressInfo;
    await new Promise<void>(resolve => server.close(() => resolve()));
    const away = createTcpTransport({ host: '127.0.0.1', port }, REAL_CLOCK);
    expect(await away.open()).toEqual({ ok: false, error: { code: 'P105' } });
    expect(await away.write(Uint8Array.of(1))).toMatchObject({
      ok: false,
      error: { facts: { bytesTaken: 0 } },
    });
  });

  it('[HW2] opening twice at once makes one connection', async () => {
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    const [first, second] = await Promise.all([transport.open(), transport.open()]);
    expect([first.ok, second.ok]).toEqual([true, true]);
    (await accepted).resume();
    expect((await transport.open()).ok).toBe(true);
    expect(connections).toBe(1);
  });
});
