import { describe, expect, it } from 'vitest';
import type { ConfiguredState } from '#core/branch/decision.ts';
import type { BranchEvent } from '#core/branch/events.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import type { KeypadFacts, KeypadPrompt } from '#drivers/contract.ts';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import { createSimulatedKeypad } from '#drivers/keypad/simulated-keypad.ts';
import type { DeviceDesk } from '#main/devices/device-desk.ts';
import { createKeypadGroup } from '#main/devices/keypads.ts';
import { createHandClock, settle } from '../../drivers/hand-clock.ts';
import { hidProfile } from '../../drivers/keypad/profiles.ts';

const COUNTER = SAMPLE_BANK.counters[0];
const TELLER = SAMPLE_BANK.staff.find(({ stars }) => stars !== null);
if (!COUNTER || !TELLER) throw new Error('the sample bank has counters and tellers with stars');
const counterId = COUNTER.id;

/** A counter with a keypad, and what reached the branch. */
async function atCounter({ profileId = 'vendor-page', ratingScreen = false } = {}) {
  const profile = hidProfile(profileId);
  const clock = createHandClock(1000);
  const keypad = createSimulatedKeypad(profile, clock);
  const driver = createKeypadDriver({ profile, port: keypad.port, clock });
  const prompts: [KeypadPrompt, KeypadFacts | undefined][] = [];
  const watched = {
    ...driver,
    prompt: (prompt: KeypadPrompt, facts?: KeypadFacts) => {
      prompts.push([prompt, facts]);
      return driver.prompt(prompt, facts);
    },
  };
  const told: unknown[] = [];
  const asked: string[] = [];
  const state = {
    document: SAMPLE_BANK,
    counters: new Map([[counterId, { counterId, staffNumber: TELLER?.number ?? null, openRating: null }]]),
  } as unknown as ConfiguredState;
  const desk: DeviceDesk = {
    state: () => state,
    tell(command) {
      told.push([command.type, command.args]);
      return { ok: true, value: null };
    },
    tellHealth: () => undefined,
    refreshViews: () => undefined,
  };
  const group = createKeypadGroup([{ id: 'keypad-1', counterId, driver: watched }], desk, clock, {
    hasRatingScreen: () => ratingScreen,
    askOneMetreLine: id => void asked.push(id),
  });
  const follow = async (type: string, data: object) => {
    group.follow([{ type, data: { counterId, ...data } } as unknown as BranchEvent]);
    await settle();
  };
  group.start();
  await clock.advance(0);
  return { clock, keypad, group, prompts, told, asked, follow };
}

describe('keypads at their counters', () => {
  it('[RT4] greets from the start with the teller’s number and stars, and again for another teller', async () => {
    const { keypad, prompts, follow } = await atCounter();
    expect(keypad.lastPrompt()).toBe('welcome');
    const facts = {
      staffNumber: TELLER?.number,
      stars: TELLER?.stars,
      counterNumber: COUNTER?.number,
      counterId,
    };
    expect(prompts).toEqual([['welcome', facts]]);
    await follow('counter-opened', { staffNumber: TELLER?.number });
    expect(prompts).toHaveLength(2);
  });

  it('[RT4] the one-metre-line key asks the others to step back and is no rating', async () => {
    const { keypad, asked, told } = await atCounter();
    keypad.pressAction('one-metre-line');
    expect(asked).toEqual([counterId]);
    expect(told).toEqual([]);
  });

  it('[RT1] asks, tells the press, thanks, and greets again', async () => {
    const { clock, keypad, told, follow } = await atCounter();
    await follow('rating-prompted', { ratingId: 'r1' });
    expect(keypad.lastPrompt()).toBe('please-rate');
    keypad.press(2);
    expect(told).toEqual([['press-rating', { counterId, position: 2 }]]);
    await follow('rating-given', { ratingId: 'r1' });
    expect(keypad.lastPrompt()).toBe('thanks');
    await clock.advance(3000);
    expect(keypad.lastPrompt()).toBe('welcome');
  });

  it('[RT2] a keypad without a display that is there takes ratings: it is not absent', async () => {
    const { keypad, told, follow } = await atCounter({ profileId: 'numpad' });
    await follow('rating-prompted', { ratingId: 'r1' });
    expect(told).toEqual([]);
    keypad.press(1);
    expect(told).toEqual([['press-rating', { counterId, position: 1 }]]);
  });

  it.each([
    ['vendor-page', 'missing'],
    ['vendor-page', 'prompt-lost'],
    ['numpad', 'missing'],
  ] as const)('[RT2] %s, %s: the rating is closed as "keypad absent"', async (profileId, fault) => {
    const { keypad, told, follow } = await atCounter({ profileId });
    keypad.setFault(fault);
    await follow('rating-prompted', { ratingId: 'r1' });
    expect(told).toEqual([['close-rating', { counterId, ratingId: 'r1', keypadAbsent: true }]]);
  });

  it('[RT2] with a rating screen at the counter a missing keypad is not absent', async () => {
    const { keypad, told, follow } = await atCounter({ ratingScreen: true });
    keypad.setFault('missing');
    await follow('rating-prompted', { ratingId: 'r1' });
    expect(told).toEqual([]);
  });

  it('one that is taken away tells nothing any more', async () => {
    const { keypad, group, told, asked } = await atCounter();
    await group.change([]);
    keypad.press(1);
    keypad.pressAction('one-metre-line');
    expect([told, asked]).toEqual([[], []]);
  });
});
