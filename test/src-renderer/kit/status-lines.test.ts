import { describe, expect, it } from 'vitest';
import { deciderNames } from '#renderer/kit/decider-names.ts';
import { branchSummary, statusLines, statusProblems } from '#renderer/kit/status-lines.ts';
import { type BranchLink, isCallingHeld } from '#renderer/kit/use-branch-link.ts';

const device = (deviceId: string, status: 'ready' | 'warning' | 'down' | 'absent', code: string | null) => ({
  deviceId,
  kind: 'printer' as const,
  name: '',
  counterId: null,
  health: { status, code },
  since: 0,
});
const uploaded = { state: 'up-to-date', durableSeq: 9, lastSeq: 9, code: null } as const;

describe('status corner', () => {
  it('is small when all is well', () => {
    const lines = statusLines({
      link: 'connected',
      devices: [device('p1', 'ready', null)],
      upload: uploaded,
    });
    expect(lines.map(line => line.meaning)).toEqual(['well', 'well', 'well']);
    expect(statusProblems(lines)).toEqual([]);
  });

  it('[LB1] a device is called by its name, where it has one', () => {
    const named = { ...device('p1', 'down', 'P101'), name: '二楼取号机' };
    const lines = statusLines({ link: 'connected', devices: [named, device('p2', 'down', 'P101')] });
    expect(lines.map(({ name, labelKey }) => name || labelKey)).toEqual([
      '二楼取号机',
      'device.printer',
      'status.link',
    ]);
  });

  it('puts the worst first, with its code', () => {
    const lines = statusLines({
      link: 'connected',
      devices: [device('p1', 'warning', 'P108'), device('p2', 'down', 'P101')],
      upload: { state: 'waiting', durableSeq: 4, lastSeq: 9, code: 'U501' },
    });
    expect(statusProblems(lines).map(line => line.code)).toEqual(['P101', 'P108', 'U501']);
    expect(lines.find(line => line.key === 'upload')?.stateFacts).toEqual({ count: 5 });
  });

  it('a lost link is a problem; one being made for the first time is not', () => {
    expect(statusProblems(statusLines({ link: 'lost' }))).toHaveLength(1);
    expect(statusProblems(statusLines({ link: 'connecting' }))).toHaveLength(0);
  });

  it('an upload switched off is no problem', () => {
    const upload = { state: 'off', durableSeq: 0, lastSeq: 9, code: null } as const;
    expect(statusProblems(statusLines({ link: 'connected', upload }))).toHaveLength(0);
  });
});

describe('how this PC stands to its branch, in the corner', () => {
  const branch = (state: BranchLink['state']) => ({ state, who: '大堂经理' });
  const summaryOf = (state: BranchLink['state'], link: 'connected' | 'lost' = 'connected') =>
    branchSummary(branch(state), statusLines({ link, branch: branch(state) }));

  it('[BR1] one PC and a whole pair are a line among others, small', () => {
    for (const state of ['one-pc', 'whole'] as const) {
      const lines = statusLines({ link: 'connected', branch: branch(state), upload: uploaded });
      expect(statusProblems(lines)).toEqual([]);
      expect(lines.map(({ stateKey }) => stateKey)).toContain(`branchLink.line.${state}`);
      expect(summaryOf(state)).toBeNull();
    }
  });

  it('[BR4, BR7] solo, a broken pair and a lost host are always said', () => {
    const meanings = {
      solo: 'soon',
      waiting: 'soon',
      lost: 'broken',
      undecided: 'broken',
      'cut-off': 'broken',
    } as const;
    for (const [state, meaning] of Object.entries(meanings)) {
      const [worst] = statusLines({ link: 'connected', branch: branch(state as 'solo') });
      expect(worst).toMatchObject({ key: 'branch', meaning, stateFacts: { who: '大堂经理' } });
      expect(summaryOf(state as 'solo')).toEqual({ state, others: 0 });
    }
  });

  it('[BR4] solo is said also where something worse is the matter, which is counted', () => {
    const lines = statusLines({
      link: 'connected',
      branch: branch('solo'),
      devices: [device('p1', 'down', 'P101'), device('p2', 'warning', 'P108')],
    });
    expect(lines[0]?.key).toBe('p1');
    expect(branchSummary(branch('solo'), lines)).toEqual({ state: 'solo', others: 2 });
  });

  it('a window that does not reach its own PC says that, not what was last heard of the branch', () => {
    expect(statusLines({ link: 'lost', branch: branch('solo') }).map(({ key }) => key)).toEqual(['link']);
    expect(summaryOf('solo', 'lost')).toBeNull();
  });

  it('[BR7] the program behind the window and the host of the branch are told apart', () => {
    const host = (more: object) => ({ isHost: false, reachesHost: true, host: '大堂电脑', ...more });
    const lineOf = (more: object, state: BranchLink['state'] = 'cut-off') =>
      statusLines({ link: 'connected', branch: { ...branch(state), host: host(more) } }).find(
        ({ key }) => key === 'host',
      );
    expect(lineOf({ reachesHost: false })).toMatchObject({
      meaning: 'broken',
      stateKey: 'branchLink.host.gone',
      stateFacts: { host: '大堂电脑' },
    });
    expect(lineOf({}, 'whole')).toMatchObject({ meaning: 'well', stateKey: 'branchLink.host.reached' });
    expect(lineOf({ isHost: true }, 'solo')).toMatchObject({
      meaning: 'well',
      stateKey: 'branchLink.host.here',
    });
    expect(lineOf({ host: null, reachesHost: false })?.stateKey).toBe('branchLink.host.unknown');
    expect(lineOf({ isHost: true }, 'one-pc')).toBeUndefined();
    // Both lines are about one thing: it is counted once.
    const gone = { ...branch('cut-off'), host: host({ reachesHost: false }) };
    expect(branchSummary(gone, statusLines({ link: 'connected', branch: gone }))?.others).toBe(0);
  });

  it('[BR4] nobody is called while the pair is broken or the host is gone', () => {
    const link = (state: BranchLink['state']): BranchLink => ({
      state,
      since: 0,
      isHost: false,
      reachesHost: true,
      host: null,
      decision: null,
      epoch: 1,
      deciders: [],
    });
    const held = (['one-pc', 'whole', 'solo', 'waiting', 'lost', 'undecided', 'cut-off'] as const).filter(
      state => isCallingHeld(link(state)),
    );
    expect(held).toEqual(['waiting', 'lost', 'undecided', 'cut-off']);
    expect(isCallingHeld(null)).toBe(false);
  });

  it('names whom to ask, in the language on screen', () => {
    const roles = [
      { zh: '大堂经理', en: 'Lobby manager' },
      { zh: '网点负责人', en: 'Branch manager' },
    ];
    expect(deciderNames(roles, 'zh', '主管')).toBe('大堂经理、网点负责人');
    expect(deciderNames(roles, 'en', 'a manager', 1)).toBe('Lobby manager');
    expect(deciderNames([], 'zh', '主管')).toBe('主管');
  });
});
