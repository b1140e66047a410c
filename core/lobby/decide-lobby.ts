import type { Actor } from '../branch/commands.ts';
import {
  accept,
  type ConfiguredState,
  findCounter,
  findQueue,
  type Handler,
  NOTHING_TO_DO,
} from '../branch/decision.ts';
import type { EventData } from '../branch/events.ts';
import { LEFT_KEPT_MS } from '../branch/evolve-lobby.ts';
import { counterOf, type Ticket } from '../branch/state.ts';
import { findStaff } from '../staff/rights.ts';
import { fail, ok, type Result } from '../wire/result.ts';

/** More than a branch can have open at once; a stuck key cannot fill the screens. */
const MAX_ASKS = 50;
const MAX_INCIDENTS = 50;

/** Who acts; only staff gets here (`COMMAND_RULES`). */
const numberOf = (actor: Actor) => (actor.kind === 'staff' ? actor.staffNumber : '');

/** A ticket in one of these states; else T803 or T804. */
function findTicket(
  state: ConfiguredState,
  ticketId: string,
  wanted: readonly Ticket['status'][],
): Result<Ticket> {
  const ticket = state.tickets.get(ticketId);
  if (!ticket) return fail('T803');
  return wanted.includes(ticket.status)
    ? ok(ticket)
    : fail('T804', { number: ticket.number, status: ticket.status });
}

/** LB2: the customer has gone. Whoever is at a window is the teller's to let go. */
const markLeft: Handler<'mark-left'> = (state, { args }) => {
  if (state.floor.left.has(args.ticketId)) return NOTHING_TO_DO;
  const found = findTicket(state, args.ticketId, ['waiting', 'parked', 'no-show']);
  return found.ok ? accept([{ type: 'ticket-left', data: args }]) : found;
};

/** LB2: undone without a question, for as long as a no-show could come back. */
const takeBackLeft: Handler<'take-back-left'> = (state, { args }, context) => {
  if (state.tickets.has(args.ticketId)) return NOTHING_TO_DO;
  const gone = state.floor.left.get(args.ticketId);
  if (!gone) return fail('T803');
  if (context.now - gone.at > LEFT_KEPT_MS) return fail('T812', { number: gone.ticket.number });
  return accept([{ type: 'left-taken-back', data: args }]);
};

/** LB2, CS6: a waiting ticket to where it can be served; the wait so far stays with the visit. */
const moveTicket: Handler<'move-ticket'> = (state, { args }) => {
  const { ticketId, queueId, position } = args;
  const found = findTicket(state, ticketId, ['waiting']);
  if (!found.ok) return found;
  const ticket = found.value;
  const isSameQueue = ticket.queueId === queueId && ticket.onlyCounterId === null;
  if (!findQueue(state.document, queueId)) return fail('T872', { number: ticket.number });
  // Already there, e.g. pressed twice.
  if (isSameQueue && (position === 'arrival' || (position === 'front' && ticket.readyAt !== null)))
    return NOTHING_TO_DO;
  return accept([{ type: 'ticket-moved', data: args }]);
};

/** LB2, TK9: care by the lobby manager's hand, with its reason; or taken back to where the ticket stood before. */
const setCare: Handler<'set-care'> = (state, { args }) => {
  const { ticketId, reasonId } = args;
  const found = findTicket(state, ticketId, ['waiting', 'parked', 'no-show']);
  if (!found.ok) return found;
  const given = state.floor.care.get(ticketId);
  if ((given?.reasonId ?? null) === reasonId) return NOTHING_TO_DO;
  if (reasonId === null) {
    const { classId, queueId } = given ?? found.value;
    return accept([{ type: 'care-set', data: { ticketId, reasonId, classId, queueId } }]);
  }
  const { priorityReasons, priorityClassId, careQueueId } = state.document.arrival;
  if (priorityClassId === null || !priorityReasons.some(reason => reason.id === reasonId))
    return fail('T849');
  const queueId = careQueueId ?? found.value.queueId;
  return accept([{ type: 'care-set', data: { ticketId, reasonId, classId: priorityClassId, queueId } }]);
};

