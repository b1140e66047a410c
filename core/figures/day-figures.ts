import type { BranchEvent } from '../branch/events.ts';
import { lateEffects } from '../branch/late-effects.ts';
import { type ArrivalFigures, addArrivalEvent, createArrivalFigures } from './arrival-figures.ts';
import { addServingEvent, legOfRating } from './serving-legs.ts';
import { addTellerEvent, createTellerDays, type TellerDays } from './teller-day.ts';

/**
 * One business day as the figures see it, folded from the journal alone: the branch and head office run this
 * very code over the same events, so their figures agree to the last digit (MO1, HO6).
 */
export interface DayFigures {
  readonly arrival: ArrivalFigures;
  issued: number;
  finishesTakenBack: number;
  calls: number;
  /** CS4 */
  callsByChoice: number;
  /** Every leg of the day, in order of arrival; the last one of a ticket is the one that still changes. */
  readonly legs: Leg[];
  readonly currentLegByTicket: Map<string, Leg>;
  /** Tickets that missed a call at least once, also when they came back. */
  readonly noShowTickets: Set<string>;
  /** Visits nobody took a number for (CS9). */
  readonly walkInTickets: Set<string>;
  readonly legByRating: Map<string, Leg>;
  transfers: number;
  parkings: number;
  readonly tellers: TellerDays;
}

/** From entering a queue to the end of the service there. */
export interface Leg {
  readonly queuedAt: number;
  /** Set by the call, moved by each recall: a wait runs to the last call (KPI dictionary). */
  calledAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  /** How it ended when nobody was served: missed its call, went away, or the day ended first. */
  ended: 'no-show' | 'unserved' | 'transferred' | 'parked' | 'left' | null;
  /** What `ended` was before the customer left, should that be taken back (LB2). */
  endedBeforeLeft: Leg['ended'];
  prompted: boolean;
  /** Of the finish that stands: a finish taken back before a key was pressed leaves nothing. */
  rating: RatingResult | null;
  /** CS9: served without a call. */
  isWalkIn: boolean;
  /** TK10: done, and the customer stayed for the next business; the rating is asked for at the end. */
  goesOn: boolean;
}

type RatingResult = 'satisfied' | 'dissatisfied' | 'unrated' | 'keypad-absent';

export function createDayFigures(): DayFigures {
  return {
    arrival: createArrivalFigures(),
    issued: 0,
    finishesTakenBack: 0,
    calls: 0,
    callsByChoice: 0,
    legs: [],
    currentLegByTicket: new Map(),
    noShowTickets: new Set(),
    walkInTickets: new Set(),
    legByRating: new Map(),
    transfers: 0,
    parkings: 0,
    tellers: createTellerDays(),
  };
}

function startLeg(figures: DayFigures, ticketId: string, queuedAt: number): Leg {
  const leg: Leg = {
    queuedAt,
    calledAt: null,
    startedAt: null,
    finishedAt: null,
    ended: null,
    endedBeforeLeft: null,
    prompted: false,
    rating: null,
    isWalkIn: false,
    goesOn: false,
  };
  figures.legs.push(leg);
  figures.currentLegByTicket.set(ticketId, leg);
  return leg;
}

/**
 * Adds one event to the day it belongs to. Changes `figures` in place: a day has tens of thousands of events, and
 * nobody sees the figures half-way through one.
 */
export function addEvent(figures: DayFigures, event: BranchEvent): void {
  addArrivalEvent(figures.arrival, event);
  addTellerEvent(figures.tellers, event);
  const { type, data, at } = event;
  if (type === 'late-events-merged') {
    for (const late of lateEffects(event)) addEvent(figures, late);
    return;
  }
  if (type === 'ticket-issued') {
    figures.issued++;
    // An appointment's wait counts from its time (TK8).
    startLeg(figures, data.ticketId, Math.max(at, data.appointment?.startsAt ?? at));
    return;
  }
  if (addServingEvent(figures, event, startLeg)) return;
  if (!('ticketId' in data) || data.ticketId === null) return;
  const isRating = type === 'rating-prompted' || type === 'rating-given' || type === 'rating-closed';
  const leg = isRating ? legOfRating(figures, event) : figures.currentLegByTicket.get(data.ticketId);
  if (!leg) return;
  switch (type) {
    case 'ticket-called':
      figures.calls++;
      if (data.chosen) figures.callsByChoice++;
      leg.calledAt = at;
      return;
    case 'ticket-recalled':
      leg.calledAt = at;
      return;
    case 'ticket-no-show':
      leg.ended = 'no-show';
      figures.noShowTickets.add(data.ticketId);
      return;
    case 'ticket-unserved':
      leg.ended = 'unserved';
      return;
    case 'ticket-left':
      leg.endedBeforeLeft = leg.ended;
      leg.ended = 'left';
      return;
    case 'left-taken-back':
      leg.ended = leg.endedBeforeLeft;
      return;
    case 'no-show-returned':
      startLeg(figures, data.ticketId, at);
      return;
    case 'service-started':
      leg.startedAt = at;
      return;
    case 'service-finished':
      leg.finishedAt = at;
      return;
    case 'finish-undone':
      leg.finishedAt = null;
      figures.finishesTakenBack++;
      if (leg.rating !== 'satisfied' && leg.rating !== 'dissatisfied') {
        leg.rating = null;
        leg.prompted = false;
      }
      return;
    case 'rating-prompted':
      leg.prompted = true;
      return;
    case 'rating-given':
      leg.rating = data.satisfied ? 'satisfied' : 'dissatisfied';
      return;
    case 'rating-closed':
      if (data.outcome !== 'withdrawn') leg.rating = data.outcome;
  }
}

