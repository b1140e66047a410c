import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { Failure, Result } from '#core/wire/result.ts';
import { fail } from '#core/wire/result.ts';
import type {
  DriverClock,
  KeypadAction,
  KeypadDriver,
  KeypadFacts,
  KeypadPress,
  KeypadPrompt,
} from '#drivers/contract.ts';
import { type KeypadPort, NATIVE_PART_MISSING } from './keypad-port.ts';
import type { KeypadProfile } from './keypad-profile.ts';
import { createNoiseWatch } from './noise-watch.ts';
import { promptBytes } from './prompt-bytes.ts';
import { createReopenPlan } from './reopen-plan.ts';
import { initialKeypadState, readReport } from './report-to-press.ts';

export type { KeypadAction } from '#drivers/contract.ts';

/** The contract's keypad, with what the set-up screen shows and the self-test does. */
export interface ProfiledKeypadDriver extends KeypadDriver {
  isOpen(): boolean;
  /** The prompt it should show now; null before the first. */
  wantedPrompt(): KeypadPrompt | null;
  /** Shows a prompt for a moment, for a test: `showAgain()` brings back what it should show. */
  tryPrompt(prompt: KeypadPrompt): Promise<boolean>;
  showAgain(): Promise<void>;
  /** Why the keypad does not work, with its facts; null while it does. */
  lastFailure(): Failure | null;
  /** Reports that could not be read since `start()` (K305). */
  malformedCount(): number;
}

export interface KeypadDriverOptions {
  readonly profile: KeypadProfile;
  readonly port: KeypadPort;
  readonly clock: DriverClock;
  /**
   * From a loss or a failed attempt to the next attempt. Enumerating a bus is slow: seconds, not less. After a minute
   * without success attempts become rarer, unless the port hints that something was plugged in.
   */
  readonly reopenAfterMs?: number;
  /** A prompt the operating system has not taken by then counts as not delivered. */
  readonly writeTimeoutMs?: number;
  /** A key held longer than this is reported as stuck (K307). */
  readonly stuckAfterMs?: number;
}

/** A key heard again within this time may be held. */
const REPEAT_GAP_MS = 1500;

const READY: DeviceHealth = { status: 'ready', code: null };

/**
 * The one driver for every keypad: keeps the port open, turns reports into presses by the profile, writes prompts.
 * Health: absent K301 (never found) or K303 (HID library does not load), down K302 (lost) or K303 (refused),
 * warning K307 (key stuck), K304 (last prompt not delivered) or K305 (again and again reports that cannot be read),
 * ready. Other codes are the port's own reasons. A keypad that sends nothing cannot be told from one that nobody
 * presses: only a self-test with a person finds it.
 */
