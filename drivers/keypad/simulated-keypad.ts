import { fail, ok, type Result } from '#core/wire/result.ts';
import type { KeypadPrompt } from '#drivers/contract.ts';
import type { KeypadPort } from './keypad-port.ts';
import type { HidKeypadProfile, KeypadRule } from './keypad-profile.ts';

/**
 * How the simulated keypad misbehaves. `missing`: unplugged. `silent`: keys send nothing. `prompt-lost`: prompts
 * are not taken. `stuck`: the next key never comes up again.
 */
export type KeypadFault = 'missing' | 'silent' | 'prompt-lost' | 'stuck';

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
  fault(): KeypadFault | null;
  /** The prompt it shows, null before the first. */
  lastPrompt(): KeypadPrompt | null;
  /** Called after every change of prompt or fault and every press. */
  onChange(listener: () => void): void;
}

/**
 * Builds a simulated keypad for a HID profile.
 * @param profile a checked profile; its rules and idle bytes say what the keys send
 */
export function createSimulatedKeypad(profile: HidKeypadProfile): SimulatedKeypad {
  const reportListeners: ((report: Uint8Array) => void)[] = [];
  const lostListeners: (() => void)[] = [];
  const changeListeners: (() => void)[] = [];
  let isOpen = false;
  let fault: KeypadFault | null = null;
  let heldReport: Uint8Array | null = null;
  let shownPrompt: KeypadPrompt | null = null;

  const idleReport = reportWith(profile, []);

  function changed(): void {
    for (const listener of changeListeners) listener();
  }

  function send(report: Uint8Array): void {
    if (!isOpen || fault === 'missing' || fault === 'silent') return;
    for (const listener of reportListeners) listener(report);
  }

  function pressRule(rule: KeypadRule | undefined): boolean {
    if (rule === undefined) return false;
    const report = reportWith(profile, [rule]);
    // While a key is stuck its report goes on, whatever else is pressed: the profile's first rule may differ.
    if (heldReport === null) {
      send(report);
      if (fault === 'stuck') heldReport = report;
      else send(idleReport);
    } else {
      send(combined(heldReport, report));
      send(heldReport);
    }
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
      const shown = promptOf(profile, frame);
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
  };

  return {
    port,
    press: position => pressRule(profile.rules.find(rule => 'rating' in rule && rule.rating === position)),
    pressAction: action => pressRule(profile.rules.find(rule => 'action' in rule && rule.action === action)),
    send,
    setFault(next): void {
      const isUnplugged = next === 'missing' && isOpen;
      const isReleased = heldReport !== null && next !== 'stuck';
      if (isReleased) {
        heldReport = null;
        send(idleReport);
      }
      fault = next;
      if (isUnplugged) {
        isOpen = false;
        shownPrompt = null;
        for (const listener of lostListeners) listener();
      }
      changed();
    },
    fault: () => fault,
    lastPrompt: () => shownPrompt,
    onChange: listener => void changeListeners.push(listener),
  };
}

/** The report that shows these keys down and everything else idle. */
function reportWith(profile: HidKeypadProfile, rules: readonly KeypadRule[]): Uint8Array {
  const report = new Uint8Array(profile.frame.minLength);
  if (profile.frame.reportId !== null) report[0] = profile.frame.reportId;
  for (const idle of profile.edge.idle) setBits(report, idle.byte, idle.mask, idle.value);
  for (const rule of rules) {
    if ('all' in rule) for (const test of rule.all) setBits(report, test.byte, test.mask, test.equals);
    else report[rule.anyOfBytes[0] ?? 0] = rule.equals;
  }
  return report;
}

function setBits(report: Uint8Array, byte: number, mask: number, value: number): void {
  report[byte] = ((report[byte] ?? 0) & ~mask) | (value & mask);
}

function combined(held: Uint8Array, added: Uint8Array): Uint8Array {
  return held.map((value, index) => (value === 0 ? (added[index] ?? 0) : value));
}

function promptOf(profile: HidKeypadProfile, frame: Uint8Array): KeypadPrompt | null {
  const names: readonly KeypadPrompt[] = ['welcome', 'please-rate', 'thanks', 'off'];
  return names.find(name => isSame(profile.prompts[name], frame)) ?? null;
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one?.length === other.length && one.every((value, index) => value === other[index]);
}