/** One figure with everything needed to check it by hand (MO1). Times in milliseconds, rates from 0 to 1. */
export interface Figure {
  readonly kpi: Kpi;
  readonly unit: 'ms' | 'rate' | 'count';
  readonly numerator: number;
  /** 1 where the figure is not a quotient. */
  readonly denominator: number;
  /** Null while the denominator is 0. */
  readonly value: number | null;
}

export type Kpi =
  | 'tickets-issued'
  | 'legs-done'
  | 'average-wait'
  | 'longest-wait'
  | 'over-15-minutes-rate'
  | 'over-20-minutes-rate'
  | 'over-30-minutes-rate'
  | 'average-service-time'
  | 'longest-service-time'
  | 'no-show-rate'
  | 'abandonment-rate'
  | 'rating-participation'
  | 'satisfaction'
  | 'dissatisfaction'
  | 'keypad-absent'
  | 'prompt-rate'
  | 'finishes-taken-back'
  | 'calls-by-choice'
  | 'walk-in-rate'
  | 'transfers'
  | 'parkings'
  | 'identification-rate'
  | 'diversion-rate'
  | 'self-service-down'
  | 'priority-tickets'
  | 'appointments-missed';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const longest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0);

/** The day's figures by the KPI dictionary, in its order. The same events always give the same digits. */
export function figureReport(figures: DayFigures): Figure[] {
  const { arrival } = figures;
  const waits = figures.legs.flatMap(leg =>
    leg.calledAt === null ? [] : [Math.max(0, leg.calledAt - leg.queuedAt)],
  );
  const walkIns = figures.legs.filter(leg => leg.isWalkIn).length;
  const done = figures.legs.filter(leg => leg.finishedAt !== null && !leg.isWalkIn);
  const services = done.flatMap(leg =>
    leg.finishedAt === null || leg.startedAt === null ? [] : [Math.max(0, leg.finishedAt - leg.startedAt)],
  );
  // By ticket, as the denominators are: one that missed two calls, or came back and was served, never counts twice.
  const isIssued = (ticketId: string) => !figures.walkInTickets.has(ticketId);
  const noShows = [...figures.noShowTickets].filter(isIssued).length;
  const abandoned = [...figures.currentLegByTicket].filter(
    ([ticketId, { ended }]) => isIssued(ticketId) && ended !== null && ended !== 'parked',
  ).length;
  const counted = (result: RatingResult) => figures.legs.filter(leg => leg.rating === result).length;
  // A prompt that never reached its keypad was no prompt.
  const asked = done.filter(leg => !leg.goesOn);
  const prompted = asked.filter(leg => leg.prompted && leg.rating !== 'keypad-absent').length;
  const satisfied = counted('satisfied');
  const dissatisfied = counted('dissatisfied');
  const rated = satisfied + dissatisfied;
  const over = (minutes: number) => waits.filter(wait => wait > minutes * 60_000).length;

  const count = (kpi: Kpi, value: number): Figure => ({
    kpi,
    unit: 'count',
    numerator: value,
    denominator: 1,
    value,
  });
  const time = (kpi: Kpi, value: number): Figure => ({
    kpi,
    unit: 'ms',
    numerator: value,
    denominator: 1,
    value,
  });
  const quotient = (kpi: Kpi, unit: 'ms' | 'rate', numerator: number, denominator: number): Figure => ({
    kpi,
    unit,
    numerator,
    denominator,
    value: denominator === 0 ? null : numerator / denominator,
  });
  return [
    count('tickets-issued', figures.issued),
    count('legs-done', done.length),
    quotient('average-wait', 'ms', sum(waits), waits.length),
    time('longest-wait', longest(waits)),
    quotient('over-15-minutes-rate', 'rate', over(15), waits.length),
    quotient('over-20-minutes-rate', 'rate', over(20), waits.length),
    quotient('over-30-minutes-rate', 'rate', over(30), waits.length),
    quotient('average-service-time', 'ms', sum(services), services.length),
    time('longest-service-time', longest(services)),
    quotient('no-show-rate', 'rate', noShows, figures.issued),
    quotient('abandonment-rate', 'rate', abandoned, figures.issued),
    quotient('rating-participation', 'rate', rated, rated + counted('unrated')),
    quotient('satisfaction', 'rate', satisfied, rated),
    quotient('dissatisfaction', 'rate', dissatisfied, rated),
    count('keypad-absent', counted('keypad-absent')),
    quotient('prompt-rate', 'rate', prompted, asked.length),
    count('finishes-taken-back', figures.finishesTakenBack),
    quotient('calls-by-choice', 'rate', figures.callsByChoice, figures.calls),
    quotient('walk-in-rate', 'rate', walkIns, walkIns + done.length),
    count('transfers', figures.transfers),
    count('parkings', figures.parkings),
    quotient('identification-rate', 'rate', figures.arrival.identified, figures.issued),
    quotient('diversion-rate', 'rate', arrival.diverted, arrival.diverted + arrival.declined),
    count('self-service-down', arrival.machinesDown),
    count('priority-tickets', arrival.priority),
    count('appointments-missed', arrival.appointmentsMissed),
  ];
}

/** One figure of a report by name. */
export function findFigure(report: readonly Figure[], kpi: Kpi): Figure {
  const figure = report.find(candidate => candidate.kpi === kpi);
  if (!figure) throw new Error(`no such figure: ${kpi}`);
  return figure;
}
