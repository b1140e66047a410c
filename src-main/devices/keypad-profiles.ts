import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, fail, type Result } from '#core/wire/result.ts';
import { type KeypadProfile, parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';

/** A bank's own profiles, one JSON file each, named by its id: `<data>/keypad-profiles/our-model.json`. */
export const KEYPAD_PROFILE_FOLDER = 'keypad-profiles';

const FILE_NAME = /^([a-z0-9][a-z0-9-]{0,39})\.json$/;
const MAX_FILE_BYTES = 256 * 1024;

/** A profile by its id, and whether it can be used. */
export interface ListedProfile {
  readonly id: string;
  readonly isShipped: boolean;
  /** K306 with `file` (a bank's own), `field` and `reason` for one that cannot be. */
  readonly profile: Result<KeypadProfile>;
}

/**
 * All profiles of this PC, read anew: shipped ones, and the bank's own beside them. A bank's file with the id of a
 * shipped profile replaces it. A wrong file spoils nothing but itself.
 * @param levelCount length of the bank's list of rating levels
 */
export function listKeypadProfiles(dataFolder: string, levelCount: number): readonly ListedProfile[] {
  const own = ownFiles(dataFolder).map(file => readOwn(dataFolder, file, levelCount));
  const shipped = Object.entries(SHIPPED_KEYPAD_PROFILES).map(([id, json]) => ({
    id,
    isShipped: true,
    profile: parseKeypadProfile(json, levelCount),
  }));
  return [...shipped.filter(({ id }) => !own.some(other => other.id === id)), ...own];
}

/** @returns the profile of an id, or null when there is neither a shipped one nor a file */
export function findKeypadProfile(dataFolder: string, id: string, levelCount: number): ListedProfile | null {
  return listKeypadProfiles(dataFolder, levelCount).find(listed => listed.id === id) ?? null;
}

function ownFiles(dataFolder: string): string[] {
  try {
    return readdirSync(join(dataFolder, KEYPAD_PROFILE_FOLDER))
      .filter(name => FILE_NAME.test(name))
      .sort();
  } catch {
    return [];
  }
}

function readOwn(dataFolder: string, file: string, levelCount: number): ListedProfile {
  const id = FILE_NAME.exec(file)?.[1] ?? file;
  const refuse = (facts: Failure['facts']) => fail('K306', { file, ...facts });
  const listed = (profile: Result<KeypadProfile>): ListedProfile => ({ id, isShipped: false, profile });
  let json: unknown;
  try {
    const path = join(dataFolder, KEYPAD_PROFILE_FOLDER, file);
    if (statSync(path).size > MAX_FILE_BYTES) return listed(refuse({ field: 'profile', reason: 'too_big' }));
    // Editors on Windows like to write a byte order mark.
    json = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    return listed(refuse({ field: 'JSON', reason: 'not-json' }));
  }
  const parsed = parseKeypadProfile(json, levelCount);
  if (!parsed.ok) return listed(refuse(parsed.error.facts));
  return listed(parsed.value.id === id ? parsed : refuse({ field: 'id', reason: 'not-the-file-name' }));
}
