import { describe, expect, it } from 'vitest';
import { COMMAND_RULES, type CommandType } from '#core/branch/commands.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { lockedUntil } from '#core/staff/decide-staff.ts';
import { rightsOf } from '#core/staff/rights.ts';
import {
  CUSTOMER,
  KEYPAD,
  LOBBY,
  openBranch,
  type PlayedBranch,
  SYSTEM,
  staff,
  TELLER_1,
} from '../played-branch.ts';

const LOCKOUT_MS = SAMPLE_BANK.limits.lockoutMs;

/** Tries to sign in: 'ok', 'failed' for a wrong password that was recorded, or the code of the refusal. */
function attempt(branch: PlayedBranch, passwordFits: boolean, staffNumber = '1005'): string {
  const decision = branch.give('record-sign-in', { staffNumber, passwordFits, sessionId: `s-${branch.now}` });
  if (!decision.ok) return decision.error.code;
  return decision.value.answer.failed === true ? 'failed' : 'ok';
}

describe('signing in', () => {
  it('[ID1] locks after five wrong passwords in a row, for fifteen minutes, to the millisecond', () => {
    const branch = openBranch();
    for (let n = 0; n < 5; n++) expect(attempt(branch, false)).toBe('failed');
    expect(lockedUntil(branch.state, '1005', branch.now)).toBe(branch.now + LOCKOUT_MS);
    expect(attempt(branch, true)).toBe('S702');
    branch.now += LOCKOUT_MS - 1;
    expect(attempt(branch, true)).toBe('S702');
    branch.now += 1;
    expect(attempt(branch, true)).toBe('ok');
  });

  it('[ID1] a lock that ran out starts the count again', () => {
    const branch = openBranch();
    for (let n = 0; n < 5; n++) attempt(branch, false);
    branch.now += LOCKOUT_MS;
    for (let n = 0; n < 4; n++) expect(attempt(branch, false)).toBe('failed');
    expect(attempt(branch, true)).toBe('ok');
  });

  it('[ID1] signing in clears the count; attempts while locked do not lengthen the lock', () => {
    const branch = openBranch();
    for (let n = 0; n < 4; n++) attempt(branch, false);
    expect(attempt(branch, true)).toBe('ok');
    for (let n = 0; n < 4; n++) expect(attempt(branch, false)).toBe('failed');
    attempt(branch, false);
    const until = lockedUntil(branch.state, '1005', branch.now);
    branch.now += 1000;
    const count = branch.events.length;
    expect(attempt(branch, false)).toBe('S702');
    expect(lockedUntil(branch.state, '1005', branch.now)).toBe(until);
    expect(branch.events).toHaveLength(count);
  });

  it('[ID1] one locked number locks nobody else; a lock outlives the business day', () => {
    const branch = openBranch();
    branch.now += 14.99 * 3_600_000;
    for (let n = 0; n < 5; n++) attempt(branch, false);
    expect(attempt(branch, true, '1006')).toBe('ok');
    branch.wait(60_000);
    expect(branch.state.businessDay).toBe('2026-03-03');
    expect(attempt(branch, true)).toBe('S702');
  });

  it('[ID1] a clock that was years ahead locks nobody for years', () => {
    const branch = openBranch();
    branch.now += 400 * 86_400_000;
    for (let n = 0; n < 5; n++) attempt(branch, false);
    branch.now -= 400 * 86_400_000;
    expect(attempt(branch, true)).toBe('ok');
  });

  it('[ID1] an unknown number is answered like a wrong password and leaves no trace', () => {
    const branch = openBranch();
    const count = branch.events.length;
    for (const number of ['7777', '', '😀', '__proto__'])
      for (let n = 0; n < 7; n++) expect(attempt(branch, true, number)).toBe('S701');
    expect(branch.events).toHaveLength(count);
  });

  it('[ID1] signing in elsewhere ends the session before; the window stays with its teller', () => {
    const branch = openBranch();
    branch.must('record-sign-in', { staffNumber: '1001', passwordFits: true, sessionId: 'new' });
    expect(branch.codeOf('call-next', { counterId: 'counter-1' }, TELLER_1)).toBe('S703');
    const elsewhere = { kind: 'staff', staffNumber: '1001', sessionId: 'new' } as const;
    expect(branch.codeOf('pause-counter', { counterId: 'counter-1', reasonId: 'lunch' }, elsewhere)).toBe(
      'ok',
    );
    expect([...branch.state.sessions.values()].filter(one => one.staffNumber === '1001')).toHaveLength(1);
  });

  it('[ID1] signing out ends the session and closes the window', () => {
    const branch = openBranch();
    branch.must('sign-out', {}, TELLER_1);
    expect(branch.state.counters.get('counter-1')).toMatchObject({ status: 'closed', staffNumber: null });
    expect(branch.codeOf('sign-out', {}, TELLER_1)).toBe('S703');
  });

  it('[ID1] answers the rights of all roles; somebody unknown has none', () => {
    expect([...rightsOf(SAMPLE_BANK, '3001')].sort()).toEqual([
      'choose-ticket',
      'decide-host',
      'lobby',
      'see-figures',
      'serve',
    ]);
    expect([...rightsOf(SAMPLE_BANK, 'nobody')]).toEqual([]);
  });
});

