import { type Failure, fail } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { KeypadPort } from './keypad-port.ts';
import { parseKeypadProfile } from './keypad-profile.ts';
import type { LearntKey } from './learn-keypad.ts';
import { createPressCounter, type PressCounter } from './learn-presses.ts';

export interface LearningParts {
  readonly port: KeypadPort;
  readonly clock: DriverClock;
  /** What the person is asked to press, in turn: the bank's levels, best first, then actions. */
  readonly keys: readonly LearntKey['means'][];
  /** Length of the bank's list of levels. */
  readonly levelCount: number;
  /** Makes the profile's JSON of what was heard; K311 or K312 with the `key` (from 0) at fault. */
  readonly toProfile: LearntProfileMaker;
}

/** `idleReports` is empty for keypads that never tell a release. */
export type LearntProfileMaker = (
  idleReports: readonly Uint8Array[],
  keys: readonly LearntKey[],
) => { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Failure };

/** Where learning is. Each key is pressed and let go `needed` times. */
export type LearningState =
  | { readonly phase: 'opening' }
  | { readonly phase: 'hands-off' }
  | {
      readonly phase: 'key';
      readonly index: number;
      readonly means: LearntKey['means'];
      readonly pressed: number;
      readonly needed: number;
    }
  | { readonly phase: 'done'; readonly profile: unknown }
  | { readonly phase: 'failed'; readonly failure: Failure };

export interface Learning {
  state(): LearningState;
  onChange(listener: (state: LearningState) => void): void;
  /** Ends it at any time and closes the port. */
  stop(): Promise<void>;
}

/** For so long nothing is pressed, to hear whether the keypad talks by itself. */
const HANDS_OFF_MS = 1500;
const PRESSES_NEEDED = 2;
/** After the last report of a key before the next key is asked for. */
const QUIET_MS = 500;
const KEY_PATIENCE_MS = 30_000;

/**
 * Learn mode (HW4): opens the port, asks for each key in turn, and makes a profile. The keypad's own driver must be
 * stopped meanwhile. Failures: the port's own, K311 two keys send the same (`key`, `other`), K312 nothing heard from
 * a key within 30 s (`key`), K306 a profile that cannot be.
 */
export function startLearning({ port, clock, keys, levelCount, toProfile }: LearningParts): Learning {
  const listeners: ((state: LearningState) => void)[] = [];
  const counter: PressCounter = createPressCounter();
  const learnt: LearntKey[] = [];
  let state: LearningState = { phase: 'opening' };
  let isOver = false;
  let cancelTimer = (): void => undefined;
  let cancelPatience = (): void => undefined;

  function change(next: LearningState): void {
    state = next;
    for (const listener of listeners) listener(next);
  }

  async function end(last: LearningState | null): Promise<void> {
    if (isOver) return;
    isOver = true;
    cancelTimer();
    cancelPatience();
    await port.close();
    if (last !== null) change(last);
  }

  function askFor(index: number): void {
    const means = keys[index];
    if (means === undefined) {
      finish();
      return;
    }
    counter.startKey();
    cancelPatience();
    cancelPatience = clock.after(KEY_PATIENCE_MS, () => {
      void end({ phase: 'failed', failure: { code: 'K312', facts: { key: index } } });
    });
    change({ phase: 'key', index, means, pressed: 0, needed: PRESSES_NEEDED });
  }

  function finish(): void {
    const made = toProfile(counter.idleReports(), learnt);
    if (!made.ok) {
      void end({ phase: 'failed', failure: made.error });
      return;
    }
    const checked = parseKeypadProfile(made.value, levelCount);
    void end(
      checked.ok ? { phase: 'done', profile: made.value } : { phase: 'failed', failure: checked.error },
    );
  }

  port.onReport(report => {
    if (isOver) return;
    if (state.phase === 'hands-off') counter.heardIdle(report);
    if (state.phase !== 'key') return;
    const { index } = state;
    const hasChanged = counter.heard(report, clock.nowMs());
    const pressed = Math.min(counter.presses(), PRESSES_NEEDED);
    if (pressed !== state.pressed) change({ ...state, pressed });
    if (!hasChanged) return;
    cancelTimer();
    if (!counter.isComplete(PRESSES_NEEDED)) return;
    cancelTimer = clock.after(QUIET_MS, () => {
      learnt.push({ means: keys[index] ?? { rating: 1 }, reports: counter.keyReports() });
      askFor(index + 1);
    });
  });
  port.onLost(() => void end({ phase: 'failed', failure: { code: 'K302' } }));

  void port.open().then(opened => {
    if (isOver) return port.close();
    if (!opened.ok) return end({ phase: 'failed', failure: opened.error });
    change({ phase: 'hands-off' });
    cancelTimer = clock.after(HANDS_OFF_MS, () => askFor(0));
  });

  return {
    state: () => state,
    onChange: listener => void listeners.push(listener),
    stop: () => end(null),
  };
}

/** What `learnKeypad` refuses, in the codes of the set-up screen. */
export function learningFailure(refused: Failure): Failure {
  const key = Number(/^keys\.(\d+)$/.exec(String(refused.facts?.field))?.[1] ?? 0);
  const { reason, other } = refused.facts ?? {};
  if (reason === 'same-as-other') return { code: 'K311', facts: { key, other: other ?? 0 } };
  return fail('K312', { key }).error;
}
