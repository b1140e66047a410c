import type { Command } from '#core/branch/commands.ts';
import type { StationId } from '#core/replication/log.ts';
import type { Host } from '../host/host-contract.ts';
import type { LinkNetwork } from './link-network.ts';
import type { Replicator } from './replicator-contract.ts';

/** The first version of the link whose programs know a PC's own numbers. */
const KNOWS_OWN_NUMBERS = 2;

export interface GiveBlocksParts {
  readonly own: StationId;
  readonly host: Pick<Host, 'state' | 'execute'>;
  readonly network: Pick<LinkNetwork, 'stations' | 'aboutOf' | 'connectionTo'>;
  readonly replicator: Pick<Replicator, 'isHost' | 'mayCall'>;
  /** Of this PC. */
  readonly printers: () => number;
}

/**
 * BR5: the host gives every PC with a printer that is here numbers of its own. A branch of one PC needs none, and no
 * PC whose program does not know of them may ever read that somebody has some.
 */
export function giveNumberBlocks({ own, host, network, replicator, printers }: GiveBlocksParts): void {
  const others = network.stations();
  if (others.length === 0 || !replicator.isHost() || !replicator.mayCall()) return;
  if (others.some(station => (network.connectionTo(station)?.protocol ?? 1) < KNOWS_OWN_NUMBERS)) return;
  const { document, stations } = host.state();
  if (document === null) return;
  const printing = [
    ...(printers() > 0 ? [own] : []),
    ...others.filter(station => (network.aboutOf(station)?.printers ?? 0) > 0).toSorted(),
  ];
  for (const toStation of printing)
    if (!stations.ownNumbers.has(toStation))
      host.execute({
        type: 'give-number-block',
        args: { toStation },
        actor: { kind: 'system' },
        station: own,
      } satisfies Command<'give-number-block'>);
}