describe('who may do what', () => {
  const servingArgs = {
    to: { kind: 'queue', queueId: 'x' },
    paperIds: [],
    signIds: [],
    cueId: 'x',
    alertId: 'x',
    note: '',
  };
  /** Arguments that would be accepted or refused for another reason than the actor. */
  const args = {
    counterId: 'counter-1',
    ticketId: 'x',
    ratingId: 'x',
    businessId: 'x',
    reasonId: 'x',
    document: '{}',
    changes: [],
    ...servingArgs,
  };
  /** Written by hand from product.md: who may give which command. */
  const allowed: Record<CommandType, string[]> = {
    'issue-ticket': ['customer', 'lobby'],
    'reprint-own-ticket': ['customer', 'lobby'],
    'accept-self-service': ['customer', 'lobby'],
    'check-in': ['customer', 'lobby'],
    'set-self-service-state': ['lobby'],
    'book-appointment': ['lobby'],
    'cancel-appointment': ['lobby'],
    'end-appointments': ['system'],
    'end-waiting': ['system'],
    'sign-out': ['teller', 'lobby', 'administrator'],
    'open-counter': ['teller'],
    'pause-counter': ['teller'],
    'resume-counter': ['teller'],
    'close-counter': ['teller'],
    'call-next': ['teller'],
    'call-chosen': [],
    'recall-ticket': ['teller'],
    'start-service': ['teller'],
    'mark-no-show': ['teller'],
    'finish-service': ['teller'],
    'undo-finish': ['teller'],
    'transfer-ticket': ['teller'],
    'park-ticket': ['teller'],
    'tick-paper': ['teller', 'lobby'],
    'ready-ticket': ['teller', 'lobby'],
    'add-business': ['customer', 'teller', 'lobby'],
    'remove-business': ['teller', 'lobby'],
    'start-next-business': ['teller'],
    'start-walk-in': ['teller'],
    'raise-cue': ['teller'],
    'handle-cue': ['lobby'],
    'mark-left': ['lobby'],
    'take-back-left': ['lobby'],
    'move-ticket': ['lobby'],
    'set-care': ['lobby'],
    'ask-counter-to-open': ['lobby'],
    'call-colleague': ['lobby'],
    'answer-ask': ['teller', 'lobby', 'administrator'],
    'withdraw-ask': ['lobby'],
    'note-incident': ['lobby'],
    'handle-incident': ['lobby'],
    'return-no-show': ['lobby'],
    'reprint-ticket': ['lobby'],
    'handle-bad-rating': ['lobby'],
    'propose-document': ['administrator'],
    'withdraw-document': ['administrator'],
    'record-password': ['administrator'],
    'record-device-settings': ['administrator', 'system'],
    'apply-pending-document': ['system'],
    'apply-bank-document': ['system'],
    'start-business-day': ['system'],
    'give-number-block': ['system'],
    'change-device-health': ['device', 'system'],
    'report-print': ['device', 'system'],
    'press-rating': ['device'],
    'close-rating': ['device', 'system'],
    'record-sign-in': ['system'],
  };
  const actors = {
    customer: CUSTOMER,
    teller: TELLER_1,
    lobby: LOBBY,
    administrator: staff('9001'),
    device: KEYPAD,
    system: SYSTEM,
  };

  it.each(Object.keys(COMMAND_RULES) as CommandType[])('[ID1] %s', type => {
    for (const [name, actor] of Object.entries(actors)) {
      if (allowed[type].includes(name)) continue;
      const branch = openBranch();
      branch.signIn('9001');
      const code = branch.codeOf(type, args as never, actor);
      expect(code, name).toBe(
        actor.kind === 'staff' && COMMAND_RULES[type].actors.includes('staff') ? 'S704' : 'M605',
      );
    }
    for (const name of allowed[type]) {
      if (type === 'apply-bank-document' || type === 'change-device-health' || type === 'record-sign-in')
        continue;
      const branch = openBranch();
      branch.signIn('9001');
      const code = branch.codeOf(type, args as never, actors[name as keyof typeof actors]);
      expect(['M605', 'S703', 'S704'], `${name} is allowed`).not.toContain(code);
    }
  });
});
