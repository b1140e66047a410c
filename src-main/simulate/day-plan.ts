import type { BankDocument, Business } from '#core/branch/bank-document.ts';
import type { Language } from '#core/wire/fields.ts';
import { createRandom, type Random } from './random.ts';

/** What one customer of a simulated day will do. All times in milliseconds. */
export interface CustomerPlan {
  /** Since the branch opened. */
  readonly arrivesAtMs: number;
  readonly businessId: string;
  readonly language: Language;
  readonly largeType: boolean;
  /** From hearing the number to sitting at the window. */
  readonly walkMs: number;
  /** Recalls it takes before this customer hears; null: does not come at all. */
  readonly hearsAfterRecalls: number | null;
  /** Somebody called after a longer wait than this has gone home. */
  readonly patienceMs: number;
  /** Having missed the call, asks the lobby manager that much later; null: does not ask. */
  readonly asksAfterMs: number | null;
  readonly serviceMs: number;
  /** The teller takes the finish back for another matter that takes so long; null: no such thing. */
  readonly moreMs: number | null;
  /** Which key and how long after the prompt; null: silence. */
  readonly rating: { readonly position: number; readonly afterMs: number } | null;
}

const MINUTE = 60_000;

/** Business hours of the simulated day, since midnight in the branch. */
export const OPENS_AT_MS = 9 * 60 * MINUTE;
export const CLOSES_AT_MS = 17 * 60 * MINUTE;

/** How many come in each half hour from opening on, in proportion: a peak in the morning, one at noon. */
const ARRIVALS_BY_HALF_HOUR = [5, 8, 9, 8, 6, 6, 8, 8, 6, 5, 5, 5, 5, 4, 4, 2];
const HALF_HOUR_MS = 30 * MINUTE;

/**
 * Plans the customers of a day, in order of arrival.
 * Customers want what the branch has windows for: each queue is asked for in proportion to the windows that serve
 * it, each business in inverse proportion to its typical minutes, so any bank document makes a plausible day.
 */
export function planDay(document: BankDocument, customers: number, seed: number): CustomerPlan[] {
  const random = createRandom(seed);
  const demand = document.businesses.map(business => demandOf(document, business));
  const planned = Array.from({ length: customers }, () => planCustomer(document, demand, random));
  return planned.sort((one, other) => one.arrivesAtMs - other.arrivesAtMs);
}

function planCustomer(document: BankDocument, demand: readonly number[], random: Random): CustomerPlan {
  const business = document.businesses[random.weighted(demand)] ?? document.businesses[0];
  if (!business) throw new Error('a bank document has at least one business');
  const halfHour = random.weighted(ARRIVALS_BY_HALF_HOUR);
  const misses = random.chance(0.03);
  return {
    arrivesAtMs: Math.floor((halfHour + random.next()) * HALF_HOUR_MS),
    businessId: business.id,
    language: random.chance(0.04) ? 'en' : 'zh',
    largeType: random.chance(0.12),
    walkMs: Math.round(random.between(8_000, 40_000)),
    hearsAfterRecalls: misses ? null : random.weighted([88, 9, 2, 1]),
    patienceMs: Math.round(75 * MINUTE * random.logNormal(0.4)),
    asksAfterMs: random.chance(0.5) ? Math.round(random.between(2, 25) * MINUTE) : null,
    // Half of all take less than three quarters of the typical time, a few very much longer.
    serviceMs: Math.round(0.75 * business.typicalMinutes * MINUTE * random.logNormal(0.4)),
    moreMs: random.chance(0.02) ? Math.round(random.between(0.5, 3) * MINUTE) : null,
    rating: random.chance(0.14) ? null : planRating(document.ratingLevels.length, random),
  };
}

/** Most press the best key, few the worst; some press when the time is already over. */
function planRating(levels: number, random: Random): NonNullable<CustomerPlan['rating']> {
  const weights = Array.from({ length: levels }, (_, index) => {
    if (index === 0) return 72;
    if (index === 1) return 19;
    return index === levels - 1 ? 3 : 6;
  });
  return {
    position: 1 + random.weighted(weights),
    afterMs: Math.round(2_500 * random.logNormal(0.6)),
  };
}

/** Customers a minute that the windows of a business could serve of it. */
function demandOf(document: BankDocument, business: Business): number {
  const sharing = document.businesses.filter(other => other.queueId === business.queueId).length;
  let windows = 0;
  for (const counter of document.counters) {
    const profile = document.profiles.find(candidate => candidate.id === counter.profileId);
    if (profile?.queueIds.includes(business.queueId)) windows += 1 / profile.queueIds.length;
  }
  return windows / sharing / business.typicalMinutes;
}
