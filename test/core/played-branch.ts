import type { BankDocument } from '#core/branch/bank-document.ts';
import type { Actor, ArgsOf, Command, CommandType } from '#core/branch/commands.ts';
import { decide } from '#core/branch/decide.ts';
import type { ConfiguredState, Decision } from '#core/branch/decision.ts';
import { dueCommands } from '#core/branch/due.ts';
import type { BranchEvent, EventType } from '#core/branch/events.ts';
import { evolve } from '#core/branch/evolve.ts';
import { type BranchState, EMPTY_BRANCH, type Ticket } from '#core/branch/state.ts';
import { addEvent, createDayFigures, type DayFigures } from '#core/figures/day-figures.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';

/** 2026-03-02 09:00 in Shanghai. */
export const MORNING_MS = Date.UTC(2026, 2, 2, 1);
export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const DAY_MS = 24 * 60 * MINUTE_MS;

export const CUSTOMER: Actor = { kind: 'customer' };
export const SYSTEM: Actor = { kind: 'system' };
export const KEYPAD: Actor = { kind: 'device', deviceId: 'keypad-1' };

/** The session a member of staff has in these tests. */
export function staff(staffNumber: string): Actor {
  return { kind: 'staff', staffNumber, sessionId: `session-${staffNumber}` };
}
/** Who serves at windows 1, 2 and 4, and who runs the lobby. */
export const TELLER_1 = staff('1001');
export const TELLER_2 = staff('1002');
export const TELLER_4 = staff('1004');
export const LOBBY = staff('2001');
const SIGNED_IN = ['1001', '1002', '1004', '2001'];

/** A branch played through `decide` and `evolve` alone, with time moved by hand and ids counted up. */
export class PlayedBranch {
  now = MORNING_MS;
  state: BranchState = EMPTY_BRANCH;
  figures: DayFigures = createDayFigures();
  readonly events: BranchEvent[] = [];
  #ids = 0;
  readonly #idPrefix: string;

  /** @param idPrefix another one where two branches of a test must not make the same ids */
  constructor(idPrefix = 'id') {
    this.#idPrefix = idPrefix;
  }

  /** The rules' decision; when accepted, its events have happened. */
  give<T extends CommandType>(type: T, args: ArgsOf<T>, actor: Actor = SYSTEM): Decision {
    const command = { type, args, actor, station: 'pc-1' } as unknown as Command;
    const decision = decide(this.state, command, {
      now: this.now,
      newId: () => `${this.#idPrefix}-${String(++this.#ids).padStart(6, '0')}`,
    });
    if (decision.ok)
      for (const { type, data } of decision.value.events)
        this.happen({ type, data, at: this.now, actor: actor.kind, station: 'pc-1' } as BranchEvent);
    return decision;
  }

  /** As `give`; a refusal fails the test. */
  must<T extends CommandType>(
    type: T,
    args: ArgsOf<T>,
    actor: Actor = SYSTEM,
  ): Readonly<Record<string, unknown>> {
    const decision = this.give(type, args, actor);
    if (!decision.ok) throw new Error(`${type} refused: ${JSON.stringify(decision.error)}`);
    return decision.value.answer;
  }

  /** The code of the refusal, after checking that nothing happened; 'ok' when accepted. */
  codeOf<T extends CommandType>(type: T, args: ArgsOf<T>, actor: Actor = SYSTEM): string {
    const [before, count] = [this.state, this.events.length];
    const decision = this.give(type, args, actor);
    if (decision.ok) return 'ok';
    if (this.state !== before || this.events.length !== count) throw new Error('a refusal changed something');
    return decision.error.code;
  }

  happen(event: BranchEvent): void {
    this.events.push(event);
    if (event.type === 'business-day-started') this.figures = createDayFigures();
    addEvent(this.figures, event);
    this.state = evolve(this.state, event);
  }

  /** Moves time and does what it makes due, as the host's tick does. */
  wait(ms: number): void {
    this.now += ms;
    for (const { type, args } of dueCommands(this.state, this.now)) this.must(type, args as never);
  }

  configured(): ConfiguredState {
    if (this.state.document === null) throw new Error('no bank document');
    return this.state as ConfiguredState;
  }

  /** Signs staff in under their session of these tests. */
  signIn(staffNumber: string): void {
    const args = { staffNumber, passwordFits: true, sessionId: `session-${staffNumber}` };
    this.must('record-sign-in', args);
  }

  /** Takes a number at the kiosk; answers the ticket's id. */
  issue(businessId = 'personal-cash', more: Partial<ArgsOf<'issue-ticket'>> = {}): string {
    const args = { businessId, language: 'zh', largeType: false, ...more } as const;
    return String(this.must('issue-ticket', args, CUSTOMER).ticketId);
  }

  /** Calls the next one; answers the ticket's id. */
  call(counterId = 'counter-1', actor: Actor = TELLER_1): string {
    return String(this.must('call-next', { counterId }, actor).ticketId);
  }

  /** Calls the next one and serves to the end; answers the ticket's id. */
  serve(counterId = 'counter-1', actor: Actor = TELLER_1, serviceMs = MINUTE_MS): string {
    const ticketId = this.call(counterId, actor);
    this.must('start-service', { counterId, ticketId }, actor);
    this.wait(serviceMs);
    this.must('finish-service', { counterId, ticketId }, actor);
    return ticketId;
  }

  /** Calls the next one, who does not come; answers the ticket's id. */
  miss(counterId = 'counter-1', actor: Actor = TELLER_1): string {
    const ticketId = this.call(counterId, actor);
    this.must('mark-no-show', { counterId, ticketId }, actor);
    return ticketId;
  }

  ticket(ticketId: string): Ticket {
    const ticket = this.state.tickets.get(ticketId);
    if (!ticket) throw new Error(`no ticket ${ticketId}`);
    return ticket;
  }

  setKeypad(counterId: string, status: 'ready' | 'warning' | 'down' | 'absent' = 'ready'): void {
    const code = status === 'ready' ? null : 'K302';
    const args = {
      deviceId: `keypad-${counterId}`,
      kind: 'keypad',
      counterId,
      health: { status, code },
    } as const;
    this.must('change-device-health', args);
  }

  setPrinter(status: 'ready' | 'warning' | 'down' | 'absent'): void {
    const code = status === 'ready' ? null : 'P101';
    const args = { deviceId: 'printer', kind: 'printer', counterId: null, health: { status, code } } as const;
    this.must('change-device-health', args);
  }

  typesOf(from = 0): EventType[] {
    return this.events.slice(from).map(event => event.type);
  }
}

/** The sample bank with parts replaced. */
export function bankWith(more: Partial<BankDocument>): BankDocument {
  return { ...SAMPLE_BANK, ...more };
}

/** A branch in the morning: staff signed in, windows 1 and 2 (cash) and 4 (non-cash) open with working keypads. */
export function openBranch(document: BankDocument = SAMPLE_BANK): PlayedBranch {
  const branch = new PlayedBranch();
  branch.must('apply-bank-document', { document });
  for (const number of SIGNED_IN) branch.signIn(number);
  for (const [number, actor] of [
    [1, TELLER_1],
    [2, TELLER_2],
    [4, TELLER_4],
  ] as const) {
    branch.setKeypad(`counter-${number}`);
    branch.must('open-counter', { counterId: `counter-${number}` }, actor);
  }
  return branch;
}
