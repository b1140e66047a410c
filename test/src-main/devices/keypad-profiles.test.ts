import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { findKeypadProfile, listKeypadProfiles } from '#main/devices/keypad-profiles.ts';

const VENDOR_PAGE = SHIPPED_KEYPAD_PROFILES['vendor-page'] as object;
let dataFolder: string;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'foyer-profiles-'));
});
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(join(dataFolder, 'keypad-profiles'), { recursive: true });
  writeFileSync(join(dataFolder, 'keypad-profiles', file), text);
}

describe('[HW4] a bank’s own keypad profiles', () => {
  it('lie beside the shipped ones, without a folder there are none', () => {
    const shipped = Object.keys(SHIPPED_KEYPAD_PROFILES);
    expect(listKeypadProfiles(dataFolder, 4).map(({ id }) => id)).toEqual(shipped);
    write('our-model.json', `\uFEFF${JSON.stringify({ ...VENDOR_PAGE, id: 'our-model' })}`);
    const all = listKeypadProfiles(dataFolder, 4);
    expect(all.map(({ id }) => id)).toEqual([...shipped, 'our-model']);
    expect(all.at(-1)).toMatchObject({ isShipped: false, profile: { ok: true, value: { id: 'our-model' } } });
    expect(findKeypadProfile(dataFolder, 'nobody', 4)).toBeNull();
  });

  it('replace a shipped one of the same id', () => {
    write('vendor-page.json', JSON.stringify({ ...VENDOR_PAGE, title: 'Ours' }));
    const found = findKeypadProfile(dataFolder, 'vendor-page', 4);
    expect(found).toMatchObject({ isShipped: false, profile: { value: { title: 'Ours' } } });
    expect(listKeypadProfiles(dataFolder, 4).filter(({ id }) => id === 'vendor-page')).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{', 'JSON'],
    ['another id', JSON.stringify(VENDOR_PAGE), 'id'],
    ['a wrong field', JSON.stringify({ ...VENDOR_PAGE, id: 'ours', edge: { kind: 'never' } }), 'edge.kind'],
    [
      'a level too many',
      JSON.stringify({ ...VENDOR_PAGE, id: 'ours', rules: [{ all: [{ byte: 0, equals: 1 }], rating: 5 }] }),
      'rules.0.rating',
    ],
    ['a file far too large', `"${'x'.repeat(300_000)}"`, 'profile'],
  ])('%s: K306 with file and field, and the others work', (_title, text, field) => {
    write('ours.json', text);
    write('good.json', JSON.stringify({ ...VENDOR_PAGE, id: 'good' }));
    write('README.txt', 'not a profile');
    expect(findKeypadProfile(dataFolder, 'ours', 4)?.profile).toMatchObject({
      ok: false,
      error: { code: 'K306', facts: { file: 'ours.json', field } },
    });
    const usable = listKeypadProfiles(dataFolder, 4).filter(({ profile }) => profile.ok);
    expect(usable).toHaveLength(Object.keys(SHIPPED_KEYPAD_PROFILES).length + 1);
  });
});
