import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { createNodeHidPort } from '#drivers/keypad/node-hid-port.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { LedBus } from '#drivers/led/led-bus.ts';
import { checkLedBusSettings, LED_BUS_DEFAULTS } from '#drivers/led/led-settings.ts';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import { createUsbLpTransport } from '#drivers/printer/usb-lp-transport.ts';
import { createSerialTransport } from '#drivers/serial-transport.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { KEYPAD_CONTRACT, type KeypadBench } from './keypad.contract.ts';
import { ledContract } from './led.contract.ts';
import { type NamedDevice, parseNamedDevice } from './named-device.ts';
import { describePrinterContract } from './printer.contract.ts';

/** A person needs so long to read what to do and to do it. */
const PERSON_MS = 60_000;
const MORE_THAN_A_PERSON_MS = 10 * PERSON_MS;

describe('the device named by DEVICE', () => {
  it.each([
    ['printer:/dev/usb/lp0', { kind: 'usb-printer', path: '/dev/usb/lp0' }],
    ['printer:COM5', { kind: 'serial-printer', path: 'COM5', baudRate: 9600 }],
    ['printer:/dev/ttyUSB0@19200', { kind: 'serial-printer', path: '/dev/ttyUSB0', baudRate: 19_200 }],
    ['boards:COM3@57600#2', { kind: 'boards', path: 'COM3', baudRate: 57_600, address: 2 }],
    ['boards:/dev/ttyUSB0', { kind: 'boards', path: '/dev/ttyUSB0', baudRate: 9600, address: 1 }],
    ['keypad:stream-deck-15', { kind: 'keypad', profileId: 'stream-deck-15' }],
    ['printer:COM5#2', null],
    ['boards:', null],
    ['keypad:../x', null],
    ['tcp://192.0.2.10:9100', null],
  ])('[HW1] %s', (text, device) => {
    expect(parseNamedDevice(text)).toEqual(device);
  });
});

const named = parseNamedDevice(process.env.DEVICE ?? '');
if (named !== null) describeNamed(named, process.env.DEVICE ?? '');

function describeNamed(device: NamedDevice, name: string): void {
  switch (device.kind) {
    case 'usb-printer':
    case 'serial-printer':
      describePrinterContract(name, async () => {
        const driver = createPrinterDriver(printerTransport(device), REAL_CLOCK, STANDARD_SETTINGS);
        return { driver, tearDown: () => driver.stop() };
      });
      return;
    case 'boards':
      ledContract(name, async () => {
        const { path, baudRate, address } = device;
        const size = { x: 0, y: 0, width: 64, height: 16, fontHeight: 16, colour: null } as const;
        const settings = checkLedBusSettings({
          ...LED_BUS_DEFAULTS,
          baudRate,
          boards: [{ boardId: 'board', address, areas: [{ id: 0, ...size }], maxTextBytes: 512 }],
        });
        if (!settings.ok) throw new Error(settings.error.code);
        const transport = createSerialTransport({ path, baudRate, simulatedBy: null });
        return {
          bus: new LedBus(transport, REAL_CLOCK, settings.value),
          boardId: 'board',
          absentBoardId: null,
          patienceMs: 20_000,
          wait: forMs => pause(forMs),
          close: async () => {},
        };
      });
      return;
    case 'keypad':
      describe(`keypad contract on ${name}`, () => {
        it.each(KEYPAD_CONTRACT)(
          '$title',
          async step => {
            const bench = personAtKeypad(device.profileId);
            try {
              await step.run(bench);
            } finally {
              await bench.close();
            }
          },
          MORE_THAN_A_PERSON_MS,
        );
      });
  }
}

function printerTransport(device: Extract<NamedDevice, { kind: 'usb-printer' | 'serial-printer' }>) {
  if (device.kind === 'usb-printer') return createUsbLpTransport(device.path, REAL_CLOCK);
  const { path, baudRate } = device;
  const codes = { refused: 'P105', lost: 'P105' } as const;
  return createSerialTransport({ path, baudRate, codes, simulatedBy: null });
}

/** A real keypad with a person at it, who is told what to do. What it shows, only the person sees. */
function personAtKeypad(profileId: string): KeypadBench {
  const profile = parseKeypadProfile(SHIPPED_KEYPAD_PROFILES[profileId], 4);
  if (!profile.ok || profile.value.transport !== 'hid') throw new Error(`no HID profile ${profileId}`);
  const port = createNodeHidPort(profile.value);
  const driver = createKeypadDriver({ profile: profile.value, port, clock: REAL_CLOCK });
  let prompt: Awaited<ReturnType<KeypadBench['lastPrompt']>> = null;
  const ask = async (what: string) => {
    console.log(`>>> ${what}`);
    await pause(4_000);
  };
  return {
    driver: {
      ...driver,
      async prompt(wanted, facts) {
        const delivered = await driver.prompt(wanted, facts);
        if (delivered) prompt = wanted;
        return delivered;
      },
    },
    press: position => ask(`press the key of level ${position}, once, within four seconds`),
    pressUnknownKey: () => ask('press a key that is no rating, if there is one'),
    sendMalformed: async () => {},
    unplug: () => ask('pull the cable'),
    plug: () => ask('plug the cable in'),
    lastPrompt: async () => prompt,
    patienceMs: PERSON_MS,
    close: () => driver.stop(),
  };
}
