import { describe, expect, it } from 'vitest';
import type { Actor } from '#core/branch/commands.ts';
import { actorToText } from '#core/branch/commands.ts';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { onePcFacts, type StationFacts } from '#core/views/station-facts.ts';
import type { CommandArgs } from '#core/wire/commands.ts';
import type { WindowKind } from '#core/wire/port-messages.ts';
import { ok } from '#core/wire/result.ts';
import { VIEWS } from '#core/wire/views.ts';
import { createConfirmPerson } from '#main/host/confirm-person.ts';
import { type BranchStations, createOnePcStations, createStationDesk } from '#main/host/station-desk.ts';
import { createViewMaker } from '#main/host/view-service.ts';
import { pairedFacts } from '../../core/views/station-fixture.ts';
import { FakeWindow, HostBench, nextTurn, refusalOf } from './host-fixture.ts';

/** Stations that note what they are told and do nothing. */
class NotedStations implements BranchStations {
  readonly told: string[] = [];
  current: StationFacts;
  constructor(facts: StationFacts) {
    this.current = facts;
  }
  facts = () => this.current;
  #note(what: string, by: Actor) {
    this.told.push(`${what} by ${actorToText(by)}`);
    return { ok: true, value: undefined } as const;
  }
  openPairingCode = (by: Actor, replaces?: string) =>
    this.#note(`open-pairing-code${replaces === undefined ? '' : ` for ${replaces}`}`, by);
  closePairingCode = (by: Actor) => this.#note('close-pairing-code', by);
  nameStandby = (stationId: string, by: Actor) => this.#note(`name ${stationId}`, by);
  releaseStandby = (by: Actor) => this.#note('release', by);
  revokeStation = (stationId: string, by: Actor) => this.#note(`revoke ${stationId}`, by);
  renameStation = (stationId: string, name: string, by: Actor) =>
    this.#note(`rename ${stationId} ${name}`, by);
  decideHost = (decision: string, by: Actor) => this.#note(decision, by);
  #noteOrder(what: string) {
    this.told.push(what);
    return { ok: true, value: undefined } as const;
  }
  beginSeveral = ({ name, port }: CommandArgs<'begin-several'>) => this.#noteOrder(`begin ${name} ${port}`);
  joinBranch = ({ host, port, stationId }: CommandArgs<'join-branch'>) =>
    this.#noteOrder(`join ${host} ${port} as ${stationId}`);
  findBranches = () => ok({ found: [{ host: '192.0.2.4', port: 5850 }] });
}

async function answerTo(window: FakeWindow, commandId: string) {
  for (;;) {
    const answer = window.received.find(one => one.kind === 'answer' && one.commandId === commandId);
    if (answer?.kind === 'answer') return answer;
    await nextTurn();
  }
}

interface Opened {
  readonly bench: HostBench;
  readonly stations: NotedStations;
  readonly window: FakeWindow;
  readonly session: string;
  /** Sends a command and answers its code, or 'ok'. */
  ask(type: string, args?: object, session?: string, id?: string): Promise<string>;
}

/** A window of that kind at which somebody has signed in, before stations that note what they are told. */
async function openWindow(
  kind: WindowKind = 'setup',
  staffNumber = '9001',
  facts: StationFacts = pairedFacts(),
  isSample = true,
): Promise<Opened> {
  const bench = new HostBench().configure();
  await bench.setPasswords('9001', '2001', '1001', '3001');
  const stations = new NotedStations(facts);
  const desk = createStationDesk({
    state: () => {
      const state = bench.host.state();
      const { document } = state;
      if (document === null) return state;
      return { ...state, document: { ...document, branch: { ...document.branch, sample: isSample } } };
    },
    stations,
    confirmPerson: createConfirmPerson({
      state: bench.host.state,
      passwordHashOf: number => bench.journal.credentials.passwordHashOf(number),
      now: () => bench.now,
    }),
    onChange: () => {},
  });
  const programFacts = () => ({
    now: bench.now,
    upload: { state: 'off', durableSeq: 0, lastSeq: 0, code: null } as const,
    uploadSince: bench.now,
  });
  const server = bench.portServer({
    stations: desk,
    makeView: createViewMaker(bench.host, programFacts, {
      stations: desk.facts,
    } as unknown as Parameters<typeof createViewMaker>[2]),
  });
  const window = new FakeWindow();
  server.serve(window, null);
  window.send({ kind: 'hello', protocol: 1, window: kind });
  let session = '';
  if (staffNumber !== '') {
    window.command('sign-in', { staffNumber, password: SAMPLE_PASSWORD }, undefined, 'sign-in');
    session = String((await answerTo(window, 'sign-in')).value?.session);
  }
  return {
    bench,
    stations,
    window,
    session,
    async ask(type, args = {}, as = session, id = `${type}-${window.received.length}`) {
      window.command(type, args, as === '' ? undefined : as, id);
      return refusalOf(await answerTo(window, id));
    },
  };
}

