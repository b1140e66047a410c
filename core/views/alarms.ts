import { type ConfiguredState, profileOf } from '../branch/decision.ts';
import { counterOf, type DeviceState, type Ticket } from '../branch/state.ts';
import { isKeypadUp, ratingScreenId } from '../rating/prompt.ts';
import type { View } from '../wire/views.ts';
import type { ProgramFacts } from './program-facts.ts';
import { cueAlarms, idleWindows } from './serving-alarms.ts';
import { counterName, oldestSince, ticketsInState, waitLimitMs } from './shared.ts';

type Alarm = View<'lobby'>['alarms'][number];

const SEVERITY: Readonly<Record<Alarm['level'], number>> = { red: 0, orange: 1, yellow: 2 };

/** What the lobby manager should act on now, worst first, then newest (LB1, MO2). Derived, never stored. */
export function alarmsOf(state: ConfiguredState, facts: ProgramFacts): Alarm[] {
  return [
    ...incidents(state),
    ...badRatings(state),
    ...unprintedTickets(state),
    ...devicesDown(state, facts),
    ...lateQueues(state, facts.now),
    ...cueAlarms(state, facts),
    ...idleWindows(state, facts.now),
    ...uploadDown(facts),
  ].sort((a, b) => SEVERITY[a.level] - SEVERITY[b.level] || b.since - a.since);
}

/** LB2: what was noted and nobody has handled yet. */
function incidents({ floor }: ConfiguredState): Alarm[] {
  return floor.incidents.map(({ incidentId, kind, at, text, ticketNumber }) => ({
    id: `incident:${incidentId}`,
    level: 'red',
    kind,
    since: at,
    facts: { incidentId, text, number: ticketNumber },
    subject: null,
    code: null,
  }));
}

/** RT3 */
function badRatings({ recentRatings, document }: ConfiguredState): Alarm[] {
  return recentRatings
    .filter(rating => rating.bad && rating.handledNote === null)
    .map(rating => ({
      id: `bad-rating:${rating.ratingId}`,
      level: 'red',
      kind: 'bad-rating',
      since: rating.at,
      facts: { number: rating.ticketNumber, ratingId: rating.ratingId },
      subject: counterName(document, rating.counterId),
      code: null,
    }));
}

/** TK4: numbers that are valid but have no paper, or perhaps none. */
function unprintedTickets(state: ConfiguredState): Alarm[] {
  const unprinted = (ticket: Ticket) =>
    ticket.print.status === 'failed' || ticket.print.status === 'uncertain';
  return ticketsInState(state, 'waiting')
    .filter(unprinted)
    .map(ticket => ({
      id: `not-printed:${ticket.ticketId}`,
      level: 'orange',
      kind: 'not-printed',
      since: ticket.issuedAt,
      facts: { number: ticket.number, ticketId: ticket.ticketId, certainty: ticket.print.status },
      subject: null,
      code: ticket.print.code,
    }));
}

/** LB1: every device that needs a hand, by the name people gave it. */
function devicesDown(state: ConfiguredState, { deviceName }: ProgramFacts): Alarm[] {
  const { devices, document } = state;
  return [...devices.values()]
    .filter(device => device.health.status !== 'ready' && !isNeedlessScreen(state, device))
    .map(device => ({
      id: `device:${device.deviceId}`,
      level: device.health.status === 'warning' ? 'yellow' : 'orange',
      kind: 'device-down',
      since: device.since,
      facts: {
        deviceId: device.deviceId,
        deviceKind: device.kind,
        deviceName: deviceName?.(device.deviceId) ?? '',
        status: device.health.status,
      },
      subject: device.counterId === null ? null : counterName(document, device.counterId),
      code: device.health.code,
    }));
}

/** A rating screen that was put away is missed only where customers come and nothing else asks them. */
function isNeedlessScreen(state: ConfiguredState, { deviceId, counterId }: DeviceState): boolean {
  if (counterId === null || deviceId !== ratingScreenId(counterId)) return false;
  return counterOf(state, counterId).status === 'closed' || isKeypadUp(state, counterId);
}

/** Queues whose oldest ticket has waited longer than was promised. */
function lateQueues(state: ConfiguredState, now: number): Alarm[] {
  const waiting = ticketsInState(state, 'waiting');
  return state.document.queues.flatMap((queue): Alarm[] => {
    const limitMs = waitLimitMs(state.document, queue.id);
    const late = waiting.filter(ticket => ticket.queueId === queue.id && now - ticket.queuedAt > limitMs);
    const longestSince = oldestSince(late);
    if (longestSince === null) return [];
    return [
      {
        id: `over-limit:${queue.id}`,
        level: 'orange',
        kind: 'over-limit',
        since: longestSince + limitMs,
        facts: {
          queueId: queue.id,
          count: late.length,
          minutes: queue.waitLimitMinutes,
          ...counterToAsk(state, queue.id),
        },
        subject: queue.name,
        code: null,
      },
    ];
  });
}

/** LB2: the window that could help this queue and was not asked yet; a paused one has somebody there already. */
function counterToAsk(state: ConfiguredState, queueId: string): { counterId?: string } {
  const { document, floor } = state;
  const asked = new Set([...floor.asks.values()].map(ask => ask.counterId));
  const able = document.counters.filter(
    ({ id }) => !asked.has(id) && profileOf(document, id)?.queueIds.includes(queueId) === true,
  );
  const inState = (status: 'paused' | 'closed') =>
    able.find(({ id }) => counterOf(state, id).status === status);
  const counter = inState('paused') ?? inState('closed');
  return counter ? { counterId: counter.id } : {};
}

function uploadDown({ upload, uploadSince }: ProgramFacts): Alarm[] {
  if (upload.state !== 'waiting') return [];
  const facts = { behind: upload.lastSeq - upload.durableSeq };
  return [
    {
      id: 'upload',
      level: 'yellow',
      kind: 'upload',
      since: uploadSince,
      facts,
      subject: null,
      code: upload.code,
    },
  ];
}
