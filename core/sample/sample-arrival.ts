import type { ArrivalRules, Calendar, Quota, SelfServiceAlternative } from '../branch/bank-arrival.ts';
import type { LocalText } from '../wire/fields.ts';

/** A text in Chinese and English. */
const text = (zh: string, en: string): LocalText => ({ zh, en });

export const SAMPLE_ARRIVAL: ArrivalRules = {
  selfServiceMachines: [
    {
      id: 'cash-machine-1',
      name: text('存取款一体机1', 'Cash machine 1'),
      place: text('大厅入口左侧自助区', 'Self-service area, left of the entrance'),
    },
    {
      id: 'cash-machine-2',
      name: text('存取款一体机2', 'Cash machine 2'),
      place: text('大厅入口左侧自助区', 'Self-service area, left of the entrance'),
    },
    {
      id: 'service-terminal-1',
      name: text('智能柜员机', 'Service terminal'),
      place: text('取号机右侧', 'Right of this kiosk'),
    },
    {
      id: 'payment-terminal-1',
      name: text('缴费终端', 'Payment terminal'),
      place: text('便民服务区', 'Everyday services corner'),
    },
  ],
  priorityReasons: [
    { id: 'elderly', name: text('老年人', 'Older person'), fromAge: 65 },
    { id: 'pregnant', name: text('孕妇或带婴幼儿', 'Expecting, or with an infant'), fromAge: null },
    { id: 'disabled', name: text('残障人士', 'Person with a disability'), fromAge: null },
    { id: 'unwell', name: text('身体不适', 'Not feeling well'), fromAge: null },
    { id: 'military', name: text('军人及优抚对象', 'Military service'), fromAge: null },
  ],
  priorityClassId: 'priority',
  careQueueId: null,
  appointmentEarlyMs: 30 * 60_000,
  appointmentLateMs: 15 * 60_000,
  bookingDaysAhead: 30,
  secondLanguage: 'when-chosen',
};

const WEEKDAYS = [1, 2, 3, 4, 5];
const CLOSED_FOR = (zh: string, en: string, ...dates: string[]): Calendar['days'] =>
  dates.map(date => ({ date, name: text(zh, en), periods: [] }));

/** Not enforced: a branch on sample data is tried out at any hour. */
export const SAMPLE_CALENDAR: Calendar = {
  enforced: false,
  weekly: [
    ...WEEKDAYS.map(weekday => ({ weekday, fromMinute: 9 * 60, toMinute: 17 * 60 })),
    ...[6, 7].map(weekday => ({ weekday, fromMinute: 9 * 60 + 30, toMinute: 16 * 60 })),
  ],
  days: [
    ...CLOSED_FOR('元旦', 'New Year', '2027-01-01'),
    ...CLOSED_FOR('春节', 'Spring Festival', '2027-02-06', '2027-02-07', '2027-02-08'),
    ...CLOSED_FOR('国庆节', 'National Day', '2027-10-01', '2027-10-02', '2027-10-03'),
    {
      date: '2027-02-05',
      name: text('除夕', "New Year's Eve"),
      periods: [{ fromMinute: 9 * 60, toMinute: 12 * 60 }],
    },
  ],
  unservedAfterMinutes: 120,
};

/** TK1: what the machines can do, by business. */
export const SAMPLE_SELF_SERVICE: Readonly<Record<string, SelfServiceAlternative>> = {
  'personal-cash': { machineIds: ['cash-machine-1', 'cash-machine-2'], minutes: 3 },
  'personal-transfer': { machineIds: ['service-terminal-1'], minutes: 4 },
  'personal-account': { machineIds: ['service-terminal-1'], minutes: 8 },
  payments: { machineIds: ['payment-terminal-1'], minutes: 2 },
};

const quota = (fromHour: number, toHour: number, tickets: number, instead: LocalText): Quota => ({
  weekdays: WEEKDAYS,
  fromMinute: fromHour * 60,
  toMinute: toHour * 60,
  tickets,
  instead,
});
const BOOK_ACCOUNT = text(
  '可预约其他时间办理,或先在手机银行填写开户资料',
  'Book another time, or fill in the application in mobile banking first',
);

/** TK6: long work that would fill the windows of a whole morning. */
export const SAMPLE_QUOTAS: Readonly<Record<string, readonly Quota[]>> = {
  'corporate-account': [quota(8, 12, 40, BOOK_ACCOUNT), quota(12, 18, 60, BOOK_ACCOUNT)],
};
