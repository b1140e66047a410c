import type { PrinterFault } from './fault.ts';

/** Faults as people write them: at the command line and at the bench. `paper-out-at-line=7`, `cover-open`. */
type FaultKind = { readonly numberName: string | null; make(number: number): PrinterFault };

const PLAIN = (kind: Exclude<PrinterFault['kind'], WithNumber>): FaultKind => ({
  numberName: null,
  make: () => ({ kind }) as PrinterFault,
});
type WithNumber = 'paper-out' | 'split-answers' | 'close-mid-ticket' | 'slow';

const FAULTS: Readonly<Record<string, FaultKind>> = {
  'paper-out': { numberName: null, make: () => ({ kind: 'paper-out', afterLines: 0 }) },
  /** Line 1 is the next one to be printed: it stays in the printer. */
  'paper-out-at-line': {
    numberName: 'line',
    make: line => ({ kind: 'paper-out', afterLines: Math.max(0, line - 1) }),
  },
  'paper-near-end': PLAIN('paper-near-end'),
  'cover-open': PLAIN('cover-open'),
  offline: PLAIN('offline'),
  'cutter-error': PLAIN('cutter-error'),
  'unrecoverable-error': PLAIN('unrecoverable-error'),
  'head-hot': PLAIN('head-hot'),
  silent: PLAIN('silent'),
  unplugged: PLAIN('unplugged'),
  'no-process-id': PLAIN('no-process-id'),
  'no-confirmation': PLAIN('no-confirmation'),
  'split-answers': { numberName: 'gapMs', make: gapMs => ({ kind: 'split-answers', gapMs }) },
  'close-mid-ticket': {
    numberName: 'afterBytes',
    make: afterBytes => ({ kind: 'close-mid-ticket', afterBytes }),
  },
  slow: { numberName: 'lineMs', make: lineMs => ({ kind: 'slow', lineMs }) },
};

/** How each fault is written: `paper-out`, `slow=lineMs`. */
export const PRINTER_FAULT_NAMES: readonly string[] = Object.entries(FAULTS).map(([name, { numberName }]) =>
  numberName === null ? name : `${name}=${numberName}`,
);

/** Reads `paper-out-at-line=7`; null when there is no such fault or its number is missing, odd or too large. */
export function parsePrinterFault(text: string): PrinterFault | null {
  const [name = '', number, more] = text.split('=');
  const fault = Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined;
  if (fault === undefined || more !== undefined) return null;
  if (fault.numberName === null) return number === undefined ? fault.make(0) : null;
  return number !== undefined && /^\d{1,6}$/.test(number) ? fault.make(Number(number)) : null;
}
