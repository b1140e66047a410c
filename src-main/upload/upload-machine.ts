import type { ErrorCode } from '#core/wire/error-codes.ts';
import { type CursorAnswer, MAX_BATCH_EVENTS, type PushAnswer } from '#core/wire/upload.ts';

/** Where the upload is. `stopped`: head office holds something else than the journal; only a person can help. */
export type UploadPhase = 'off' | 'idle' | 'asking' | 'sending' | 'waiting' | 'stopped';

/** Everything the machine remembers. */
export interface UploadState {
  readonly phase: UploadPhase;
  /** Head office holds the journal up to here. */
  readonly durableSeq: number;
  readonly durableHash: string | null;
  /** The journal's last event. */
  readonly lastSeq: number;
  /** Head office may have the journal up to here (BR4); without another PC, all of it. */
  readonly allowedSeq: number;
  /** Whether head office has said where to continue since the start. */
  readonly asked: boolean;
  /** Events the next batch may hold. */
  readonly credit: number;
  /** Failures since the last success. */
  readonly failures: number;
  /** Why nothing moves, or null. */
  readonly code: ErrorCode | null;
}

/** What happened. `lastSeq` is the journal's last event at that moment. */
export type UploadInput =
  | { readonly type: 'started'; readonly cursor: UploadCursor; readonly lastSeq: number }
  | { readonly type: 'appended'; readonly lastSeq: number }
  | {
      readonly type: 'cursor';
      readonly answer: CursorAnswer;
      readonly lastSeq: number;
      /** The journal's own hash at `answer.durableSeq`; null when the journal has no such event (any more). */
      readonly ownHash: string | null;
    }
  | { readonly type: 'answered'; readonly answer: PushAnswer; readonly lastSeq: number }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly retryAfterMs: number }
  | { readonly type: 'waited' }
  | { readonly type: 'stopped' };

/** What the client has to do next; `none` means wait for the next input. */
export type UploadAction =
  | { readonly type: 'none' }
  | { readonly type: 'ask' }
  | { readonly type: 'send'; readonly from: number; readonly limit: number }
  | { readonly type: 'wait'; readonly waitMs: number };

/** The part of the state that outlives the program. */
export interface UploadCursor {
  readonly durableSeq: number;
  readonly durableHash: string | null;
}

/** How patient the upload is. */
export interface UploadPatience {
  /** The first contact after a start comes at a random moment within this, so that branches do not come at once. */
  readonly startJitterMs: number;
  /** Wait after the first failure; doubles with each further one … */
  readonly backOffBaseMs: number;
  /** … up to this. */
  readonly backOffMaxMs: number;
  /** Wait after a refusal that only a person can lift (wrong key, lower epoch). */
  readonly slowRetryMs: number;
}

export const UPLOAD_PATIENCE: UploadPatience = {
  startJitterMs: 10_000,
  backOffBaseMs: 1_000,
  backOffMaxMs: 60_000,
  slowRetryMs: 60_000,
};

export const UPLOAD_OFF: UploadState = {
  phase: 'off',
  durableSeq: 0,
  durableHash: null,
  lastSeq: 0,
  allowedSeq: Number.POSITIVE_INFINITY,
  asked: false,
  credit: MAX_BATCH_EVENTS,
  failures: 0,
  code: null,
};

/** Refusals that trying again soon cannot change. */
const SLOW_CODES: ReadonlySet<ErrorCode> = new Set(['U502', 'U504', 'U505', 'U506', 'U507', 'M601', 'M604']);

interface Step {
  readonly state: UploadState;
  readonly action: UploadAction;
}

/**
 * The upload's next step (HO1, HO2). One request is under way at most: `ask`, `send` and `wait` each lead to one
 * input, and nothing else is started meanwhile.
 * @param random a number in [0, 1), used for the jitter of this step
 */
