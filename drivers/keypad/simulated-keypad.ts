import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock, KeypadPrompt } from '#drivers/contract.ts';
import type { KeypadPort } from './keypad-port.ts';
import type { HidKeypadProfile, KeypadRule } from './keypad-profile.ts';
import { isPromptFrame, type PromptFrame } from './prompt-frame.ts';

/**
 * How the simulated keypad misbehaves. `missing`: unplugged. `silent`: keys send nothing. `prompt-lost`: prompts
 * are not taken. `stuck`: the next key never comes up again. `bounce`: contacts chatter. `malformed`: reports come cut
 * short. `split` (serial): frames come byte by byte. `late`: reports come after a second. `unplugged-in-press`: the
 * next press pulls the cable, with the key still down.
 */
export type KeypadFault =
  | 'missing'
  | 'silent'
  | 'prompt-lost'
  | 'stuck'
  | 'bounce'
  | 'malformed'
  | 'split'
  | 'late'
  | 'unplugged-in-press';

export const KEYPAD_FAULTS: readonly KeypadFault[] = [
  'missing',
  'silent',
  'prompt-lost',
  'stuck',
  'bounce',
  'malformed',
  'split',
  'late',
  'unplugged-in-press',
];

/** How late `late` is. */
export const LATE_MS = 1000;

/** A keypad made of software: it sends the bytes the profile's real one would send. */
export interface SimulatedKeypad {
  readonly port: KeypadPort;
  /** Presses and releases the key of a rating position (1 = best); false when the profile has no such key. */
  press(position: number): boolean;
  /** Presses and releases the key of an action; false when the profile has no such key. */
  pressAction(action: string): boolean;
  /** Sends a report as it is. */
  send(report: Uint8Array): void;
  setFault(fault: KeypadFault | null): void;
  /** Ends every fault, and tells the PC that something was plugged in. */
  plugIn(): void;
  fault(): KeypadFault | null;
  /** The prompt it shows, null before the first. */
  lastPrompt(): KeypadPrompt | null;
  /** Called after every change of prompt or fault and every press. */
  onChange(listener: () => void): void;
}

/**
 * Builds a simulated HID keypad. Serial ones: `simulated-serial-keypad.ts`.
 * @param profile a checked profile; its rules and idle bytes say what the keys send
 * @param clock for `late`; without one late reports never come
 */
