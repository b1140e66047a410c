import type { LobbyView } from './alarm-action.ts';

/** How a window's card looks: its ticket's stage, else its own state; `idle` is free while people wait (CS9). */
export type CounterLook = 'closed' | 'paused' | 'free' | 'idle' | 'called' | 'serving';

export function counterLook(
  counter: Pick<LobbyView['counters'][number], 'status' | 'ticket' | 'idleWhileWaiting'>,
): CounterLook {
  if (counter.ticket) return counter.ticket.status;
  if (counter.status !== 'open') return counter.status;
  return counter.idleWhileWaiting ? 'idle' : 'free';
}
