import type { ConfiguredState } from '#core/branch/decision.ts';
import { envelopeToEvent } from '#core/branch/events.ts';
import { evolve } from '#core/branch/evolve.ts';
import { type BranchState, EMPTY_BRANCH } from '#core/branch/state.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import type { SqlRunner } from '../storage/database.ts';

/** States kept at once, of the branches asked for last: about 100 KB each. */
const MAX_BRANCHES = 1000;
/** Events folded in one go, so that a long day does not hold up other requests. */
const EVENTS_AT_ONCE = 1000;

/** A branch as far as its stored events tell. */
export interface KnownState {
  readonly state: ConfiguredState;
  /** Time of the last event folded, by the branch's clock, in milliseconds since 1970. */
  readonly lastEventAt: number;
}

interface Folded {
  readonly state: BranchState;
  readonly seq: number;
  readonly lastEventAt: number;
}

/**
 * The present state of branches, folded from their stored events by the branch's own `evolve`: from the start of the
 * newest business day, then kept up event by event. Events this program cannot read are passed over.
 */
export class BranchStates {
  readonly #sql: SqlRunner;
  readonly #maxBranches: number;
  readonly #folded = new Map<string, Folded>();
  readonly #underWay = new Map<string, Promise<KnownState | null>>();

  constructor(sql: SqlRunner, { maxBranches = MAX_BRANCHES } = {}) {
    this.#sql = sql;
    this.#maxBranches = maxBranches;
  }

  /** @returns null for a branch of which no bank document is known */
  stateOf(branch: string): Promise<KnownState | null> {
    const underWay = this.#underWay.get(branch);
    if (underWay) return underWay;
    const catchingUp = this.#catchUp(branch).finally(() => this.#underWay.delete(branch));
    this.#underWay.set(branch, catchingUp);
    return catchingUp;
  }

  async #catchUp(branch: string): Promise<KnownState | null> {
    let folded = this.#folded.get(branch) ?? (await this.#dayStart(branch));
    for (;;) {
      const events = await this.#eventsAfter(branch, folded.seq);
      folded = events.reduce(foldEvent, folded);
      if (events.length < EVENTS_AT_ONCE) break;
    }
    this.#keep(branch, folded);
    const { state, lastEventAt } = folded;
    return isConfigured(state) ? { state, lastEventAt } : null;
  }

  /** The branch just before its newest business day: the bank document then in force, all windows closed. */
  async #dayStart(branch: string): Promise<Folded> {
    const [start] = await this.#sql.query<{ seq: number | null }>(
      `SELECT max(seq) AS seq FROM event WHERE branch_id = $1 AND type = 'business-day-started'`,
      [branch],
    );
    const seq = (start?.seq ?? 1) - 1;
    const [document] = await this.#sql.query<EventEnvelope>(
      `${SELECT_EVENT} AND type = 'bank-document-applied' AND seq <= $2 ORDER BY seq DESC LIMIT 1`,
      [branch, seq],
    );
    const empty: Folded = { state: EMPTY_BRANCH, seq, lastEventAt: 0 };
    return document ? { ...foldEvent(empty, document), seq } : empty;
  }

  #eventsAfter(branch: string, seq: number): Promise<EventEnvelope[]> {
    const sql = `${SELECT_EVENT} AND seq > $2 ORDER BY seq LIMIT ${EVENTS_AT_ONCE}`;
    return this.#sql.query<EventEnvelope>(sql, [branch, seq]);
  }

  #keep(branch: string, folded: Folded): void {
    this.#folded.delete(branch);
    this.#folded.set(branch, folded);
    for (const oldest of this.#folded.keys()) {
      if (this.#folded.size <= this.#maxBranches) break;
      this.#folded.delete(oldest);
    }
  }
}

const SELECT_EVENT = `SELECT branch_id AS branch, epoch, seq, id, at, type, version, actor, station, data, hash
  FROM event WHERE branch_id = $1`;

function foldEvent({ state }: Folded, envelope: EventEnvelope): Folded {
  const event = envelopeToEvent(envelope);
  const { seq, at } = envelope;
  return { state: event.ok ? evolve(state, event.value) : state, seq, lastEventAt: at };
}

function isConfigured(state: BranchState): state is ConfiguredState {
  return state.document !== null;
}