/** LB2: a quiet word to a window that is closed or paused. */
const askCounterToOpen: Handler<'ask-counter-to-open'> = (state, { args, actor }, context) => {
  const { counterId } = args;
  const known = findCounter(state, counterId);
  if (!known.ok) return known;
  if (counterOf(state, counterId).status === 'open') return fail('T881', { counter: counterId });
  const asks = [...state.floor.asks.values()];
  if (asks.some(ask => ask.counterId === counterId && ask.answer !== 'cannot')) return NOTHING_TO_DO;
  if (openAskCount(state) >= MAX_ASKS) return fail('T884');
  return accept([
    {
      type: 'counter-asked-to-open',
      data: { askId: context.newId(), counterId, staffNumber: numberOf(actor) },
    },
  ]);
};

/** LB2: a quiet note on a colleague's screens. Asking somebody twice for the same is one call. */
const callColleague: Handler<'call-colleague'> = (state, { args, actor }, context) => {
  const { staffNumber: calledNumber, note } = args;
  const staffNumber = numberOf(actor);
  if (calledNumber === staffNumber || !findStaff(state.document, calledNumber)) return fail('T882');
  const asks = [...state.floor.asks.values()];
  const isRepeat = asks.some(
    ask => ask.calledNumber === calledNumber && ask.note === note && ask.answer === null,
  );
  if (isRepeat) return NOTHING_TO_DO;
  if (openAskCount(state) >= MAX_ASKS) return fail('T884');
  return accept([
    { type: 'colleague-called', data: { askId: context.newId(), staffNumber, calledNumber, note } },
  ]);
};

const openAskCount = ({ floor }: ConfiguredState) =>
  [...floor.asks.values()].filter(ask => ask.answer === null).length;

/** Answered by the one who was called, or by whoever is on the counter that was asked to open. */
const answerAsk: Handler<'answer-ask'> = (state, { args, actor }) => {
  const ask = state.floor.asks.get(args.askId);
  if (!ask) return fail('T883');
  const isAsked =
    ask.kind === 'come'
      ? ask.calledNumber === numberOf(actor)
      : counterOf(state, ask.counterId ?? '').staffNumber === numberOf(actor);
  if (!isAsked) return fail('M605');
  return ask.answer === args.answer ? NOTHING_TO_DO : accept([{ type: 'ask-answered', data: args }]);
};

const withdrawAsk: Handler<'withdraw-ask'> = (state, { args }) =>
  state.floor.asks.has(args.askId)
    ? accept([{ type: 'ask-answered', data: { askId: args.askId, answer: 'withdrawn' } }])
    : NOTHING_TO_DO;

/** LB2: a complaint is taken, an emergency plan is started: the moment, the words and who said so are recorded. */
const noteIncident: Handler<'note-incident'> = (state, { args, actor }, context) => {
  if (state.floor.incidents.length >= MAX_INCIDENTS) return fail('T884');
  if (args.ticketId !== null && !state.tickets.has(args.ticketId)) return fail('T803');
  const data: EventData<'incident-noted'> = {
    ...args,
    incidentId: context.newId(),
    staffNumber: numberOf(actor),
  };
  return accept([{ type: 'incident-noted', data }], { incidentId: data.incidentId });
};

const handleIncident: Handler<'handle-incident'> = (state, { args }) =>
  state.floor.incidents.some(one => one.incidentId === args.incidentId)
    ? accept([{ type: 'incident-handled', data: args }])
    : NOTHING_TO_DO;

export const decideLobby = {
  'mark-left': markLeft,
  'take-back-left': takeBackLeft,
  'move-ticket': moveTicket,
  'set-care': setCare,
  'ask-counter-to-open': askCounterToOpen,
  'call-colleague': callColleague,
  'answer-ask': answerAsk,
  'withdraw-ask': withdrawAsk,
  'note-incident': noteIncident,
  'handle-incident': handleIncident,
};
