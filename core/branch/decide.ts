import { decideArrival } from '../arrival/decide-arrival.ts';
import { decideDocuments } from '../documents/decide-documents.ts';
import { decideLobby } from '../lobby/decide-lobby.ts';
import { decideRating } from '../rating/decide-rating.ts';
import { decideStaff } from '../staff/decide-staff.ts';
import { hasRight } from '../staff/rights.ts';
import { type Failure, fail, ok } from '../wire/result.ts';
import { COMMAND_RULES, type Command, type CommandType } from './commands.ts';
import { decideBranch, startDayEvents } from './decide-branch.ts';
import { decideBusinesses } from './decide-businesses.ts';
import { decideCalling } from './decide-calling.ts';
import { decideCounters } from './decide-counters.ts';
import { decideCues } from './decide-cues.ts';
import { decideServing } from './decide-serving.ts';
import { decideStations } from './decide-stations.ts';
import { decideTickets } from './decide-tickets.ts';
import { decideVisit } from './decide-visit.ts';
import type { ConfiguredState, Decision, DecisionContext, Handler } from './decision.ts';
import type { NewEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { BranchState } from './state.ts';

const HANDLERS: { readonly [T in CommandType]: Handler<T> } = {
  ...decideBranch,
  ...decideDocuments,
  ...decideTickets,
  ...decideArrival,
  ...decideCalling,
  ...decideServing,
  ...decideVisit,
  ...decideBusinesses,
  ...decideCues,
  ...decideCounters,
  ...decideRating,
  ...decideStaff,
  ...decideLobby,
  ...decideStations,
};

/**
 * The rules of the branch: what a command makes happen, or why it is refused. Pure: time and new ids come in
 * with the context. A refusal changes nothing.
 */
export function decide(state: BranchState, command: Command, context: DecisionContext): Decision {
  const refusal = refuseActor(state, command);
  if (refusal) return { ok: false, error: refusal };

  if (state.document === null) {
    if (command.type !== 'apply-bank-document') return fail('C903');
    const { document } = command.args;
    return ok({ events: [{ type: 'bank-document-applied', data: { document } }], answer: {} });
  }

  // The first command of a new day also ends the old one, so that no number of yesterday can be called today.
  const dayEvents = context.keepsDay ? [] : startDayEvents(state as ConfiguredState, context.now);
  const today = dayEvents.reduce(
    (later, event) => evolveNow(later, event, command, context),
    state,
  ) as ConfiguredState;
  // The day's end has signed everybody out: a session of yesterday does nothing today.
  const ended = dayEvents.length > 0 ? refuseActor(today, command) : undefined;
  if (ended) return { ok: false, error: ended };
  const decision = (HANDLERS[command.type] as Handler<CommandType>)(today, command, context);
  if (!decision.ok || dayEvents.length === 0) return decision;
  return ok({ events: [...dayEvents, ...decision.value.events], answer: decision.value.answer });
}

function evolveNow(
  state: BranchState,
  event: NewEvent,
  command: Command,
  context: DecisionContext,
): BranchState {
  return evolve(state, { ...event, at: context.now, actor: 'system', station: command.station });
}

function refuseActor(state: BranchState, command: Command): Failure | undefined {
  const rule = COMMAND_RULES[command.type];
  const { actor } = command;
  if (!rule.actors.includes(actor.kind)) return { code: 'M605' };
  if (actor.kind !== 'staff') return undefined;
  if (state.sessions.get(actor.sessionId)?.staffNumber !== actor.staffNumber) return { code: 'S703' };
  const rights = [rule.right, rule.orRight].filter(right => right !== null && right !== undefined);
  if (rights.length > 0 && !rights.some(right => hasRight(state, actor.staffNumber, right)))
    return { code: 'S704', facts: { right: rights[0] ?? '' } };
  return undefined;
}
