import { z } from 'zod';
import { Id } from './fields.ts';
import { HostDecision, StationRole } from './views-stations.ts';

/** What people call a PC: printable, trimmed, short enough for a line of the list. */
const StationName = z
  .string()
  .max(40)
  .regex(/^[^\p{Cc}]*$/u)
  .trim();

/** BR1: what this PC is there for, as far as its windows go; empty: everything. */
const Roles = z.array(StationRole.exclude(['host'])).max(5);

const Port = z.int().min(1).max(65_535);

/** BR: pairing, the standby and the host, from the set-up window; a decision from the lobby manager's too. */
export const STATION_COMMANDS = {
  /** `replaces`: the new PC takes the place and the name of one that broke or was copied, which is withdrawn. */
  'open-pairing-code': z.strictObject({ replaces: Id.optional() }),
  'close-pairing-code': z.strictObject({}),
  'name-standby': z.strictObject({ stationId: Id }),
  /** The standby leaves properly: nobody has to decide anything then (BR4). */
  'release-standby': z.strictObject({}),
  'revoke-station': z.strictObject({ stationId: Id }),
  'rename-station': z.strictObject({ stationId: Id, name: StationName }),
  /**
   * BR4. The person says again who it is, so that nobody decides at a screen that somebody else left open; nobody need
   * be signed in, as nobody can sign in where the host is dead. The password reaches this PC only.
   */
  'decide-host': z.strictObject({
    decision: HostDecision,
    /** The epoch that was on screen. */
    epoch: z.int().min(0),
    staffNumber: z.string().min(1).max(16),
    password: z.string().min(1).max(200),
  }),
  /** BR1: the branch's one PC becomes the first of several. */
  'begin-several': z.strictObject({ name: StationName, port: Port, roles: Roles }),
  /** Hosts of branches heard of on this PC's network: hints, for `join-branch`. */
  'find-branches': z.strictObject({}),
  /** BR2: the branch's one PC becomes one of another branch, by the code its host shows. */
  'join-branch': z.strictObject({
    host: z.string().regex(/^[^\s\p{Cc}]{1,253}$/u),
    port: Port,
    /** As a person typed it. */
    code: z.string().max(40),
    stationId: Id,
    name: StationName,
    roles: Roles,
    /** Where the others reach it; null: they do not, and it is never host or standby. */
    listenPort: Port.nullable(),
    /** What this PC has recorded itself may be set aside. */
    setAside: z.boolean(),
  }),
} as const;

export interface StationAnswers {
  'find-branches': { found: { host: string; port: number }[] };
}

export type StationCommandType = keyof typeof STATION_COMMANDS;
