import type { Ticket } from '#core/branch/state.ts';
import { chooseNext } from '#core/queue/policy.ts';
import { SAMPLE_CLASSES, SAMPLE_GATES } from '#core/sample/sample-calling.ts';
import { CLASS_IDS, type ClassId, type Customer } from './traces.ts';

/** Somebody waiting. */
export interface Waiting {
  readonly customer: Customer;
  /** As printed on the ticket, within its letter. */
  readonly number: number;
  readonly queuedMs: number;
  /** Calls to go until a returned no-show is in turn; null for all others. Only our policy knows the rule. */
  readonly callsToGo: number | null;
  readonly overtakes: number;
}

/** A way to call; made anew for each day, since it may remember. `waiting` is in order of arrival, never empty. */
export interface CallPolicy {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly start: () => (waiting: readonly Waiting[], nowMs: number) => Waiting;
}

const RANK: Readonly<Record<ClassId, number>> = { ordinary: 0, gold: 1, platinum: 2 };

/** The waiting one with the largest measure, the first in line among equals. */
function best(waiting: readonly Waiting[], measure: (one: Waiting) => number): Waiting {
  return waiting.reduce((most, one) => (measure(one) > measure(most) ? one : most));
}

const rank = ({ customer }: Waiting) => RANK[customer.classId];
const isPriority = (one: Waiting) => rank(one) > 0;

/** Consecutive priority calls before an ordinary one, in the usual form of that cap. */
const PRIORITY_CALLS = 3;

function weightedWithCap(): (waiting: readonly Waiting[], nowMs: number) => Waiting {
  let inARow = 0;
  return (waiting, nowMs) => {
    const ordinary = waiting.filter(one => !isPriority(one));
    const among = inARow >= PRIORITY_CALLS && ordinary.length > 0 ? ordinary : waiting;
    const called = best(among, one => (rank(one) + 1) * (nowMs - one.queuedMs));
    inARow = isPriority(called) ? inARow + 1 : 0;
    return called;
  };
}

const RATIO: readonly ClassId[] = ['platinum', 'platinum', 'gold', 'ordinary'];

/** Slots in fixed turn; a slot nobody waits for goes to whoever has waited longest. */
function ratioInTurn(): (waiting: readonly Waiting[]) => Waiting {
  let slot = 0;
  return waiting => {
    const classId = RATIO[slot++ % RATIO.length];
    return (
      waiting.find(({ customer }) => customer.classId === classId) ?? best(waiting, one => -one.queuedMs)
    );
  };
}

/** Each class and business has a weight of its own that nothing changes. */
const SORT_WEIGHT: Readonly<Record<ClassId, Record<Customer['business'], number>>> = {
  platinum: { cash: 60, transfer: 50 },
  gold: { cash: 40, transfer: 30 },
  ordinary: { cash: 20, transfer: 10 },
};

/** A cap for a bank that puts its priority customers before the fairness of the line. */
const WIDE_CAP = 10;

/** @param cap null: those of the sample bank */
function ours(cap: number | null): (waiting: readonly Waiting[], nowMs: number) => Waiting {
  const profile = { id: 'p', name: { zh: '', en: '' }, queueIds: ['q'], gates: SAMPLE_GATES };
  const classes = SAMPLE_CLASSES.map(one => ({ ...one, overtakingCap: cap ?? one.overtakingCap }));
  return (waiting, nowMs) => {
    const choice = chooseNext(waiting.map(toTicket), {
      profile,
      classes,
      now: nowMs,
      ratioCalls: new Map(),
    });
    const called = waiting.find(({ customer }) => customer.place === choice?.ticket.arrival);
    if (!called) throw new Error('our policy called nobody');
    return called;
  };
}

/** What the policy reads of a ticket. */
function toTicket({ customer, number, queuedMs, callsToGo, overtakes }: Waiting): Ticket {
  return {
    ticketId: String(customer.place),
    number: String(number),
    classId: customer.classId,
    queueId: 'q',
    arrival: customer.place,
    queuedAt: queuedMs,
    status: 'waiting',
    readyAt: null,
    appointmentAt: null,
    onlyCounterId: null,
    returnsAfterCalls: callsToGo,
    overtakes,
  } as Ticket;
}

export const OURS = 'ours';

/** Ours with the sample bank's gates, and plain tellings of the usual ways. */
export const CALL_POLICIES: readonly CallPolicy[] = [
  { id: OURS, zh: '厅堂（示例银行，上限 5）', en: 'Foyer, the sample bank (cap 5)', start: () => ours(null) },
  {
    id: 'ours-wide',
    zh: `厅堂（上限 ${WIDE_CAP}）`,
    en: `Foyer, cap ${WIDE_CAP}`,
    start: () => ours(WIDE_CAP),
  },
  { id: 'arrival', zh: '先到先办', en: 'arrival order', start: () => waiting => waiting[0] as Waiting },
  {
    id: 'class',
    zh: '等级绝对优先，再先到',
    en: 'strict class priority, then arrival',
    start: () => waiting => best(waiting, rank),
  },
  {
    id: 'weighted',
    zh: `(权重+1)×等候，连续优先不超过 ${PRIORITY_CALLS} 次`,
    en: `(weight + 1) × wait, at most ${PRIORITY_CALLS} priority calls in a row`,
    start: weightedWithCap,
  },
  {
    id: 'sorted',
    zh: '固定排序权重，再按时间',
    en: 'static sort weight, then time',
    start: () => waiting => best(waiting, ({ customer }) => SORT_WEIGHT[customer.classId][customer.business]),
  },
  {
    id: 'green',
    zh: '绿色通道优先，再按最小号码',
    en: 'green channel first, then the lowest number',
    start: () => waiting => best(waiting, one => (isPriority(one) ? 1e6 : 0) - one.number),
  },
  {
    id: 'ratio',
    zh: '比例 2:1:1，空档给等候最久者',
    en: 'ratio 2 : 1 : 1, empty slots to the longest wait',
    start: ratioInTurn,
  },
];

/** The letter a ticket is numbered under: priority customers have one of their own, and so has each business. */
export function letterOf({ classId, business }: Customer): string {
  return classId === CLASS_IDS[0] ? business : 'priority';
}
