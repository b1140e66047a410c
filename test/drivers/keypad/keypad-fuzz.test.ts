import { describe, expect, it } from 'vitest';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { initialKeypadState, readReport } from '#drivers/keypad/report-to-press.ts';
import { INITIAL_SERIAL_FRAME_STATE, readSerialBytes } from '#drivers/keypad/serial-keypad-frames.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { createSimulatedKeypad, KEYPAD_FAULTS } from '#drivers/keypad/simulated-keypad.ts';
import { createHandClock } from '../hand-clock.ts';
import { fuzzRuns, randomOf, SEED } from '../random.ts';
import { hidProfile, profileOf, serialProfile } from './profiles.ts';

const RUNS = fuzzRuns();
const IDS = Object.keys(SHIPPED_KEYPAD_PROFILES);

function randomBytes(random: () => number, longest: number): Uint8Array {
  return Uint8Array.from({ length: Math.floor(random() * longest) }, () =>
    random() < 0.5 ? Math.floor(random() * 5) : Math.floor(random() * 256),
  );
}

describe(`[HW1] random input (${RUNS} each, seed ${SEED})`, () => {
  it('reports: nothing but the profile’s ratings and actions; a malformed one changes nothing but its count', () => {
    const random = randomOf(SEED);
    const profiles = IDS.map(id => profileOf(SHIPPED_KEYPAD_PROFILES[id]));
    let states = profiles.map(initialKeypadState);
    for (let run = 0; run < RUNS; run += 1) {
      const report = randomBytes(random, 40);
      states = profiles.map((profile, index) => {
        const before = states[index] ?? initialKeypadState(profile);
        const { state, outcome } = readReport(profile, before, report, run * 17);
        if (outcome.kind === 'malformed')
          expect(state).toEqual({ ...before, malformedCount: before.malformedCount + 1 });
        if (outcome.kind === 'press')
          expect(profile.rules.some(rule => 'rating' in rule && rule.rating === outcome.position)).toBe(true);
        return state;
      });
    }
  });

  it('serial bytes: only whole frames come out, and what waits stays small', () => {
    const random = randomOf(SEED);
    for (const id of ['serial-aa55', 'serial-ascii', 'serial-stx']) {
      const { frame } = serialProfile(id);
      let state = INITIAL_SERIAL_FRAME_STATE;
      for (let run = 0; run < RUNS; run += 1) {
        const piece = randomBytes(random, 12).map(value =>
          random() < 0.3 ? (frame.head[0] ?? 0x0d) : value,
        );
        const step = readSerialBytes(frame, state, piece);
        state = step.state;
        expect(state.pending.length).toBeLessThanOrEqual(64);
        for (const whole of step.frames) expect(whole).toHaveLength(frame.length ?? whole.length);
      }
    }
  });

  it('profiles with parts taken out or put in the wrong place are refused with K306, never thrown', () => {
    const random = randomOf(SEED);
    const odd = [null, -1, 1e9, '', 'FF', [], {}, true, '{stars}', [{}]];
    for (let run = 0; run < RUNS; run += 1) {
      const json = structuredClone(SHIPPED_KEYPAD_PROFILES[IDS[run % IDS.length] ?? '']);
      damage(json, random, odd);
      const parsed = parseKeypadProfile(json, 3 + (run % 4));
      if (!parsed.ok) expect(parsed.error.code).toBe('K306');
    }
  });

  it('a driver under random faults, presses and prompts always comes back to ready', async () => {
    const random = randomOf(SEED);
    const profile = hidProfile('vendor-page');
    const clock = createHandClock(1000);
    const keypad = createSimulatedKeypad(profile, clock);
    const driver = createKeypadDriver({ profile, port: keypad.port, clock });
    let status: string | undefined;
    let presses = 0;
    let pressed = 0;
    driver.onHealth(health => {
      status = health.status;
    });
    driver.onPress(() => {
      presses += 1;
    });
    driver.start();
    for (let run = 0; run < RUNS / 10; run += 1) {
      keypad.setFault(KEYPAD_FAULTS[Math.floor(random() * KEYPAD_FAULTS.length)] ?? null);
      if (random() < 0.5) void driver.prompt(random() < 0.5 ? 'please-rate' : 'welcome');
      pressed += 1;
      keypad.press(1 + Math.floor(random() * 4));
      if (random() < 0.3) keypad.send(randomBytes(random, 12));
      await clock.advance(Math.floor(random() * 4000));
      keypad.plugIn();
      await clock.advance(5000);
      expect(driver.isOpen(), `run ${run}`).toBe(true);
    }
    // The last random report may have looked like a key that is held.
    keypad.send(new Uint8Array(8));
    await driver.prompt('welcome');
    await clock.advance(60_000);
    expect(status).toBe('ready');
    expect(presses).toBeLessThanOrEqual(pressed * 2);
    await driver.stop();
  });
});

/** Replaces or removes something somewhere in it. */
function damage(json: unknown, random: () => number, odd: readonly unknown[]): void {
  let at = json;
  for (;;) {
    if (typeof at !== 'object' || at === null) return;
    const keys = Object.keys(at);
    const key = keys[Math.floor(random() * keys.length)];
    if (key === undefined) return;
    const holder = at as Record<string, unknown>;
    const inner = holder[key];
    if (typeof inner === 'object' && inner !== null && random() < 0.7) {
      at = inner;
      continue;
    }
    if (random() < 0.3) delete holder[key];
    else holder[key] = odd[Math.floor(random() * odd.length)];
    return;
  }
}
