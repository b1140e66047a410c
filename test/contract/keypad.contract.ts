import assert from 'node:assert/strict';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { KeypadDriver, KeypadPress, KeypadPrompt } from '#drivers/contract.ts';

/**
 * What every keypad must do, whatever it is made of (HW1). The steps use no test runner, so that the simulator, a
 * virtual USB keypad and a real one run the very same ones.
 */

/** A driver that is not started yet, and a hand on the other end of its cable. */
export interface KeypadBench {
  readonly driver: KeypadDriver;
  /** Presses and releases the key of a rating position. */
  press(position: number): Promise<void>;
  /** Presses a key that the profile does not know. */
  pressUnknownKey(): Promise<void>;
  /** Sends a report the profile cannot read, where the transport lets one through. */
  sendMalformed(): Promise<void>;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** The newest prompt that reached the keypad. */
  lastPrompt(): Promise<KeypadPrompt | null>;
  /** How long a step may wait for something to arrive. */
  readonly patienceMs: number;
  close(): Promise<void>;
}

export interface ContractStep {
  readonly title: string;
  run(bench: KeypadBench): Promise<void>;
}

/** The steps; each gets a fresh bench with the keypad plugged in. */
export const KEYPAD_CONTRACT: readonly ContractStep[] = [
  {
    title: '[HW4] becomes ready and tells each press once, with its position',
    async run(bench) {
      const { presses } = await startReady(bench);
      for (const position of [1, 4, 2, 2]) {
        await bench.press(position);
        await pause(60);
      }
      await eventually(bench, () => presses.length >= 4, 'four presses');
      assert.deepEqual(
        presses.map(press => press.position),
        [1, 4, 2, 2],
      );
      const times = presses.map(press => press.atMs);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
    },
  },
  {
    title: '[HW4] unknown keys and malformed reports are no presses and break nothing',
    async run(bench) {
      const { presses } = await startReady(bench);
      await bench.pressUnknownKey();
      await bench.sendMalformed();
      await pause(60);
      await bench.press(3);
      await eventually(bench, () => presses.length >= 1, 'the press after them');
      assert.deepEqual(
        presses.map(press => press.position),
        [3],
      );
    },
  },
  {
    title: '[RT1] every prompt reaches the keypad, in order',
    async run(bench) {
      await startReady(bench);
      for (const prompt of ['welcome', 'please-rate', 'thanks', 'off'] as const) {
        assert.equal(await bench.driver.prompt(prompt), true);
        assert.equal(await bench.lastPrompt(), prompt);
      }
    },
  },
  {
    title: '[RT2] an unplugged keypad says so, takes no prompt, and works again when it is back',
    async run(bench) {
      const { presses, healths } = await startReady(bench);
      await bench.unplug();
      await eventually(bench, () => healths.at(-1)?.code === 'K302', 'the loss');
      assert.equal(healths.at(-1)?.status, 'down');
      assert.equal(await bench.driver.prompt('please-rate'), false);
      await bench.plug();
      await eventually(bench, () => healths.at(-1)?.status === 'ready', 'ready again');
      assert.equal(await bench.driver.prompt('please-rate'), true);
      assert.equal(await bench.lastPrompt(), 'please-rate');
      await bench.press(4);
      await eventually(bench, () => presses.length >= 1, 'a press after the loss');
      assert.equal(presses.at(-1)?.position, 4);
    },
  },
  {
    title: '[RT2] a keypad that is not there is absent, and found when it is plugged in',
    async run(bench) {
      await bench.unplug();
      const { healths } = start(bench);
      await eventually(bench, () => healths.at(-1)?.code === 'K301', 'absent');
      assert.equal(healths.at(-1)?.status, 'absent');
      assert.equal(await bench.driver.prompt('welcome'), false);
      await bench.plug();
      await eventually(bench, () => healths.at(-1)?.status === 'ready', 'ready');
    },
  },
  {
    title: '[HW4] a stopped driver tells nothing and can be started again',
    async run(bench) {
      const { presses, healths } = await startReady(bench);
      await bench.driver.stop();
      await bench.press(1);
      assert.equal(await bench.driver.prompt('welcome'), false);
      await pause(60);
      assert.equal(presses.length, 0);
      healths.length = 0;
      bench.driver.start();
      await eventually(bench, () => healths.at(-1)?.status === 'ready', 'ready after the second start');
      await bench.press(2);
      await eventually(bench, () => presses.some(press => press.position === 2), 'a press after it');
    },
  },
];

function start(bench: KeypadBench): { readonly presses: KeypadPress[]; readonly healths: DeviceHealth[] } {
  const presses: KeypadPress[] = [];
  const healths: DeviceHealth[] = [];
  bench.driver.onPress(press => presses.push(press));
  bench.driver.onHealth(health => healths.push(health));
  bench.driver.start();
  return { presses, healths };
}

async function startReady(bench: KeypadBench): Promise<ReturnType<typeof start>> {
  const started = start(bench);
  await eventually(bench, () => started.healths.at(-1)?.status === 'ready', 'ready');
  return started;
}

async function eventually(bench: KeypadBench, isTrue: () => boolean, what: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < bench.patienceMs; waitedMs += 10) {
    if (isTrue()) return;
    await pause(10);
  }
  assert.fail(`did not happen within ${bench.patienceMs} ms: ${what}`);
}

function pause(waitMs: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, waitMs));
}