export function createKeypadDriver(options: KeypadDriverOptions): ProfiledKeypadDriver {
  const { profile, port, clock } = options;
  const writeTimeoutMs = options.writeTimeoutMs ?? 1000;
  const stuckAfterMs = options.stuckAfterMs ?? 30_000;

  const pressListeners: ((press: KeypadPress) => void)[] = [];
  const actionListeners: ((action: KeypadAction) => void)[] = [];
  const healthListeners: ((health: DeviceHealth) => void)[] = [];

  let isWanted = false;
  let isOpen = false;
  /** Lost between the port's opening and our hearing of it. */
  let wasLostOpening = false;
  /** Raised by every start and stop, so that an attempt begun before is not taken for a current one. */
  let generation = 0;
  let wasFound = false;
  let isPromptLost = false;
  let isStuck = false;
  let state = initialKeypadState(profile);
  let repeatsSinceMs = 0;
  let malformed = 0;
  let wanted: { readonly prompt: KeypadPrompt; readonly facts: KeypadFacts } | null = null;
  const noise = createNoiseWatch(clock, tellHealth);
  const reopen = createReopenPlan(clock, options.reopenAfterMs ?? 3000, () => void tryOpen());
  let stopHints: (() => void) | undefined;
  let failure: Failure | null = null;
  let health: DeviceHealth | null = null;
  let cancelStuckTimer: (() => void) | null = null;
  let cancelKeepAlive = (): void => undefined;

  port.onReport(takeReport);
  port.onMalformed(countMalformed);
  port.onLost(() => {
    wasLostOpening = true;
    if (!isOpen) return;
    leaveOpen();
    setFailure({ code: 'K302' });
    reopen.failed();
  });

  function countMalformed(): void {
    malformed += 1;
    noise.heard();
  }

  function takeReport(report: Uint8Array): void {
    if (!isOpen) return;
    const atMs = clock.nowMs();
    const step = readReport(profile, state, report, atMs);
    state = step.state;
    watchForStuckKey();
    switch (step.outcome.kind) {
      case 'press':
        for (const listener of pressListeners) listener({ position: step.outcome.position, atMs });
        return;
      case 'action':
        for (const listener of actionListeners) listener({ action: step.outcome.action, atMs });
        return;
      case 'malformed':
        countMalformed();
        return;
      case 'nothing':
        return;
    }
  }

  function watchForStuckKey(): void {
    if (profile.edge.kind === 'each') {
      if (state.down) watchForRepeats();
      return;
    }
    if (state.down) {
      cancelStuckTimer ??= clock.after(stuckAfterMs, () => {
        isStuck = true;
        tellHealth();
      });
      return;
    }
    cancelStuckTimer?.();
    cancelStuckTimer = null;
    isStuck = false;
    tellHealth();
  }

  /** Keypads that never tell a release repeat a key that is held. */
  function watchForRepeats(): void {
    const nowMs = clock.nowMs();
    if (cancelStuckTimer === null) repeatsSinceMs = nowMs;
    cancelStuckTimer?.();
    cancelStuckTimer = clock.after(REPEAT_GAP_MS, () => {
      cancelStuckTimer = null;
      isStuck = false;
      tellHealth();
    });
    if (nowMs - repeatsSinceMs < stuckAfterMs) return;
    isStuck = true;
    tellHealth();
  }

  async function tryOpen(): Promise<void> {
    const mine = generation;
    wasLostOpening = false;
    const tried = await port.open();
    const opened = tried.ok && wasLostOpening ? fail('K302') : tried;
    if (mine !== generation) {
      if (opened.ok) await port.close();
      return;
    }
    if (!opened.ok) {
      // Once seen, a missing keypad is a lost one: that is what the lobby manager has to look for.
      setFailure(wasFound && opened.error.code === 'K301' ? { code: 'K302' } : opened.error);
      reopen.failed();
      return;
    }
    reopen.succeeded();
    isOpen = true;
    wasFound = true;
    isPromptLost = false;
    state = initialKeypadState(profile);
    await writeInitial();
    if (mine !== generation || !isOpen) return;
    keepAlive();
    setFailure(null);
    await showAgain();
  }

  /** After a loss the keypad is blank; what it should show is shown again. */
  async function showAgain(): Promise<void> {
    if (wanted !== null) await show(wanted.prompt, wanted.facts);
  }

  async function show(prompt: KeypadPrompt, facts: KeypadFacts): Promise<boolean> {
    const bytes = promptBytes(profile, prompt, facts);
    if (!isOpen || bytes === null) return false;
    const mine = generation;
    const written = await writeInTime('output', bytes);
    if (mine === generation && isOpen) {
      isPromptLost = !written.ok;
      tellHealth();
    }
    return written.ok;
  }

  async function writeInitial(): Promise<void> {
    if (profile.transport !== 'hid') return;
    for (const write of profile.open.initWrites) await writeInTime(write.kind, write.hex);
  }

  function keepAlive(): void {
    const everyMs = profile.transport === 'hid' ? profile.open.keepAliveMs : 0;
    if (everyMs === 0) return;
    cancelKeepAlive = clock.after(everyMs, () => {
      void writeInitial();
      keepAlive();
    });
  }

  function leaveOpen(): void {
    isOpen = false;
    isPromptLost = false;
    isStuck = false;
    noise.forget();
    cancelKeepAlive();
    cancelStuckTimer?.();
    cancelStuckTimer = null;
  }

  function writeInTime(kind: 'output' | 'feature', frame: Uint8Array): Promise<Result<void>> {
    return new Promise(resolve => {
      const cancel = clock.after(writeTimeoutMs, () => resolve(fail('K304', { reason: 'time-out' })));
      void port.write(kind, frame).then(written => {
        cancel();
        resolve(written);
      });
    });
  }

  function setFailure(next: Failure | null): void {
    failure = next;
    tellHealth();
  }

  function tellHealth(): void {
    const next = healthNow();
    if (health !== null && health.status === next.status && health.code === next.code) return;
    health = next;
    for (const listener of healthListeners) listener(next);
  }

  function healthNow(): DeviceHealth {
    if (failure !== null) {
      const isAbsent = failure.code === 'K301' || failure.facts?.reason === NATIVE_PART_MISSING;
      return { status: isAbsent ? 'absent' : 'down', code: failure.code };
    }
    if (isStuck) return { status: 'warning', code: 'K307' };
    if (isPromptLost) return { status: 'warning', code: 'K304' };
    if (noise.isLoud()) return { status: 'warning', code: 'K305' };
    return READY;
  }

  return {
    start(): void {
      if (isWanted) return;
      isWanted = true;
      generation += 1;
      malformed = 0;
      stopHints = port.onHint?.(() => {
        if (!isOpen) reopen.hinted();
      });
      void tryOpen();
    },

    async stop(): Promise<void> {
      isWanted = false;
      generation += 1;
      stopHints?.();
      reopen.cancel();
      leaveOpen();
      health = null;
      wanted = null;
      await port.close();
    },

    async prompt(prompt: KeypadPrompt, facts: KeypadFacts = {}): Promise<boolean> {
      // Whoever asks for a rating in vain counts the keypad as missing: it must not ask later by itself.
      if (isOpen || prompt !== 'please-rate') wanted = { prompt, facts };
      const mine = wanted;
      const isShown = await show(prompt, facts);
      if (!isShown && prompt === 'please-rate' && wanted === mine) wanted = null;
      return isShown;
    },

    canRateUnprompted: () => isOpen && promptBytes(profile, 'please-rate', {}) === null,
    isOpen: () => isOpen,
    wantedPrompt: () => wanted?.prompt ?? null,
    tryPrompt: prompt => show(prompt, wanted?.facts ?? {}),
    showAgain,
    onPress: listener => void pressListeners.push(listener),
    onAction: listener => void actionListeners.push(listener),
    onHealth: listener => void healthListeners.push(listener),
    lastFailure: () => failure,
    malformedCount: () => malformed,
  };
}
