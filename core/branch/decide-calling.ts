import { callableAt, nextCall } from '../queue/next-call.ts';
import { type Choice, isAtCap, passedBy } from '../queue/policy.ts';
import { fail, ok, type Result } from '../wire/result.ts';
import type { Command } from './commands.ts';
import { accept, type ConfiguredState, type Decision, findOwnCounter, type Handler } from './decision.ts';

/** The sender's own counter, open and with nobody in hand; else T806, T807, T808 or T809. */
function checkFree(state: ConfiguredState, command: Command<'call-next' | 'call-chosen'>): Result<null> {
  const { counterId } = command.args;
  const own = findOwnCounter(state, command, counterId);
  if (!own.ok) return own;
  if (own.value.status !== 'open') return fail('T807', { counter: counterId });
  if (own.value.ticketId !== null) return fail('T806', { counter: counterId });
  return ok(null);
}

function call(counterId: string, { ticket, gate, passed }: Choice, reasonId: string | null): Decision {
  const { ticketId, number } = ticket;
  return accept(
    [
      {
        type: 'ticket-called',
        data: {
          ticketId,
          counterId,
          gate,
          passed: passed.map(other => other.ticketId),
          chosen: reasonId === null ? null : { reasonId },
        },
      },
    ],
    { ticketId, number },
  );
}

/** CS1, CS2, CS5: the host alone chooses, one command after the other, so no two counters get the same ticket. */
const callNext: Handler<'call-next'> = (state, command, context) => {
  const free = checkFree(state, command);
  if (!free.ok) return free;
  const choice = nextCall(state, command.args.counterId, context.now);
  return choice ? call(command.args.counterId, choice, null) : fail('T805');
};

/** CS4: out of turn, for a reason of the bank's list; nobody at the cap is passed even so (CS2). */
const callChosen: Handler<'call-chosen'> = (state, command, context) => {
  const { counterId, number, reasonId } = command.args;
  const free = checkFree(state, command);
  if (!free.ok) return free;
  if (!state.document.choiceReasons.some(reason => reason.id === reasonId)) return fail('T833');
  const callable = callableAt(state, counterId);
  const ticket = callable.find(one => one.number === number);
  if (!ticket) return fail('T831', { number });
  const passed = passedBy(ticket, callable, context.now);
  const barrier = passed.find(other => isAtCap(other, state.document.classes));
  if (barrier) return fail('T832', { number, first: barrier.number });
  return call(counterId, { ticket, gate: 'chosen', passed }, reasonId);
};

export const decideCalling = { 'call-next': callNext, 'call-chosen': callChosen };
