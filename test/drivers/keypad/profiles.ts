import type { HidKeypadProfile, KeypadProfile, SerialKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';

/** A checked profile from its JSON, with some keys replaced. */
export function profileOf(json: unknown, changes: object = {}): KeypadProfile {
  const parsed = parseKeypadProfile({ ...(json as object), ...changes }, 4);
  if (!parsed.ok) throw new Error(`profile refused: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
}

/** A shipped HID profile by id, with some keys replaced. */
export function hidProfile(id: string, changes: object = {}): HidKeypadProfile {
  const profile = profileOf(SHIPPED_KEYPAD_PROFILES[id], changes);
  if (profile.transport !== 'hid') throw new Error(`${id} is not a HID profile`);
  return profile;
}

/** A shipped serial profile by id, with some keys replaced. */
export function serialProfile(id: string, changes: object = {}): SerialKeypadProfile {
  const profile = profileOf(SHIPPED_KEYPAD_PROFILES[id], changes);
  if (profile.transport !== 'serial') throw new Error(`${id} is not a serial profile`);
  return profile;
}

/** `"00 1E"` → its bytes. */
export function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/[0-9A-Fa-f]{2}/g) ?? [], pair => Number.parseInt(pair, 16));
}
