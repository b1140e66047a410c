import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addEvent,
  createDayFigures,
  type Figure,
  figureReport,
  findFigure,
  type Kpi,
} from '#core/figures/day-figures.ts';
import { SEED } from '../../seed.ts';
import {
  KEYPAD,
  LOBBY,
  MINUTE_MS,
  openBranch,
  type PlayedBranch,
  SECOND_MS,
  TELLER_1,
  TELLER_2,
} from '../played-branch.ts';

const one = (ticketId: string) => ({ counterId: 'counter-1', ticketId });
const reportOf = (branch: PlayedBranch) => figureReport(branch.figures);
const figureOf = (branch: PlayedBranch, kpi: Kpi) => findFigure(reportOf(branch), kpi);

/** The figures of the day that is going on, folded anew from all events. */
function recompute(branch: PlayedBranch): Figure[] {
  let figures = createDayFigures();
  for (const event of branch.events) {
    if (event.type === 'business-day-started') figures = createDayFigures();
    addEvent(figures, event);
  }
  return figureReport(figures);
}

/**
 * A morning whose figures are worked out by hand below. Minutes after nine:
 * 0 A001 A002 A003 A004 issued · 5 A001 called, started · 11 A001 done (6 min), rated 满意 · 16 A002 called, recalled
 * at 17, started · 20 A002 done (3 min), rated 不满意 · 36 A003 called (36 min), no-show · 37 A004 called, started,
 * done at 40 (3 min) unrated · 41 A003 returned, called at 43 (leg of 2 min), started, done at 44 without a keypad.
 */
function handMadeMorning(): PlayedBranch {
  const branch = openBranch();
  for (let n = 0; n < 4; n++) branch.issue();
  branch.wait(5 * MINUTE_MS);
  branch.serve('counter-1', TELLER_1, 6 * MINUTE_MS);
  branch.must('press-rating', { counterId: 'counter-1', position: 2 }, KEYPAD);
  branch.wait(5 * MINUTE_MS);
  const second = branch.call();
  branch.wait(MINUTE_MS);
  branch.must('recall-ticket', one(second), TELLER_1);
  branch.must('start-service', one(second), TELLER_1);
  branch.wait(3 * MINUTE_MS);
  branch.must('finish-service', one(second), TELLER_1);
  branch.must('press-rating', { counterId: 'counter-1', position: 4 }, KEYPAD);
  branch.wait(16 * MINUTE_MS);
  const third = branch.miss();
  branch.wait(MINUTE_MS);
  branch.serve('counter-1', TELLER_1, 3 * MINUTE_MS);
  branch.wait(MINUTE_MS);
  branch.must('return-no-show', { ticketId: third }, LOBBY);
  branch.setKeypad('counter-1', 'down');
  branch.wait(2 * MINUTE_MS);
  branch.serve('counter-1', TELLER_1, MINUTE_MS);
  return branch;
}

