import { describe, expect, it } from 'vitest';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import { createKeypadSelfTest } from '#drivers/keypad/keypad-self-test.ts';
import { createSimulatedKeypad } from '#drivers/keypad/simulated-keypad.ts';
import { createHandClock } from '../hand-clock.ts';
import { hidProfile } from './profiles.ts';

function setUp({ id = 'vendor-page', pressesItself = true } = {}) {
  const profile = hidProfile(id);
  const clock = createHandClock(1000);
  const keypad = createSimulatedKeypad(profile, clock);
  const driver = createKeypadDriver({ profile, port: keypad.port, clock });
  const pressItself = pressesItself ? () => void keypad.press(1) : null;
  const selfTest = createKeypadSelfTest({ driver, profile, clock, pressItself });
  driver.start();
  return { clock, keypad, driver, selfTest };
}

async function stepsOf(
  clock: ReturnType<typeof createHandClock>,
  test: ReturnType<ReturnType<typeof setUp>['selfTest']>,
) {
  await clock.advance(60_000);
  return (await test).map(({ step, outcome, code, facts }) => [
    step,
    outcome,
    code ?? facts.prompt ?? facts.position,
  ]);
}

describe('[HW7] self-test of a keypad', () => {
  it('a good one: open, four prompts, a press; then it shows again what it should', async () => {
    const { clock, keypad, driver, selfTest } = setUp();
    await driver.prompt('welcome');
    const told: string[] = [];
    expect(
      await stepsOf(
        clock,
        selfTest(step => told.push(step.step)),
      ),
    ).toEqual([
      ['open', 'passed', undefined],
      ['prompt', 'passed', 'welcome'],
      ['prompt', 'passed', 'please-rate'],
      ['prompt', 'passed', 'thanks'],
      ['prompt', 'passed', 'off'],
      ['press', 'passed', 1],
    ]);
    expect(told).toEqual(['open', 'prompt', 'prompt', 'prompt', 'prompt', 'press']);
    expect(keypad.lastPrompt()).toBe('welcome');
  });

  it('nobody presses a real one: skipped, not failed', async () => {
    const { clock, selfTest } = setUp({ pressesItself: false, id: 'numpad' });
    expect(await stepsOf(clock, selfTest())).toEqual([
      ['open', 'passed', undefined],
      ['press', 'skipped', undefined],
    ]);
  });

  it('somebody presses a real one', async () => {
    const { clock, keypad, selfTest } = setUp({ pressesItself: false });
    const test = selfTest();
    await clock.advance(10_000);
    keypad.pressAction('one-metre-line');
    const steps = await stepsOf(clock, test);
    expect(steps.at(-1)?.slice(0, 2)).toEqual(['press', 'passed']);
  });

  it('tells what fails: not there, prompts lost, silent, pulled out', async () => {
    // Pulled out in the very moment of opening: no keypad that seems open for ever.
    const missing = setUp();
    missing.keypad.setFault('missing');
    expect(await stepsOf(missing.clock, missing.selfTest())).toEqual([['open', 'failed', 'K301']]);

    const lost = setUp();
    lost.keypad.setFault('prompt-lost');
    expect((await stepsOf(lost.clock, lost.selfTest()))[1]).toEqual(['prompt', 'failed', 'K304']);

    const silent = setUp();
    silent.keypad.setFault('silent');
    expect((await stepsOf(silent.clock, silent.selfTest())).at(-1)).toEqual(['press', 'failed', 'K312']);

    const pulled = setUp({ pressesItself: false });
    const test = pulled.selfTest();
    await pulled.clock.advance(5000);
    pulled.keypad.setFault('missing');
    expect((await stepsOf(pulled.clock, test)).at(-1)).toEqual(['press', 'failed', 'K302']);
  });

  it('[RT1] while a customer is asked to rate it shows nothing else and does not press', async () => {
    const { clock, keypad, driver, selfTest } = setUp();
    const presses: number[] = [];
    driver.onPress(press => presses.push(press.position));
    await clock.advance(0);
    await driver.prompt('please-rate');
    const shown: unknown[] = [];
    keypad.onChange(() => shown.push(keypad.lastPrompt()));
    const steps = await stepsOf(clock, selfTest());
    expect(steps.slice(1).every(([, outcome]) => outcome === 'skipped')).toBe(true);
    expect(shown.every(prompt => prompt === 'please-rate')).toBe(true);
    expect(presses).toEqual([]);
  });

  it('[RT1] a customer asked in the middle of it is shown the question at once', async () => {
    const { clock, keypad, driver, selfTest } = setUp({ pressesItself: false });
    const test = selfTest();
    await clock.advance(900);
    await driver.prompt('please-rate');
    await clock.advance(3000);
    expect(keypad.lastPrompt()).toBe('please-rate');
    await clock.advance(60_000);
    await test;
    expect(keypad.lastPrompt()).toBe('please-rate');
  });

  it('two at once are one', async () => {
    const { clock, selfTest } = setUp();
    const [one, two] = [selfTest(), selfTest()];
    await clock.advance(60_000);
    expect(await one).toBe(await two);
  });
});
