// The printer driver on a USB printer that a Linux kernel really has (HW1): `usblp` on one end of the cable, the
// printer's inside (a printer gadget, /dev/g_printer0) on the other, with the simulated printer behind it. Needs the
// tool `usb plug|unplug printer` of the USB bench.
//
//   node test/hardware/printer-usb.mjs      (inside the bench; exit status 1 when a step fails)

import { execFileSync } from 'node:child_process';
import { constants, existsSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import { SimulatedPrinter } from '#drivers/printer/simulator/simulated-printer.ts';
import { createUsbLpTransport } from '#drivers/printer/usb-lp-transport.ts';

const GADGET = '/dev/g_printer0';
const PATIENCE_MS = 20_000;
const CYCLES = 5;

const clock = {
  nowMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

/** The inside of the printer: bytes of the cable into the simulator, its answers back. */
async function plugIn(printer) {
  // The bench starts with the cable in.
  if (lpPath() === null) execFileSync('usb', ['plug', 'printer']);
  await until('the devices', () => existsSync(GADGET) && lpPath() !== null);
  const file = await open(GADGET, constants.O_RDWR | constants.O_NONBLOCK);
  let isPlugged = true;
  let answers = [];
  printer.onAnswer(bytes => answers.push(...bytes));
  const work = (async () => {
    const buffer = new Uint8Array(8_192);
    while (isPlugged) {
      const received = await file.read(buffer, 0, buffer.length, null).catch(() => ({ bytesRead: 0 }));
      if (received.bytesRead > 0) printer.receive(buffer.slice(0, received.bytesRead));
      if (answers.length > 0) {
        const bytes = Uint8Array.from(answers);
        const sent = await file.write(bytes).catch(() => ({ bytesWritten: 0 }));
        answers = answers.slice(sent.bytesWritten);
      }
      if (received.bytesRead === 0) await pause(5);
    }
  })();
  return async () => {
    isPlugged = false;
    await work;
    // The kernel's gadget insists that its file is closed before the cable goes.
    await file.close();
    execFileSync('usb', ['unplug', 'printer']);
    printer.disconnected();
  };
}

function lpPath() {
  if (!existsSync('/dev/usb')) return null;
  const name = readdirSync('/dev/usb').find(entry => /^lp\d$/.test(entry));
  return name === undefined ? null : `/dev/usb/${name}`;
}

async function until(what, found) {
  const startMs = clock.nowMs();
  while (!found()) {
    if (clock.nowMs() - startMs > PATIENCE_MS) throw new Error(`waited in vain for ${what}`);
    await pause(5);
  }
  return clock.nowMs() - startMs;
}

let failures = 0;
async function step(name, run) {
  try {
    const measured = await run();
    console.log(`ok    ${name}${measured === undefined ? '' : ` (${measured})`}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILS ${name}: ${error.message}`);
  }
}

const ticket = number => ({
  lines: [
    { kind: 'text', text: '示范银行', align: 'centre', size: 2, bold: false },
    { kind: 'text', text: number, align: 'centre', size: 4, bold: true },
    { kind: 'text', text: '个人业务 前面等候 3 人', align: 'left', size: 1, bold: false },
    { kind: 'qr', payload: `https://q.example/t?n=${number}` },
  ],
});

const printer = new SimulatedPrinter({ clock });
let unplug = await plugIn(printer);
const path = lpPath();
const transport = createUsbLpTransport(path, clock);
const driver = createPrinterDriver(transport, clock, {
  ...STANDARD_SETTINGS,
  timings: { ...STANDARD_SETTINGS.timings, longestRetryMs: 1_000 },
});
const healths = [];
const news = [];
driver.onHealth(health => healths.push(health.code ?? health.status));
driver.onPrintNews(told => news.push(told));

const healthIs = wanted =>
  until(`health ${wanted}, it is ${healths.at(-1)}`, () => healths.at(-1) === wanted);
const outcomeIs = (jobId, outcome) =>
  until(`${jobId} ${outcome}`, () => news.some(told => told.jobId === jobId && told.outcome === outcome));
const numbers = () =>
  printer
    .paper()
    .flatMap(({ items, cut }) =>
      cut === 'none'
        ? []
        : items.filter(item => item.kind === 'text' && item.height === 4).map(item => item.text),
    );
const print = number => driver.print({ jobId: number, paper: ticket(number) });
const expectNumbers = wanted => {
  if (JSON.stringify(numbers()) !== JSON.stringify(wanted)) throw new Error(`on paper: ${numbers()}`);
};

driver.start();
await step(
  'finds the printer and hears that it is well',
  async () => `${Math.round(await healthIs('ready'))} ms`,
);
await step('prints ten tickets, each confirmed by the printer', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `A${String(index + 1).padStart(3, '0')}`);
  const startMs = clock.nowMs();
  for (const name of names) print(name);
  await outcomeIs('A010', 'printed');
  expectNumbers(names);
  return `${Math.round((clock.nowMs() - startMs) / 10)} ms a ticket`;
});
await step('paper out in mid-ticket: uncertain; a new roll: printed, once', async () => {
  printer.setFault({ kind: 'paper-out', afterLines: 2 });
  print('B001');
  await outcomeIs('B001', 'uncertain');
  await healthIs('P101');
  printer.setFault(null);
  await outcomeIs('B001', 'printed');
  await healthIs('ready');
  if (numbers().filter(number => number === 'B001').length !== 1) throw new Error(`on paper: ${numbers()}`);
});
for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
  await step(`cable pulled and put back, ${cycle}`, async () => {
    await unplug();
    await healthIs('P105');
    print(`lost-${cycle}`);
    await outcomeIs(`lost-${cycle}`, 'failed');
    unplug = await plugIn(printer);
    const foundMs = await healthIs('ready');
    print(`C00${cycle}`);
    await outcomeIs(`C00${cycle}`, 'printed');
    return `ready again after ${Math.round(foundMs)} ms`;
  });
}
await step('a second program is refused, with the reason', async () => {
  const second = await createUsbLpTransport(path, clock).open();
  if (second.ok || second.error.code !== 'P114') throw new Error(JSON.stringify(second));
});
await step('stops, and nothing keeps the program alive', () => driver.stop());
await unplug();
console.log(failures === 0 ? 'all steps passed' : `${failures} steps failed`);
process.exitCode = failures === 0 ? 0 : 1;
