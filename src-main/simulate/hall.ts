import type { CustomerPlan } from './day-plan.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** A customer with a ticket. */
interface Visitor {
  readonly plan: CustomerPlan;
  /** When the present wait began, by the virtual clock. */
  waitsSinceMs: number;
  /** Missed a call once and came back: listens now. */
  isBack: boolean;
}

/** The customers of the simulated day who have a ticket, by ticket id; who is there when called, and who asks again. */
export interface Hall {
  enter(ticketId: string, plan: CustomerPlan): void;
  planOf(ticketId: string): CustomerPlan;
  /** Does the customer come to this call, after so many recalls? */
  comes(ticketId: string, recalls: number): boolean;
  /** Called for nothing; some will ask the lobby manager later. */
  miss(ticketId: string): void;
  /** Takes those who now stand before the lobby manager. */
  takeAsking(): string[];
  /** The lobby manager has put the ticket back into its queue. */
  waitAgain(ticketId: string): void;
  /** Nobody will arrive or ask any more. */
  isOver(): boolean;
}

/** @param arrivals customers still to come */
export function createHall(clock: VirtualClock, arrivals: () => number): Hall {
  const visitors = new Map<string, Visitor>();
  let asking: string[] = [];
  /** Missed their call and are still on their way to the lobby manager. */
  let onTheirWay = 0;

  const find = (ticketId: string): Visitor => {
    const visitor = visitors.get(ticketId);
    if (!visitor) throw new Error(`nobody in the simulated hall has ticket ${ticketId}`);
    return visitor;
  };

  return {
    enter: (ticketId, plan) =>
      void visitors.set(ticketId, { plan, waitsSinceMs: clock.nowMs(), isBack: false }),
    planOf: ticketId => find(ticketId).plan,
    comes(ticketId, recalls) {
      const { plan, waitsSinceMs, isBack } = find(ticketId);
      if (clock.nowMs() - waitsSinceMs > plan.patienceMs) return false;
      return isBack || (plan.hearsAfterRecalls !== null && recalls >= plan.hearsAfterRecalls);
    },
    miss(ticketId) {
      const { plan, waitsSinceMs, isBack } = find(ticketId);
      const isGone = isBack || clock.nowMs() - waitsSinceMs > plan.patienceMs;
      if (isGone || plan.asksAfterMs === null) return;
      onTheirWay++;
      clock.after(plan.asksAfterMs, () => {
        onTheirWay--;
        asking.push(ticketId);
      });
    },
    takeAsking() {
      const taken = asking;
      asking = [];
      return taken;
    },
    waitAgain(ticketId) {
      const visitor = find(ticketId);
      visitor.isBack = true;
      visitor.waitsSinceMs = clock.nowMs();
    },
    isOver: () => arrivals() === 0 && onTheirWay === 0 && asking.length === 0,
  };
}
