import type { StationId } from '#core/replication/log.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { Host } from '../host/host-contract.ts';
import type { Journal } from '../journal/journal.ts';
import type { LinkConnection } from '../link/link-connection.ts';
import { createCustomerClassCopy } from './customer-class-copy.ts';
import type { LinkNetwork } from './link-network.ts';
import type { StationKeys } from './open-station.ts';
import type { Replicator } from './replicator-contract.ts';
import type { SecretStore, Secrets } from './secrets.ts';
import { letTooOldStandbyGo } from './too-old-standby.ts';

/** Everything a take-over needs and no journal holds: given by the host, asked for and kept by its standby. */
export interface StandbyService {
  /** Something about links or roles has changed, or some time has passed. */
  look(): void;
  /** Somebody gives this PC secrets. @returns whether they are its host's and new */
  takeSecrets(from: StationId, secrets: Secrets): boolean;
  stop(): void;
}

export interface StandbyServiceParts {
  readonly host: Pick<Host, 'roles'>;
  readonly replicator: Replicator;
  readonly network: LinkNetwork;
  readonly keys: StationKeys;
  readonly secrets: SecretStore;
  readonly customers: Journal['customers'];
  readonly clock: DriverClock;
}

export function serveStandby(parts: StandbyServiceParts): StandbyService {
  const { replicator, network, keys, secrets, clock } = parts;
  const given = new WeakMap<LinkConnection, string>();
  const askedOf = new WeakSet<LinkConnection>();
  let asking = false;

  const standbyLink = (): LinkConnection | null => {
    const { standby } = parts.host.roles();
    return replicator.isHost() && standby !== null ? network.connectionTo(standby) : null;
  };
  const tooOld = letTooOldStandbyGo(replicator, network);
  const classes = createCustomerClassCopy({
    customers: parts.customers,
    standbyLink,
    hostToCopy() {
      const { role, host } = replicator.status();
      return role === 'standby' ? host : null;
    },
    clock,
  });
  network.onOther((connection, message) => {
    if (message.kind === 'customer-classes') classes.hear(connection, message);
  });

  const giveSecrets = () => {
    const link = standbyLink();
    if (link === null) return;
    const present = secrets.read();
    const text = JSON.stringify(present);
    if (given.get(link) === text) return;
    if (link.send({ kind: 'secrets', ...present }).ok) given.set(link, text);
  };

  /** So that it can issue certificates when it has to. */
  const askForAuthority = () => {
    const { role, host } = replicator.status();
    const link = host === null ? null : network.connectionTo(host);
    if (role !== 'standby' || host === null || link === null || asking) return;
    // A host of version 1 does not tell what it issues later: it is asked once for each connection.
    if (keys.holder.held() !== null && (link.protocol >= 2 || askedOf.has(link))) return;
    asking = true;
    void network.askForAuthority(host, keys.authorityParts).then(got => {
      asking = false;
      if (got.ok) askedOf.add(link);
    });
  };

  return {
    look() {
      giveSecrets();
      askForAuthority();
      classes.give();
      tooOld.look();
    },
    takeSecrets(from, given) {
      const { role, host } = replicator.status();
      return role !== 'host' && from === host && secrets.take(given);
    },
    stop: classes.stop,
  };
}