const UNDECIDED = pairedFacts({ pair: 'undecided', decision: 'go-on-alone' });
const DECIDE = { decision: 'go-on-alone', epoch: 3, staffNumber: '2001', password: SAMPLE_PASSWORD };

describe('[BR2, BR3] the PCs of the branch, from the set-up window', () => {
  it('every order reaches the stations with who gave it', async () => {
    const { ask, stations } = await openWindow();
    expect(await ask('open-pairing-code')).toBe('ok');
    expect(await ask('open-pairing-code', { replaces: 'station-3' })).toBe('ok');
    expect(await ask('close-pairing-code')).toBe('ok');
    expect(await ask('name-standby', { stationId: 'station-3' })).toBe('ok');
    expect(await ask('release-standby')).toBe('ok');
    expect(await ask('revoke-station', { stationId: 'station-3' })).toBe('ok');
    expect(await ask('rename-station', { stationId: 'station-2', name: '3 号柜台' })).toBe('ok');
    expect(stations.told).toEqual(
      ['open-pairing-code', 'open-pairing-code for station-3', 'close-pairing-code', 'name station-3']
        .concat('release', 'revoke station-3')
        .concat('rename station-2 3 号柜台')
        .map(line => `${line} by staff:9001`),
    );
  });

  it('the same command id again gets the same answer and has one effect; another command with it is refused', async () => {
    const { ask, stations, window, session } = await openWindow();
    expect(await ask('open-pairing-code', {}, session, 'once')).toBe('ok');
    window.command('open-pairing-code', {}, session, 'once');
    window.command('close-pairing-code', {}, session, 'once');
    expect(await ask('rename-station', { stationId: 'station-2', name: '' })).toBe('ok');
    const codes = window.received
      .filter(one => one.kind === 'answer' && one.commandId === 'once')
      .map(refusalOf);
    expect(codes).toEqual(['ok', 'ok', 'M607']);
    expect(stations.told).toHaveLength(2);
  });

  it('another window, nobody signed in, and a wrong right are refused', async () => {
    const atLobby = await openWindow('lobby', '2001');
    expect(await atLobby.ask('open-pairing-code')).toBe('M605');
    const atTeller = await openWindow('teller', '1001');
    expect(await atTeller.ask('decide-host', DECIDE)).toBe('M605');
    const atSetup = await openWindow('setup', '2001');
    for (const [type, args] of [
      ['open-pairing-code', {}],
      ['close-pairing-code', {}],
      ['release-standby', {}],
      ['name-standby', { stationId: 'station-3' }],
      ['revoke-station', { stationId: 'station-3' }],
      ['rename-station', { stationId: 'station-3', name: '' }],
    ] as const) {
      expect(await atSetup.ask(type, args), type).toBe('S704');
      expect(await atSetup.ask(type, args, ''), type).toBe('S703');
    }
    expect([atLobby, atTeller, atSetup].flatMap(({ stations }) => stations.told)).toEqual([]);
  });

  it('what cannot be is refused before anything is touched', async () => {
    const { ask, stations } = await openWindow();
    expect(await ask('name-standby', { stationId: 'nobody' })).toBe('U542');
    expect(await ask('revoke-station', { stationId: 'nobody' })).toBe('U542');
    expect(await ask('rename-station', { stationId: 'nobody', name: 'x' })).toBe('U542');
    expect(await ask('name-standby', { stationId: 'station-1' })).toBe('U543');
    expect(await ask('name-standby', { stationId: 'station-2' })).toBe('U543');
    expect(await ask('revoke-station', { stationId: 'station-1' })).toBe('U545');
    expect(await ask('revoke-station', { stationId: 'station-2' })).toBe('U545');
    expect(await ask('open-pairing-code', { replaces: 'nobody' })).toBe('U542');
    expect(await ask('open-pairing-code', { replaces: 'station-1' })).toBe('U545');
    expect(await ask('open-pairing-code', { replaces: 'station-2' })).toBe('U545');
    stations.current = pairedFacts({ unaccounted: ['station-3'] });
    // Its numbers are not known here: somebody else under its name would answer for them (BR5).
    expect(await ask('open-pairing-code', { replaces: 'station-3' })).toBe('U548');
    stations.current = pairedFacts({ standby: null, pair: 'solo' });
    expect(await ask('release-standby')).toBe('U547');
    expect(stations.told).toEqual([]);
  });

  it('[BR1] a branch of one PC answers each order with its own code', async () => {
    const { bench } = await openWindow();
    const stations = createOnePcStations({ station: 'station-1', program: '', epoch: 1, since: 0 });
    const desk = createStationDesk({
      state: bench.host.state,
      stations,
      confirmPerson: async () => ({ ok: true, value: undefined }),
      onChange: () => {},
    });
    const by = bench.signIn('9001');
    expect(by.kind).toBe('staff');
    for (const order of [
      stations.openPairingCode(by),
      stations.closePairingCode(by),
      stations.nameStandby('station-2', by),
      stations.releaseStandby(by),
      stations.revokeStation('station-2', by),
      stations.renameStation('station-1', 'x', by),
    ])
      expect(await order).toMatchObject({ error: { code: 'U541' } });
    const decided = await desk.obey({
      id: 'd',
      type: 'decide-host',
      args: { decision: 'take-over', epoch: 1, staffNumber: '2001', password: SAMPLE_PASSWORD },
    });
    expect(decided).toMatchObject({ error: { code: 'U544' } });
  });
});

