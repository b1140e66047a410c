import { randomOf } from '../../drivers/random.ts';

/** One customer of a trace: all that does not depend on the policy. */
export interface Customer {
  /** In the order of arrival, from 0. */
  readonly place: number;
  readonly arrivesMs: number;
  readonly classId: ClassId;
  /** Two kinds of business with numbers of their own, both served by every counter. */
  readonly business: 'cash' | 'transfer';
  readonly serviceMs: number;
  /** Does not come to the first call; comes back so much later, or never. */
  readonly missesCall: boolean;
  readonly returnsAfterMs: number | null;
}

export const CLASS_IDS = ['ordinary', 'gold', 'platinum'] as const;
export type ClassId = (typeof CLASS_IDS)[number];

/** A kind of day. Times in minutes from opening. */
export interface DayKind {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly customers: number;
  /** Shares of gold and platinum customers. */
  readonly gold: number;
  readonly platinum: number;
  readonly noShows: number;
  /** Busier stretches: from, to, how many times as busy. */
  readonly peaks: readonly (readonly [from: number, to: number, factor: number])[];
  /** Counters open at a minute. */
  readonly counters: (minute: number) => number;
}

export const MINUTE_MS = 60_000;
/** 8:30 to 17:00. */
export const DAY_MINUTES = 510;
export const COUNTERS = 5;

const USUAL = {
  customers: 355,
  gold: 0.12,
  platinum: 0.06,
  noShows: 0.03,
  peaks: [[60, 150, 1.5]],
  counters: () => COUNTERS,
} as const;

export const DAY_KINDS: readonly DayKind[] = [
  { ...USUAL, id: 'ordinary', zh: '平常日', en: 'ordinary day' },
  {
    ...USUAL,
    id: 'salary',
    zh: '发薪日高峰',
    en: 'salary day peak',
    customers: 385,
    peaks: [
      [30, 150, 2.2],
      [330, 400, 1.6],
    ],
  },
  {
    ...USUAL,
    id: 'vip',
    zh: '贵宾集中',
    en: 'VIP-heavy',
    customers: 340,
    gold: 0.25,
    platinum: 0.15,
  },
  { ...USUAL, id: 'no-shows', zh: '过号多', en: 'many no-shows', noShows: 0.2 },
  {
    ...USUAL,
    id: 'short',
    zh: '午间少开两个窗口',
    en: 'two counters short at noon',
    customers: 320,
    counters: minute => (minute >= 180 && minute < 300 ? COUNTERS - 2 : COUNTERS),
  },
];

const MEAN_SERVICE_MINUTES: Readonly<Record<ClassId, number>> = { ordinary: 5.5, gold: 7, platinum: 9 };

/** The customers of one day, the same for the same seed. */
export function makeTrace(kind: DayKind, seed: number): Customer[] {
  const random = randomOf(seed);
  const arrivals = Array.from({ length: kind.customers }, () => arrivalMinute(kind, random)).sort(
    (a, b) => a - b,
  );
  return arrivals.map((minute, place) => {
    const roll = random();
    const classId =
      roll < kind.platinum ? 'platinum' : roll < kind.platinum + kind.gold ? 'gold' : 'ordinary';
    const missesCall = random() < kind.noShows;
    const comesBack = random() < 0.6;
    // The sum of two exponentials: seldom very short, sometimes long, as counters are.
    const spread = -Math.log((1 - random()) * (1 - random())) / 2;
    return {
      place,
      arrivesMs: Math.round(minute * MINUTE_MS),
      classId,
      business: random() < 0.6 ? 'cash' : 'transfer',
      serviceMs: Math.round(Math.max(0.5, spread * MEAN_SERVICE_MINUTES[classId]) * MINUTE_MS),
      missesCall,
      returnsAfterMs: missesCall && comesBack ? Math.round((2 + 8 * random()) * MINUTE_MS) : null,
    };
  });
}

/** Customers stop coming half an hour before closing. */
function arrivalMinute({ peaks }: DayKind, random: () => number): number {
  const busiest = Math.max(1, ...peaks.map(([, , factor]) => factor));
  for (;;) {
    const minute = random() * (DAY_MINUTES - 30);
    const factor = peaks.find(([from, to]) => minute >= from && minute < to)?.[2] ?? 1;
    if (random() * busiest < factor) return minute;
  }
}
