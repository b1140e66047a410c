import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ByteTransport, DriverClock } from '#drivers/contract.ts';
import { LedBus } from '#drivers/led/led-bus.ts';
import { LED_BUS_DEFAULTS, type LedBusSettings } from '#drivers/led/led-settings.ts';
import { createLedSimulator, type LedSimulator } from '#drivers/led/simulator/led-simulator.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { type LedContractBench, ledContract } from '../../contract/led.contract.ts';
import { createHandClock } from '../hand-clock.ts';
import { benchLine, windowBoard } from './led-bench.ts';

const BAUD_RATE = 57_600;
/** The longest a real line's test may wait for anything; nothing is asserted on it. */
const PATIENCE_MS = 15_000;
const hasSocat = spawnSync('socat', ['-V']).status === 0;

/** Short times, so that a board that is not there is found missing quickly. */
function settings(): LedBusSettings {
  return {
    ...LED_BUS_DEFAULTS,
    boards: [3, 4].map(windowBoard),
    baudRate: BAUD_RATE,
    answerTimeoutMs: 300,
    updateSpacingMs: 50,
    reopenAfterMs: [50],
  };
}

function contractBench(
  simulator: LedSimulator,
  transport: ByteTransport,
  clock: DriverClock,
  wait: (forMs: number) => Promise<void>,
  close: () => Promise<void>,
): LedContractBench {
  return {
    bus: new LedBus(transport, clock, settings()),
    boardId: 'window-3',
    absentBoardId: 'window-4',
    patienceMs: PATIENCE_MS,
    textShown: () => simulator.boards()[0]?.areas[0]?.text ?? null,
    wait,
    close,
  };
}

function sleep(forMs: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, forMs));
}

async function until(condition: () => boolean): Promise<void> {
  for (let waitedMs = 0; !condition() && waitedMs < PATIENCE_MS; waitedMs += 10) await sleep(10);
  expect(condition()).toBe(true);
}

ledContract('simulator on a line by hand', async () => {
  const clock = createHandClock();
  const simulator = createLedSimulator({ addresses: [3], clock });
  const line = benchLine(simulator, clock, BAUD_RATE);
  return contractBench(simulator, line, clock, clock.advance, async () => {});
});

let portNumber = 0;
function mockBench() {
  portNumber += 1;
  const simulator = createLedSimulator({ addresses: [3], clock: REAL_CLOCK });
  const port = simulator.attachToMockPort(`/simulated/led-${portNumber}`);
  const transport = createSerialTransport({
    path: port.path,
    baudRate: BAUD_RATE,
    simulatedBy: port.simulatedBy,
  });
  return { simulator, port, transport };
}

ledContract('simulator behind a serial port in process', async () => {
  const { simulator, transport } = mockBench();
  return contractBench(simulator, transport, REAL_CLOCK, sleep, async () => {});
});

describe('a serial port in process', () => {
  test('[HW3] pulling the plug is told, and plugging in brings the text back', async () => {
    const { simulator, port, transport } = mockBench();
    const bus = new LedBus(transport, REAL_CLOCK, settings());
    const codes: (string | null)[] = [];
    bus.onHealth((boardId, health) => boardId === 'window-3' && codes.push(health.code));
    bus.start();
    bus.show({ boardId: 'window-3', area: 0, text: 'A003', priority: 'call', effect: 'still' });
    await until(() => simulator.updatesOf(3) === 1);
    port.unplug();
    await until(() => codes.includes('L203') && codes.includes('L202'));
    simulator.cutPower(3);
    port.plugIn();
    await until(() => simulator.boards()[0]?.areas[0]?.text === 'A003' && codes.at(-1) === null);
    await bus.stop();
  });

  test('[HW3] a port that is not there is L202', async () => {
    const { port } = mockBench();
    port.unplug();
    const transport = createSerialTransport({
      path: port.path,
      baudRate: BAUD_RATE,
      simulatedBy: port.simulatedBy,
    });
    expect(await transport.open()).toMatchObject({ ok: false, error: { code: 'L202' } });
    expect(await transport.write(Uint8Array.of(1))).toMatchObject({ ok: false, error: { code: 'L203' } });
    const real = createSerialTransport({
      path: '/dev/no-such-serial-port',
      baudRate: 9600,
      simulatedBy: null,
    });
    expect(await real.open()).toMatchObject({ ok: false, error: { code: 'L202' } });
    await real.close();
  });
});

