import { describe, expect, it } from 'vitest';
import type { ArgsOf } from '#core/branch/commands.ts';
import { alarmsOf } from '#core/views/alarms.ts';
import { mainBoardLines, windowBoardContent } from '#core/views/board-texts.ts';
import {
  LOBBY,
  MINUTE_MS,
  openBranch,
  type PlayedBranch,
  staff,
  TELLER_1,
  TELLER_2,
} from '../played-branch.ts';

const MANAGER = staff('3001');
const HELP: ArgsOf<'raise-cue'> = {
  counterId: 'counter-1',
  cueId: 'elder-fraud',
  action: 'call-help',
  signIds: ['on-phone', 'secrecy'],
  note: '',
};

function alarms(branch: PlayedBranch, rights: readonly ('lobby' | 'see-figures')[] = ['lobby']) {
  const upload = { state: 'off', durableSeq: 0, lastSeq: 0, code: null } as const;
  const facts = { now: branch.now, upload, uploadSince: branch.now, rights: new Set(rights) };
  return alarmsOf(branch.configured(), facts).filter(({ kind }) => kind === 'cue' || kind === 'idle-window');
}

describe('[CS13] cues', () => {
  it('[CS13] a quiet call reaches the lobby with its signs, sounds nowhere, and goes when it was dealt with', () => {
    const branch = openBranch();
    branch.issue();
    branch.call();
    branch.must('raise-cue', HELP, TELLER_1);
    const [alarm] = alarms(branch);
    expect(alarm).toMatchObject({
      level: 'orange',
      facts: { action: 'call-help', number: 'A001', signsZh: '边通话边办理,不肯挂断、要求保密,回避家人' },
      subject: { zh: '1号窗口 疑似诈骗老年客户' },
    });
    const state = branch.configured();
    const boards = [windowBoardContent(state, 'counter-1'), ...mainBoardLines(state, 9, 0)];
    expect(JSON.stringify(boards)).not.toContain('诈骗');
    const alertId = String(alarm?.facts.alertId);
    branch.must('handle-cue', { alertId, note: '已到场' }, LOBBY);
    expect(alarms(branch)).toEqual([]);
    expect(branch.codeOf('handle-cue', { alertId, note: '已到场' }, LOBBY)).toBe('T875');
  });

  it('[CS10] pressed twice it calls once; another word is another call', () => {
    const branch = openBranch();
    branch.must('raise-cue', HELP, TELLER_1);
    branch.must('raise-cue', HELP, TELLER_1);
    expect(alarms(branch)).toHaveLength(1);
    branch.must('raise-cue', { ...HELP, note: '请快些 😀' }, TELLER_1);
    expect(alarms(branch)).toHaveLength(2);
  });

  it('[CS13] a report of suspicious behaviour is the branch manager’s alone', () => {
    const branch = openBranch();
    branch.signIn('3001');
    branch.must('raise-cue', { ...HELP, action: 'report' }, TELLER_1);
    expect(alarms(branch)).toEqual([]);
    const [alarm] = alarms(branch, ['lobby', 'see-figures']);
    const args = { alertId: String(alarm?.facts.alertId), note: '已核实' };
    expect(branch.codeOf('handle-cue', args, LOBBY)).toBe('S704');
    expect(branch.codeOf('handle-cue', args, MANAGER)).toBe('ok');
  });

  it('[CS13] knows only the cues, signs and actions of the bank, and one’s own counter', () => {
    const branch = openBranch();
    const code = (more: Partial<typeof HELP>, actor = TELLER_1) =>
      branch.codeOf('raise-cue', { ...HELP, ...more }, actor);
    expect(code({ cueId: 'nonsense' })).toBe('T874');
    expect(code({ signIds: ['split'] })).toBe('T874');
    expect(code({ action: 'referral' })).toBe('T874');
    expect(code({}, TELLER_2)).toBe('T809');
  });
});

describe('[CS9] idle windows', () => {
  const idle = (branch: PlayedBranch) => alarms(branch).map(({ id }) => id);

  it('[CS9] an open window that calls nobody for three minutes while people wait raises an alarm', () => {
    const branch = openBranch();
    branch.wait(60 * MINUTE_MS);
    branch.issue();
    branch.wait(3 * MINUTE_MS - 1);
    expect(idle(branch)).toEqual([]);
    branch.wait(1);
    expect(idle(branch)).toEqual(['idle-window:counter-1', 'idle-window:counter-2']);
    branch.call();
    expect(idle(branch)).toEqual([]);
  });

  it('[CS9] the time counts from when the window was free, and a pause is no idleness', () => {
    const branch = openBranch();
    for (let ticket = 0; ticket < 3; ticket++) branch.issue();
    branch.must('pause-counter', { counterId: 'counter-2', reasonId: 'lunch' }, TELLER_2);
    branch.serve('counter-1', TELLER_1, 10 * MINUTE_MS);
    expect(idle(branch)).toEqual([]);
    branch.wait(3 * MINUTE_MS);
    expect(idle(branch)).toEqual(['idle-window:counter-1']);
  });
});
