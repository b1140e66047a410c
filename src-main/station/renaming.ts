import { randomUUID } from 'node:crypto';
import type { StationId } from '#core/replication/log.ts';
import type { LinkMessage } from '#core/wire/link-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { LinkConnection } from '../link/link-connection.ts';
import { knownCode } from '../link/link-connection.ts';
import type { LinkNetwork } from './link-network.ts';
import type { OwnName } from './station-name.ts';

/** Names of PCs, given from the host. Each PC keeps its own. */
export interface Renaming {
  /**
   * Failures: `U549` it is not connected; `U515` its program is too old to be renamed from afar; `U511` no answer;
   * `D404` its disk refuses.
   */
  rename(station: StationId, name: string): Promise<Result<void>>;
  hear(connection: LinkConnection, message: RenameMessage): void;
}

type RenameMessage = Extract<LinkMessage, { kind: 'rename' | 'renamed' }>;

export interface RenamingParts {
  readonly own: StationId;
  readonly name: OwnName;
  readonly network: Pick<LinkNetwork, 'connectionTo' | 'sayAbout'>;
  /** Whoever decides now: nobody else names PCs. */
  readonly host: () => StationId | null;
  readonly clock: DriverClock;
  readonly onChange: () => void;
}

const ANSWER_WAIT_MS = 5_000;

export function createRenaming(parts: RenamingParts): Renaming {
  const { own, name, network, clock } = parts;
  const waiting = new Map<string, { readonly station: StationId; settle(result: Result<void>): void }>();

  const renameOwn = (next: string): Result<void> => {
    const renamed = name.rename(next);
    if (!renamed.ok) return renamed;
    network.sayAbout();
    parts.onChange();
    return ok(undefined);
  };

  return {
    rename(station, next) {
      if (station === own) return Promise.resolve(renameOwn(next));
      const connection = network.connectionTo(station);
      if (connection === null) return Promise.resolve(fail('U549', { station }));
      const orderId = randomUUID();
      return new Promise(resolve => {
        const settle = (result: Result<void>) => {
          cancel();
          waiting.delete(orderId);
          resolve(result);
        };
        const cancel = clock.after(ANSWER_WAIT_MS, () => settle(fail('U511')));
        waiting.set(orderId, { station, settle });
        const sent = connection.send({ kind: 'rename', orderId, name: next });
        if (!sent.ok) settle(sent.error.code === 'U515' ? fail('U515') : fail('U549', { station }));
      });
    },
    hear(connection, message) {
      if (message.kind === 'renamed') {
        const order = waiting.get(message.orderId);
        if (order?.station !== connection.station) return;
        return order.settle(message.code === null ? ok(undefined) : fail(knownCode(message.code)));
      }
      if (parts.host() !== connection.station) return;
      // Said first, so that the host shows the new name with its answer.
      const renamed = renameOwn(message.name);
      const code = renamed.ok ? null : renamed.error.code;
      connection.send({ kind: 'renamed', orderId: message.orderId, code });
    },
  };
}