describe('[BR4] who goes on', () => {
  it('is decided by number and password, without anybody signed in', async () => {
    const { ask, stations } = await openWindow('lobby', '', UNDECIDED);
    expect(await ask('decide-host', DECIDE)).toBe('ok');
    expect(stations.told).toEqual(['go-on-alone by staff:2001']);
  });

  it('counts for the person whose password it is, not for whoever is signed in', async () => {
    const { ask, stations } = await openWindow('setup', '9001', UNDECIDED);
    expect(await ask('decide-host', { ...DECIDE, staffNumber: '9001' })).toBe('S704');
    expect(await ask('decide-host', { ...DECIDE, staffNumber: '1001' })).toBe('S704');
    expect(await ask('decide-host', { ...DECIDE, staffNumber: '3001' })).toBe('ok');
    expect(stations.told).toEqual(['go-on-alone by staff:3001']);
  });

  it('a wrong password changes nothing and locks after as many as at sign-in, also where nothing can be recorded', async () => {
    const { ask, stations, bench } = await openWindow('lobby', '', UNDECIDED);
    const wrong = { ...DECIDE, password: 'wrong' };
    const { signInAttempts, lockoutMs } = SAMPLE_BANK.limits;
    const codes: string[] = [];
    for (let attempt = 0; attempt < signInAttempts; attempt++) codes.push(await ask('decide-host', wrong));
    expect(codes).toEqual([...Array(signInAttempts - 1).fill('S701'), 'S702']);
    expect(await ask('decide-host', DECIDE)).toBe('S702');
    bench.now += lockoutMs;
    expect(await ask('decide-host', DECIDE)).toBe('ok');
    expect(await ask('decide-host', { ...DECIDE, staffNumber: 'nobody' })).toBe('S701');
    expect(stations.told).toHaveLength(1);
  });

  it('the branch counts them too, where it can', async () => {
    const bench = new HostBench().configure();
    await bench.setPasswords('2001');
    const confirm = createConfirmPerson({
      state: bench.host.state,
      passwordHashOf: number => bench.journal.credentials.passwordHashOf(number),
      now: () => bench.now,
      recordFailure: staffNumber =>
        void bench.give('record-sign-in', { staffNumber, passwordFits: false, sessionId: '' }),
    });
    const guesses = Array.from({ length: SAMPLE_BANK.limits.signInAttempts }, () => confirm('2001', 'wrong'));
    expect((await Promise.all(guesses)).at(-1)).toMatchObject({ error: { code: 'S702' } });
    bench.restart();
    expect(bench.host.state().signInFailures.get('2001')?.lockedUntil).toBeGreaterThan(bench.now);
  });

  it('made on an old picture, or where nothing is to be decided, it changes nothing', async () => {
    const { ask, stations } = await openWindow('lobby', '', UNDECIDED);
    expect(await ask('decide-host', { ...DECIDE, epoch: 2 })).toBe('U546');
    expect(await ask('decide-host', { ...DECIDE, decision: 'take-over' })).toBe('U544');
    stations.current = pairedFacts();
    expect(await ask('decide-host', DECIDE)).toBe('U544');
    expect(stations.told).toEqual([]);
  });
});

