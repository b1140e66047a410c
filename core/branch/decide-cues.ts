import { hasRight } from '../staff/rights.ts';
import { fail } from '../wire/result.ts';
import { accept, findOwnCounter, type Handler, NOTHING_TO_DO } from './decision.ts';

/** CS13: a teller saw signs of something and quietly asks for help, reports it, or refers the customer. */
const raiseCue: Handler<'raise-cue'> = (state, command, context) => {
  const { counterId, cueId, action, signIds, note } = command.args;
  const own = findOwnCounter(state, command, counterId);
  if (!own.ok) return own;
  const { staffNumber, ticketId } = own.value;
  const cue = state.document.serving.cues.find(({ id }) => id === cueId);
  const isKnown = (signId: string) => cue?.signs.some(({ id }) => id === signId) === true;
  if (!cue?.actions.includes(action) || !signIds.every(isKnown)) return fail('T874', { cue: cueId });
  // A key pressed twice calls one person, not two.
  const isRaised = state.cueAlerts.some(
    alert =>
      alert.cueId === cueId &&
      alert.action === action &&
      alert.counterId === counterId &&
      alert.note === note,
  );
  if (isRaised) return NOTHING_TO_DO;
  return accept([
    {
      type: 'cue-raised',
      data: {
        alertId: context.newId(),
        cueId,
        action,
        counterId,
        ticketId,
        staffNumber: staffNumber ?? '',
        signIds: [...new Set(signIds)],
        note,
      },
    },
  ]);
};

/** A report of suspicious behaviour is the branch manager's: only who sees the figures may close it. */
const handleCue: Handler<'handle-cue'> = (state, { args, actor }) => {
  const alert = state.cueAlerts.find(({ alertId }) => alertId === args.alertId);
  if (!alert) return fail('T875');
  const isAllowed =
    alert.action !== 'report' ||
    (actor.kind === 'staff' && hasRight(state, actor.staffNumber, 'see-figures'));
  return isAllowed ? accept([{ type: 'cue-handled', data: args }]) : fail('S704', { right: 'see-figures' });
};

export const decideCues = { 'raise-cue': raiseCue, 'handle-cue': handleCue };
