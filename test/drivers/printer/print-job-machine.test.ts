import { describe, expect, it } from 'vitest';
import {
  COMPOSED,
  type Confirmation,
  type PrintJobEffect,
  type PrintJobInput,
  type PrintJobState,
  stepPrintJob,
} from '#drivers/printer/print-job-machine.ts';

const BEGUN: PrintJobInput = { kind: 'write-begun' };
const FINISHED: PrintJobInput = { kind: 'write-finished' };
const PROCESS_ID: PrintJobInput = { kind: 'process-id-answered' };
const QUEUED: PrintJobInput = { kind: 'queued-status-answered' };
const OVER: PrintJobInput = { kind: 'wait-over' };
const CLEARED: PrintJobInput = { kind: 'buffers-cleared' };
const PAPER_OUT: PrintJobInput = { kind: 'fault', code: 'P101' };
const LOST: PrintJobInput = { kind: 'fault', code: 'P105' };
const REFUSED: PrintJobInput = { kind: 'write-refused', code: 'P105' };

/** Plays inputs and writes down the effects in short form. */
function play(confirmation: Confirmation, ...inputs: PrintJobInput[]): string[] {
  let state: PrintJobState = COMPOSED;
  const told: string[] = [];
  for (const input of inputs) {
    const step = stepPrintJob(state, input, confirmation);
    state = step.state;
    told.push(...step.effects.map(shortForm));
  }
  return told;
}

function shortForm(effect: PrintJobEffect): string {
  if (effect.kind === 'wait') return `wait ${effect.wait}`;
  if (effect.kind === 'learn') return `learn ${effect.confirmation}`;
  return effect.code === null ? effect.outcome : `${effect.outcome} ${effect.code}`;
}

describe('a ticket on its way to paper (hardware-protocols 2.6)', () => {
  it.each<[string, Confirmation, PrintJobInput[], string[]]>([
    ['printed', 'process-id', [BEGUN, FINISHED, PROCESS_ID], ['wait confirm', 'learn process-id', 'printed']],
    ['processed', 'queued-status', [BEGUN, FINISHED, QUEUED], ['wait confirm', 'processed']],
    ['sent', 'sent', [BEGUN, FINISHED, OVER], ['wait confirm', 'wait settle', 'sent']],
    [
      'first ticket of a printer that knows process ids',
      'unknown',
      [BEGUN, FINISHED, QUEUED, PROCESS_ID],
      ['wait confirm', 'wait grace', 'learn process-id', 'printed'],
    ],
    [
      'first ticket of a printer that knows only the queued status',
      'unknown',
      [BEGUN, FINISHED, QUEUED, OVER],
      ['wait confirm', 'wait grace', 'learn queued-status', 'processed'],
    ],
    [
      'first ticket of a printer that confirms nothing',
      'unknown',
      [BEGUN, FINISHED, OVER],
      ['wait confirm', 'learn sent', 'sent'],
    ],
    [
      'answer before the system took all bytes',
      'process-id',
      [BEGUN, PROCESS_ID, FINISHED],
      ['wait confirm', 'learn process-id', 'printed'],
    ],
    ['fault before any byte', 'process-id', [PAPER_OUT, BEGUN], ['failed P101']],
    ['nothing taken by the transport', 'process-id', [BEGUN, REFUSED], ['wait confirm', 'failed P105']],
    ['paper out after the first byte', 'process-id', [BEGUN, PAPER_OUT], ['wait confirm', 'uncertain P101']],
    [
      'connection lost before confirmation',
      'process-id',
      [BEGUN, FINISHED, LOST],
      ['wait confirm', 'uncertain P105'],
    ],
    ['confirmation never comes', 'process-id', [BEGUN, FINISHED, OVER], ['wait confirm', 'uncertain P104']],
    ['bytes never taken', 'unknown', [BEGUN, OVER], ['wait confirm', 'uncertain P104']],
    [
      'late answer turns uncertain into printed',
      'process-id',
      [BEGUN, FINISHED, PAPER_OUT, PROCESS_ID],
      ['wait confirm', 'uncertain P101', 'learn process-id', 'printed'],
    ],
    [
      'late answer turns uncertain into processed',
      'queued-status',
      [BEGUN, FINISHED, PAPER_OUT, QUEUED],
      ['wait confirm', 'uncertain P101', 'learn queued-status', 'processed'],
    ],
    [
      'cleared buffers turn uncertain into failed',
      'process-id',
      [BEGUN, FINISHED, PAPER_OUT, CLEARED, PROCESS_ID],
      ['wait confirm', 'uncertain P101', 'failed P110'],
    ],
    [
      'a printed ticket stays printed',
      'process-id',
      [BEGUN, FINISHED, PROCESS_ID, LOST, CLEARED, QUEUED, OVER],
      ['wait confirm', 'learn process-id', 'printed'],
    ],
  ])('[HW2] %s', (_name, confirmation, inputs, expected) => {
    expect(play(confirmation, ...inputs)).toEqual(expected);
  });

  it('[TK4] no order of inputs writes a ticket twice or takes back printed and failed', () => {
    const inputs = [BEGUN, FINISHED, REFUSED, QUEUED, PROCESS_ID, PAPER_OUT, LOST, CLEARED, OVER];
    const seen = new Set<string>();
    for (const confirmation of ['unknown', 'process-id', 'queued-status', 'sent'] as const) {
      const open: { state: PrintJobState; begun: boolean }[] = [{ state: COMPOSED, begun: false }];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        for (const input of inputs) {
          const { state } = stepPrintJob(at.state, input, confirmation);
          const begun = at.begun || (at.state.kind === 'composed' && state.kind === 'sending');
          if (begun) expect(state.kind).not.toBe('composed');
          if (at.state.kind === 'ended') {
            expect(state.kind).toBe('ended');
            if (at.state.outcome === 'printed' || at.state.outcome === 'failed')
              expect(state).toEqual(at.state);
          }
          const key = JSON.stringify([confirmation, state, begun]);
          if (!seen.has(key)) open.push({ state, begun });
          seen.add(key);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(20);
  });
});
