import type { BankDocument } from '#core/branch/bank-document.ts';
import { type CustomerPlan, planDay } from '../simulate/day-plan.ts';

/** The simulated customers of a practice branch, by the tickets they hold. */
export interface PracticeCustomers {
  /** The next one to come, with the time since the one before in milliseconds. */
  next(): { readonly plan: CustomerPlan; readonly afterMs: number };
  took(ticketId: string, plan: CustomerPlan): void;
  /** What the holder of this ticket will do; a ticket the trainee has issued gets somebody, too. */
  holderOf(ticketId: string): CustomerPlan;
  /** The ticket is done with. */
  forget(ticketId: string): void;
}

/** Customers of one simulated day; another such day begins when all have come. */
const CUSTOMERS_A_DAY = 400;
/** So many come together when the practice begins: nobody learns in an empty hall. */
const FIRST_CUSTOMERS = 6;

/** @param seed the same one brings the same customers at the same times */
export function createPracticeCustomers(document: BankDocument, seed: number): PracticeCustomers {
  const holders = new Map<string, CustomerPlan>();
  let day = 0;
  let plans: CustomerPlan[] = [];
  let at = 0;
  let extras = 0;

  const take = (): { plan: CustomerPlan; afterMs: number } => {
    if (at >= plans.length) {
      plans = planDay(document, CUSTOMERS_A_DAY, seed + day++);
      at = 0;
    }
    const before = plans[at - 1]?.arrivesAtMs;
    const plan = plans[at++];
    if (!plan) throw new Error('a planned day has customers');
    const isFirst = day === 1 && at <= FIRST_CUSTOMERS;
    return { plan, afterMs: isFirst || before === undefined ? 0 : plan.arrivesAtMs - before };
  };

  return {
    next: take,
    took: (ticketId, plan) => void holders.set(ticketId, plan),
    holderOf(ticketId) {
      const known = holders.get(ticketId);
      if (known) return known;
      const [plan] = planDay(document, 1, seed + 1_000_000 + extras++);
      if (!plan) throw new Error('a planned day has customers');
      holders.set(ticketId, plan);
      return plan;
    },
    forget: ticketId => void holders.delete(ticketId),
  };
}
