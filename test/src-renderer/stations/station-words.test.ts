import { describe, expect, it } from 'vitest';
import { en } from '#renderer/kit/locales/en.ts';
import { zh } from '#renderer/kit/locales/zh.ts';
import { OWN_WORDS } from '#renderer/stations/join-problems.ts';
import {
  certificateMeaning,
  changesOf,
  groupCode,
  isChangeHeld,
  lagSeconds,
  lagWords,
  lateTypeWords,
  pairWords,
  type StationLine,
  type StationsView,
  stateMeaning,
  stationTitle,
} from '#renderer/stations/station-words.ts';
import { textKeys } from '../kit/text-tree.ts';

const NOW = Date.UTC(2026, 2, 2, 1, 0);
const DAY_MS = 24 * 3600_000;

const line = (stationId: string, more: Partial<StationLine> = {}): StationLine => ({
  stationId,
  name: '',
  roles: ['teller'],
  program: '0.1.0',
  state: 'copy',
  since: NOW,
  lagEvents: 0,
  lagMs: 0,
  mustUpdate: false,
  certificateUntil: null,
  isThisPc: false,
  ...more,
});

const HOST = line('station-1', { state: 'host', isThisPc: true, lagEvents: null, lagMs: null });
const STANDBY = line('station-2', { state: 'standby' });
const COPY = line('station-3');
const GONE = line('station-4', { state: 'cut-off' });

const view = (more: Partial<StationsView> = {}): StationsView => ({
  bankName: { zh: '银行', en: 'Bank' },
  branchName: { zh: '网点', en: 'Branch' },
  timeZone: 'Asia/Shanghai',
  isOnePc: false,
  thisStation: 'station-1',
  hostStation: 'station-1',
  stations: [HOST, STANDBY, COPY, GONE],
  pair: { state: 'whole', since: NOW, standbyId: 'station-2', isLeaving: false },
  epoch: 3,
  block: { from: 1, to: 799 },
  ownNumbers: [],
  unaccounted: [],
  lateEvents: [],
  pairing: null,
  decision: null,
  deciders: [],
  alone: null,
  addresses: [],
  keysProtected: true,
  mayChange: true,
  mayDecide: false,
  ...more,
});
const pair = (state: StationsView['pair']['state'], isLeaving = false) => ({
  pair: { state, since: NOW, standbyId: 'station-2', isLeaving },
});

