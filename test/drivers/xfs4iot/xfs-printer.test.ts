import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { PrinterEntry } from '#core/wire/device-settings.ts';
import type { EscposPrinterDriver } from '#drivers/printer/escpos-printer.ts';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import { findServices, publisherAddresses } from '#drivers/xfs4iot/discover.ts';
import {
  type PublisherSimulator,
  SIMULATED_SERVICE,
  startPublisher,
} from '#drivers/xfs4iot/simulator/publisher.ts';
import { STANDARD_XFS_TIMINGS, XfsConnection } from '#drivers/xfs4iot/xfs-connection.ts';
import { createXfsPrinterTransport } from '#drivers/xfs4iot/xfs-printer-transport.ts';
import { makePrinter } from '#main/devices/make-printer.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { openHardwareShop } from '#main/devices/simulated-hardware.ts';
import { describePrinterContract } from '../../contract/printer.contract.ts';
import { Listener, QUICK_TIMINGS, sampleTicket } from '../printer/set-up.ts';

/** So patient that no load of the machine looks like silence. */
const PATIENT = {
  printer: { ...QUICK_TIMINGS, answerMs: 20_000, confirmMs: 20_000, graceMs: 20_000 },
  xfs: { ...STANDARD_XFS_TIMINGS, connectMs: 20_000, acknowledgeMs: 20_000, againMs: 10 },
};
/** For faults that are silence. */
const QUICK = {
  printer: QUICK_TIMINGS,
  xfs: { ...STANDARD_XFS_TIMINGS, acknowledgeMs: 400, graceMs: 100, againMs: 10 },
};
const LIMIT_MS = 60_000;

function driverOn(publisher: string, timings = PATIENT): EscposPrinterDriver {
  const transport = createXfsPrinterTransport({ publisher, service: null }, REAL_CLOCK, timings.xfs);
  return createPrinterDriver(transport, REAL_CLOCK, { ...STANDARD_SETTINGS, timings: timings.printer });
}

describePrinterContract('a simulated XFS4IoT service', async () => {
  const publisher = await startPublisher({ clock: REAL_CLOCK, port: 0 });
  const driver = driverOn(publisher.url);
  const tearDown = async () => {
    await driver.stop();
    await publisher.stop();
  };
  return { driver, tearDown };
});

/** `DEVICE=xfs4iot:wss://192.0.2.10/ReceiptPrinter1` runs the same suite on a real service; it uses paper. */
const device = process.env.DEVICE;
if (device?.startsWith('xfs4iot:')) {
  const url = new URL(device.slice('xfs4iot:'.length));
  const service = url.pathname === '/' ? null : url.pathname.slice(1);
  describePrinterContract(device, async () => {
    const transport = createXfsPrinterTransport(
      { publisher: `${url.protocol}//${url.host}`, service },
      REAL_CLOCK,
    );
    const driver = createPrinterDriver(transport, REAL_CLOCK, STANDARD_SETTINGS);
    return { driver, tearDown: () => driver.stop() };
  });
}

describe('a printer behind an XFS4IoT service', { timeout: LIMIT_MS }, () => {
  let publisher: PublisherSimulator;
  let driver: EscposPrinterDriver;
  let listener: Listener;

  const start = async (timings = PATIENT) => {
    driver = driverOn(publisher.url, timings);
    listener = new Listener(driver);
    driver.start();
    await listener.untilHealth('ready', null);
  };
  beforeEach(async () => {
    publisher = await startPublisher({ clock: REAL_CLOCK, port: 0, lateMs: 30_000 });
  });
  afterEach(async () => {
    await driver.stop();
    await publisher.stop();
  });
  const print = (jobId: string) => driver.print({ jobId, paper: sampleTicket('A001') });

  it('[HW6] prints, and is told by the process id that the ticket is on paper', async () => {
    await start();
    print('a');
    await listener.untilOutcome('a', 'printed');
    expect(publisher.paper().filter(({ cut }) => cut === 'partial')).toHaveLength(1);
    const ids = publisher.received().map(({ header }) => header.requestId);
    expect(Math.min(...ids)).toBeGreaterThan(0);
    expect(publisher.received().map(({ header }) => header.name)).toContain('Common.SetVersions');
  });

  it('[HW6] low paper warns with P108, no paper is P101, both by events and gone again', async () => {
    await start();
    publisher.setPrinterFault({ kind: 'paper-near-end' });
    await listener.untilHealth('warning', 'P108');
    publisher.setPrinterFault({ kind: 'paper-out', afterLines: 0 });
    await listener.untilHealth('down', 'P101');
    print('a');
    await listener.untilOutcome('a', 'failed P101');
    publisher.setPrinterFault(null);
    await listener.untilHealth('ready', null);
  });

  it('[HW6] paper that ends in the middle of a ticket leaves it uncertain, never printed twice', async () => {
    await start();
    publisher.setFault('paper-out');
    print('a');
    await listener.untilOutcome('a', 'uncertain P101');
    expect(publisher.paper()).toEqual([]);
  });

  it.each(['no-acknowledge', 'late-completion', 'wrong-request-id'] as const)(
    '[HW6] %s: the printer is silent (P104), no ticket is lost, and it works on afterwards',
    async fault => {
      await start(QUICK);
      publisher.setFault(fault);
      await listener.untilHealth('down', 'P104');
      print('a');
      await listener.untilOutcome('a', 'failed P104');
      publisher.setFault(null);
      await listener.untilHealth('ready', null);
      await driver.stop();
      await start();
      print('b');
      await listener.untilOutcome('b', 'printed');
    },
  );

  it('[HW6] a service that closes in the middle of a command is P105 and found again', async () => {
    await start();
    publisher.setFault('closes-mid-command');
    await listener.untilHealth('down', 'P105');
    publisher.setFault(null);
    await listener.untilHealth('ready', null);
    print('b');
    await listener.untilOutcome('b', 'printed');
  });

  it('[HW6] too many requests: what was refused was certainly not printed', async () => {
    await start(QUICK);
    publisher.setFault('too-many-requests');
    await listener.untilHealth('down', 'P104');
    publisher.setFault(null);
    await listener.untilHealth('ready', null);
    const opened = await XfsConnection.open(`${publisher.url}/${SIMULATED_SERVICE}`, REAL_CLOCK, PATIENT.xfs);
    if (!opened.ok) throw new Error(opened.error.code);
    publisher.setFault('too-many-requests');
    expect(await opened.value.request('Common.Status', 500)).toEqual({
      ok: false,
      error: { code: 'P104', facts: { status: 'tooManyRequests', bytesTaken: 0 } },
    });
    await opened.value.close();
  });

  it('[HW6] what is no message is passed over', async () => {
    await start();
    publisher.setFault('noise');
    print('a');
    await listener.untilOutcome('a', 'printed');
  });
});

