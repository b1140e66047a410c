import { describe, expect, it } from 'vitest';
import type { Right } from '#core/branch/bank-document.ts';
import type { ConfiguredState } from '#core/branch/decision.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { deciderRoles, mayDecideHost } from '#core/staff/decide-host-right.ts';
import { onePcFacts } from '#core/views/station-facts.ts';
import { linkStateView, stationsView } from '#core/views/stations-view.ts';
import { VIEWS } from '#core/wire/views.ts';
import { openBranch } from '../played-branch.ts';
import { MORNING_MS, pairedFacts } from './station-fixture.ts';

const rights = (...some: Right[]): ReadonlySet<Right> => new Set(some);
const state = () => openBranch().state as ConfiguredState;
const PAIRING = { code: 'K7QM4RPT', until: MORNING_MS + 300_000, triesLeft: 5 };

describe('the view of the PCs of a branch', () => {
  it('[BR1] a branch of one PC is this PC with every role, and nothing is on', () => {
    const facts = onePcFacts({ station: 'station-1', program: '0.1.0', epoch: 1, since: MORNING_MS });
    const view = VIEWS.stations.parse(stationsView(state(), facts, rights('set-up')));
    expect(view).toMatchObject({ isOnePc: true, pairing: null, decision: null, block: null });
    expect(view.stations).toEqual([
      expect.objectContaining({ stationId: 'station-1', state: 'host', isThisPc: true }),
    ]);
    expect(view.stations[0]?.roles).toHaveLength(6);
    expect(VIEWS['link-state'].parse(linkStateView(null, facts))).toMatchObject({ state: 'one-pc' });
  });

  it('[BR2] shows the pairing code to those who may set up, and to a lobby manager only that it is open', () => {
    const facts = pairedFacts({ pairing: PAIRING });
    const forSetup = VIEWS.stations.parse(stationsView(state(), facts, rights('set-up')));
    const forLobby = VIEWS.stations.parse(stationsView(state(), facts, rights('lobby', 'decide-host')));
    expect(forSetup.pairing).toEqual(PAIRING);
    expect(forLobby.pairing).toEqual({ ...PAIRING, code: null });
    expect(JSON.stringify(forLobby)).not.toContain(PAIRING.code);
    expect([forSetup.mayChange, forSetup.mayDecide]).toEqual([true, false]);
    expect([forLobby.mayChange, forLobby.mayDecide]).toEqual([false, true]);
  });

  it('[BR5, BR6] names who is unaccounted for and what came too late, the newest fifty', () => {
    const lateEvents = Array.from({ length: 60 }, (_, index) => ({
      at: MORNING_MS - index,
      stationId: 'station-2',
      type: 'ticket-called',
      number: 'A012',
    }));
    const ownNumbers = [{ stationId: 'station-2', from: 900, to: 919 }];
    const facts = pairedFacts({ unaccounted: ['station-2', 'station-9'], lateEvents, ownNumbers });
    const view = VIEWS.stations.parse(stationsView(state(), facts, rights('lobby')));
    expect(view.unaccounted).toEqual([
      { stationId: 'station-2', name: '2 号柜台' },
      { stationId: 'station-9', name: 'station-9' },
    ]);
    expect(view.ownNumbers).toEqual([{ stationId: 'station-2', name: '2 号柜台', from: 900, to: 919 }]);
    expect(view.lateEvents).toHaveLength(50);
    expect(view.lateEvents[0]?.at).toBe(MORNING_MS);
  });
});

describe('the corner of every window', () => {
  const stateOf = (more: Parameters<typeof pairedFacts>[0]) =>
    VIEWS['link-state'].parse(linkStateView(SAMPLE_BANK, pairedFacts(more)));

  it('[BR4] says whole, solo, lost or undecided, since when, and who must decide', () => {
    for (const pair of ['whole', 'solo', 'lost'] as const)
      expect(stateOf({ pair, pairSince: MORNING_MS + 5 })).toMatchObject({
        state: pair,
        since: MORNING_MS + 5,
        reachesHost: true,
        host: '大堂主机',
        decision: null,
      });
    const undecided = stateOf({ pair: 'undecided', decision: 'go-on-alone' });
    expect(undecided).toMatchObject({ state: 'undecided', decision: 'go-on-alone', epoch: 3 });
    expect(undecided.deciders.map(({ en }) => en)).toEqual(['Lobby manager', 'Branch manager']);
  });

  it('[BR7] a PC without its host is cut off, whatever it last heard of the pair', () => {
    for (const pair of ['whole', 'solo', 'lost'] as const)
      expect(stateOf({ pair, cutOffSince: MORNING_MS + 7 })).toMatchObject({
        state: 'cut-off',
        since: MORNING_MS + 7,
        reachesHost: false,
      });
  });

  it('[BR4] a standby without its host that must be decided about says that first', () => {
    const facts = { pair: 'undecided', cutOffSince: MORNING_MS, decision: 'take-over' } as const;
    expect(stateOf(facts)).toMatchObject({
      state: 'undecided',
      decision: 'take-over',
      reachesHost: false,
    });
  });

  it('a PC whose host nobody knows names none', () => {
    expect(stateOf({ hostStation: null })).toMatchObject({ host: null });
  });
});

describe('who may decide which PC goes on', () => {
  it('[BR4] those with the right', () => {
    expect(mayDecideHost(SAMPLE_BANK, rights('decide-host'))).toBe(true);
    expect(mayDecideHost(SAMPLE_BANK, rights('lobby', 'set-up', 'serve'))).toBe(false);
  });

  it('[BR4] with a document that gives the right to nobody, those who may set up', () => {
    const roles = SAMPLE_BANK.roles.map(role => ({
      ...role,
      rights: role.rights.filter(right => right !== 'decide-host'),
    }));
    const before = { ...SAMPLE_BANK, roles };
    expect(mayDecideHost(before, rights('set-up'))).toBe(true);
    expect(mayDecideHost(before, rights('lobby'))).toBe(false);
    expect(deciderRoles(before).map(({ en }) => en)).toEqual(['Administrator']);
    const unmanned = { ...SAMPLE_BANK, staff: SAMPLE_BANK.staff.filter(({ number }) => number === '9001') };
    expect(mayDecideHost(unmanned, rights('set-up'))).toBe(true);
  });
});
