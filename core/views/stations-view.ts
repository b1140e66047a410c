import type { BankDocument, Right } from '../branch/bank-document.ts';
import type { ConfiguredState } from '../branch/decision.ts';
import { deciderRoles, mayDecideHost } from '../staff/decide-host-right.ts';
import type { View } from '../wire/views.ts';
import { branchHead } from './shared.ts';
import type { StationFacts } from './station-facts.ts';

/** Late events the list shows; more helps nobody on the floor, all are in the journal. */
const LATE_EVENTS_SHOWN = 50;

/**
 * BR3 to BR6: the PCs of the branch and who decides.
 * @param rights of whoever looks; the pairing code is for those who may set up only
 */
export function stationsView(
  state: ConfiguredState,
  facts: StationFacts,
  rights: ReadonlySet<Right>,
): View<'stations'> {
  const { document } = state;
  const mayChange = rights.has('set-up');
  const { pairing } = facts;
  return {
    ...branchHead(document),
    isOnePc: facts.isOnePc,
    thisStation: facts.thisStation,
    hostStation: facts.hostStation,
    stations: facts.stations.map(station => ({
      ...station,
      roles: [...station.roles],
      isThisPc: station.stationId === facts.thisStation,
    })),
    pair: {
      state: facts.pair,
      since: facts.pairSince,
      standbyId: facts.standby,
      isLeaving: facts.standbyLeaving,
    },
    epoch: facts.epoch,
    block: facts.block && { from: facts.block.from, to: facts.block.to },
    ownNumbers: (facts.ownNumbers ?? []).map(own => ({ ...own, name: stationName(facts, own.stationId) })),
    unaccounted: facts.unaccounted.map(stationId => ({ stationId, name: stationName(facts, stationId) })),
    lateEvents: facts.lateEvents.slice(0, LATE_EVENTS_SHOWN).map(event => ({ ...event })),
    pairing: pairing && { ...pairing, code: mayChange ? pairing.code : null },
    decision: facts.decision,
    deciders: deciderRoles(document),
    alone: facts.alone && mayChange ? { ...facts.alone, ...ownBusiness(state) } : null,
    addresses: [...(facts.addresses ?? [])],
    keysProtected: facts.keysProtected,
    mayChange,
    mayDecide: mayDecideHost(document, rights),
  };
}

/**
 * The corner of every window: how this PC stands to the branch.
 * @param document null before the branch is configured
 */
export function linkStateView(document: BankDocument | null, facts: StationFacts): View<'link-state'> {
  const { hostStation, decision, epoch } = facts;
  const rest = {
    isHost: hostStation === facts.thisStation,
    reachesHost: facts.cutOffSince === null,
    host: hostStation === null ? null : stationName(facts, hostStation),
    decision,
    epoch,
    deciders: document === null ? [] : deciderRoles(document),
  };
  if (facts.isOnePc) return { state: 'one-pc', since: facts.pairSince, ...rest };
  // What else there is to say of the branch may be wrong here.
  if (facts.isTooOld) return { state: 'too-old', since: facts.cutOffSince ?? facts.pairSince, ...rest };
  // Undecided first: on a standby without its host it says more than that the link is gone.
  if (facts.pair !== 'undecided' && facts.cutOffSince !== null)
    return { state: 'cut-off', since: facts.cutOffSince, ...rest };
  return { state: facts.pair, since: facts.pairSince, ...rest };
}

const HERE_NOW = new Set(['waiting', 'called', 'serving', 'parked']);

/** What would be left behind here if this PC joined another branch. */
function ownBusiness({ document, tickets }: ConfiguredState) {
  const customers = [...tickets.values()].filter(({ status }) => HERE_NOW.has(status)).length;
  return { isSample: document.branch.sample, customers };
}

/** What people call a PC; its id where it has no name. */
function stationName({ stations }: StationFacts, stationId: string): string {
  return stations.find(station => station.stationId === stationId)?.name || stationId;
}
