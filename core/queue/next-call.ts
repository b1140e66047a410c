import { type ConfiguredState, profileOf } from '../branch/decision.ts';
import type { BranchState, Ticket } from '../branch/state.ts';
import { type CallingRules, type Choice, callableTickets, chooseNext } from './policy.ts';
import type { RatioCalls } from './ratio.ts';

const NO_CALLS: RatioCalls = new Map();

/** Calls of the unfinished round of a work profile's ratio gate (CS1). */
export function ratioCallsOf(state: Pick<BranchState, 'ratioCalls'>, profileId: string): RatioCalls {
  return state.ratioCalls.get(profileId) ?? NO_CALLS;
}

/** By which rules a counter calls at instant `now` (ms since 1970); undefined for a counter nobody knows. */
export function rulesOf(state: ConfiguredState, counterId: string, now: number): CallingRules | undefined {
  const { document } = state;
  const profile = profileOf(document, counterId);
  return profile && { profile, classes: document.classes, now, ratioCalls: ratioCallsOf(state, profile.id) };
}

/** The tickets a counter could call, in order of arrival. */
export function callableAt(state: ConfiguredState, counterId: string): Ticket[] {
  const profile = profileOf(state.document, counterId);
  return profile ? callableTickets(state.tickets.values(), profile, counterId) : [];
}

/**
 * CS1, CS2: whom a counter calls next at instant `now` (ms since 1970), and why.
 * @returns undefined when nobody waits for this counter
 */
export function nextCall(state: ConfiguredState, counterId: string, now: number): Choice | undefined {
  const rules = rulesOf(state, counterId, now);
  return rules && chooseNext(callableAt(state, counterId), rules);
}
