import { expect } from 'vitest';
import type { BranchEvent } from '#core/branch/events.ts';
import { EVENT_VERSIONS, envelopeToEvent } from '#core/branch/events.ts';
import { evolve } from '#core/branch/evolve.ts';
import { EMPTY_BRANCH } from '#core/branch/state.ts';
import { addEvent, createDayFigures, figureReport } from '#core/figures/day-figures.ts';
import { mainBoardLines, windowBoardContent } from '#core/views/board-texts.ts';
import { kioskView } from '#core/views/kiosk-view.ts';
import { lobbyScreenSide } from '#core/views/lobby-screen-side.ts';
import { lobbyView } from '#core/views/lobby-view.ts';
import { lobbyScreenView, signInView } from '#core/views/public-views.ts';
import { counterListView, ratingScreenView } from '#core/views/rating-screen-view.ts';
import { tellerView } from '#core/views/teller-view.ts';
import { ticketPaper } from '#core/views/ticket-paper.ts';
import { canonicalJson } from '#core/wire/event-chain.ts';
import { TicketPaper } from '#core/wire/ticket-paper.ts';
import { VIEWS } from '#core/wire/views.ts';
import type { PlayedBranch } from '../core/played-branch.ts';

/** CS5: each ticket in hand is at exactly one counter, and each counter's ticket is one it can finish. */
export function checkHolding({ state }: PlayedBranch): void {
  const held = [...state.counters.values()].flatMap(({ ticketId }) => (ticketId === null ? [] : [ticketId]));
  const inHand = [...state.tickets.values()].filter(
    ({ status }) => status === 'called' || status === 'serving',
  );
  expect(new Set(held).size).toBe(held.length);
  expect(held.sort()).toEqual(inHand.map(ticket => ticket.ticketId).sort());
  for (const { ticketId, counterId } of inHand)
    expect(state.counters.get(counterId ?? '')?.ticketId).toBe(ticketId);
}

/** TK3, TK12: numbers are unique within a business day, and every ticket is still here or has an end on record. */
export function checkTickets({ events, state }: PlayedBranch): void {
  let numbers = new Set<string>();
  let open = new Set<string>();
  /** Ended by leaving (LB2); a no-show that leaves had ended before. */
  const left = new Set<string>();
  for (const { type, data } of events) {
    if (type === 'business-day-started') {
      expect([...open], 'tickets of the day before that never ended').toEqual([]);
      [numbers, open] = [new Set(), new Set()];
    }
    if (type === 'ticket-issued') {
      expect(numbers.has(data.number), `${data.number} twice in a day`).toBe(false);
      numbers.add(data.number);
      open.add(data.ticketId);
    }
    if (type === 'walk-in-started') open.add(data.ticketId);
    if (type === 'service-finished' || type === 'ticket-no-show' || type === 'ticket-unserved')
      expect(open.delete(data.ticketId), `${data.ticketId} ended twice`).toBe(true);
    if (type === 'ticket-left' && open.delete(data.ticketId)) left.add(data.ticketId);
    if (type === 'left-taken-back' && left.delete(data.ticketId)) open.add(data.ticketId);
    if (type === 'finish-undone' || type === 'no-show-returned') open.add(data.ticketId);
  }
  const inState = [...state.tickets.values()].filter(
    ({ status }) => status !== 'done' && status !== 'no-show',
  );
  expect(inState.map(ticket => ticket.ticketId).sort()).toEqual([...open].sort());
}

/** RT1: a rating comes from a device, once, for the prompt that was open, within its time. */
export function checkRatings({ events }: PlayedBranch): void {
  const open = new Map<string, { at: number; openMs: number }>();
  for (const event of events) {
    const { type, data, at } = event;
    if (type === 'rating-prompted') open.set(data.ratingId, { at, openMs: data.openMs });
    if (type === 'rating-given') {
      expect(event.actor).toBe('device');
      const prompt = open.get(data.ratingId);
      expect(prompt && at - prompt.at < prompt.openMs, 'a rating without an open prompt').toBe(true);
    }
    if (type === 'rating-given' || type === 'rating-closed') open.delete(data.ratingId);
  }
}

