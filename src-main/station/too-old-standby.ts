import type { StationId } from '#core/replication/log.ts';
import type { LinkNetwork } from './link-network.ts';
import type { Replicator } from './replicator-contract.ts';

/**
 * The host lets a standby go that says it cannot read the log: it could not take over. Once that PC has been updated it
 * is the standby again without a word of anybody.
 * @returns to be called when something about the links or roles has changed
 */
export function letTooOldStandbyGo(
  replicator: Replicator,
  network: Pick<LinkNetwork, 'aboutOf'>,
): { look(): void } {
  let letGo: StationId | null = null;
  return {
    look() {
      const { standby, pair } = replicator.status();
      if (!replicator.isHost()) letGo = null;
      else if (standby !== null) {
        // Refused while the pair is broken, or it is on its way out already: looked at again.
        if (network.aboutOf(standby)?.readsLog === false) letGo = standby;
        if (letGo === standby) replicator.releaseStandby();
      } else if (pair === 'solo' && letGo !== null && network.aboutOf(letGo)?.readsLog === true) {
        replicator.nameStandby(letGo);
        letGo = null;
      }
    },
  };
}
