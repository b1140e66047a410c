import type { BankDocument } from '#core/branch/bank-document.ts';
import type { Command } from '#core/branch/commands.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import type { Result } from '#core/wire/result.ts';

/** A command with the moment it is given, milliseconds since 1970. */
export interface TimedCommand {
  readonly at: number;
  readonly command: Command;
}

/** What the branch answered to the command before. */
export type Answer = Result<Readonly<Record<string, unknown>>>;

export interface DayShape {
  /** Tickets of the day; the sample bank's number ranges hold about 3,700. */
  readonly tickets: number;
  /** People in the hall at any time, waiting. */
  readonly waiting: number;
}

/** The sample bank with no end of numbers: a quota is used up long before 2,000 tickets (TK6). */
const BANK: BankDocument = {
  ...SAMPLE_BANK,
  businesses: SAMPLE_BANK.businesses.map(business => ({ ...business, quotas: [] })),
};
/** 2026-03-02 09:00 in Shanghai. */
export const OPENING_AT = Date.UTC(2026, 2, 2, 1);
/** 2,000 tickets in a little over eight hours. */
const TICKET_EVERY_MS = 15_000;
const STEP_MS = 100;
const STATION = 'station-1';
const SYSTEM = { kind: 'system' } as const;
const CUSTOMER = { kind: 'customer' } as const;

type CommandShape = Pick<Command, 'type' | 'args' | 'actor'>;
type Steps<T = void> = Generator<CommandShape, T, Answer>;

/**
 * A branch day, command by command: take a number, call, start, finish, rate. Give each answer back to `next`, since
 * later commands need the ids in it. The same answers always make the same day.
 * @throws Error when the branch refuses what it should not: the day would not be the one that is measured.
 */
export function* dayOfTickets({ tickets, waiting }: DayShape): Generator<TimedCommand, void, Answer> {
  let at = OPENING_AT;
  const timed = function* <T>(steps: Steps<T>): Generator<TimedCommand, T, Answer> {
    let step = steps.next();
    while (!step.done) {
      at += STEP_MS;
      step = steps.next(yield { at, command: { ...step.value, station: STATION } as Command });
    }
    return step.value;
  };

  yield* timed(openBranch());
  let turn = 0;
  let served = 0;
  const serveOne = function* () {
    const ticketSteps = serveNext(turn);
    turn = yield* timed(ticketSteps);
    served++;
  };
  for (let issued = 0; issued < tickets; issued++) {
    at = Math.max(at, OPENING_AT + issued * TICKET_EVERY_MS);
    yield* timed(issueTicket(issued));
    if (issued >= waiting) yield* serveOne();
  }
  while (served < tickets) yield* serveOne();
}

const COUNTERS = SAMPLE_BANK.counters.map(({ id }, index) => {
  const staffNumber = SAMPLE_BANK.staff[index]?.number ?? '';
  return { counterId: id, staffNumber, sessionId: `session-${index}` };
});

function* openBranch(): Steps {
  yield* accepted({ type: 'apply-bank-document', args: { document: BANK }, actor: SYSTEM });
  for (const { counterId, staffNumber, sessionId } of COUNTERS) {
    const deviceId = `keypad-${counterId}`;
    const health = { status: 'ready', code: null } as const;
    yield* accepted({
      type: 'change-device-health',
      args: { deviceId, kind: 'keypad', counterId, health },
      actor: { kind: 'device', deviceId },
    });
    const args = { staffNumber, sessionId, passwordFits: true };
    yield* accepted({ type: 'record-sign-in', args, actor: SYSTEM });
    yield* accepted({ type: 'open-counter', args: { counterId }, actor: tellerOf(staffNumber, sessionId) });
  }
}

function* issueTicket(count: number): Steps {
  const business = SAMPLE_BANK.businesses[count % SAMPLE_BANK.businesses.length];
  const args = { businessId: business?.id ?? '', language: 'zh', largeType: false } as const;
  yield* accepted({ type: 'issue-ticket', args, actor: CUSTOMER });
}

/** One customer from call to rating, at the first counter from `turn` on that has somebody waiting; the next turn. */
function* serveNext(turn: number): Steps<number> {
  for (let tried = 0; tried < COUNTERS.length; tried++) {
    const index = (turn + tried) % COUNTERS.length;
    const counter = COUNTERS[index];
    if (counter === undefined) continue;
    const { counterId, staffNumber, sessionId } = counter;
    const actor = tellerOf(staffNumber, sessionId);
    const called = yield { type: 'call-next', args: { counterId }, actor };
    if (!called.ok) continue;
    const args = { counterId, ticketId: String(called.value.ticketId) };
    yield* accepted({ type: 'start-service', args, actor });
    yield* accepted({ type: 'finish-service', args, actor });
    yield* accepted({
      type: 'press-rating',
      args: { counterId, position: 1 },
      actor: { kind: 'device', deviceId: `keypad-${counterId}` },
    });
    return index + 1;
  }
  throw new Error('nobody is waiting: the day has more services than tickets');
}

function tellerOf(staffNumber: string, sessionId: string): Command['actor'] {
  return { kind: 'staff', staffNumber, sessionId };
}

function* accepted(command: CommandShape): Steps {
  const answer = yield command;
  if (!answer.ok) throw new Error(`${command.type} was refused with ${answer.error.code}`);
}
