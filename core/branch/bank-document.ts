import { z } from 'zod';
import { DurationMs, Id, LocalText } from '../wire/fields.ts';
import {
  ALWAYS_OPEN,
  ArrivalRules,
  Calendar,
  checkArrival,
  NO_ARRIVAL_RULES,
  Quota,
  SelfServiceAlternative,
} from './bank-arrival.ts';
import { Gate, gateProblems } from './bank-document-gates.ts';
import {
  AnnouncingRules,
  checkLobby,
  FormGuide,
  LobbyScreenRules,
  NO_LOBBY_SCREEN_RULES,
  STATION_ANNOUNCING,
} from './bank-lobby.ts';
import { checkNumbering, DEFAULT_NUMBERING, NumberingRules } from './bank-numbering.ts';
import { checkServing, NO_SERVING_RULES, ServingRules, servingTexts } from './bank-serving.ts';

/**
 * Everything that varies by bank, as one versioned document: the branch replays from its journal alone because
 * the document in force is itself an event (`bank-document-applied`).
 */

const Minutes = z
  .int()
  .min(1)
  .max(24 * 60);

/** Groups are the large tiles of the kiosk's first page. */
export const BusinessGroup = z.strictObject({ id: Id, name: LocalText });

/** 业务: what the customer came for. */
export const Business = z.strictObject({
  id: Id,
  name: LocalText,
  groupId: Id,
  customerType: z.enum(['personal', 'corporate']),
  queueId: Id,
  typicalMinutes: Minutes,
  /** Service limit 办理时限. */
  serviceLimitMinutes: Minutes,
  /** What to bring, one entry a document. */
  documents: z.array(LocalText).max(10),
  /** LB4 */
  forms: z.array(FormGuide).max(10).default([]),
  /** Cash is counted in it: the read-back is cued (CS12). */
  cash: z.boolean().default(false),
  /** Machines that can do it too; null: only at a window (TK1). */
  selfService: SelfServiceAlternative.nullable().default(null),
  /** None: as many as the queue has numbers (TK6). */
  quotas: z.array(Quota).max(50).default([]),
});
export type Business = z.infer<typeof Business>;

/** 队列: tickets of some businesses, with a prefix letter and a number range (TK3). */
export const Queue = z.strictObject({
  id: Id,
  name: LocalText,
  prefix: z.string().regex(/^[A-Z]$/),
  firstNumber: z.int().min(0).max(999),
  lastNumber: z.int().min(0).max(999),
  /** The promise to customers; waiting longer shows as late. */
  waitLimitMinutes: Minutes,
  /** 客户等级 of the tickets of this queue. */
  classId: Id,
});
export type Queue = z.infer<typeof Queue>;

/** CS2 */
export const DEFAULT_OVERTAKING_CAP = 5;

/** 客户等级. */
export const CustomerClass = z.strictObject({
  id: Id,
  name: LocalText,
  /** CS2: how often a waiting ticket of this class may be overtaken at most. */
  overtakingCap: z.int().min(0).max(100).default(DEFAULT_OVERTAKING_CAP),
});

/** 窗口策略: which queues a counter serves and by which gates. */
export const WorkProfile = z.strictObject({
  id: Id,
  name: LocalText,
  queueIds: z.array(Id).min(1).max(50),
  gates: z.array(Gate).min(1).max(20),
});
export type WorkProfile = z.infer<typeof WorkProfile>;

/** 窗口. */
export const Counter = z.strictObject({
  id: Id,
  /** Number on the wall, spoken in calls; null for a place known by name (贵宾室). */
  number: z.int().min(1).max(999).nullable(),
  name: LocalText,
  kind: z.enum(['cash', 'non-cash', 'corporate', 'vip-room', 'care']),
  profileId: Id,
});
export type Counter = z.infer<typeof Counter>;

/** One level of the rating keypad, best first (RT2). */
export const RatingLevel = z.strictObject({
  id: Id,
  name: LocalText,
  /** Counts towards satisfaction 满意率. */
  satisfied: z.boolean(),
  /** Reaches the lobby manager at once (RT3). */
  bad: z.boolean(),
});
export type RatingLevel = z.infer<typeof RatingLevel>;

export const Right = z.enum(['serve', 'choose-ticket', 'lobby', 'see-figures', 'set-up', 'decide-host']);
export type Right = z.infer<typeof Right>;

export const StaffRole = z.strictObject({ id: Id, name: LocalText, rights: z.array(Right).max(20) });

/** Name of a picture; no folders, and an ending that says what it is. */
const PhotoName = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][\w-]*\.(png|jpg|jpeg|webp)$/);

export const StaffMember = z.strictObject({
  number: z.string().regex(/^[0-9A-Za-z]{1,16}$/),
  name: LocalText,
  roleIds: z.array(Id).min(1).max(8),
  /** 星级, as the rating screen shows it (RT4); null: not shown. */
  stars: z.int().min(0).max(5).nullable().default(null),
  /** A picture in `<data>/staff-photos` (RT4); null: a plain figure is shown. */
  photo: PhotoName.nullable().default(null),
});
export type StaffMember = z.infer<typeof StaffMember>;

export const Limits = z.strictObject({
  /** CS3 */
  recalls: z.int().min(0).max(10),
  /** CS3 */
  noShowReturnMs: DurationMs,
  /** CS3: a returned no-show comes after this many further calls of its queue. */
  noShowReturnAfterCalls: z.int().min(0).max(20),
  /** CS10 */
  undoFinishMs: DurationMs,
  /** RT1 */
  ratingOpenMs: DurationMs.min(1000).max(120_000),
  /** ID1 */
  signInAttempts: z.int().min(1).max(20),
  /** ID1 */
  lockoutMs: DurationMs,
});

