import { z } from 'zod';
import { DurationMs, Id, LocalText } from '../wire/fields.ts';

/** The parts of the bank document about arrival: self-service, quotas, appointments, priority, opening hours. */

/** Minutes since midnight on the branch's wall, 24:00 included. */
const MinuteOfDay = z
  .int()
  .min(0)
  .max(24 * 60);
/** 1 Monday to 7 Sunday, as ISO 8601 counts. */
const Weekday = z.int().min(1).max(7);

/** A self-service machine of the soft zone's neighbour, the hard zone 硬区 (TK1). */
export const SelfServiceMachine = z.strictObject({
  id: Id,
  name: LocalText,
  /** Where it stands, as a hint for the way there. */
  place: LocalText,
});
export type SelfServiceMachine = z.infer<typeof SelfServiceMachine>;

/** How a business can be done without a window (TK1). */
export const SelfServiceAlternative = z.strictObject({
  machineIds: z.array(Id).min(1).max(20),
  minutes: z
    .int()
    .min(1)
    .max(24 * 60),
});
export type SelfServiceAlternative = z.infer<typeof SelfServiceAlternative>;

/** Quotas start and end on the half hour: arrivals are counted by it. */
export const QUOTA_STEP_MINUTES = 30;
const QuotaMinute = MinuteOfDay.multipleOf(QUOTA_STEP_MINUTES);

/** TK6: how many tickets of a business a time band of some weekdays has, and what to do when they are gone. */
export const Quota = z.strictObject({
  weekdays: z.array(Weekday).min(1).max(7),
  fromMinute: QuotaMinute,
  toMinute: QuotaMinute,
  tickets: z.int().min(0).max(999),
  instead: LocalText,
});
export type Quota = z.infer<typeof Quota>;

/** 优先服务: why somebody goes first (TK9). */
export const PriorityReason = z.strictObject({
  id: Id,
  name: LocalText,
  /** Given without asking to an identified customer of this age or older; null: only when said. */
  fromAge: z.int().min(1).max(130).nullable(),
});
export type PriorityReason = z.infer<typeof PriorityReason>;

export const ArrivalRules = z.strictObject({
  selfServiceMachines: z.array(SelfServiceMachine).max(100),
  priorityReasons: z.array(PriorityReason).max(12),
  /** The class of a priority person's ticket; null: the bank has none, and nobody is asked for reasons. */
  priorityClassId: Id.nullable(),
  /** Where priority persons wait; null: in the queue of their business. */
  careQueueId: Id.nullable(),
  /** TK8: how long before and after its time an appointment can be checked in. */
  appointmentEarlyMs: DurationMs.max(24 * 3_600_000),
  appointmentLateMs: DurationMs.max(24 * 3_600_000),
  /** How many days ahead an appointment can be booked. */
  bookingDaysAhead: z.int().min(0).max(366),
  /** English beside Chinese on tickets (TK7). */
  secondLanguage: z.enum(['when-chosen', 'always', 'never']),
});
export type ArrivalRules = z.infer<typeof ArrivalRules>;

/** What a bank has that says nothing about arrival: everybody takes a number. */
export const NO_ARRIVAL_RULES: ArrivalRules = {
  selfServiceMachines: [],
  priorityReasons: [],
  priorityClassId: null,
  careQueueId: null,
  appointmentEarlyMs: 30 * 60_000,
  appointmentLateMs: 15 * 60_000,
  bookingDaysAhead: 30,
  secondLanguage: 'when-chosen',
};

const Period = { fromMinute: MinuteOfDay, toMinute: MinuteOfDay };

/** TK12: when numbers are issued. A day with several periods has breaks; those who wait stay through them. */
export const Calendar = z.strictObject({
  /** False: numbers are issued at any hour, as in a branch that is only tried out. */
  enforced: z.boolean(),
  weekly: z.array(z.strictObject({ weekday: Weekday, ...Period })).max(28),
  /** Days that differ from the week: a holiday has no periods. */
  days: z
    .array(
      z.strictObject({
        date: z.iso.date(),
        name: LocalText,
        periods: z.array(z.strictObject(Period)).max(4),
      }),
    )
    .max(1000),
  /** Those still waiting so long after the last period are recorded as unserved. */
  unservedAfterMinutes: z
    .int()
    .min(0)
    .max(24 * 60),
});
export type Calendar = z.infer<typeof Calendar>;

export const ALWAYS_OPEN: Calendar = { enforced: false, weekly: [], days: [], unservedAfterMinutes: 120 };

interface ArrivalDocument {
  readonly businesses: readonly {
    readonly selfService: SelfServiceAlternative | null;
    readonly quotas: readonly Quota[];
  }[];
  readonly classes: readonly { readonly id: string }[];
  readonly queues: readonly { readonly id: string }[];
  readonly arrival: ArrivalRules;
  readonly calendar: Calendar;
}

/** Checks references and bands of the arrival part; each problem with the path of its field. */
export function checkArrival(
  { businesses, classes, queues, arrival, calendar }: ArrivalDocument,
  report: (path: string[], message: string) => void,
): void {
  const machines = new Set(arrival.selfServiceMachines.map(machine => machine.id));
  if (machines.size < arrival.selfServiceMachines.length)
    report(['arrival', 'selfServiceMachines'], 'duplicate id');
  if (new Set(arrival.priorityReasons.map(reason => reason.id)).size < arrival.priorityReasons.length)
    report(['arrival', 'priorityReasons'], 'duplicate id');
  const { priorityClassId, careQueueId } = arrival;
  if (priorityClassId !== null && !classes.some(({ id }) => id === priorityClassId))
    report(['arrival', 'priorityClassId'], `unknown: ${priorityClassId}`);
  if (careQueueId !== null && !queues.some(({ id }) => id === careQueueId))
    report(['arrival', 'careQueueId'], `unknown: ${careQueueId}`);

  const checkPeriod = (period: { fromMinute: number; toMinute: number }, ...path: string[]) => {
    if (period.fromMinute >= period.toMinute) report([...path, 'toMinute'], 'ends before it starts');
  };
  for (const [index, { selfService, quotas }] of businesses.entries()) {
    for (const machineId of selfService?.machineIds ?? [])
      if (!machines.has(machineId))
        report(['businesses', String(index), 'selfService'], `unknown: ${machineId}`);
    for (const [place, quota] of quotas.entries())
      checkPeriod(quota, 'businesses', String(index), 'quotas', String(place));
  }
  for (const [index, period] of calendar.weekly.entries())
    checkPeriod(period, 'calendar', 'weekly', String(index));
  for (const [index, day] of calendar.days.entries())
    for (const period of day.periods) checkPeriod(period, 'calendar', 'days', String(index));
  if (new Set(calendar.days.map(day => day.date)).size < calendar.days.length)
    report(['calendar', 'days'], 'a date is there twice');
}
