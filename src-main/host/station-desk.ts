import type { Actor } from '#core/branch/commands.ts';
import type { BranchState } from '#core/branch/state.ts';
import { mayDecideHost } from '#core/staff/decide-host-right.ts';
import { hasRight, rightsOf } from '#core/staff/rights.ts';
import { type AloneFacts, onePcFacts, type StationFacts } from '#core/views/station-facts.ts';
import type { CommandArgs, WindowCommand } from '#core/wire/commands.ts';
import type { StationAnswers, StationCommandType } from '#core/wire/commands-stations.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { HostDecision } from '#core/wire/views-stations.ts';
import type { ConfirmPerson } from './confirm-person.ts';
import type { HostAnswer } from './host-contract.ts';
import { sessionActor } from './session-tokens.ts';

type StationCommand = { [Type in StationCommandType]: WindowCommand<Type> }[StationCommandType];
type Done = Result<void> | Promise<Result<void>>;

/** The link and replication of this PC, as screens steer them. Rights are checked before anything here is called. */
export interface BranchStations {
  facts(): StationFacts;
  /** `replaces`: whose place the new PC takes. */
  openPairingCode(by: Actor, replaces?: string): Done;
  closePairingCode(by: Actor): Done;
  nameStandby(stationId: string, by: Actor): Done;
  releaseStandby(by: Actor): Done;
  revokeStation(stationId: string, by: Actor): Done;
  renameStation(stationId: string, name: string, by: Actor): Done;
  decideHost(decision: HostDecision, by: Actor): Done;
  /** BR1, BR2: the branch's one PC becomes one of several, at its next start. Elsewhere `U562`. */
  beginSeveral(order: CommandArgs<'begin-several'>): Done;
  joinBranch(order: CommandArgs<'join-branch'>): Done;
  findBranches(): Result<StationAnswers['find-branches']> | Promise<Result<StationAnswers['find-branches']>>;
}

/** How a PC that is alone becomes one of several; missing in practice. */
export interface SeveralMaker extends Pick<BranchStations, 'beginSeveral' | 'joinBranch' | 'findBranches'> {
  alone(): AloneFacts;
}

/** BR1: the default, a branch of one PC: nothing to pair, nobody to succeed; every order is answered `U541`. */
export function createOnePcStations(
  pc: Parameters<typeof onePcFacts>[0],
  maker?: SeveralMaker,
): BranchStations {
  const facts = onePcFacts(pc);
  const refuse = () => fail('U541');
  return {
    facts: () => (maker ? { ...facts, alone: maker.alone() } : facts),
    openPairingCode: refuse,
    closePairingCode: refuse,
    nameStandby: refuse,
    releaseStandby: refuse,
    revokeStation: refuse,
    renameStation: refuse,
    decideHost: refuse,
    beginSeveral: maker?.beginSeveral ?? refuse,
    joinBranch: maker?.joinBranch ?? refuse,
    findBranches: maker?.findBranches ?? refuse,
  };
}

export interface StationDeskParts {
  readonly state: () => BranchState;
  readonly stations: BranchStations;
  readonly confirmPerson: ConfirmPerson;
  readonly onChange: () => void;
}

/** The windows' side of the PCs of the branch (BR2 to BR6). */
export interface StationDesk {
  /**
   * Failures: `S703`, `S704`, of a decision `S701`, `S702` too; `U541` to `U549`, `U515`, `U561`, `U562`; of `join-branch` those
   * of pairing; `M607`. The same command id again gets the same answer.
   */
  obey(command: StationCommand): Promise<Result<HostAnswer>>;
  facts(): StationFacts;
}

/** Answers kept for commands that are sent again. */
const ANSWERS_KEPT = 50;