describe('the views', () => {
  const subscribe = (view: string, session?: string) => ({
    kind: 'subscribe',
    subscription: 1,
    view,
    args: {},
    ...(session ? { session } : {}),
  });

  it('link-state is for every window, also before anybody has signed in', async () => {
    const windows: WindowKind[] = ['kiosk', 'teller', 'lobby', 'lobby-screen', 'rating-screen', 'setup'];
    for (const kind of windows) {
      const { window } = await openWindow(kind, '', UNDECIDED);
      const shown = window.send(subscribe('link-state'));
      expect(shown?.kind === 'view' && VIEWS['link-state'].parse(shown.value).state, kind).toBe('undecided');
    }
  });

  it('stations is for the set-up window and the lobby manager’s, with one of their rights', async () => {
    for (const [kind, staffNumber] of [
      ['setup', '9001'],
      ['lobby', '2001'],
    ] as const) {
      const { window, session } = await openWindow(kind, staffNumber);
      const shown = window.send(subscribe('stations', session));
      const view = VIEWS.stations.parse(shown?.kind === 'view' ? shown.value : null);
      expect(view.mayChange).toBe(kind === 'setup');
    }
    const teller = await openWindow('setup', '1001');
    expect(refusalOf(teller.window.send(subscribe('stations', teller.session)))).toBe('S704');
    expect(refusalOf(teller.window.send(subscribe('stations')))).toBe('S703');
    const kiosk = await openWindow('kiosk', '');
    expect(refusalOf(kiosk.window.send(subscribe('stations')))).toBe('M605');
  });
});

describe('[BR1, BR2] a PC that is alone becomes one of several', () => {
  const ALONE: StationFacts = {
    ...onePcFacts({ station: 'station-1', program: '0.1.0', epoch: 1, since: 0 }),
    alone: { records: 12, suggestedId: 'pc-7k2m' },
  };
  const JOIN = {
    ...{ host: '192.0.2.4', port: 5850, code: 'K7QM4RPT', stationId: 'pc-2', name: '' },
    ...{ roles: [], listenPort: null, setAside: false },
  };

  it('from the set-up window, by somebody with the right to set up', async () => {
    const { ask, stations } = await openWindow('setup', '9001', ALONE);
    expect(await ask('begin-several', { name: '大堂电脑', port: 5850, roles: [] })).toBe('ok');
    expect(await ask('join-branch', JOIN)).toBe('ok');
    expect(stations.told).toEqual(['begin 大堂电脑 5850', 'join 192.0.2.4 5850 as pc-2']);
    const teller = await openWindow('setup', '1001', ALONE);
    expect(await teller.ask('begin-several', { name: '', port: 5850, roles: [] })).toBe('S704');
    expect(await teller.ask('join-branch', JOIN)).toBe('S704');
    expect(await teller.ask('find-branches')).toBe('S704');
    expect(await teller.ask('join-branch', JOIN, '')).toBe('S703');
    const lobby = await openWindow('lobby', '2001', ALONE);
    expect(await lobby.ask('join-branch', JOIN)).toBe('M605');
    expect([...teller.stations.told, ...lobby.stations.told]).toEqual([]);
  });

  it('is told where hosts were heard of', async () => {
    const { window, session } = await openWindow('setup', '9001', ALONE);
    window.command('find-branches', {}, session, 'find');
    expect((await answerTo(window, 'find')).value).toEqual({ found: [{ host: '192.0.2.4', port: 5850 }] });
  });

  it('business of its own is set aside only when somebody says so', async () => {
    const { ask, stations } = await openWindow('setup', '9001', ALONE, false);
    expect(await ask('join-branch', JOIN)).toBe('U561');
    expect(stations.told).toEqual([]);
    expect(await ask('join-branch', { ...JOIN, setAside: true })).toBe('ok');
    const fresh = { ...ALONE, alone: { records: 0, suggestedId: 'pc-7k2m' } };
    expect(await (await openWindow('setup', '9001', fresh, false)).ask('join-branch', JOIN)).toBe('ok');
  });

  it('one of several cannot join once more', async () => {
    const { ask, stations } = await openWindow('setup');
    expect(await ask('join-branch', JOIN)).toBe('U562');
    expect(stations.told).toEqual([]);
  });
});
