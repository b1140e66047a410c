import { promptEvents } from '../rating/prompt.ts';
import { fail } from '../wire/result.ts';
import { accept, findOwnCounter, findTicketInHand, type Handler } from './decision.ts';
import type { NewEvent } from './events.ts';

/** CS3: recalled as often as allowed; asking once more makes it a no-show, which the lobby manager can take back. */
const recallTicket: Handler<'recall-ticket'> = (state, command) => {
  const found = findTicketInHand(state, command, ['called']);
  if (!found.ok) return found;
  const recalls = found.value.ticket.call?.recalls ?? 0;
  if (recalls >= state.document.limits.recalls)
    return accept([{ type: 'ticket-no-show', data: command.args }]);
  return accept([{ type: 'ticket-recalled', data: { ...command.args, recall: recalls + 1 } }]);
};

const markNoShow: Handler<'mark-no-show'> = (state, command) => {
  const found = findTicketInHand(state, command, ['called']);
  return found.ok ? accept([{ type: 'ticket-no-show', data: command.args }]) : found;
};

const startService: Handler<'start-service'> = (state, command) => {
  const found = findTicketInHand(state, command, ['called']);
  return found.ok ? accept([{ type: 'service-started', data: command.args }]) : found;
};

/** RT1: finishing prompts the customer at once, always. A prompt still open is never cut short by the next one. */
const finishService: Handler<'finish-service'> = (state, command, context) => {
  const found = findTicketInHand(state, command, ['serving']);
  if (!found.ok) return found;
  if (found.value.counter.openRating) return fail('T814');
  const finished: NewEvent = { type: 'service-finished', data: command.args };
  // One rating per transaction: a finish that was taken back after the key press is not asked about again.
  if (found.value.ticket.rated) return accept([finished]);
  return accept([finished, ...promptEvents(state, found.value.counter, found.value.ticket, context)]);
};

/** CS10: a finish can be taken back for a few seconds, while the counter has nobody else. */
const undoFinish: Handler<'undo-finish'> = (state, command, context) => {
  const { counterId, ticketId } = command.args;
  const own = findOwnCounter(state, command, counterId);
  if (!own.ok) return own;
  const { lastFinish, openRating } = own.value;
  if (own.value.ticketId !== null) return fail('T810', { counter: counterId });
  if (lastFinish?.ticketId !== ticketId) return fail('T813');
  if (context.now - lastFinish.at > state.document.limits.undoFinishMs) return fail('T812');
  const events: NewEvent[] = [];
  if (openRating)
    events.push({
      type: 'rating-closed',
      data: {
        ratingId: openRating.ratingId,
        ticketId,
        counterId,
        staffNumber: openRating.staffNumber,
        outcome: 'withdrawn',
      },
    });
  return accept([...events, { type: 'finish-undone', data: command.args }]);
};

export const decideServing = {
  'recall-ticket': recallTicket,
  'mark-no-show': markNoShow,
  'start-service': startService,
  'finish-service': finishService,
  'undo-finish': undoFinish,
};
