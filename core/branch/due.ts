import { dueAppointments } from '../arrival/appointments.ts';
import { unservedTickets } from '../arrival/decide-arrival.ts';
import { isPendingDue } from '../documents/decide-documents.ts';
import { businessDayOf } from '../queue/business-day.ts';
import type { Command } from './commands.ts';
import type { ConfiguredState } from './decision.ts';
import type { BranchState } from './state.ts';

type DueCommand = Pick<
  Command<
    'close-rating' | 'start-business-day' | 'end-appointments' | 'end-waiting' | 'apply-pending-document'
  >,
  'type' | 'args'
>;

/**
 * What time alone makes necessary at instant `now`: ratings whose time is over and a new business day. The host
 * asks every second and gives the commands in the system's name; `decide` stays the only judge.
 */
export function dueCommands(state: BranchState, now: number): DueCommand[] {
  const due: DueCommand[] = [];
  if (state.document === null) return due;
  const today = businessDayOf(now, state.document.branch.timeZone);
  if (state.businessDay === null || today > state.businessDay)
    due.push({ type: 'start-business-day', args: {} });
  if (isPendingDue(state as ConfiguredState, now)) due.push({ type: 'apply-pending-document', args: {} });
  if (dueAppointments(state as ConfiguredState, now).length > 0)
    due.push({ type: 'end-appointments', args: {} });
  if (unservedTickets(state as ConfiguredState, now).length > 0) due.push({ type: 'end-waiting', args: {} });
  for (const { counterId, openRating } of state.counters.values()) {
    if (!openRating) continue;
    const age = now - openRating.promptedAt;
    // A clock that was set back must not keep a rating open for hours.
    if (age >= openRating.openMs || age < -openRating.openMs)
      due.push({
        type: 'close-rating',
        args: { counterId, ratingId: openRating.ratingId, keypadAbsent: false },
      });
  }
  return due;
}
