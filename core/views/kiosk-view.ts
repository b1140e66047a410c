import type { ConfiguredState } from '../branch/decision.ts';
import { findQueue } from '../branch/decision.ts';
import { numberPlaceOf } from '../branch/state.ts';
import { estimateWait, waitingIn } from '../queue/estimate.ts';
import { nextNumberAt } from '../queue/numbers.ts';
import type { View } from '../wire/views.ts';
import { insteadOf, openingLine, reasonLines, selfServiceLine } from './arrival-views.ts';
import { branchHead, MINUTE_MS } from './shared.ts';

/** How long the kiosk watches what becomes of a ticket's paper. */
const PRINTS_SHOWN_MS = 2 * MINUTE_MS;

/** TK1: businesses first, with what to bring and how long it takes. */
export function kioskView(state: ConfiguredState, now: number): View<'kiosk'> {
  const { document } = state;
  const devices = [...state.devices.values()];
  return {
    ...branchHead(document),
    greeting: document.texts.greeting,
    hours: document.texts.hours,
    ticketNotice: document.texts.ticketNotice,
    progressUrl: document.branch.progressUrl,
    opening: openingLine(state, now),
    priorityReasons: reasonLines(state),
    printerUp: devices.some(
      ({ kind, health }) => kind === 'printer' && (health.status === 'ready' || health.status === 'warning'),
    ),
    groups: document.groups.map(group => ({
      ...group,
      businesses: document.businesses
        .filter(business => business.groupId === group.id)
        .map(business => {
          const queue = findQueue(document, business.queueId);
          const instead = insteadOf(state, business, now);
          return {
            id: business.id,
            name: business.name,
            documents: business.documents,
            waiting: waitingIn(state, business.queueId),
            estimate: estimateWait(state, document, business),
            instead,
            selfService: selfServiceLine(state, business),
            offered:
              instead === null &&
              queue !== undefined &&
              nextNumberAt(queue, numberPlaceOf(state)) !== undefined,
          };
        }),
    })),
    prints: [...state.tickets.values()]
      .filter(ticket => now - ticket.issuedAt < PRINTS_SHOWN_MS)
      .map(({ ticketId, number, print }) => ({ ticketId, number, status: print.status, code: print.code })),
  };
}