export function stepUpload(
  state: UploadState,
  input: UploadInput,
  random: number,
  patience: UploadPatience = UPLOAD_PATIENCE,
): Step {
  if (input.type === 'stopped')
    return { state: { ...state, phase: 'off', code: null }, action: { type: 'none' } };
  if (input.type === 'started') {
    const { allowedSeq } = state;
    const started = { ...UPLOAD_OFF, ...input.cursor, lastSeq: input.lastSeq, allowedSeq };
    return wait(started, random * patience.startJitterMs);
  }
  switch (input.type) {
    case 'appended': {
      const grown = { ...state, lastSeq: Math.max(state.lastSeq, input.lastSeq) };
      return state.phase === 'idle' ? goOn(grown) : { state: grown, action: { type: 'none' } };
    }
    case 'waited':
      return state.asked ? goOn(state) : { state: { ...state, phase: 'asking' }, action: { type: 'ask' } };
    case 'cursor':
      return onCursor(state, input);
    case 'answered':
      return onAnswer(
        { ...state, lastSeq: Math.max(state.lastSeq, input.lastSeq) },
        input.answer,
        random,
        patience,
      );
    case 'failed':
      return failed(state, input.code, input.retryAfterMs, random, patience);
  }
}

/** Sends what is missing, or rests. */
function goOn(state: UploadState): Step {
  if (state.durableSeq >= Math.min(state.lastSeq, state.allowedSeq)) {
    return { state: { ...state, phase: 'idle', code: null }, action: { type: 'none' } };
  }
  return send(state, state.durableSeq + 1);
}

function send(state: UploadState, from: number): Step {
  const limit = Math.min(Math.max(state.credit, 1), MAX_BATCH_EVENTS);
  return { state: { ...state, phase: 'sending' }, action: { type: 'send', from, limit } };
}

function wait(state: UploadState, waitMs: number): Step {
  return { state: { ...state, phase: 'waiting' }, action: { type: 'wait', waitMs: Math.ceil(waitMs) } };
}

function stop(state: UploadState, code: ErrorCode): Step {
  return { state: { ...state, phase: 'stopped', code }, action: { type: 'none' } };
}

function onCursor(
  state: UploadState,
  { answer, ownHash, ...input }: Extract<UploadInput, { type: 'cursor' }>,
): Step {
  const { durableSeq, durableHash } = answer;
  // News of an append may arrive before this answer; the journal never shrinks.
  const lastSeq = Math.max(state.lastSeq, input.lastSeq);
  const next = { ...state, durableSeq, durableHash, lastSeq, asked: true, failures: 0, code: null };
  // A host whose standby has not spoken yet, or a copy: nothing may be shown to head office, not even to compare.
  const mayNotCompare = state.allowedSeq < lastSeq || state.allowedSeq === 0;
  if (durableSeq < lastSeq || durableSeq === 0 || mayNotCompare) return goOn(next);
  if (lastSeq === 0) return stop(next, 'U503');
  const same =
    durableSeq === lastSeq && (durableHash === null || ownHash === null || durableHash === ownHash);
  // Head office holds as much or more, and not the same: show it our last event, so that it can compare and raise
  // the alarm.
  return same ? goOn(next) : send(next, lastSeq);
}

function onAnswer(state: UploadState, answer: PushAnswer, random: number, patience: UploadPatience): Step {
  const { verdict, durableSeq, durableHash, credit, retryAfterMs } = answer;
  const next = { ...state, durableSeq, durableHash, credit };
  if (verdict === 'fork' || durableSeq > state.lastSeq) return stop(next, 'U503');
  if (verdict === 'lower-epoch') return failed(next, 'U505', retryAfterMs, random, patience);
  const moved = durableSeq !== state.durableSeq;
  if (verdict === 'gap' && (!moved || state.failures > 0)) {
    // Asked for earlier events again and again: do it, but not in a hurry.
    return failed(next, 'U501', retryAfterMs, random, patience);
  }
  if (!moved && durableSeq < state.lastSeq) return failed(next, 'U501', retryAfterMs, random, patience);
  const well = { ...next, code: null, failures: verdict === 'gap' ? 1 : 0 };
  return retryAfterMs > 0 ? wait(well, retryAfterMs * (1 + random)) : goOn(well);
}

function failed(
  state: UploadState,
  code: ErrorCode,
  retryAfterMs: number,
  random: number,
  patience: UploadPatience,
): Step {
  const { backOffBaseMs, backOffMaxMs, slowRetryMs } = patience;
  const backOffMs = Math.min(backOffMaxMs, backOffBaseMs * 2 ** Math.min(state.failures, 30));
  const waitMs = Math.max(retryAfterMs, SLOW_CODES.has(code) ? slowRetryMs : backOffMs);
  return wait({ ...state, code, failures: state.failures + 1 }, waitMs * (0.5 + random));
}