describe('a printer of the settings', () => {
  it('[HW6] [HW7] tests itself over the service, and its log shows the bytes', {
    timeout: 120_000,
  }, async () => {
    const publisher = await startPublisher({ clock: REAL_CLOCK, port: 0 });
    const connection = { kind: 'xfs4iot', publisher: publisher.url };
    const made = await makePrinter(PrinterEntry.parse({ id: 'printer-1', connection }), {
      document: SAMPLE_BANK,
      clock: REAL_CLOCK,
      hardware: openHardwareShop(SAMPLE_BANK, REAL_CLOCK),
      dataFolder: '',
    });
    if (!made.ok) throw new Error(made.error.code);
    const { printer, device } = made.value;
    const ready = new Promise<void>(resolve =>
      printer.driver.onHealth(({ status }) => status === 'ready' && resolve()),
    );
    printer.driver.start();
    await ready;
    const steps = await device.selfTest();
    expect(steps.map(({ step, outcome }) => `${step} ${outcome}`)).toContain('print passed');
    expect(steps.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(publisher.paper().length).toBeGreaterThan(0);
    expect(device.log.lines().map(({ kind }) => kind)).toContain('out');
    await printer.driver.stop();
    await publisher.stop();
  });
});

describe('finding a publisher', () => {
  it('[HW6] tries the standard port of its scheme, then 5846 to 5856; a named port alone', () => {
    const ports = Array.from({ length: 11 }, (_, index) => 5846 + index);
    expect(publisherAddresses('wss://192.0.2.10')).toEqual([
      'wss://192.0.2.10/xfs4iot/v1.0',
      ...ports.map(port => `wss://192.0.2.10:${port}/xfs4iot/v1.0`),
    ]);
    expect(publisherAddresses('ws://192.0.2.10:5850')).toEqual(['ws://192.0.2.10:5850/xfs4iot/v1.0']);
    expect(publisherAddresses('ws://192.0.2.10:9/own/path')).toEqual(['ws://192.0.2.10:9/own/path']);
  });

  it('[HW6] answers the services, and a printer is found among them by name or by what it can do', {
    timeout: LIMIT_MS,
  }, async () => {
    const publisher = await startPublisher({ clock: REAL_CLOCK, port: 0 });
    const found = await findServices(publisher.url, REAL_CLOCK, STANDARD_XFS_TIMINGS);
    expect(found).toEqual({
      ok: true,
      value: [`${publisher.url}/CardReader1`, `${publisher.url}/${SIMULATED_SERVICE}`],
    });
    for (const [service, isThere] of [
      [null, true],
      [SIMULATED_SERVICE, true],
      ['Nobody', false],
    ] as const) {
      const transport = createXfsPrinterTransport({ publisher: publisher.url, service }, REAL_CLOCK);
      const opened = await transport.open();
      expect(opened.ok ? 'open' : opened.error.code).toBe(isThere ? 'open' : 'P105');
      await transport.close();
    }
    await publisher.stop();
  });

  it('[HW6] nobody there is P105', { timeout: LIMIT_MS }, async () => {
    const taken = createServer();
    await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await new Promise(resolve => taken.close(resolve));
    const url = `ws://127.0.0.1:${port}`;
    expect(await findServices(url, REAL_CLOCK, STANDARD_XFS_TIMINGS)).toMatchObject({
      error: { code: 'P105' },
    });
  });
});
