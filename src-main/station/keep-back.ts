import type { StationId } from '#core/replication/log.ts';
import type { Host } from '../host/host.ts';
import type { HeadOfficeClaims, StationNetwork } from './station-network.ts';

/**
 * What a PC does not say while its program is too old for its journal: that it could be the standby or the host. It
 * goes on storing; where it is the standby, it says so until the host has let it go, so that nobody waits for it.
 */
export function keepBackWhileUnread(parts: {
  readonly host: Pick<Host, 'unread' | 'roles'>;
  readonly network: StationNetwork;
  readonly headOffice: HeadOfficeClaims;
  readonly own: StationId;
}): { readonly network: StationNetwork; readonly headOffice: HeadOfficeClaims } {
  const { host, network, headOffice, own } = parts;
  const isUnread = () => host.unread() !== null;
  return {
    network: {
      ...network,
      send(to, message) {
        // The host makes whoever has stored everything its standby again.
        if (message.kind === 'stored' && isUnread() && host.roles().standby !== own) return;
        network.send(to, message);
      },
    },
    headOffice: {
      claim: expected => (isUnread() ? Promise.resolve({ kind: 'unreachable' }) : headOffice.claim(expected)),
      register: epoch => headOffice.register(epoch),
    },
  };
}
