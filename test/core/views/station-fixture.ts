import { onePcFacts, type StationFact, type StationFacts } from '#core/views/station-facts.ts';

export const MORNING_MS = Date.UTC(2026, 2, 2, 1, 0);
const YEAR_MS = 365 * 24 * 3600_000;

/** One PC of a branch; a copy that is up to date unless told otherwise. */
export function stationFact(stationId: string, more: Partial<StationFact> = {}): StationFact {
  return {
    stationId,
    name: '',
    roles: ['teller'],
    program: '0.1.0',
    state: 'copy',
    since: MORNING_MS,
    lagEvents: 0,
    lagMs: 0,
    certificateUntil: MORNING_MS + 2 * YEAR_MS,
    mustUpdate: false,
    ...more,
  };
}

/** A branch of three PCs whose pair is whole; this one is the host. */
export function pairedFacts(more: Partial<StationFacts> = {}): StationFacts {
  return {
    ...onePcFacts({ station: 'station-1', program: '0.1.0', epoch: 3, since: MORNING_MS }),
    isOnePc: false,
    pair: 'whole',
    standby: 'station-2',
    block: { from: 1, to: 799 },
    stations: [
      stationFact('station-1', { name: '大堂主机', state: 'host', lagEvents: null, lagMs: null }),
      stationFact('station-2', { name: '2 号柜台', state: 'standby', lagEvents: 2, lagMs: 140 }),
      stationFact('station-3'),
    ],
    ...more,
  };
}
