import { describe, expect, it } from 'vitest';
import { parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { promptBytes, promptsOf } from '#drivers/keypad/prompt-bytes.ts';
import { isPromptFrame } from '#drivers/keypad/prompt-frame.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { bytes, hidProfile, profileOf, serialProfile } from './profiles.ts';

const SERIAL = SHIPPED_KEYPAD_PROFILES['serial-aa55'] as object;

describe('[RT4] prompts with facts of the moment', () => {
  const profile = serialProfile('serial-aa55', {
    prompts: { welcome: 'AA 55 {stars} {staffNumber:6} {counterNumber} {sum8}', thanks: 'AA 55 83 82' },
  });

  it('fills in stars, staff number and counter, and the check over all of it', () => {
    const facts = { stars: 4, staffNumber: '1001', counterNumber: 3 };
    const filled = promptBytes(profile, 'welcome', facts);
    // AA+55 = FF, +04, +"1001  " (31 30 30 31 20 20 = 102), +03 → 08.
    expect(filled).toEqual(bytes('AA 55 04 31 30 30 31 20 20 03 08'));
    expect(isPromptFrame(profile.prompts.welcome, filled ?? new Uint8Array(0))).toBe(true);
  });

  it('leaves what is not known 00 or blank, and cuts what is too long', () => {
    expect(promptBytes(profile, 'welcome', { stars: null })).toEqual(
      bytes('AA 55 00 20 20 20 20 20 20 00 BF'),
    );
    const long = promptBytes(profile, 'welcome', { staffNumber: '12345678' });
    expect(long?.subarray(3, 9)).toEqual(bytes('31 32 33 34 35 36'));
  });

  it('a frame without fields goes out as it is', () => {
    expect(promptBytes(profile, 'thanks', { stars: 5 })).toEqual(bytes('AA 55 83 82'));
    expect(promptBytes(profile, 'off', {})).toBeNull();
    expect(promptsOf(profile)).toEqual(['welcome', 'thanks']);
  });

  it.each(['{staffNumber}', '{sum8:2}', '{name:4}', '{stars:33}', 'AA {stars', '{stars:0}'])(
    'refuses %s with K306',
    prompt => {
      const parsed = parseKeypadProfile({ ...SERIAL, prompts: { welcome: prompt } }, 4);
      expect(parsed).toMatchObject({
        ok: false,
        error: { code: 'K306', facts: { field: 'prompts.welcome' } },
      });
    },
  );

  it('a networked evaluator gets the address of its page', () => {
    const network = profileOf(SHIPPED_KEYPAD_PROFILES['network-evaluator'], {
      pages: { 'please-rate': 'https://branch.local/rate?t={counterId}&s={stars}&n={staffNumber}' },
    });
    const sent = promptBytes(network, 'please-rate', { counterId: 'c 1', stars: 5 });
    expect(new TextDecoder().decode(sent ?? undefined)).toBe(
      '{"code":50100,"state":1,"data":"https://branch.local/rate?t=c%201&s=5&n=","msg":""}',
    );
    expect(promptsOf(network)).toEqual(['please-rate']);
  });

  it('keypads without a display have no prompts', () => {
    expect(promptsOf(hidProfile('numpad'))).toEqual([]);
    expect(promptsOf(profileOf(SHIPPED_KEYPAD_PROFILES['shortcut-f13']))).toEqual([]);
  });
});
