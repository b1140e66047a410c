import { describe, it, vi } from 'vitest';
import type { DriverClock, KeypadDriver, KeypadPrompt } from '#drivers/contract.ts';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { createSerialKeypadPort } from '#drivers/keypad/serial-keypad-port.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { createSimulatedSerialKeypad } from '#drivers/keypad/simulated-serial-keypad.ts';
import { createTcpTransport } from '#drivers/printer/tcp-transport.ts';
import { serveOnTcp } from '#drivers/serve-on-tcp.ts';
import { KEYPAD_CONTRACT, type KeypadBench } from './keypad.contract.ts';

/**
 * The keypad contract over bytes: a serial keypad on an in-process port, and the same keypad behind a TCP port, as a
 * serial server has it.
 */

vi.setConfig({ testTimeout: 60_000 });

const PATIENCE_MS = 20_000;
const CLOCK: DriverClock = {
  nowMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
const PROMPTS = {
  welcome: 'AA 55 81 80',
  'please-rate': 'AA 55 82 81',
  thanks: 'AA 55 83 82',
  off: 'AA 55 80 7F',
};
let portsMade = 0;

function serialKeypad() {
  const json = SHIPPED_KEYPAD_PROFILES['serial-aa55'] as object;
  // The same key twice is two presses here, however slowly or quickly this machine delivers them.
  const parsed = parseKeypadProfile({ ...json, prompts: PROMPTS, edge: { kind: 'each', debounceMs: 0 } }, 4);
  if (!parsed.ok || parsed.value.transport !== 'serial')
    throw new Error('serial-aa55 must be a serial profile');
  portsMade += 1;
  const profile = parsed.value;
  return { profile, keypad: createSimulatedSerialKeypad(profile, `contract/keypad-${portsMade}`, CLOCK) };
}

/** The driver, and what a bench does with the keypad's end of the cable, whatever the cable is. */
function bothEnds(driver: KeypadDriver, keypad: ReturnType<typeof serialKeypad>['keypad']) {
  let delivered: KeypadPrompt | null = null;
  return {
    driver: {
      ...driver,
      async prompt(prompt: KeypadPrompt) {
        const isDelivered = await driver.prompt(prompt);
        if (isDelivered) delivered = prompt;
        return isDelivered;
      },
    },
    press: async (position: number) => void keypad.press(position),
    pressUnknownKey: async () => keypad.send(Uint8Array.of(0xaa, 0x55, 0x05, 0x04)),
    sendMalformed: async () => keypad.send(Uint8Array.of(0xaa, 0x55, 0x03, 0xff)),
    /** Bytes the driver got rid of may still be on their way. */
    async lastPrompt() {
      for (let waitedMs = 0; waitedMs < PATIENCE_MS && keypad.lastPrompt() !== delivered; waitedMs += 10)
        await new Promise(resolve => setTimeout(resolve, 10));
      return keypad.lastPrompt();
    },
    patienceMs: PATIENCE_MS,
  };
}

function mockBench(): KeypadBench {
  const { profile, keypad } = serialKeypad();
  const driver = createKeypadDriver({ profile, port: keypad.port, clock: CLOCK, reopenAfterMs: 20 });
  return {
    ...bothEnds(driver, keypad),
    unplug: async () => keypad.setFault('missing'),
    plug: async () => keypad.setFault(null),
    close: () => driver.stop(),
  };
}

async function tcpBench(): Promise<KeypadBench> {
  const { profile, keypad } = serialKeypad();
  let server: Awaited<ReturnType<typeof serveOnTcp>> | null = await serveOnTcp(keypad.device, 0);
  const { port } = server;
  const line = createTcpTransport({ host: '127.0.0.1', port }, CLOCK);
  const driver = createKeypadDriver({
    profile,
    port: createSerialKeypadPort(profile, line, { isThere: async () => server !== null }),
    clock: CLOCK,
    reopenAfterMs: 20,
  });
  const unplug = async () => {
    const open = server;
    server = null;
    await open?.close();
  };
  return {
    ...bothEnds(driver, keypad),
    unplug,
    async plug() {
      server ??= await serveOnTcp(keypad.device, port);
    },
    async close() {
      await driver.stop();
      await unplug();
    },
  };
}

describe.each([
  ['an in-process serial port', async () => mockBench()],
  ['TCP', tcpBench],
] as const)('keypad contract on a serial keypad over %s', (_name, openBench) => {
  it.each(KEYPAD_CONTRACT)('$title', async step => {
    const bench = await openBench();
    try {
      await step.run(bench);
    } finally {
      await bench.close();
    }
  });
});
