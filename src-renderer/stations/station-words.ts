import type { View } from '#core/wire/views.ts';
import type { Meaning } from '../kit/signs.tsx';

export type StationsView = View<'stations'>;
export type StationLine = StationsView['stations'][number];

/** A text key of the shared language files with what is filled in. */
export interface Words {
  readonly key: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

const DAY_MS = 24 * 3600_000;
/** A certificate is renewed by itself before; one that still ends so soon is worth a look. */
const CERTIFICATE_SOON_MS = 30 * DAY_MS;

const STATE_MEANINGS = { host: 'well', standby: 'well', copy: 'waiting', 'cut-off': 'broken' } as const;

export function stateMeaning({ state }: Pick<StationLine, 'state'>): Meaning {
  return STATE_MEANINGS[state];
}

/** What a PC is called on screens. */
export function stationTitle({ name, stationId }: Pick<StationLine, 'name' | 'stationId'>): string {
  return name || stationId;
}

/** What its disk is behind the host's; the host itself is behind nobody: null. */
export function lagWords({ state, lagEvents }: StationLine): Words | null {
  if (state === 'host') return null;
  if (lagEvents === null) return { key: 'stations.lag.unknown', facts: {} };
  if (lagEvents === 0) return { key: 'stations.lag.none', facts: {} };
  return { key: 'stations.lag.some', facts: { events: lagEvents } };
}

/** The same as a length of time; null where that says nothing. */
export function lagSeconds({ state, lagEvents, lagMs }: StationLine): number | null {
  if (state === 'host' || !lagEvents || lagMs === null) return null;
  return Math.max(1, Math.round(lagMs / 1000));
}

export function certificateMeaning(until: number | null, now: number): Meaning {
  if (until === null) return 'well';
  return until <= now ? 'broken' : until - now < CERTIFICATE_SOON_MS ? 'soon' : 'well';
}

/** A PC without its host, or a pair somebody has to decide about: nothing else can be changed from here. */
export function isChangeHeld(view: StationsView): boolean {
  return (
    view.decision !== null || view.stations.some(({ isThisPc, state }) => isThisPc && state === 'cut-off')
  );
}

/** The sentence over the list: how the branch stands, and how grave that is. */
export function pairWords(view: StationsView): { readonly key: string; readonly meaning: Meaning } {
  const isCutOff = view.stations.some(({ isThisPc, state }) => isThisPc && state === 'cut-off');
  if (view.isOnePc) return { key: 'stations.pair.one-pc', meaning: 'well' };
  if (isCutOff && view.pair.state !== 'undecided') return { key: 'stations.pair.cut-off', meaning: 'broken' };
  if (view.pair.state === 'whole' && view.pair.isLeaving)
    return { key: 'stations.pair.leaving', meaning: 'soon' };
  const meaning = {
    whole: 'well',
    solo: 'soon',
    waiting: 'soon',
    lost: 'broken',
    undecided: 'broken',
  } as const;
  return { key: `stations.pair.${view.pair.state}`, meaning: meaning[view.pair.state] };
}

/** What can be done with a PC of the list. */
export type StationChange = 'rename-station' | 'name-standby' | 'release-standby' | 'revoke-station';

/** BR3: the host keeps its place, the standby is released before it is removed, only a copy in reach becomes standby. */
export function changesOf(view: StationsView, { stationId, state, isThisPc }: StationLine): StationChange[] {
  if (!view.mayChange || view.isOnePc || isChangeHeld(view)) return [];
  const isStandby = stationId === view.pair.standbyId;
  if (isStandby) return view.pair.isLeaving ? ['rename-station'] : ['rename-station', 'release-standby'];
  if (stationId === view.hostStation || isThisPc) return ['rename-station'];
  return state === 'copy'
    ? ['rename-station', 'name-standby', 'revoke-station']
    : ['rename-station', 'revoke-station'];
}

/** BR2: whose place a new PC may take: not the host's nor the standby's, which go on, nor this one's. */
export function replaceable(view: StationsView): readonly StationLine[] {
  const kept = [view.hostStation, view.pair.standbyId, view.thisStation];
  return view.stations.filter(({ stationId }) => !kept.includes(stationId));
}

/** BR2: as it is read out: two groups of four. */
export function groupCode(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ');
}

const LATE_TYPES = [
  'ticket-issued',
  'ticket-called',
  'rating-given',
  'ticket-recalled',
  'service-started',
  'service-finished',
  'ticket-no-show',
] as const;

/** What a late event was about, in words where it has some. */
export function lateTypeWords(type: string): Words {
  const known = LATE_TYPES.find(one => one === type);
  return { key: `stations.late.types.${known ?? 'other'}`, facts: known ? {} : { type } };
}
