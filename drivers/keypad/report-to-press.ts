import type { KeypadProfile, KeypadRule } from './keypad-profile.ts';

/**
 * Turns the reports of a keypad into presses (hardware-protocols 10.2–10.6). Pure: the same reports at the same
 * times give the same presses, on a real keypad and on the simulator.
 */

/** What is remembered between two reports. */
export interface KeypadState {
  /** Whether a key was down in the last report. */
  readonly down: boolean;
  /** By rule: whether its key was down in the last report. */
  readonly matched: readonly boolean[];
  /** By rule: when its key was last seen down or let go; null before the first time. */
  readonly lastDownMs: readonly (number | null)[];
  /** Ratings before this time are ignored (`lockoutMs`). */
  readonly lockedUntilMs: number | null;
  /** Reports that could not be read (K305). */
  readonly malformedCount: number;
}

/** What one report meant. `position` counts from 1 = best. */
export type KeypadOutcome =
  | { readonly kind: 'press'; readonly position: number }
  | { readonly kind: 'action'; readonly action: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'malformed' };

const NOTHING: KeypadOutcome = { kind: 'nothing' };

/** The state of a keypad that has just been opened: no key down. */
export function initialKeypadState(profile: KeypadProfile): KeypadState {
  return {
    down: false,
    matched: profile.rules.map(() => false),
    lastDownMs: profile.rules.map(() => null),
    lockedUntilMs: null,
    malformedCount: 0,
  };
}

/**
 * Takes one report.
 * @param report the bytes as the HID layer or the frame parser delivered them
 * @param atMs monotonic milliseconds of its arrival, never smaller than before
 * @returns the next state and what the report meant; a malformed one (K305) only counts
 */
export function readReport(
  profile: KeypadProfile,
  state: KeypadState,
  report: Uint8Array,
  atMs: number,
): { readonly state: KeypadState; readonly outcome: KeypadOutcome } {
  if (profile.transport === 'hid') {
    const { reportId, minLength } = profile.frame;
    if (report.length < minLength) {
      return {
        state: { ...state, malformedCount: state.malformedCount + 1 },
        outcome: { kind: 'malformed' },
      };
    }
    if (reportId !== null && report[0] !== reportId) return { state, outcome: NOTHING };
  }
  if (profile.rules.some(rule => isRollOver(rule, report))) return { state, outcome: NOTHING };

  const matched = profile.rules.map(rule => matches(rule, report));
  const down = !isIdle(profile, report, matched);
  const chosen = chosenRule(profile, state, matched, down);
  const next: KeypadState = {
    ...state,
    down,
    matched,
    // A key counts as seen down up to and including the report that shows it let go.
    lastDownMs: matched.map((isDown, index) =>
      isDown || state.matched[index] === true ? atMs : (state.lastDownMs[index] ?? null),
    ),
  };
  const rule = chosen < 0 ? undefined : profile.rules[chosen];
  if (rule === undefined) return { state: next, outcome: NOTHING };

  const lastDownMs = state.lastDownMs[chosen] ?? null;
  if (lastDownMs !== null && atMs - lastDownMs < profile.edge.debounceMs) {
    return { state: next, outcome: NOTHING };
  }
  if ('action' in rule) return { state: next, outcome: { kind: 'action', action: rule.action } };
  if (state.lockedUntilMs !== null && atMs < state.lockedUntilMs) return { state: next, outcome: NOTHING };
  return {
    state: { ...next, lockedUntilMs: atMs + profile.edge.lockoutMs },
    outcome: { kind: 'press', position: rule.rating },
  };
}

/** Index of the rule whose key was pressed with this report, or -1. The first rule wins. */
function chosenRule(
  profile: KeypadProfile,
  state: KeypadState,
  matched: readonly boolean[],
  down: boolean,
): number {
  switch (profile.edge.kind) {
    case 'each':
      return matched.indexOf(true);
    case 'press':
      return down && !state.down ? matched.indexOf(true) : -1;
    case 'change':
      return matched.findIndex((isDown, index) => isDown && state.matched[index] !== true);
  }
}

function isIdle(profile: KeypadProfile, report: Uint8Array, matched: readonly boolean[]): boolean {
  const { idle } = profile.edge;
  if (idle.length === 0) return !matched.includes(true);
  return idle.every(test => ((report[test.byte] ?? 0) & test.mask) === (test.value & test.mask));
}

function matches(rule: KeypadRule, report: Uint8Array): boolean {
  if ('all' in rule) {
    return rule.all.every(test => {
      const value = report[test.byte];
      return value !== undefined && (value & test.mask) === (test.equals & test.mask);
    });
  }
  return rule.anyOfBytes.some(byte => report[byte] === rule.equals);
}

/** Keyboard usages 01 to 03 in every key byte say "too many keys" or a fault, not a key (10.2). */
function isRollOver(rule: KeypadRule, report: Uint8Array): boolean {
  if (!('anyOfBytes' in rule) || rule.anyOfBytes.length < 2) return false;
  const first = report[rule.anyOfBytes[0] ?? 0] ?? 0;
  return first >= 1 && first <= 3 && rule.anyOfBytes.every(byte => report[byte] === first);
}
