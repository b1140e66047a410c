import { afterEach, describe, expect, it } from 'vitest';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import { ok } from '#core/wire/result.ts';
import type { ByteTransport, ReaderDriver } from '#drivers/contract.ts';
import { createSerialReader } from '#drivers/reader/serial-reader.ts';
import { createSimulatedReader } from '#drivers/reader/simulator/simulated-reader.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { describeReaderContract } from '../../contract/reader.contract.ts';
import { createHandClock } from '../hand-clock.ts';

const FORMAT = { prefix: '', suffix: '\r\n', longestGapMs: 60 };
const CODES = { refused: 'R361', lost: 'R362' } as const;
const CARD = '5555555555554444';
let ports = 0;

function setUp() {
  ports += 1;
  const simulator = createSimulatedReader(`test-reader-${ports}`, FORMAT, REAL_CLOCK);
  const transport = createSerialTransport({ ...simulator.port, baudRate: 9600, codes: CODES });
  const driver = createSerialReader({ transport, clock: REAL_CLOCK, format: FORMAT });
  return { driver, simulator };
}

describeReaderContract('the simulator', async () => {
  const { driver, simulator } = setUp();
  return { driver, scan: simulator.scan, tearDown: () => driver.stop() };
});

/** `DEVICE=reader:/dev/ttyUSB0` or `DEVICE=reader:COM3` runs the same suite; a person holds something to it twice. */
const device = process.env.DEVICE;
if (device?.startsWith('reader:')) {
  const path = device.slice('reader:'.length);
  describeReaderContract(`${path}: hold a card to it`, async () => {
    const transport = createSerialTransport({ path, baudRate: 9600, codes: CODES, simulatedBy: null });
    const format = { ...FORMAT, longestGapMs: 300 };
    const driver = createSerialReader({ transport, clock: REAL_CLOCK, format });
    return { driver, scan: null, tearDown: () => driver.stop() };
  });
}

/** Collects what a driver tells and lets a test wait for it. */
class Listener {
  readonly told: string[] = [];
  #wake: (() => void)[] = [];

  constructor(driver: ReaderDriver) {
    driver.onReading(({ text }) => this.#tell(text));
    driver.onHealth(({ status, code }: DeviceHealth) => this.#tell(`${status} ${code}`));
  }

  async until(wanted: string, count = 1): Promise<void> {
    while (this.told.filter(one => one === wanted).length < count)
      await new Promise<void>(resolve => this.#wake.push(resolve));
  }

  #tell(text: string): void {
    this.told.push(text);
    for (const wake of this.#wake.splice(0)) wake();
  }
}

describe('a serial reader that misbehaves', { timeout: 30_000 }, () => {
  let driver: ReaderDriver;
  afterEach(() => driver.stop());

  const open = async () => {
    const made = setUp();
    driver = made.driver;
    const listener = new Listener(driver);
    driver.start();
    await listener.until('ready null');
    return { ...made, listener };
  };

  it('[HW1] split answers and noise before them are read all the same', async () => {
    const { simulator, listener } = await open();
    simulator.setFault('split');
    simulator.scan(CARD);
    await listener.until(CARD);
    simulator.setFault('garbage');
    simulator.scan('12345678');
    await listener.until('12345678');
    expect(listener.told).toEqual(['ready null', CARD, 'warning R363', 'ready null', '12345678']);
  });

  it('[HW1] a double scan is one reading', async () => {
    const { simulator, listener } = await open();
    simulator.setFault('double');
    simulator.scan(CARD);
    simulator.setFault(null);
    simulator.scan('12345678');
    await listener.until('12345678');
    expect(listener.told).toEqual(['ready null', CARD, '12345678']);
  });

  it('[HW1] half a reading is no reading, its rest is none either, and R363 says so', async () => {
    const { simulator, listener } = await open();
    simulator.setFault('no-end');
    simulator.scan(CARD);
    await listener.until('warning R363');
    expect(listener.told).not.toContain(CARD);

    const clock = createHandClock(5);
    let send: (bytes: Uint8Array) => void = () => {};
    const line: ByteTransport = {
      open: async () => ok(undefined),
      write: async () => ok(undefined),
      close: async () => {},
      onData: taker => {
        send = taker;
      },
      onLost: () => {},
    };
    const byHand = createSerialReader({ transport: line, clock, format: FORMAT });
    const told = new Listener(byHand).told;
    byHand.start();
    await clock.advance(1);
    send(Buffer.from('55555555'));
    await clock.advance(FORMAT.longestGapMs + 1);
    expect(told).toEqual(['ready null', 'warning R363']);
    send(Buffer.from('55554444\r\n'));
    send(Buffer.from('11111111\r\n'));
    expect(told).toEqual(['ready null', 'warning R363', 'ready null', '11111111']);
    await byHand.stop();
  });

  it('[HW1] unplugged is R362, and plugged in again it reads on', async () => {
    const { simulator, listener } = await open();
    simulator.setFault('unplugged');
    await listener.until('down R362');
    simulator.setFault(null);
    await listener.until('ready null', 2);
    simulator.scan(CARD);
    await listener.until(CARD);
  });

  it('[HW1] one that is not there at the start is R361 and found later', async () => {
    const made = setUp();
    driver = made.driver;
    made.simulator.setFault('unplugged');
    const listener = new Listener(driver);
    driver.start();
    await listener.until('absent R361');
    made.simulator.setFault(null);
    await listener.until('ready null');
  });
});