export function createSimulatedKeypad(
  profile: HidKeypadProfile,
  clock: DriverClock | null = null,
): SimulatedKeypad {
  const reportListeners: ((report: Uint8Array) => void)[] = [];
  const lostListeners: (() => void)[] = [];
  const hints = createHints();
  const changeListeners: (() => void)[] = [];
  let isOpen = false;
  let fault: KeypadFault | null = null;
  let heldReport: Uint8Array | null = null;
  let shownPrompt: KeypadPrompt | null = null;

  const idleReport = reportWith(profile, []);

  function changed(): void {
    for (const listener of changeListeners) listener();
  }

  function deliver(report: Uint8Array): void {
    if (isOpen) for (const listener of reportListeners) listener(report);
  }

  function send(report: Uint8Array): void {
    if (fault === 'missing' || fault === 'silent') return;
    if (fault === 'late') clock?.after(LATE_MS, () => deliver(report));
    else deliver(fault === 'malformed' ? report.subarray(0, profile.frame.minLength - 1) : report);
  }

  function unplug(): void {
    if (!isOpen) return;
    isOpen = false;
    shownPrompt = null;
    for (const listener of lostListeners) listener();
  }

  function pressAndRelease(report: Uint8Array): void {
    // While a key is stuck its report goes on, whatever else is pressed: the profile's first rule may differ.
    if (heldReport !== null) {
      send(combined(heldReport, report));
      send(heldReport);
      return;
    }
    send(report);
    if (fault === 'stuck') heldReport = report;
    else if (fault === 'unplugged-in-press') {
      fault = 'missing';
      unplug();
    } else {
      for (const bounced of fault === 'bounce' ? [idleReport, report, idleReport, report] : []) send(bounced);
      send(idleReport);
    }
  }

  function pressRule(rule: KeypadRule | undefined): boolean {
    if (rule === undefined) return false;
    pressAndRelease(reportWith(profile, [rule]));
    changed();
    return true;
  }

  const port: KeypadPort = {
    async open(): Promise<Result<void>> {
      if (fault === 'missing') return fail('K301');
      isOpen = true;
      return ok(undefined);
    },
    async write(_kind, frame): Promise<Result<void>> {
      if (!isOpen) return fail('K304', { reason: 'not-open' });
      if (fault === 'prompt-lost') return fail('K304', { reason: 'refused' });
      const shown = shownBy(profile.prompts, frame);
      if (shown !== null) {
        shownPrompt = shown;
        changed();
      }
      return ok(undefined);
    },
    async close(): Promise<void> {
      isOpen = false;
    },
    onReport: listener => void reportListeners.push(listener),
    onMalformed: () => undefined,
    onLost: listener => void lostListeners.push(listener),
    onHint: hints.listen,
  };

  const keypad: SimulatedKeypad = {
    port,
    press: position => pressRule(ruleOf(profile, position)),
    pressAction: action => pressRule(actionRuleOf(profile, action)),
    send,
    setFault(next): void {
      if (heldReport !== null && next !== 'stuck') {
        heldReport = null;
        send(idleReport);
      }
      fault = next;
      if (next === 'missing') unplug();
      changed();
    },
    plugIn(): void {
      keypad.setFault(null);
      hints.tell();
    },
    fault: () => fault,
    lastPrompt: () => shownPrompt,
    onChange: listener => void changeListeners.push(listener),
  };
  return keypad;
}

/** Tells that the keypad was plugged in, as the operating system does. */
export function createHints(): { listen(listener: () => void): () => void; tell(): void } {
  let listeners: (() => void)[] = [];
  return {
    listen(listener) {
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter(other => other !== listener);
      };
    },
    tell() {
      for (const listener of listeners) listener();
    },
  };
}

/** The rule of a rating position, 1 = best. */
export function ruleOf({ rules }: { readonly rules: readonly KeypadRule[] }, position: number) {
  return rules.find(rule => 'rating' in rule && rule.rating === position);
}

export function actionRuleOf({ rules }: { readonly rules: readonly KeypadRule[] }, action: string) {
  return rules.find(rule => 'action' in rule && rule.action === action);
}

/** The report that shows these keys down and everything else idle. */
function reportWith(profile: HidKeypadProfile, rules: readonly KeypadRule[]): Uint8Array {
  const report = new Uint8Array(profile.frame.minLength);
  if (profile.frame.reportId !== null) report[0] = profile.frame.reportId;
  for (const idle of profile.edge.idle) setBits(report, idle.byte, idle.mask, idle.value);
  for (const rule of rules) setKey(report, rule);
  return report;
}

/** Puts a key's bytes into a report or frame. */
export function setKey(report: Uint8Array, rule: KeypadRule): void {
  if ('all' in rule) for (const test of rule.all) setBits(report, test.byte, test.mask, test.equals);
  else report[rule.anyOfBytes[0] ?? 0] = rule.equals;
}

function setBits(report: Uint8Array, byte: number, mask: number, value: number): void {
  report[byte] = ((report[byte] ?? 0) & ~mask) | (value & mask);
}

function combined(held: Uint8Array, added: Uint8Array): Uint8Array {
  return held.map((value, index) => (value === 0 ? (added[index] ?? 0) : value));
}

/** The prompt these bytes show, or null. */
export function shownBy(
  prompts: Readonly<Partial<Record<KeypadPrompt, PromptFrame | undefined>>>,
  bytes: Uint8Array,
): KeypadPrompt | null {
  const names: readonly KeypadPrompt[] = ['welcome', 'please-rate', 'thanks', 'off'];
  return names.find(name => isPromptFrame(prompts[name], bytes)) ?? null;
}
