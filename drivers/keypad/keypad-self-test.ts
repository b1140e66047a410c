import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { DriverClock, KeypadPress, SelfTestStep } from '#drivers/contract.ts';
import type { ProfiledKeypadDriver } from './keypad-driver.ts';
import type { KeypadProfile } from './keypad-profile.ts';
import { promptsOf } from './prompt-bytes.ts';

export interface KeypadSelfTestParts {
  readonly driver: ProfiledKeypadDriver;
  readonly profile: KeypadProfile;
  readonly clock: DriverClock;
  /** Simulated keypads press themselves. */
  readonly pressItself: (() => void) | null;
}

/** Tells each step as it ends; the answer has all of them again. */
export type KeypadSelfTest = (onStep?: (step: SelfTestStep) => void) => Promise<readonly SelfTestStep[]>;

const OPEN_PATIENCE_MS = 10_000;
const PRESS_PATIENCE_MS = 20_000;
/** A person has to see each prompt. */
const LOOK_MS = 600;
const GLANCE_MS = 100;

/**
 * Makes a keypad's self-test: it is open, each prompt is taken, a key is heard. At most 37 s. While a customer is
 * asked to rate nothing else is shown, and a simulated keypad does not press.
 * @returns a function that runs the test; runs never overlap, a second caller gets the first one's answer
 */
export function createKeypadSelfTest(parts: KeypadSelfTestParts): KeypadSelfTest {
  const { driver } = parts;
  let press: KeypadPress | null = null;
  let action: string | null = null;
  let underWay: Promise<readonly SelfTestStep[]> | null = null;
  driver.onPress(heard => {
    press ??= heard;
  });
  driver.onAction(heard => {
    action ??= heard.action;
  });

  async function run(onStep: (step: SelfTestStep) => void): Promise<readonly SelfTestStep[]> {
    const steps: SelfTestStep[] = [];
    const tell = (ended: SelfTestStep): void => {
      steps.push(ended);
      onStep(ended);
    };
    tell(await testOpen(parts));
    if (steps[0]?.outcome === 'failed') return steps;
    await testPrompts(parts, tell);
    press = null;
    action = null;
    tell(await testPress(parts, () => ({ press, action })));
    return steps;
  }

  return (onStep = () => undefined) => {
    underWay ??= run(onStep).finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

async function testOpen({ driver, clock }: KeypadSelfTestParts): Promise<SelfTestStep> {
  const fromMs = clock.nowMs();
  const isOpen = await waitFor(clock, OPEN_PATIENCE_MS, () => driver.isOpen());
  const failure = driver.lastFailure();
  return isOpen
    ? step('open', 'passed', null, { waitedMs: Math.round(clock.nowMs() - fromMs) })
    : step('open', 'failed', failure?.code ?? 'K301', { ...failure?.facts });
}

async function testPrompts(
  { driver, profile, clock }: KeypadSelfTestParts,
  tell: (step: SelfTestStep) => void,
): Promise<void> {
  for (const prompt of promptsOf(profile)) {
    if (driver.wantedPrompt() === 'please-rate') {
      tell(step('prompt', 'skipped', null, { prompt, reason: 'customer-is-rating' }));
      continue;
    }
    const isShown = await driver.tryPrompt(prompt);
    tell(step('prompt', isShown ? 'passed' : 'failed', isShown ? null : 'K304', { prompt }));
    // A customer asked to rate does not wait for the test.
    await waitFor(clock, LOOK_MS, () => driver.wantedPrompt() === 'please-rate');
  }
  await driver.showAgain();
}

async function testPress(
  { driver, clock, pressItself }: KeypadSelfTestParts,
  heard: () => { readonly press: KeypadPress | null; readonly action: string | null },
): Promise<SelfTestStep> {
  if (pressItself !== null && driver.wantedPrompt() === 'please-rate')
    return step('press', 'skipped', null, { reason: 'customer-is-rating' });
  pressItself?.();
  const isAnything = () => heard().press !== null || heard().action !== null;
  await waitFor(clock, PRESS_PATIENCE_MS, () => isAnything() || !driver.isOpen());
  const { press, action } = heard();
  if (press !== null) return step('press', 'passed', null, { position: press.position });
  if (action !== null) return step('press', 'passed', null, { action });
  if (!driver.isOpen()) return step('press', 'failed', driver.lastFailure()?.code ?? 'K302', {});
  // Nobody may have been there to press; only a keypad that presses itself must be heard.
  return pressItself === null
    ? step('press', 'skipped', null, { reason: 'nobody-pressed' })
    : step('press', 'failed', 'K312', {});
}

/** Looks again and again until it is true or the time is over. */
async function waitFor(clock: DriverClock, patienceMs: number, isTrue: () => boolean): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += GLANCE_MS) {
    if (isTrue()) return true;
    await new Promise<void>(resolve => void clock.after(GLANCE_MS, resolve));
  }
  return isTrue();
}

function step(
  name: string,
  outcome: SelfTestStep['outcome'],
  code: ErrorCode | null,
  facts: SelfTestStep['facts'],
): SelfTestStep {
  return { step: name, outcome, code, facts };
}
