import { SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { Result } from '#core/wire/result.ts';
import type { SimulatedWindow } from '../simulate/window.ts';
import type { PracticeCustomers } from './customers.ts';
import type { PracticeClock } from './practice-clock.ts';

/** A simulated teller beside the trainee. Times by the practice clock. */
export interface ColleagueParts {
  readonly clock: PracticeClock;
  readonly window: SimulatedWindow;
  readonly customers: PracticeCustomers;
  readonly staffNumber: string;
  readonly counterId: string;
  /** Somebody is signed in under this number. */
  isSignedIn(): boolean;
  /** The ticket at this colleague's counter, or null. */
  ticketInHand(): string | null;
}

const GLANCE_MS = 8_000;
/** How often a colleague without a place looks whether it is free again. */
const ASIDE_MS = 60_000;
const CALL_PATIENCE_MS = 20_000;
const BETWEEN_CUSTOMERS_MS = 6_000;
/** Recalls before a customer who does not come is a no-show. */
const RECALLS = 2;

const SESSION_OVER: readonly ErrorCode[] = ['S703', 'S705'];

/**
 * Signs in and serves for as long as the clock runs. A trainee who signs in under this number, or takes this
 * counter, has it: the colleague stands aside and comes back when the place is free.
 */
export async function workAsColleague(parts: ColleagueParts): Promise<never> {
  const { clock } = parts;
  for (;;) {
    await workOnce(parts);
    do await clock.sleep(ASIDE_MS);
    while (parts.isSignedIn());
  }
}

/** From one sign-in to the end of its session. */
async function workOnce({ clock, window, customers, staffNumber, counterId, ticketInHand }: ColleagueParts) {
  const signedIn = await window.ask('sign-in', { staffNumber, password: SAMPLE_PASSWORD });
  if (!signedIn.ok) return;
  const { session } = signedIn.value;
  const opened = await window.ask('open-counter', { counterId }, session);
  if (!opened.ok) return void (await window.ask('sign-out', {}, session));

  for (;;) {
    const inHand = ticketInHand();
    const called = inHand === null ? await window.ask('call-next', { counterId }, session) : null;
    if (called && isOver(called)) return;
    const ticketId = called?.ok ? called.value.ticketId : inHand;
    if (ticketId === null) {
      await clock.sleep(GLANCE_MS);
      continue;
    }
    if (!(await serve(ticketId, session))) return;
    await clock.sleep(BETWEEN_CUSTOMERS_MS);
  }

  /**
   * From the call to the finish or the no-show; false when the session is over. A step that comes too late, because
   * the ticket was taken elsewhere, is refused and changes nothing.
   */
  async function serve(ticketId: string, session: string): Promise<boolean> {
    const plan = customers.holderOf(ticketId);
    const args = { counterId, ticketId };
    const needs = plan.hearsAfterRecalls ?? RECALLS + 1;
    for (let recalls = 0; recalls < needs; recalls++) {
      await clock.sleep(CALL_PATIENCE_MS);
      if (recalls === RECALLS) return !isOver(await window.ask('mark-no-show', args, session));
      if (isOver(await window.ask('recall-ticket', args, session))) return false;
    }
    await clock.sleep(plan.walkMs);
    if (isOver(await window.ask('start-service', args, session))) return false;
    await clock.sleep(plan.serviceMs);
    return !isOver(await window.ask('finish-service', args, session));
  }
}

function isOver(answer: Result<unknown>): boolean {
  return !answer.ok && SESSION_OVER.includes(answer.error.code);
}