describe('the figures of a day', () => {
  it('[MO1] agree with a morning worked out by hand: numerator, denominator, unit', () => {
    const minute = MINUTE_MS;
    const waits = 5 + 17 + 36 + 37 + 2;
    expect(reportOf(handMadeMorning()).map(f => [f.kpi, f.unit, f.numerator, f.denominator])).toEqual([
      ['tickets-issued', 'count', 4, 1],
      ['legs-done', 'count', 4, 1],
      ['average-wait', 'ms', waits * minute, 5],
      ['longest-wait', 'ms', 37 * minute, 1],
      ['over-15-minutes-rate', 'rate', 3, 5],
      ['over-20-minutes-rate', 'rate', 2, 5],
      ['over-30-minutes-rate', 'rate', 2, 5],
      ['average-service-time', 'ms', (6 + 3 + 3 + 1) * minute, 4],
      ['longest-service-time', 'ms', 6 * minute, 1],
      ['no-show-rate', 'rate', 1, 4],
      ['abandonment-rate', 'rate', 0, 4],
      ['rating-participation', 'rate', 2, 3],
      ['satisfaction', 'rate', 1, 2],
      ['dissatisfaction', 'rate', 1, 2],
      ['keypad-absent', 'count', 1, 1],
      ['prompt-rate', 'rate', 3, 4],
      ['finishes-taken-back', 'count', 0, 1],
      ['calls-by-choice', 'rate', 0, 5],
      ['walk-in-rate', 'rate', 0, 4],
      ['transfers', 'count', 0, 1],
      ['parkings', 'count', 0, 1],
      ['identification-rate', 'rate', 0, 4],
      // A cash machine could have served all four, who took a number.
      ['diversion-rate', 'rate', 0, 4],
      ['self-service-down', 'count', 0, 1],
      ['priority-tickets', 'count', 0, 1],
      ['appointments-missed', 'count', 0, 1],
    ]);
  });

  it('[MO1] the value is the quotient, null while there is nothing to divide by', () => {
    for (const { value, numerator, denominator } of reportOf(handMadeMorning()))
      expect(value).toBe(numerator / denominator);
    const empty = figureReport(createDayFigures());
    const nullKpis = empty.filter(figure => figure.value === null).map(figure => figure.kpi);
    expect(nullKpis).toEqual(empty.filter(figure => figure.denominator === 0).map(figure => figure.kpi));
    expect(nullKpis).toContain('satisfaction');
    expect(findFigure(empty, 'longest-wait').value).toBe(0);
  });

  it('[MO1] a wait exactly at the limit is within it', () => {
    const branch = openBranch();
    branch.issue();
    branch.wait(15 * MINUTE_MS);
    branch.miss();
    expect(figureOf(branch, 'over-15-minutes-rate').numerator).toBe(0);
    branch.issue();
    branch.wait(15 * MINUTE_MS + 1);
    branch.miss();
    expect(figureOf(branch, 'over-15-minutes-rate')).toMatchObject({ numerator: 1, denominator: 2 });
  });

  it('[MO1] a finish taken back before a key press counts once: one done, one prompt, one rating', () => {
    const branch = openBranch();
    branch.issue();
    const ticketId = branch.serve();
    branch.wait(10 * SECOND_MS);
    expect(figureOf(branch, 'rating-participation')).toMatchObject({ numerator: 0, denominator: 1 });
    branch.must('undo-finish', one(ticketId), TELLER_1);
    expect(figureOf(branch, 'legs-done').value).toBe(0);
    expect(figureOf(branch, 'rating-participation').denominator).toBe(0);
    branch.wait(MINUTE_MS);
    branch.must('finish-service', one(ticketId), TELLER_1);
    branch.must('press-rating', { counterId: 'counter-1', position: 1 }, KEYPAD);
    expect(figureOf(branch, 'prompt-rate')).toMatchObject({ numerator: 1, denominator: 1, value: 1 });
    expect(figureOf(branch, 'rating-participation')).toMatchObject({ numerator: 1, denominator: 1 });
    expect(figureOf(branch, 'finishes-taken-back').value).toBe(1);
    // From the start to the true finish.
    expect(figureOf(branch, 'longest-service-time').value).toBe(2 * MINUTE_MS + 10 * SECOND_MS);
  });

  it('[RT2] a keypad missing at a finish taken back and at the true one is one case', () => {
    const branch = openBranch();
    branch.setKeypad('counter-1', 'down');
    branch.issue();
    const ticketId = branch.serve();
    branch.must('undo-finish', one(ticketId), TELLER_1);
    branch.must('finish-service', one(ticketId), TELLER_1);
    expect(figureOf(branch, 'keypad-absent').value).toBe(1);
    expect(figureOf(branch, 'prompt-rate').value).toBe(0);
  });

  it('[MO1] rates by ticket never exceed one, however often a ticket misses its call', () => {
    const branch = openBranch();
    branch.issue();
    const ticketId = branch.miss();
    for (let n = 0; n < 3; n++) {
      branch.must('return-no-show', { ticketId }, LOBBY);
      branch.miss();
    }
    expect(figureOf(branch, 'no-show-rate')).toMatchObject({ numerator: 1, denominator: 1 });
    expect(figureOf(branch, 'abandonment-rate')).toMatchObject({ numerator: 1, denominator: 1 });
    expect(figureOf(branch, 'average-wait').denominator).toBe(4);
  });

  it('[TK12] unserved at the end of the day is abandoned, never handled, and counts on its own day', () => {
    const branch = openBranch();
    branch.issue();
    branch.issue();
    branch.serve();
    const day = branch.figures;
    branch.wait(24 * 60 * MINUTE_MS);
    const report = figureReport(day);
    expect(findFigure(report, 'abandonment-rate')).toMatchObject({ numerator: 1, denominator: 2 });
    expect(findFigure(report, 'legs-done').value).toBe(1);
    expect(reportOf(branch).every(figure => figure.numerator === 0)).toBe(true);
  });

  it('[RT2] a prompt that never reached its keypad is none', () => {
    const branch = openBranch();
    branch.issue();
    branch.serve();
    const ratingId = branch.state.counters.get('counter-1')?.openRating?.ratingId ?? '';
    branch.must('close-rating', { counterId: 'counter-1', ratingId, keypadAbsent: true }, KEYPAD);
    expect(figureOf(branch, 'prompt-rate').value).toBe(0);
    expect(figureOf(branch, 'rating-participation').denominator).toBe(0);
  });

  it(`[MO1] recomputing any day gives the same digits (seed ${SEED})`, () => {
    const step = fc.tuple(
      fc.constantFrom('issue', 'serve', 'miss', 'return', 'press', 'wait', 'other-window'),
      fc.integer({ min: 0, max: 20 * MINUTE_MS }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), steps => {
        const branch = openBranch();
        for (const [kind, ms] of steps) {
          if (kind === 'issue') branch.issue();
          else if (kind === 'wait') branch.wait(ms);
          else if (kind === 'press')
            branch.give('press-rating', { counterId: 'counter-1', position: 1 + (ms % 4) }, KEYPAD);
          else if (kind === 'return') {
            for (const { ticketId } of branch.state.tickets.values())
              branch.give('return-no-show', { ticketId }, LOBBY);
          } else if ([...branch.state.tickets.values()].some(ticket => ticket.status === 'waiting')) {
            branch.wait(11 * SECOND_MS);
            if (kind === 'serve') branch.serve('counter-1', TELLER_1, ms);
            else if (kind === 'miss') branch.miss();
            else branch.serve('counter-2', TELLER_2, ms);
          }
          branch.wait(SECOND_MS);
        }
        expect(JSON.stringify(recompute(branch))).toBe(JSON.stringify(reportOf(branch)));
        for (const { unit, value } of reportOf(branch))
          if (unit === 'rate' && value !== null) expect(value >= 0 && value <= 1).toBe(true);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
