import type { BankDocument } from '../branch/bank-document.ts';
import type { Gate } from '../branch/bank-document-gates.ts';

/** How the sample bank calls its customers (CS1, CS2, CS4). */

export const SAMPLE_CLASSES: BankDocument['classes'] = [
  { id: 'ordinary', name: { zh: '普通客户', en: 'Ordinary' }, overtakingCap: 5 },
  { id: 'gold', name: { zh: '金卡客户', en: 'Gold' }, overtakingCap: 5 },
  { id: 'platinum', name: { zh: '白金客户', en: 'Platinum' }, overtakingCap: 5 },
  { id: 'private', name: { zh: '私人银行客户', en: 'Private' }, overtakingCap: 5 },
  { id: 'priority', name: { zh: '优先服务客户', en: 'Priority person' }, overtakingCap: 2 },
];

/**
 * Everybody's gates: what was promised first, then who has waited too long, then wait by class. The limits and weights
 * were chosen with `npm run bench:policies`: closer limits turn a full hall into plain arrival order.
 */
export const SAMPLE_GATES: Gate[] = [
  { kind: 'returned' },
  { kind: 'parked-ready' },
  { kind: 'appointment-due' },
  {
    kind: 'longest-wait',
    limits: [
      { classId: 'ordinary', minutes: 40 },
      { classId: 'priority', minutes: 5 },
      { classId: 'gold', minutes: 10 },
      { classId: 'platinum', minutes: 6 },
      { classId: 'private', minutes: 5 },
    ],
  },
  {
    kind: 'ageing',
    weights: [
      { classId: 'ordinary', weight: 0 },
      { classId: 'priority', weight: 9 },
      { classId: 'gold', weight: 4 },
      { classId: 'platinum', weight: 9 },
      { classId: 'private', weight: 12 },
    ],
  },
];

export const SAMPLE_CHOICE_REASONS: BankDocument['choiceReasons'] = [
  { id: 'unwell', name: { zh: '身体不适', en: 'Feels unwell' } },
  { id: 'infant', name: { zh: '携带婴幼儿', en: 'With an infant' } },
  { id: 'follow-up', name: { zh: '补办上一笔业务', en: 'Completes an earlier transaction' } },
  { id: 'urgent', name: { zh: '紧急挂失、止付', en: 'Urgent loss report or stop payment' } },
];
