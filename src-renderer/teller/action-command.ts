import type { CommandArgs } from '#core/wire/commands.ts';
import { isOffered, nextBusinessId, type TellerAction, type TellerView } from './bar-state.ts';
import { ASKING_PANELS, type AskingAction, isAsking } from './panels.ts';

type TicketCommandType =
  | 'start-service'
  | 'recall-ticket'
  | 'mark-no-show'
  | 'finish-service'
  | 'undo-finish';

/** A command of the bar, or the wish to see the pause reasons first. */
export type BarStep =
  | { readonly kind: 'ask-pause-reason' }
  /** Something has to be asked first. */
  | { readonly kind: 'open'; readonly panel: (typeof ASKING_PANELS)[AskingAction] }
  | {
      readonly kind: 'send';
      readonly type: 'start-next-business';
      readonly args: CommandArgs<'start-next-business'>;
    }
  | {
      readonly kind: 'send';
      readonly type: 'call-next' | 'resume-counter';
      readonly args: CommandArgs<'call-next'>;
    }
  | {
      readonly kind: 'send';
      readonly type: TicketCommandType;
      readonly args: CommandArgs<TicketCommandType>;
    };

/**
 * Turns a key or button into the command it means. It names the ticket on screen, so the host can refuse what was
 * pressed on an old picture (CS10).
 * @param now the host's clock, milliseconds since 1970
 * @param isHeld as in `isOffered`
 * @returns null when the action is not offered now: nothing is sent
 */
export function stepFor(action: TellerAction, view: TellerView, now: number, isHeld = false): BarStep | null {
  if (!isOffered(action, view, now, isHeld)) return null;
  const { counterId } = view.counter;
  if (isAsking(action)) return { kind: 'open', panel: ASKING_PANELS[action] };
  switch (action) {
    case 'call-next':
      return { kind: 'send', type: 'call-next', args: { counterId } };
    case 'pause-counter':
      return view.counter.status === 'paused'
        ? { kind: 'send', type: 'resume-counter', args: { counterId } }
        : { kind: 'ask-pause-reason' };
    case 'start-next-business': {
      const businessId = nextBusinessId(view);
      const ticketId = view.ticket?.ticketId;
      if (businessId === null || ticketId === undefined) return null;
      return { kind: 'send', type: action, args: { counterId, ticketId, businessId } };
    }
    default: {
      const ticketId = action === 'undo-finish' ? view.undo?.ticketId : view.ticket?.ticketId;
      return ticketId === undefined ? null : { kind: 'send', type: action, args: { counterId, ticketId } };
    }
  }
}
