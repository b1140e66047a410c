import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { SHIPPED_LED_TEMPLATES } from '#drivers/led/shipped-templates.ts';

/** What the settings of devices may name on this PC: shipped, and the bank's own in folders of the data folder. */
export function settingsNames(dataFolder: string) {
  return () => ({
    keypadProfiles: names(Object.keys(SHIPPED_KEYPAD_PROFILES), join(dataFolder, 'keypad-profiles'), '.json'),
    ledTemplates: names(Object.keys(SHIPPED_LED_TEMPLATES), join(dataFolder, 'led-templates'), '.json'),
    voicePacks: names(['zh-CN', 'en'], join(dataFolder, 'voice-packs'), ''),
  });
}

function names(shipped: readonly string[], folder: string, ending: string): string[] {
  let own: string[] = [];
  try {
    own = readdirSync(folder)
      .filter(name => name.endsWith(ending))
      .map(name => name.slice(0, name.length - ending.length));
  } catch {
    // A bank without its own has no such folder.
  }
  return [...new Set([...shipped, ...own])].sort();
}
