import { describe, it, vi } from 'vitest';
import type { DriverClock } from '#drivers/contract.ts';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { createSimulatedKeypad } from '#drivers/keypad/simulated-keypad.ts';
import { KEYPAD_CONTRACT, type KeypadBench } from './keypad.contract.ts';

vi.setConfig({ testTimeout: 60_000 });

const WALL_CLOCK: DriverClock = {
  nowMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

function simulatorBench(): KeypadBench {
  const parsed = parseKeypadProfile(SHIPPED_KEYPAD_PROFILES['vendor-page'], 4);
  if (!parsed.ok || parsed.value.transport !== 'hid') throw new Error('vendor-page must be a HID profile');
  const keypad = createSimulatedKeypad(parsed.value);
  const driver = createKeypadDriver({
    profile: parsed.value,
    port: keypad.port,
    clock: WALL_CLOCK,
    reopenAfterMs: 20,
  });
  return {
    driver,
    press: async position => void keypad.press(position),
    pressUnknownKey: async () => {
      keypad.send(Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 0));
      keypad.send(new Uint8Array(8));
    },
    sendMalformed: async () => keypad.send(Uint8Array.of(1, 0, 0)),
    unplug: async () => keypad.setFault('missing'),
    plug: async () => keypad.setFault(null),
    lastPrompt: async () => keypad.lastPrompt(),
    patienceMs: 20_000,
    close: () => driver.stop(),
  };
}

describe('keypad contract on the simulator', () => {
  it.each(KEYPAD_CONTRACT)('$title', async step => {
    const bench = simulatorBench();
    try {
      await step.run(bench);
    } finally {
      await bench.close();
    }
  });
});
