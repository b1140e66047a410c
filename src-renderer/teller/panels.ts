import type { TellerAction } from './bar-state.ts';

/** What can be open below the bar, besides the full window. */
export type PanelName = 'pause' | 'more' | 'transfer' | 'park' | 'cue' | 'walk-in' | 'add-business';

/** Actions that ask something first, and the panel that asks it. */
export const ASKING_PANELS = {
  'transfer-ticket': 'transfer',
  'park-ticket': 'park',
  'raise-cue': 'cue',
  'start-walk-in': 'walk-in',
} as const satisfies Partial<Record<TellerAction, PanelName>>;

export type AskingAction = keyof typeof ASKING_PANELS;

export function isAsking(action: TellerAction): action is AskingAction {
  return Object.hasOwn(ASKING_PANELS, action);
}

/**
 * Does this panel still make sense on the view as it is now? A question about a customer ends when the customer has
 * gone, so that an answer never meets the next one (CS10).
 */
export function isPanelValid(panel: PanelName, openedFor: string | null, ticketId: string | null): boolean {
  switch (panel) {
    case 'transfer':
    case 'park':
    case 'add-business':
      return ticketId !== null && ticketId === openedFor;
    case 'walk-in':
    case 'pause':
      return ticketId === null;
    default:
      return true;
  }
}
