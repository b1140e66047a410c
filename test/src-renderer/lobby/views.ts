import type { Alarm, LobbyView } from '#renderer/lobby/alarm-action.ts';
import type { LobbyTicket } from '#renderer/lobby/ticket-order.ts';

const text = (zh: string) => ({ zh, en: zh });

export const NOW = 1_000_000_000_000;

export function lobbyTicket(changes: Partial<LobbyTicket> = {}): LobbyTicket {
  return {
    ticketId: `id-${changes.number ?? 'A001'}`,
    number: 'A001',
    business: text('个人现金'),
    queueId: 'cash',
    status: 'waiting',
    since: NOW,
    queuedAt: NOW,
    limitMs: 900_000,
    print: { status: 'printed', code: null, copies: 1 },
    returnable: false,
    overtakes: 0,
    call: null,
    ...changes,
  };
}

export function alarmOf(changes: Partial<Alarm> = {}): Alarm {
  return {
    id: 'device:printer-1',
    level: 'orange',
    kind: 'device-down',
    since: NOW,
    facts: {},
    subject: null,
    code: null,
    ...changes,
  };
}

export const BAD_RATING: LobbyView['ratings'][number] = {
  ratingId: 'rating-1',
  ticketNumber: 'A001',
  counterId: 'counter-1',
  counterName: text('1号窗口'),
  staffNumber: '1001',
  at: NOW,
  outcome: 'rated',
  level: text('不满意'),
  bad: true,
  handledNote: null,
};

/** A hall with nobody in it. */
export function lobbyView(changes: Partial<LobbyView> = {}): LobbyView {
  return {
    bankName: text('银行'),
    branchName: text('支行'),
    timeZone: 'Asia/Shanghai',
    hall: { waiting: 0, oldestSince: null, limitMs: 900_000, openCounters: 0, counters: 0 },
    queues: [],
    counters: [],
    tickets: [],
    ratings: [],
    alarms: [],
    devices: [],
    upload: { state: 'off', durableSeq: 0, lastSeq: 0, code: null },
    floor: { left: [], asks: [], incidents: [], colleagues: [], care: [], parked: [] },
    businesses: [],
    arrival: {
      opening: { isOpen: true, next: null, dayName: null },
      machines: [],
      appointments: [],
      bookingDaysAhead: 14,
      priorityReasons: [],
      usedUp: [],
      tickets: [],
      today: {
        identified: 0,
        priority: 0,
        diverted: 0,
        declined: 0,
        machinesDown: 0,
        appointmentsMissed: 0,
        identificationRate: null,
        diversionRate: null,
      },
    },
    today: {
      issued: 0,
      done: 0,
      noShows: 0,
      averageWaitMs: null,
      longestWaitMs: 0,
      rated: 0,
      unrated: 0,
      keypadAbsent: 0,
      satisfaction: null,
    },
    ...changes,
  };
}
