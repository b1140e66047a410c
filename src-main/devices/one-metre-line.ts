import type { LocalText } from '#core/wire/fields.ts';

export interface OneMetreLineParts {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly text: () => LocalText;
  /** Speaks it where the counter's calls are spoken. */
  readonly say: (counterId: string, text: LocalText) => void;
  /** What `until` answers has changed. */
  readonly onChange: () => void;
}

/** RT4 一米线: a key at the counter asks the others to step back. Shown and spoken, never recorded. */
export interface OneMetreLine {
  /** Pressed again within 15 s it is neither spoken nor shown again. */
  ask(counterId: string): void;
  /** Until when the counter's screens show it, in ms since 1970; null: they do not. */
  until(counterId: string): number | null;
}

const SHOWN_MS = 8_000;
const PAUSE_MS = 15_000;

export function createOneMetreLine({ now, text, say, onChange }: OneMetreLineParts): OneMetreLine {
  const askedAt = new Map<string, number>();
  /** A clock that was set back makes nobody wait. */
  const sinceAsked = (counterId: string) => {
    const ago = now() - (askedAt.get(counterId) ?? Number.NEGATIVE_INFINITY);
    return ago >= 0 ? ago : Number.POSITIVE_INFINITY;
  };
  return {
    ask(counterId) {
      if (sinceAsked(counterId) < PAUSE_MS) return;
      askedAt.set(counterId, now());
      say(counterId, text());
      onChange();
    },
    until(counterId) {
      const at = askedAt.get(counterId);
      return at !== undefined && sinceAsked(counterId) < SHOWN_MS ? at + SHOWN_MS : null;
    },
  };
}