interface PtyPair {
  readonly hostEnd: string;
  readonly deviceEnd: string;
  /** Ends the pair, as a pulled USB adapter does. */
  close(): Promise<void>;
}

async function openPtyPair(): Promise<PtyPair> {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-pty-'));
  const [hostEnd, deviceEnd] = [join(folder, 'host'), join(folder, 'device')];
  const socat = spawn('socat', [`pty,raw,echo=0,link=${hostEnd}`, `pty,raw,echo=0,link=${deviceEnd}`]);
  const ended = new Promise<void>(resolve => socat.once('exit', () => resolve()));
  await until(() => existsSync(hostEnd) && existsSync(deviceEnd));
  return {
    hostEnd,
    deviceEnd,
    async close() {
      socat.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ptyBench() {
  const pair = await openPtyPair();
  const simulator = createLedSimulator({ addresses: [3], clock: REAL_CLOCK });
  const device = await simulator.attachToSerialPort(pair.deviceEnd, BAUD_RATE);
  const transport = createSerialTransport({ path: pair.hostEnd, baudRate: BAUD_RATE, simulatedBy: null });
  return { pair, simulator, device, transport };
}

if (hasSocat) {
  ledContract('simulator at the other end of a pseudo-terminal', async () => {
    const { pair, simulator, device, transport } = await ptyBench();
    return contractBench(simulator, transport, REAL_CLOCK, sleep, async () => {
      await device.close();
      await pair.close();
    });
  });
}

describe.skipIf(!hasSocat)('a pseudo-terminal pair (needs socat)', () => {
  test('[HW3] all 256 byte values pass', async () => {
    const { pair, device, transport } = await ptyBench();
    await device.close();
    const other = createSerialTransport({ path: pair.deviceEnd, baudRate: BAUD_RATE, simulatedBy: null });
    const received: number[] = [];
    other.onData(bytes => received.push(...bytes));
    expect(await other.open()).toMatchObject({ ok: true });
    expect(await transport.open()).toMatchObject({ ok: true });
    const all = Uint8Array.from({ length: 256 }, (_, value) => value);
    expect(await transport.write(all)).toMatchObject({ ok: true });
    await until(() => received.length >= 256);
    expect(received).toEqual([...all]);
    await transport.close();
    await other.close();
    await pair.close();
  });

  test('[HW3] a line that ends is lost once, and closing it after that does no harm', async () => {
    const { pair, device, transport } = await ptyBench();
    const losses: string[] = [];
    transport.onLost(failure => losses.push(failure.code));
    expect(await transport.open()).toMatchObject({ ok: true });
    await device.close();
    await pair.close();
    // On a busy machine the hang-up can slip past the library's reader; the bus never stays without writing.
    await transport.write(Uint8Array.of(0));
    await until(() => losses.length > 0);
    await sleep(50);
    expect(losses).toEqual(['L203']);
    expect(await transport.write(Uint8Array.of(1))).toMatchObject({ ok: false, error: { code: 'L203' } });
    await transport.close();
  });

  test('[HW3] a port closed while it opens does not stay open', async () => {
    const { pair, device, transport } = await ptyBench();
    const opening = transport.open();
    await transport.close();
    expect(await opening).toMatchObject({ ok: false, error: { code: 'L202' } });
    // The port is locked while open: a second opening proves that it is free.
    expect(await transport.open()).toMatchObject({ ok: true });
    await transport.close();
    await device.close();
    await pair.close();
  });

  test('[HW3] asking to close is not a loss', async () => {
    const { pair, device, transport } = await ptyBench();
    const losses: string[] = [];
    transport.onLost(failure => losses.push(failure.code));
    expect(await transport.open()).toMatchObject({ ok: true });
    await transport.close();
    await sleep(50);
    expect(losses).toEqual([]);
    await device.close();
    await pair.close();
  });
});
