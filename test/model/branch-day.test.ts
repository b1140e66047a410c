import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#core/branch/commands.ts';
import { counterOf } from '#core/branch/state.ts';
import { figureReport, findFigure } from '#core/figures/day-figures.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { KEYPAD, LOBBY, openBranch, type PlayedBranch, staff } from '../core/played-branch.ts';
import { randomOf } from '../drivers/random.ts';
import { SEED } from '../seed.ts';
import { checkHolding, checkRatings, checkReplay, checkShown, checkTickets } from './branch-checks.ts';
import { BANK, Game, pick, step } from './game.ts';

describe('any sequence of commands', () => {
  it(`[CS5] [TK3] [RT1] is decided as the rules say, loses and doubles nothing, and replays (seed ${SEED})`, () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 220, size: 'max' }), steps => {
        const game = new Game();
        for (const [index, one] of steps.entries()) {
          game.play(one);
          checkHolding(game.branch);
          if (index % 20 === 19) checkShown(game.branch);
        }
        checkTickets(game.branch);
        checkRatings(game.branch);
        checkReplay(game.branch);
        for (const { type } of game.branch.events) reached.add(type);
        for (const code of game.codes) reached.add(code);
      }),
      { seed: SEED, numRuns: 80 },
    );
    // The game is only worth its time when it gets everywhere.
    for (const type of [
      'finish-undone',
      'no-show-returned',
      'rating-given',
      'ticket-unserved',
      'ticket-recalled',
      'ticket-transferred',
      'ticket-parked',
      'ticket-ready',
      'business-finished',
      'walk-in-started',
    ])
      expect([...reached]).toContain(type);
  });
});

describe('a whole day', () => {
  it(`[CS5] [TK3] [MO1] with 600 customers loses nobody, and its figures add up (seed ${SEED})`, () => {
    const branch = openBranch({ ...BANK, queues: SAMPLE_BANK.queues });
    const random = randomOf(SEED);
    const windows = [
      ['counter-1', staff('1001')],
      ['counter-2', staff('1002')],
      ['counter-4', staff('1004')],
    ] as const;
    const businesses = [
      'personal-cash',
      'large-withdrawal',
      'change',
      'payments',
      'credit-card',
      'personal-transfer',
    ];
    let arrived = 0;
    const isBusy = () =>
      [...branch.state.tickets.values()].some(({ status }) => /waiting|called|serving/.test(status));
    for (let round = 0; arrived < 600 || isBusy(); round++) {
      if (round > 20_000) throw new Error('the day does not end');
      if (arrived < 600 && random() < 0.3) {
        branch.issue(pick(businesses, Math.floor(random() * 6), 'change'), { largeType: random() < 0.1 });
        arrived++;
      }
      for (const [counterId, actor] of windows) workAt(branch, counterId, actor, random);
      for (const { ticketId, status } of branch.state.tickets.values())
        if (status === 'no-show' && random() < 0.02) branch.give('return-no-show', { ticketId }, LOBBY);
      branch.wait(Math.floor(random() * 9000));
      checkHolding(branch);
      if (round % 100 === 0) checkShown(branch);
    }
    branch.wait(11_000);
    checkTickets(branch);
    checkRatings(branch);
    checkReplay(branch);
    const report = figureReport(branch.figures);
    const of = (kpi: Parameters<typeof findFigure>[1]) => findFigure(report, kpi);
    const done = of('legs-done').numerator;
    const lost = of('abandonment-rate').numerator;
    expect(of('tickets-issued').numerator).toBe(600);
    expect(done + lost).toBe(600);
    expect(of('rating-participation').denominator + of('keypad-absent').numerator).toBe(done);
    expect(of('prompt-rate').value).toBe(1);
    expect(branch.state.tickets.size).toBeLessThan(600);
  });
});

/** One key press of a teller, and perhaps of the customer. */
function workAt(branch: PlayedBranch, counterId: string, actor: Actor, random: () => number): void {
  const counter = counterOf(branch.state, counterId);
  const ticket = branch.state.tickets.get(counter.ticketId ?? '');
  if (counter.openRating && random() < 0.5)
    branch.give('press-rating', { counterId, position: 1 + Math.floor(random() * 4) }, KEYPAD);
  if (!ticket) {
    if (counter.lastFinish && random() < 0.05)
      branch.give('undo-finish', { counterId, ticketId: counter.lastFinish.ticketId }, actor);
    else branch.give('call-next', { counterId }, actor);
  } else if (ticket.status === 'called') {
    const type = random() < 0.7 ? 'start-service' : random() < 0.7 ? 'recall-ticket' : 'mark-no-show';
    branch.must(type, { counterId, ticketId: ticket.ticketId }, actor);
  } else if (random() < 0.6) branch.give('finish-service', { counterId, ticketId: ticket.ticketId }, actor);
}
