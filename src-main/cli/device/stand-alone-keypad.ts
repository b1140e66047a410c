import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { KEYPAD_FAULTS } from '#drivers/keypad/simulated-keypad.ts';
import { createSimulatedSerialKeypad } from '#drivers/keypad/simulated-serial-keypad.ts';
import { type DeviceLine, hangOn } from './device-line.ts';
import type { StandAloneDevice, Tell } from './stand-alone.ts';

/** The longest list of rating levels: a stand-alone keypad knows no bank. */
const MOST_LEVELS = 6;

/**
 * A serial keypad: a digit presses its key, another word the key of that action; prompts are told. Rejects when the
 * line cannot be had.
 * @returns K306 for a profile that is not there or not of a serial keypad
 */
export async function startStandAloneKeypad(
  profileId: string,
  line: DeviceLine,
  clock: DriverClock,
  tell: Tell,
): Promise<Result<StandAloneDevice>> {
  const known = Object.hasOwn(SHIPPED_KEYPAD_PROFILES, profileId) ? SHIPPED_KEYPAD_PROFILES[profileId] : null;
  const profile = parseKeypadProfile(known, MOST_LEVELS);
  if (!profile.ok) return profile;
  if (profile.value.transport !== 'serial') return fail('K306', { field: 'transport' });
  const keypad = createSimulatedSerialKeypad(profile.value, 'stand-alone', clock);
  const end = await hangOn(keypad.device, line);
  let prompt: string | null = null;
  keypad.onChange(() => {
    if (keypad.lastPrompt() === prompt) return;
    prompt = keypad.lastPrompt();
    tell(prompt ?? 'off');
  });
  return ok({
    address: end.address,
    faultNames: [...KEYPAD_FAULTS],
    setFault(text) {
      const fault = KEYPAD_FAULTS.find(name => name === text) ?? null;
      if (text !== null && fault === null) return false;
      keypad.setFault(fault);
      return true;
    },
    use: deed => (/^[1-9]$/.test(deed) ? keypad.press(Number(deed)) : keypad.pressAction(deed)),
    stop: () => end.close(),
  });
}
