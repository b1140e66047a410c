import type { KeypadEntry } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { createByteLog } from '#drivers/byte-log.ts';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import type { KeypadPort } from '#drivers/keypad/keypad-port.ts';
import { type HidKeypadProfile, parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { createNodeHidPort } from '#drivers/keypad/node-hid-port.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import type { NamedKeypad } from './keypads.ts';
import { type MakeParts, noSelfTest, type SetUpDevice } from './made-device.ts';

/** @returns the keypad and its side for the set-up screen; K306 for a profile that cannot be, C902 for a connection */
export async function makeKeypad(
  entry: KeypadEntry,
  parts: MakeParts,
): Promise<Result<{ keypad: NamedKeypad; device: SetUpDevice }>> {
  const { id, counterId, profileId } = entry;
  const { document, clock } = parts;
  const profile = parseKeypadProfile(SHIPPED_KEYPAD_PROFILES[profileId], document.ratingLevels.length);
  if (!profile.ok) return profile;
  if (profile.value.transport !== 'hid') return fail('K306', { field: 'transport' });
  if (typeof entry.connection === 'object') return fail('C902', { field: 'connection.kind' });
  const { port, simulated } = await makePort(entry, profile.value, parts);
  const log = createByteLog(clock);
  return ok({
    keypad: { id, counterId, driver: createKeypadDriver({ profile: profile.value, port, clock }) },
    device: { id, kind: 'keypad', counterId, simulated, log, selfTest: noSelfTest },
  });
}

/** The real keypad when it is there, else one made of software with the same reports. */
async function makePort(
  { id, counterId, connection }: KeypadEntry,
  profile: HidKeypadProfile,
  { hardware }: MakeParts,
): Promise<{ port: KeypadPort; simulated: boolean }> {
  const simulated = () => ({ port: hardware.keypad(id, counterId, profile).port, simulated: true });
  if (connection === 'simulated') return simulated();
  const real = createNodeHidPort(profile);
  if (connection === 'hid') return { port: real, simulated: false };
  const found = await real.open();
  if (!found.ok) return simulated();
  await real.close();
  return { port: real, simulated: false };
}