/** Texts for boards, tickets and screens. `{number}`, `{counter}` are filled in. */
export const BranchTexts = z.strictObject({
  greeting: LocalText,
  hours: LocalText,
  notice: LocalText,
  hotline: LocalText,
  ticketNotice: LocalText,
  boardIdle: LocalText,
  boardCall: LocalText,
  boardServing: LocalText,
  boardPaused: LocalText,
  boardClosed: LocalText,
  mainBoardCall: LocalText,
  /** CS12: words for the stage at hand. */
  sayingGreeting: LocalText,
  sayingServing: LocalText,
  sayingFarewell: LocalText,
  ...servingTexts,
});

const BankDocumentShape = z.strictObject({
  version: z.int().min(1),
  branch: z.strictObject({
    id: Id,
    bankName: LocalText,
    name: LocalText,
    timeZone: z.string().min(1).max(64),
    /** The ticket's QR is this address followed by the ticket's token (TK7, TK11); printable ASCII, as a QR code takes it. */
    progressUrl: z
      .url({ protocol: /^https?$/ })
      .max(200)
      .regex(/^[\x21-\x7e]+$/),
    /** Sample data: screens may show the sample password. */
    sample: z.boolean(),
  }),
  groups: z.array(BusinessGroup).min(1).max(12),
  businesses: z.array(Business).min(1).max(200),
  queues: z.array(Queue).min(1).max(26),
  classes: z.array(CustomerClass).min(1).max(20),
  profiles: z.array(WorkProfile).min(1).max(100),
  counters: z.array(Counter).min(1).max(200),
  ratingLevels: z.array(RatingLevel).min(3).max(6),
  pauseReasons: z
    .array(z.strictObject({ id: Id, name: LocalText }))
    .min(1)
    .max(20),
  /** CS4: why a chosen ticket may be called out of turn; without any, nobody can choose. */
  choiceReasons: z
    .array(z.strictObject({ id: Id, name: LocalText }))
    .max(20)
    .default([]),
  roles: z.array(StaffRole).min(1).max(20),
  staff: z.array(StaffMember).min(1).max(2000),
  limits: Limits,
  texts: BranchTexts,
  serving: ServingRules.default(NO_SERVING_RULES),
  lobbyScreen: LobbyScreenRules.default(NO_LOBBY_SCREEN_RULES),
  announcing: AnnouncingRules.default(STATION_ANNOUNCING),
  arrival: ArrivalRules.default(NO_ARRIVAL_RULES),
  calendar: Calendar.default(ALWAYS_OPEN),
  numbering: NumberingRules.default(DEFAULT_NUMBERING),
});

function addDuplicates(
  ids: readonly string[],
  field: string,
  report: (path: string[], message: string) => void,
) {
  const seen = new Set<string>();
  for (const [index, id] of ids.entries()) {
    if (seen.has(id)) report([field, String(index)], `duplicate: ${id}`);
    seen.add(id);
  }
}

/** The bank document; refused whole with every wrong field named, references between its parts included. */
export const BankDocument = BankDocumentShape.superRefine((document, context) => {
  const report = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  const lists = [
    'groups',
    'businesses',
    'queues',
    'classes',
    'profiles',
    'counters',
    'ratingLevels',
    'pauseReasons',
    'choiceReasons',
    'roles',
  ] as const;
  for (const list of lists)
    addDuplicates(
      document[list].map(item => item.id),
      list,
      report,
    );
  addDuplicates(
    document.staff.map(member => member.number),
    'staff',
    report,
  );
  addDuplicates(
    document.queues.map(queue => queue.prefix),
    'queues',
    report,
  );

  const known = (list: readonly { id: string }[]) => new Set(list.map(item => item.id));
  const [groups, queues, classes, profiles, roles] = [
    known(document.groups),
    known(document.queues),
    known(document.classes),
    known(document.profiles),
    known(document.roles),
  ];
  const check = (ids: Set<string>, id: string, ...path: string[]) => {
    if (!ids.has(id)) report(path, `unknown: ${id}`);
  };
  for (const [index, business] of document.businesses.entries()) {
    check(groups, business.groupId, 'businesses', String(index), 'groupId');
    check(queues, business.queueId, 'businesses', String(index), 'queueId');
  }
  for (const [index, queue] of document.queues.entries()) {
    check(classes, queue.classId, 'queues', String(index), 'classId');
    if (queue.firstNumber > queue.lastNumber)
      report(['queues', String(index), 'lastNumber'], 'range is empty');
  }
  for (const [index, profile] of document.profiles.entries()) {
    for (const queueId of profile.queueIds) check(queues, queueId, 'profiles', String(index), 'queueIds');
    for (const { path, message } of gateProblems(profile.gates, classes))
      report(['profiles', String(index), ...path], message);
  }
  for (const [index, counter] of document.counters.entries())
    check(profiles, counter.profileId, 'counters', String(index), 'profileId');
  for (const [index, member] of document.staff.entries())
    for (const roleId of member.roleIds) check(roles, roleId, 'staff', String(index), 'roleIds');
  checkArrival(document, report);
  checkServing(document.serving, report);
  checkNumbering(document.numbering, report);
  checkLobby(document.lobbyScreen, document.announcing, report);
  if (!isTimeZone(document.branch.timeZone)) report(['branch', 'timeZone'], 'unknown time zone');
});
export type BankDocument = z.infer<typeof BankDocumentShape>;

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
