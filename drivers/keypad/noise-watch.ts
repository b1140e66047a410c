import type { DriverClock } from '#drivers/contract.ts';

/** So many unreadable reports within the time are no accident. */
const LOUD_COUNT = 5;
const WITHIN_MS = 60_000;

/** Tells a keypad that sends nonsense now and then (nothing to do) from one that keeps doing it (K305). */
export interface NoiseWatch {
  /** An unreadable report came. */
  heard(): void;
  isLoud(): boolean;
  forget(): void;
}

/** @param onChange called when `isLoud()` has changed */
export function createNoiseWatch(clock: DriverClock, onChange: () => void): NoiseWatch {
  let heardAtMs: number[] = [];
  let isLoud = false;
  let cancelQuiet = (): void => undefined;

  return {
    heard() {
      const nowMs = clock.nowMs();
      heardAtMs = [...heardAtMs.filter(atMs => nowMs - atMs < WITHIN_MS), nowMs].slice(-LOUD_COUNT);
      if (heardAtMs.length < LOUD_COUNT) return;
      cancelQuiet();
      cancelQuiet = clock.after(WITHIN_MS, () => {
        isLoud = false;
        onChange();
      });
      if (isLoud) return;
      isLoud = true;
      onChange();
    },
    isLoud: () => isLoud,
    forget() {
      cancelQuiet();
      heardAtMs = [];
      isLoud = false;
    },
  };
}
