import { randomInt } from 'node:crypto';
import { ok } from '#core/wire/result.ts';
import type { SeveralMaker } from '../host/station-desk.ts';
import type { LinkAddress } from '../link/secure-socket.ts';
import { type MakeStationParts, makeStation } from './make-station.ts';

/** Addresses at which some branch's link was heard of on this PC's networks; a hint only. */
export type FindBranches = (waitMs: number) => Promise<readonly LinkAddress[]>;

export interface SeveralMakerParts extends Omit<MakeStationParts, 'connectWaitMs'> {
  /** What this PC was called as the branch's one PC: it keeps that among several. */
  readonly station: string;
  /** Entries in its journal. */
  readonly records: () => number;
  /** Missing: nothing can be found. */
  readonly findBranches?: FindBranches;
  /** The PC is to start again, as one of several. */
  readonly onMade: () => void;
}

/** So that the answer reaches its window before everything starts again. */
const RESTART_AFTER_MS = 400;
/** Windows wait 10 s for an answer; the address is tried twice. */
const CONNECT_WAIT_MS = 3_500;
const FIND_WAIT_MS = 3_000;
/** Neither alike on screen nor alike when read aloud. */
const ID_LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';

/** BR1, BR2: becoming one of several, from the set-up window. */
export function createSeveralMaker(parts: SeveralMakerParts): SeveralMaker {
  const suggestedId = `pc-${Array.from({ length: 4 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('')}`;
  const make = async (...order: [Parameters<typeof makeStation>[1], string]) => {
    const made = await makeStation({ ...parts, connectWaitMs: CONNECT_WAIT_MS }, ...order);
    if (made.ok) parts.clock.after(RESTART_AFTER_MS, parts.onMade);
    return made;
  };
  return {
    alone: () => ({ records: parts.records(), suggestedId }),
    beginSeveral: ({ name, port, roles }) =>
      make({ stationId: parts.station, name, roles, host: null, listen: { port }, discovery: true }, ''),
    joinBranch: ({ host, port, code, stationId, name, roles, listenPort }) =>
      make(
        {
          ...{ stationId, name, roles, host: { address: host, port } },
          listen: listenPort === null ? null : { port: listenPort },
          discovery: true,
        },
        code,
      ),
    async findBranches() {
      const found = (await parts.findBranches?.(FIND_WAIT_MS)) ?? [];
      return ok({ found: found.map(({ host, port }) => ({ host, port })) });
    },
  };
}
