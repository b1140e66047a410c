import type { KeypadFacts, KeypadPrompt } from '#drivers/contract.ts';
import type { KeypadProfile } from './keypad-profile.ts';
import { encodeShowPage } from './network-evaluator.ts';
import { fillPrompt } from './prompt-frame.ts';

/** What goes to the keypad for a prompt, or null when its profile has nothing for it. */
export function promptBytes(
  profile: KeypadProfile,
  prompt: KeypadPrompt,
  facts: KeypadFacts,
): Uint8Array | null {
  switch (profile.transport) {
    case 'hid':
    case 'serial': {
      const frame = profile.prompts[prompt];
      return frame === undefined ? null : fillPrompt(frame, facts);
    }
    case 'websocket': {
      const page = profile.pages[prompt];
      return page === undefined ? null : new TextEncoder().encode(encodeShowPage(addressOf(page, facts)));
    }
    case 'keyboard-shortcut':
      return null;
  }
}

/** The prompts a keypad can show. */
export function promptsOf(profile: KeypadProfile): readonly KeypadPrompt[] {
  const names: readonly KeypadPrompt[] = ['welcome', 'please-rate', 'thanks', 'off'];
  return names.filter(name => promptBytes(profile, name, {}) !== null);
}

function addressOf(page: string, facts: KeypadFacts): string {
  return page.replace(/\{(counterId|counterNumber|staffNumber|stars)\}/g, (_, name: keyof KeypadFacts) =>
    encodeURIComponent(facts[name] ?? ''),
  );
}
