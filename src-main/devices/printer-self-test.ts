import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { DriverClock, PrintNews, SelfTestStep } from '#drivers/contract.ts';
import type { EscposPrinterDriver } from '#drivers/printer/escpos-printer.ts';
import { printerTestPage } from './printer-test-page.ts';

export interface PrinterSelfTestParts {
  readonly driver: EscposPrinterDriver;
  readonly clock: DriverClock;
  readonly columns: number;
  /** Must differ each time: no id is ever printed twice. */
  readonly jobId: string;
  /** News of every job of this driver; returns how to stop listening. */
  readonly onNews: (listener: (news: PrintNews) => void) => () => void;
  /** False where printers of this connection are never asked anything. */
  readonly answers: boolean;
}

/** A test page waits behind the tickets given before it, no longer than this. */
const PRINT_MS = 40_000;
const CLEAR_MS = 10_000;
/** Steps of every printer, in order. */
const NAMES = ['open', 'status', 'print', 'confirm', 'clear-buffers'] as const;

/**
 * Tries a printer out (HW7): reached, well, prints a page, says so, clears its buffer. Tickets go on meanwhile: page
 * and clearing wait their turn among them. After a step that failed the rest is skipped. To a printer from which
 * nothing ever came back the page is sent all the same, and a sixth step `no-answer` (P115) says what its operator
 * can do if it came out.
 * @returns the steps; `answerMs` of `status`, the outcome as `confirmation` of `confirm`
 */
export async function testPrinter(parts: PrinterSelfTestParts): Promise<readonly SelfTestStep[]> {
  const steps: SelfTestStep[] = [];
  const pass = (facts: SelfTestStep['facts'] = {}) => add('passed', null, facts);
  const add = (outcome: SelfTestStep['outcome'], code: ErrorCode | null, facts: SelfTestStep['facts']) => {
    const step = NAMES[steps.length];
    if (step !== undefined) steps.push({ step, outcome, code, facts });
  };
  const giveUp = (code: ErrorCode, facts: SelfTestStep['facts'] = {}) => {
    add('failed', code, facts);
    while (steps.length < NAMES.length) add('skipped', null, {});
    return steps;
  };

  const asked = await parts.driver.askHealth();
  if (!asked.ok && asked.error.code !== 'P104') return giveUp(asked.error.code);
  pass();
  if (!asked.ok && !parts.driver.hasAnswered()) {
    add('failed', asked.error.code, {});
    const news = await printPage(parts, 'unanswered');
    // An answer after all: then it was only late, and nobody is asked to do without.
    if (parts.driver.hasAnswered()) return giveUp(news?.code ?? 'P104');
    giveUp(news?.code ?? 'P104');
    return [...steps, { step: 'no-answer', outcome: 'failed', code: 'P115', facts: {} }];
  }
  if (!asked.ok) return giveUp(asked.error.code);
  const { health, answerMs } = asked.value;
  const answered = answerMs === null ? {} : { answerMs: Math.round(answerMs) };
  if (!parts.answers) add('skipped', null, {});
  else if (health.status === 'down') return giveUp(health.code as ErrorCode, answered);
  else add('passed', health.code as ErrorCode | null, answered);

  const news = await printPage(parts);
  if (news === null) return giveUp('P104');
  if (news.outcome === 'failed' || news.outcome === 'uncertain') return giveUp(news.code ?? 'P104');
  pass();
  // `sent` is no confirmation: the operator must look at the outlet.
  add(news.outcome === 'sent' ? 'skipped' : 'passed', null, { confirmation: news.outcome });

  if (!parts.answers) {
    add('skipped', null, {});
    return steps;
  }
  const cleared = await withinMs(parts.driver.clearBuffersWhenIdle(), CLEAR_MS, parts.clock);
  if (cleared?.ok) pass();
  else add('skipped', null, { clearsBuffers: 'no' });
  return steps;
}

function printPage(
  { driver, clock, columns, jobId, onNews }: PrinterSelfTestParts,
  to: 'answering' | 'unanswered' = 'answering',
): Promise<PrintNews | null> {
  const told = new Promise<PrintNews>(resolve => {
    const stop = onNews(news => {
      if (news.jobId !== jobId) return;
      stop();
      resolve(news);
    });
  });
  const job = { jobId, paper: printerTestPage(columns) };
  if (to === 'answering') driver.print(job);
  else driver.printUnanswered(job);
  return withinMs(told, PRINT_MS, clock);
}

/** What the work gives, or null when it takes longer. */
function withinMs<T>(work: Promise<T>, waitMs: number, clock: DriverClock): Promise<T | null> {
  return new Promise(resolve => {
    const cancel = clock.after(waitMs, () => resolve(null));
    void work.then(value => {
      cancel();
      resolve(value);
    });
  });
}