export function createStationDesk(parts: StationDeskParts): StationDesk {
  const { state, stations, confirmPerson, onChange } = parts;
  const answers = new Map<string, { type: string; answer: Promise<Result<HostAnswer>> }>();

  /** BR4: by the person's own password, whoever is signed in at this window. */
  const decide = async ({ args }: WindowCommand<'decide-host'>): Promise<Result<void>> => {
    const { decision, epoch, staffNumber, password } = args;
    const confirmed = await confirmPerson(staffNumber, password);
    if (!confirmed.ok) return confirmed;
    const { document } = state();
    if (document === null || !mayDecideHost(document, rightsOf(document, staffNumber)))
      return fail('S704', { right: 'decide-host' });
    // Looked at after the slow password: what is on screen may be history by now.
    const facts = stations.facts();
    if (facts.epoch !== epoch) return fail('U546');
    if (facts.decision !== decision) return fail('U544');
    return stations.decideHost(decision, { kind: 'staff', staffNumber, sessionId: '' });
  };

  /** What other customers and figures would lose must be known to whoever orders it. */
  const joinBranch = (order: CommandArgs<'join-branch'>): Done => {
    const { isOnePc, alone } = stations.facts();
    if (!isOnePc) return fail('U562');
    const hasBusiness = state().document?.branch.sample === false && (alone?.records ?? 0) > 0;
    return hasBusiness && !order.setAside ? fail('U561') : stations.joinBranch(order);
  };

  const change = (
    command: Exclude<StationCommand, { type: 'decide-host' }>,
    by: Actor,
  ): Done | ReturnType<BranchStations['findBranches']> => {
    const facts = stations.facts();
    const find = (stationId: string) => facts.stations.find(station => station.stationId === stationId);
    switch (command.type) {
      case 'open-pairing-code': {
        const { replaces } = command.args;
        const refused = replaces === undefined || facts.isOnePc ? null : refuseReplacing(facts, replaces);
        return refused ?? stations.openPairingCode(by, replaces);
      }
      case 'close-pairing-code':
        return stations.closePairingCode(by);
      case 'release-standby':
        if (facts.standby === null && !facts.isOnePc) return fail('U547');
        return stations.releaseStandby(by);
      case 'name-standby': {
        const { stationId } = command.args;
        if (!find(stationId)) return fail('U542', { station: stationId });
        if (find(stationId)?.state !== 'copy' && !facts.isOnePc) return fail('U543', { station: stationId });
        return stations.nameStandby(stationId, by);
      }
      case 'revoke-station': {
        const { stationId } = command.args;
        if (!find(stationId)) return fail('U542', { station: stationId });
        if (facts.isOnePc) return stations.revokeStation(stationId, by);
        if (isNeeded(facts, stationId)) return fail('U545', { station: stationId });
        return stations.revokeStation(stationId, by);
      }
      case 'rename-station': {
        const { stationId, name } = command.args;
        if (!find(stationId)) return fail('U542', { station: stationId });
        return stations.renameStation(stationId, name, by);
      }
      case 'begin-several':
        return stations.beginSeveral(command.args);
      case 'join-branch':
        return joinBranch(command.args);
      case 'find-branches':
        return stations.findBranches();
    }
  };

  const act = async (command: StationCommand): Promise<Result<HostAnswer>> => {
    const done: Result<unknown> =
      command.type === 'decide-host' ? await decide(command) : await changeBy(command);
    onChange();
    return done.ok ? ok((done.value ?? {}) as HostAnswer) : done;
  };

  const changeBy = async (
    command: Exclude<StationCommand, { type: 'decide-host' }>,
  ): Promise<Result<unknown>> => {
    const actor = sessionActor(state(), command.session);
    if (!actor.ok) return actor;
    if (actor.value.kind !== 'staff') return fail('S703');
    if (!hasRight(state(), actor.value.staffNumber, 'set-up')) return fail('S704', { right: 'set-up' });
    return change(command, actor.value);
  };

  return {
    obey(command) {
      const given = answers.get(command.id);
      if (given) return given.type === command.type ? given.answer : Promise.resolve(fail('M607'));
      const answer = act(command);
      answers.set(command.id, { type: command.type, answer });
      const [oldest] = answers.keys();
      if (answers.size > ANSWERS_KEPT && oldest !== undefined) answers.delete(oldest);
      return answer;
    },
    facts: stations.facts,
  };
}

/** Host and standby have a part in every answer. */
function isNeeded({ hostStation, standby, thisStation }: StationFacts, stationId: string): boolean {
  return stationId === hostStation || stationId === standby || stationId === thisStation;
}

function refuseReplacing(facts: StationFacts, stationId: string): Result<never> | null {
  if (!facts.stations.some(station => station.stationId === stationId))
    return fail('U542', { station: stationId });
  if (isNeeded(facts, stationId)) return fail('U545', { station: stationId });
  // Under its name the new PC would answer for numbers that it cannot know of (BR5).
  return facts.unaccounted.includes(stationId) ? fail('U548', { station: stationId }) : null;
}
