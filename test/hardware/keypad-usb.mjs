// The keypad contract on a USB keypad that a Linux kernel really has (HW1): node-hid on one end of the cable, the
// keypad's inside (a HID gadget, /dev/hidg0) on the other. Needs the tool `usb plug|unplug keypad` of the USB bench.
//
//   node test/hardware/keypad-usb.mjs [hidraw|libusb]      (inside the bench; exit status 1 when a step fails)
//
// After the contract the cable is pulled ten times in the middle of work, with a prompt or a press under way; the driver
// finds the keypad again by itself, hinted by /dev, and the time it took is told. Last, its keys are learnt.
//
// With libusb the steps that plug in again need a running udev: libusb hears of new devices from it alone.

import { execFileSync } from 'node:child_process';
import { constants, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { createNodeHidPort } from '#drivers/keypad/node-hid-port.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { createLearnDesk } from '#main/devices/learn-desk.ts';
import { thisPc } from '#main/devices/lookers.ts';
import { onPlugged } from '#main/devices/plug-hints.ts';
import { KEYPAD_CONTRACT } from '../contract/keypad.contract.ts';

const GADGET = '/dev/hidg0';
const PATIENCE_MS = 20_000;
const CYCLES = 10;

const linuxBackend = process.argv[2] ?? 'hidraw';
const parsed = parseKeypadProfile({ ...SHIPPED_KEYPAD_PROFILES['vendor-page'], open: { linuxBackend } }, 4);
if (!parsed.ok) throw new Error(`profile refused: ${JSON.stringify(parsed.error)}`);
const profile = parsed.value;

const clock = {
  nowMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** A fresh driver on the one USB keypad. */
function usbBench() {
  const port = createNodeHidPort(profile);
  const driver = createKeypadDriver({ profile, port, clock, reopenAfterMs: 300 });
  let shown = null;
  let isPlugged = true;
  usb('plug');

  return {
    driver,
    async press(position) {
      await sendReport(position);
      await sendReport(0);
    },
    async pressUnknownKey() {
      await sendReport(5);
      await sendReport(0);
    },
    // The kernel delivers whole reports only: nothing malformed gets through this cable.
    sendMalformed: async () => undefined,
    async unplug() {
      usb('unplug');
      isPlugged = false;
    },
    async plug() {
      usb('plug');
      isPlugged = true;
    },
    async lastPrompt() {
      for (const received of await receivedReports()) shown = promptOf(received) ?? shown;
      return shown;
    },
    patienceMs: PATIENCE_MS,
    async close() {
      await driver.stop();
      if (!isPlugged) usb('plug');
      await receivedReports();
    },
  };
}

function usb(verb) {
  try {
    execFileSync('usb', [verb, 'keypad'], { stdio: 'pipe' });
  } catch (error) {
    // Plugging in what is plugged in is refused as busy.
    if (verb !== 'plug' || !/busy/i.test(String(error.stderr))) throw error;
  }
}

/** Writes one report to the PC; waits while the kernel still holds the one before or nobody listens. */
async function sendReport(key) {
  const report = Buffer.from([key, 0, 0, 0, 0, 0, 0, 0]);
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 5) {
    const gadget = await open(GADGET, constants.O_WRONLY | constants.O_NONBLOCK);
    try {
      await gadget.write(report);
      return;
    } catch (error) {
      // Nobody reads at the PC's end (a stopped driver): the press is lost, as it is with a real keypad.
      if (error.code !== 'EAGAIN') throw error;
      if (waitedMs > 500) return;
    } finally {
      await gadget.close();
    }
    await pause(5);
  }
}

/** Every report the PC has written since the last look. */
async function receivedReports() {
  const gadget = await open(GADGET, constants.O_RDONLY | constants.O_NONBLOCK);
  const reports = [];
  try {
    for (;;) {
      const { bytesRead, buffer } = await gadget.read(Buffer.alloc(8), 0, 8, null);
      if (bytesRead === 0) break;
      reports.push(buffer.subarray(0, bytesRead));
    }
  } catch (error) {
    if (error.code !== 'EAGAIN') throw error;
  } finally {
    await gadget.close();
  }
  return reports;
}

function promptOf(report) {
  // The profile's frames carry the report id in front, the wire does not.
  const entry = Object.entries(profile.prompts).find(([, frame]) => report.equals(frame.subarray(1)));
  return entry?.[0] ?? null;
}

function pause(waitMs) {
  return new Promise(resolve => setTimeout(resolve, waitMs));
}

let failures = 0;
for (const step of KEYPAD_CONTRACT) {
  const bench = usbBench();
  try {
    await step.run(bench);
    console.log(`ok      ${step.title}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED  ${step.title}\n${error.stack}`);
  } finally {
    await bench.close();
  }
}
console.log(
  `${KEYPAD_CONTRACT.length - failures} of ${KEYPAD_CONTRACT.length} steps passed on the USB keypad (${linuxBackend})`,
);

try {
  const recoveredAfterMs = await pullTheCable();
  const sorted = recoveredAfterMs.toSorted((a, b) => a - b);
  console.log(
    `ok      ${CYCLES} cables pulled in the middle of work; ready again after ${sorted[0]} to ${sorted.at(-1)} ms`,
  );
} catch (error) {
  failures += 1;
  console.log(`FAILED  cables pulled in the middle of work\n${error.stack}`);
}
try {
  await learnTheKeypad();
  console.log('ok      found in the list of this PC, and its keys learnt by pressing each twice');
} catch (error) {
  failures += 1;
  console.log(`FAILED  finding and learning\n${error.stack}`);
}
process.exitCode = failures === 0 ? 0 : 1;

/** Found and learnt as the set-up window does it: the keypad's own page and both presses of every key. */
async function learnTheKeypad() {
  usb('plug');
  const dataFolder = '/tmp/learnt';
  const levelCount = () => 4;
  let address;
  await until('the keypad in the list', async () => {
    const found = await thisPc(dataFolder, levelCount).keypads();
    address = found.find(({ profileId }) => profileId === profile.id)?.path;
    return address !== undefined;
  });
  const desk = createLearnDesk({ dataFolder, clock, levelCount, onChange: () => {} });
  const started = await desk.start({ address, profileId: 'learnt', baudRate: null });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  for (const rating of [1, 2, 3, 4]) {
    await until(`key ${rating} asked for`, () => {
      const { phase, key, code } = desk.view();
      if (phase === 'failed') throw new Error(code);
      return phase === 'key' && key === rating - 1;
    });
    for (let time = 0; time < 2; time += 1) {
      await sendReport(rating);
      await pause(150);
      await sendReport(0);
      await pause(150);
    }
  }
  await until('the profile', () => ['done', 'failed'].includes(desk.view().phase));
  if (desk.view().phase !== 'done') throw new Error(desk.view().code);
  const learnt = JSON.parse(readFileSync(`${dataFolder}/keypad-profiles/learnt.json`, 'utf8'));
  const wanted = [1, 2, 3, 4].map(rating => [rating, [{ byte: 0, mask: 7, equals: rating }]]);
  const rules = learnt.rules.map(rule => [rule.rating, rule.all]);
  if (JSON.stringify(rules) !== JSON.stringify(wanted)) throw new Error(JSON.stringify(learnt));
}

/** @returns for each cycle the milliseconds from the plug to "ready" */
async function pullTheCable() {
  const port = createNodeHidPort(profile, { onHint: onPlugged });
  const driver = createKeypadDriver({ profile, port, clock });
  const presses = [];
  let health = null;
  driver.onPress(press => presses.push(press.position));
  driver.onHealth(next => {
    health = next;
  });
  usb('plug');
  driver.start();
  await until('ready at first', () => health?.status === 'ready');
  const recoveredAfterMs = [];
  try {
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const isPressUnderWay = cycle % 2 === 1;
      presses.length = 0;
      // A key that goes down with the cable was pressed, and its release is never heard.
      if (isPressUnderWay) {
        await sendReport(2);
        await until('the press under way', () => presses.length === 1);
      }
      const prompts = isPressUnderWay ? [] : [driver.prompt('please-rate'), driver.prompt('thanks')];
      usb('unplug');
      await Promise.all(prompts);
      await until('the loss', () => health?.code === 'K302');
      if (await driver.prompt('please-rate')) throw new Error('a prompt was taken without a keypad');
      await driver.prompt('welcome');
      const pluggedAtMs = performance.now();
      usb('plug');
      await until('ready again', () => health?.status === 'ready');
      recoveredAfterMs.push(Math.round(performance.now() - pluggedAtMs));
      const seen = [];
      await until('the prompt shown again', async () => {
        seen.push(...(await receivedReports()).map(promptOf));
        return seen.at(-1) === 'welcome';
      });
      presses.length = 0;
      await sendReport(3);
      await sendReport(0);
      await until('a press after it', () => presses.length > 0);
      if (String(presses) !== '3') throw new Error(`one press of key 3 gave ${presses}`);
      const open = openHidraw();
      if (linuxBackend === 'hidraw' && open !== 1) throw new Error(`${open} readers are open instead of one`);
    }
  } finally {
    await driver.stop();
  }
  const left = openHidraw();
  if (left > 0) throw new Error(`${left} readers are left after the stop`);
  return recoveredAfterMs;
}

async function until(what, isTrue) {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 10) {
    if (await isTrue()) return;
    await pause(10);
  }
  throw new Error(`did not happen within ${PATIENCE_MS} ms: ${what}`);
}

/** How many HID nodes this process holds open. */
function openHidraw() {
  return readdirSync('/proc/self/fd').filter(fd => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('/dev/hidraw');
    } catch {
      return false;
    }
  }).length;
}
