import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { ByteTransport } from '#drivers/contract.ts';
import { LedBus } from '#drivers/led/led-bus.ts';
import { LED_BUS_DEFAULTS } from '#drivers/led/led-settings.ts';
import { createLedSimulator, type LedSimulator } from '#drivers/led/simulator/led-simulator.ts';
import { createTcpTransport } from '#drivers/printer/tcp-transport.ts';
import { recodedTransport } from '#drivers/recoded-transport.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { windowBoard } from './led-bench.ts';

const PATIENCE_MS = 20_000;

function transportTo(port: number): ByteTransport {
  const transport = createTcpTransport({ host: '127.0.0.1', port }, REAL_CLOCK);
  return recodedTransport(transport, { refused: 'L202', lost: 'L203' });
}

async function until(condition: () => boolean): Promise<void> {
  for (let waitedMs = 0; !condition() && waitedMs < PATIENCE_MS; waitedMs += 10)
    await new Promise(resolve => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}

/** A serial server whose line can be dropped while the port stays open: no test depends on a port being free again. */
async function serialServer(simulator: LedSimulator) {
  let client: Socket | null = null;
  simulator.onBytes(bytes => client?.write(bytes));
  const server = createServer(socket => {
    client = socket;
    socket.on('error', () => {});
    socket.on('data', bytes => simulator.receive(bytes));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    drop: () => client?.destroy(),
    async close() {
      client?.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

test('[HW3] boards behind a network port show calls, and a lost connection is told and made again', async () => {
  const simulator = createLedSimulator({ addresses: [3], clock: REAL_CLOCK });
  const server = await serialServer(simulator);
  const settings = { ...LED_BUS_DEFAULTS, boards: [windowBoard(3)], baudRate: 57_600, reopenAfterMs: [50] };
  const bus = new LedBus(transportTo(server.port), REAL_CLOCK, settings, { writesAhead: true });
  const codes: (string | null)[] = [];
  bus.onHealth((_, health) => codes.push(health.code));
  const shows = (text: string) => simulator.boards()[0]?.areas[0]?.text === text && codes.at(-1) === null;
  bus.start();
  try {
    bus.show({ boardId: 'window-3', area: 0, text: 'A003', priority: 'call', effect: 'still' });
    await until(() => shows('A003'));
    simulator.cutPower(3);
    server.drop();
    await until(() => codes.includes('L203') && shows('A003'));
  } finally {
    await bus.stop();
    await server.close();
    simulator.stop();
  }
}, 60_000);

test('[HW3] a network port that is not there is L202, a write into nothing L203 with no byte taken', async () => {
  // Nobody may listen on port 1.
  const transport = transportTo(1);
  expect(await transport.open()).toMatchObject({ ok: false, error: { code: 'L202' } });
  expect(await transport.write(Uint8Array.of(1))).toMatchObject({
    ok: false,
    error: { code: 'L203', facts: { bytesTaken: 0 } },
  });
  await transport.close();
}, 30_000);