describe('words about the PCs of a branch', () => {
  it('[BR4] the sentence over the list is of the pair, of a lost host, or of a branch of one PC', () => {
    const cutOff = { stations: [line('station-1', { state: 'cut-off', isThisPc: true })] };
    const cases: [Partial<StationsView>, string, string][] = [
      [{ isOnePc: true, ...pair('solo') }, 'one-pc', 'well'],
      [pair('whole'), 'whole', 'well'],
      [pair('whole', true), 'leaving', 'soon'],
      [pair('solo'), 'solo', 'soon'],
      [pair('lost'), 'lost', 'broken'],
      [pair('waiting'), 'waiting', 'soon'],
      [pair('undecided'), 'undecided', 'broken'],
      [{ ...pair('whole'), ...cutOff }, 'cut-off', 'broken'],
      [{ ...pair('undecided'), ...cutOff }, 'undecided', 'broken'],
    ];
    for (const [more, key, meaning] of cases)
      expect(pairWords(view(more))).toEqual({ key: `stations.pair.${key}`, meaning });
  });

  it('every key that is made at work is in both languages', () => {
    const states = ['one-pc', 'whole', 'solo', 'waiting', 'lost', 'undecided', 'cut-off'];
    const changes = ['rename-station', 'name-standby', 'release-standby', 'revoke-station'];
    const made = [
      ...states.flatMap(state => [`branchLink.title.${state}`, `branchLink.line.${state}`]),
      ...['solo', 'waiting', 'lost', 'undecided', 'cut-off'].map(state => `branchLink.note.${state}`),
      ...[...states, 'leaving'].map(state => `stations.pair.${state}`),
      ...['here', 'reached', 'gone', 'unknown', 'label'].map(key => `branchLink.host.${key}`),
      ...OWN_WORDS.values(),
      ...['begin', 'join'].flatMap(way =>
        ['heading', 'card', 'means', 'do', 'done'].map(part => `several.${way}.${part}`),
      ),
      ...['host', 'standby', 'copy', 'cut-off'].map(state => `stations.state.${state}`),
      ...['host', 'teller', 'lobby', 'kiosk', 'board', 'manager'].map(role => `stations.roles.${role}`),
      ...['none', 'some', 'unknown'].map(key => `stations.lag.${key}`),
      ...changes.flatMap(change =>
        ['heading', 'means', 'mind', 'do'].map(part => `stations.change.${change}.${part}`),
      ),
      ...['take-over', 'go-on-alone'].flatMap(decision =>
        ['heading', 'first', 'after', 'ifWrong', 'sure', 'do'].map(
          part => `stations.decide.${decision}.${part}`,
        ),
      ),
      ...['ticket-called', 'service-finished', 'something-else'].map(type => lateTypeWords(type).key),
    ];
    for (const keys of [textKeys(zh), textKeys(en)])
      expect(made.filter(key => !keys.includes(key))).toEqual([]);
  });

  it('what its disk is behind is said in events and whole seconds', () => {
    expect(lagWords(HOST)).toBeNull();
    expect(lagSeconds(HOST)).toBeNull();
    expect(lagWords(line('a', { lagEvents: null }))).toMatchObject({ key: 'stations.lag.unknown' });
    expect(lagWords(COPY)).toMatchObject({ key: 'stations.lag.none' });
    expect(lagSeconds(COPY)).toBeNull();
    const behind = line('a', { lagEvents: 2, lagMs: 140 });
    expect(lagWords(behind)).toEqual({ key: 'stations.lag.some', facts: { events: 2 } });
    expect(lagSeconds(behind)).toBe(1);
    expect(lagSeconds(line('a', { lagEvents: 31, lagMs: 4200 }))).toBe(4);
    expect(lagSeconds(line('a', { lagEvents: 31, lagMs: null }))).toBeNull();
  });

  it('a certificate that ends within thirty days is worth a look, one that has ended is broken', () => {
    expect(certificateMeaning(null, NOW)).toBe('well');
    expect(certificateMeaning(NOW + 31 * DAY_MS, NOW)).toBe('well');
    expect(certificateMeaning(NOW + 29 * DAY_MS, NOW)).toBe('soon');
    expect(certificateMeaning(NOW, NOW)).toBe('broken');
  });

  it('[BR3] each PC has the changes that make sense for it', () => {
    const keys = (station: StationLine, more: Partial<StationsView> = {}) => changesOf(view(more), station);
    expect(keys(HOST)).toEqual(['rename-station']);
    expect(keys(STANDBY)).toEqual(['rename-station', 'release-standby']);
    expect(keys(STANDBY, pair('whole', true))).toEqual(['rename-station']);
    expect(keys(COPY)).toEqual(['rename-station', 'name-standby', 'revoke-station']);
    expect(keys(GONE)).toEqual(['rename-station', 'revoke-station']);
    expect(keys(COPY, { mayChange: false })).toEqual([]);
    expect(keys(HOST, { isOnePc: true })).toEqual([]);
  });

  it('[BR4] while somebody must decide, or this PC is cut off, nothing else is changed', () => {
    const undecided = { decision: 'take-over' } as const;
    const cutOff = { stations: [line('station-1', { state: 'cut-off', isThisPc: true }), COPY] };
    expect(isChangeHeld(view())).toBe(false);
    for (const more of [undecided, cutOff]) {
      expect(isChangeHeld(view(more))).toBe(true);
      expect(changesOf(view(more), COPY)).toEqual([]);
    }
  });

  it('small ones', () => {
    expect(groupCode('K7QM4RPT')).toBe('K7QM 4RPT');
    expect(groupCode('')).toBe('');
    expect([stationTitle(COPY), stationTitle(line('x', { name: '大堂' }))]).toEqual(['station-3', '大堂']);
    expect([HOST, STANDBY, COPY, GONE].map(stateMeaning)).toEqual(['well', 'well', 'waiting', 'broken']);
  });
});
