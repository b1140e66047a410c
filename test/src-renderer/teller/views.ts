import type { TellerView } from '#renderer/teller/bar-state.ts';

const text = (zh: string) => ({ zh, en: zh });

export const NOW = 1_000_000_000_000;

/** A ticket in hand as the teller's bar sees it. */
export function ticketInHand(
  changes: Partial<NonNullable<TellerView['ticket']>> = {},
): NonNullable<TellerView['ticket']> {
  return {
    ticketId: 'ticket-1',
    number: 'A023',
    business: text('个人现金'),
    customerClass: text('普通客户'),
    status: 'called',
    since: NOW,
    serviceLimitMs: 600_000,
    waitMs: 720_000,
    recalls: 0,
    recallsLeft: 3,
    gate: 'arrival',
    passedCount: 0,
    choiceReason: null,
    ...changes,
  };
}

/** The bar of an open counter with nobody at it. */
export function tellerView(changes: Partial<TellerView> = {}): TellerView {
  return {
    bankName: text('银行'),
    branchName: text('支行'),
    timeZone: 'Asia/Shanghai',
    counter: {
      counterId: 'counter-1',
      number: 1,
      name: text('1号窗口'),
      status: 'open',
      statusSince: NOW,
      staffNumber: '1001',
      staffName: text('柜员01'),
      pauseReason: null,
    },
    ticket: null,
    undo: null,
    rating: null,
    waiting: { count: 0, oldestSince: null, limitMs: 900_000 },
    next: null,
    saying: text('您好'),
    devices: [],
    upload: { state: 'off', durableSeq: 0, lastSeq: 0, code: null },
    pauseReasons: [{ id: 'lunch', name: text('午餐') }],
    asks: [],
    desk: emptyDesk(),
    choose: null,
    ...changes,
  };
}

/** A full window on which nothing has happened; with a ticket in hand `visit` says what it carries. */
export function emptyDesk(changes: Partial<TellerView['desk']> = {}): TellerView['desk'] {
  return {
    visit: null,
    queues: [],
    counters: [],
    businesses: [],
    cues: [],
    sayings: [],
    upcoming: [],
    parked: [],
    day: { served: 0, walkIns: 0, averageServiceMs: null, rated: 0, unrated: 0, satisfaction: null },
    finishes: [],
    ...changes,
  };
}

/** A visit in hand, with businesses still to do. */
export function visitInHand(
  changes: Partial<NonNullable<TellerView['desk']['visit']>> = {},
): NonNullable<TellerView['desk']['visit']> {
  return {
    isWalkIn: false,
    waitedMs: 0,
    businesses: [{ id: 'personal-cash', name: text('个人现金'), status: 'now', isServedHere: true }],
    legs: [],
    notes: [],
    missing: [],
    checklist: [],
    ...changes,
  };
}

/** The same counter, paused or closed. */
export function counterThatIs(status: TellerView['counter']['status']): TellerView['counter'] {
  return { ...tellerView().counter, status };
}
