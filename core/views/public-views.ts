import type { ConfiguredState } from '../branch/decision.ts';
import { waitingIn } from '../queue/estimate.ts';
import type { View } from '../wire/views.ts';
import type { LobbyScreenSide } from '../wire/views-lobby.ts';
import { openAsks } from './lobby-floor.ts';
import { branchHead, counterHead, counterName } from './shared.ts';

/** Calls the lobby screen lists: the newest one large, and the last seven (DV4). */
const CALLS_SHOWN = 8;

/** DV4, DV6: numbers and windows, nothing about people. */
export function lobbyScreenView(state: ConfiguredState, side: LobbyScreenSide): View<'lobby-screen'> {
  const { document } = state;
  return {
    ...branchHead(document),
    calls: state.recentCalls.slice(0, CALLS_SHOWN).map(call => ({
      // A returned no-show is called anew, and must flash anew.
      key: `${call.ticketId}.${call.at}.${call.recall}`,
      number: call.number,
      counterName: counterName(document, call.counterId),
      counterNumber: document.counters.find(counter => counter.id === call.counterId)?.number ?? null,
      at: call.at,
    })),
    queues: document.queues.map(queue => ({ name: queue.name, waiting: waitingIn(state, queue.id) })),
    notice: document.texts.notice,
    hours: document.texts.hours,
    hotline: document.texts.hotline,
    side,
  };
}

/** The counters one can sign in at; no list of staff. */
export function signInView(state: ConfiguredState): View<'sign-in'> {
  const { document } = state;
  return {
    ...branchHead(document),
    sample: document.branch.sample,
    counters: document.counters.map(counter => counterHead(state, document, counter.id)),
    openAsks: openAsks(state),
  };
}
