// The keypad contract on a USB keypad that a Linux kernel really has (HW1): node-hid on one end of the cable, the
// keypad's inside (a HID gadget, /dev/hidg0) on the other. Needs the tool `usb plug|unplug keypad` of the USB bench.
//
//   node test/hardware/keypad-usb.mjs [hidraw|libusb]      (inside the bench; exit status 1 when a step fails)
//
// With libusb the three steps that plug in again need a running udev: libusb hears of new devices from it alone.

import { execFileSync } from 'node:child_process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { createNodeHidPort } from '#drivers/keypad/node-hid-port.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { KEYPAD_CONTRACT } from '../contract/keypad.contract.ts';

const GADGET = '/dev/hidg0';
const PATIENCE_MS = 20_000;

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
process.exitCode = failures === 0 ? 0 : 1;