/** Replaying what the journal would hold gives the same state and the same figures to the last digit (MO1). */
export function checkReplay(branch: PlayedBranch): void {
  let state = EMPTY_BRANCH;
  let figures = createDayFigures();
  for (const event of branch.events.map(throughJournal)) {
    if (event.type === 'business-day-started') figures = createDayFigures();
    addEvent(figures, event);
    state = evolve(state, event);
  }
  expect(state).toEqual(branch.state);
  expect(figureReport(figures)).toEqual(figureReport(branch.figures));
  for (const { unit, value } of figureReport(figures))
    if (unit === 'rate' && value !== null) expect(value >= 0 && value <= 1).toBe(true);
}

const HASH = '0'.repeat(64);

function throughJournal({ type, data, at, actor, station }: BranchEvent, index: number): BranchEvent {
  const stored = JSON.parse(canonicalJson(data));
  const place = {
    branch: 'b',
    epoch: 1,
    seq: index + 1,
    id: `e${index}`,
    version: EVENT_VERSIONS[type],
    hash: HASH,
  };
  const read = envelopeToEvent({ ...place, type, at: Math.max(0, at), actor, station, data: stored });
  if (!read.ok) throw new Error(`${type} cannot be read back: ${JSON.stringify(data)}`);
  return read.value;
}

/** Everything that is shown has its agreed shape and tells nobody what is not for them (CS4, DV6). */
export function checkShown(branch: PlayedBranch): void {
  const state = branch.configured();
  const { now } = branch;
  const facts = {
    now,
    upload: { state: 'off', durableSeq: 0, lastSeq: 0, code: null },
    uploadSince: now,
  } as const;
  const counterIds = state.document.counters.map(counter => counter.id);
  const tellers = counterIds.map(counterId => tellerView(state, counterId, facts));
  const views = {
    kiosk: [kioskView(state, now)],
    lobby: [lobbyView(state, branch.figures, facts)],
    'lobby-screen': [lobbyScreenView(state, lobbyScreenSide(state, [], now))],
    'sign-in': [signInView(state)],
    'rating-screen': counterIds.map(counterId => ratingScreenView(state, counterId, null)),
    'counter-list': [counterListView(state)],
    teller: tellers,
  };
  for (const [name, shown] of Object.entries(views))
    for (const view of shown) expect(VIEWS[name as keyof typeof views].parse(view)).toEqual(view);
  const papers = [...state.tickets.values()].slice(-2).map(ticket => ticketPaper(state, ticket, true));
  for (const paper of papers) expect(TicketPaper.parse(paper)).toEqual(paper);

  const boards = [...counterIds.map(id => windowBoardContent(state, id)), ...mainBoardLines(state, 9, 0)];
  const sessions = [...state.sessions.keys()];
  const tokens = [...state.tickets.values()].map(ticket => ticket.progressToken);
  expectNone(JSON.stringify(views), [...sessions, ...tokens]);
  const classWords = state.document.classes.flatMap(({ name }) => [name.zh, name.en]);
  const hidden = tellers.map(view => ({ ...view, ticket: null }));
  const screens = [...views['rating-screen'], ...views['counter-list']];
  expectNone(
    JSON.stringify([hidden, views.kiosk, views['lobby-screen'], boards, papers, screens]),
    classWords,
  );
  const names = state.document.staff.map(member => member.name.zh);
  expectNone(JSON.stringify([boards, papers, views['lobby-screen'], views.kiosk, screens]), names);
  expectNone(JSON.stringify(boards), sessions.concat(tokens));
}

function expectNone(text: string, words: readonly string[]): void {
  for (const word of words)
    if (text.includes(word)) expect.fail(`shows "${word}", which is not for everybody`);
}
