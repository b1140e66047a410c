import type { PrintOutcome } from '#core/wire/device-news.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';

/**
 * One ticket's way to paper (hardware-protocols 2.6), as a pure machine: no timers, no port, no log. The runner
 * does the effects and feeds back what happened.
 *
 * ```
 * composed ──write-begun──▶ sending ──write-finished──▶ sent ──▶ sent | processed | printed
 *     │                        │                          │
 *     └─fault─▶ failed         └────────fault─────────────┴──▶ uncertain ──late answer──▶ processed | printed
 * ```
 *
 * There is no way back to `composed`: a ticket whose bytes may have left is never sent again by the driver.
 */

/** The best that a printer model can tell about a ticket; `unknown` until its first job taught it. */
export type Confirmation = 'unknown' | 'process-id' | 'queued-status' | 'sent';

export type PrintJobState =
  | { readonly kind: 'composed' }
  | { readonly kind: 'sending'; readonly processed: boolean }
  | { readonly kind: 'sent'; readonly processed: boolean }
  | { readonly kind: 'ended'; readonly outcome: PrintOutcome };

export type PrintJobInput =
  /** From here on bytes may have left. */
  | { readonly kind: 'write-begun' }
  | { readonly kind: 'write-finished' }
  /** The transport took no byte at all. */
  | { readonly kind: 'write-refused'; readonly code: ErrorCode }
  | { readonly kind: 'queued-status-answered' }
  | { readonly kind: 'process-id-answered' }
  /** Paper out, cover open, offline, silent, connection lost. */
  | { readonly kind: 'fault'; readonly code: ErrorCode }
  | { readonly kind: 'buffers-cleared' }
  /** The wait asked for last is over. */
  | { readonly kind: 'wait-over' };

/** `confirm`: for the writing and the best answer. `grace`: for a process id after the queued status came. `settle`: for faults. */
export type PrintJobWait = 'confirm' | 'grace' | 'settle';

export type PrintJobEffect =
  | { readonly kind: 'report'; readonly outcome: PrintOutcome; readonly code: ErrorCode | null }
  /** Replaces the wait asked for before. */
  | { readonly kind: 'wait'; readonly wait: PrintJobWait }
  | { readonly kind: 'learn'; readonly confirmation: Exclude<Confirmation, 'unknown'> };

export interface PrintJobStep {
  readonly state: PrintJobState;
  readonly effects: readonly PrintJobEffect[];
}

/** A ticket of which no byte has left. */
export const COMPOSED: PrintJobState = { kind: 'composed' };

/**
 * @param confirmation what the printer was known to answer when the ticket was composed
 * @returns the next state and what to do; an input that means nothing in a state changes nothing
 */
export function stepPrintJob(
  state: PrintJobState,
  input: PrintJobInput,
  confirmation: Confirmation,
): PrintJobStep {
  switch (state.kind) {
    case 'composed':
      return stepComposed(state, input);
    case 'sending':
    case 'sent':
      return stepOnTheWay(state, input, confirmation);
    case 'ended':
      return stepEnded(state, input, confirmation);
  }
}

function stepComposed(state: PrintJobState, input: PrintJobInput): PrintJobStep {
  if (input.kind === 'fault') return end('failed', input.code);
  if (input.kind !== 'write-begun') return stay(state);
  return { state: { kind: 'sending', processed: false }, effects: [waitFor('confirm')] };
}

function stepOnTheWay(
  state: Extract<PrintJobState, { kind: 'sending' | 'sent' }>,
  input: PrintJobInput,
  confirmation: Confirmation,
): PrintJobStep {
  switch (input.kind) {
    case 'write-begun':
      return stay(state);
    case 'write-finished':
      return {
        state: { ...state, kind: 'sent' },
        effects: confirmation === 'sent' ? [waitFor('settle')] : [],
      };
    case 'write-refused':
      return state.kind === 'sending' ? end('failed', input.code) : stay(state);
    case 'fault':
      return end('uncertain', input.code);
    case 'buffers-cleared':
      return end('failed', 'P110');
    case 'process-id-answered':
      return end('printed', null, learn('process-id'));
    case 'queued-status-answered':
      if (state.processed) return stay(state);
      if (confirmation === 'queued-status') return end('processed', null);
      return { state: { ...state, processed: true }, effects: [waitFor('grace')] };
    case 'wait-over':
      return stepWaitOver(state, confirmation);
  }
}

function stepWaitOver(
  state: Extract<PrintJobState, { kind: 'sending' | 'sent' }>,
  confirmation: Confirmation,
): PrintJobStep {
  // The printer takes no more bytes: nobody knows how many it took.
  if (state.kind === 'sending') return end('uncertain', 'P104');
  if (confirmation === 'sent') return end('sent', null);
  if (state.processed) {
    return confirmation === 'unknown'
      ? end('processed', null, learn('queued-status'))
      : end('processed', null);
  }
  if (confirmation === 'unknown') return end('sent', null, learn('sent'));
  return end('uncertain', 'P104');
}

function stepEnded(
  state: Extract<PrintJobState, { kind: 'ended' }>,
  input: PrintJobInput,
  confirmation: Confirmation,
): PrintJobStep {
  const { outcome } = state;
  if (outcome === 'printed' || outcome === 'failed') return stay(state);
  if (input.kind === 'process-id-answered') return end('printed', null, learn('process-id'));
  if (input.kind === 'queued-status-answered' && outcome !== 'processed') {
    // A printer known for process ids will still send the better answer.
    return confirmation === 'process-id' ? stay(state) : end('processed', null, learn('queued-status'));
  }
  if (input.kind === 'buffers-cleared' && outcome === 'uncertain') return end('failed', 'P110');
  return stay(state);
}

function stay(state: PrintJobState): PrintJobStep {
  return { state, effects: [] };
}

function waitFor(wait: PrintJobWait): PrintJobEffect {
  return { kind: 'wait', wait };
}

function learn(confirmation: Exclude<Confirmation, 'unknown'>): PrintJobEffect {
  return { kind: 'learn', confirmation };
}

function end(outcome: PrintOutcome, code: ErrorCode | null, ...effects: PrintJobEffect[]): PrintJobStep {
  return { state: { kind: 'ended', outcome }, effects: [...effects, { kind: 'report', outcome, code }] };
}
