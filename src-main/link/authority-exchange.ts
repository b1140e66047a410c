import { fail, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { type Authority, type AuthorityParts, importAuthority } from './authority.ts';
import { base64ToPem, makeStationRequest, pemToBase64 } from './certificates.ts';
import type { InnerConnection } from './link-connection.ts';
import { type ExchangeKey, makeExchangeKey } from './sealed-box.ts';
import type { StationIdentity } from './station-identity.ts';

/** What links say to each other about certificates, below the messages of the program. */

/** A station needs one new certificate in two years; who asks in a loop is not served. */
const RENEWAL_PAUSE_MS = 60_000;

/** The side that connections come to: renews certificates, and gives the standby the authority. */
export function serveAuthority(
  connection: InnerConnection,
  parts: {
    readonly authority: Authority | null;
    readonly clock: DriverClock;
    /** Whether the other side may have the authority now. */
    readonly mayHold: () => boolean;
  },
): void {
  const { authority, clock } = parts;
  let nextRenewalMs = Number.NEGATIVE_INFINITY;
  connection.onAuthority(message => {
    if (authority === null) return;
    if (message.part === 'renew') {
      if (clock.nowMs() < nextRenewalMs) return;
      nextRenewalMs = clock.nowMs() + RENEWAL_PAUSE_MS;
      void authority.issue(Buffer.from(message.request, 'base64'), connection.station).then(issued => {
        if (!issued.ok) return;
        const certificate = pemToBase64(issued.value.certificatePem);
        connection.sendAuthority({ kind: 'authority', part: 'renewed', certificate });
      });
    } else if (message.part === 'ask' && parts.mayHold()) {
      const box = authority.exportTo(Buffer.from(message.exchangeKey, 'base64'));
      if (box === null) return;
      connection.sendAuthority({
        kind: 'authority',
        part: 'grant',
        exchangeKey: Buffer.from(box.senderKey).toString('base64'),
        sealed: Buffer.from(box.sealed).toString('base64'),
      });
    }
  });
}

/** The side that connects. */
export interface AuthorityGuest {
  /** Asks for the next certificate when it is time. */
  renewIfDue(nowMs: number): void;
  /**
   * Asks for the branch's authority, as the standby. Failures: `U527` no answer in time, or it may not have it;
   * `U512`, `D404` as of `importAuthority`.
   */
  askForAuthority(parts: AuthorityParts): Promise<Result<Authority>>;
}

const GRANT_WAIT_MS = 10_000;

/** @param onBelieved the list of withdrawn certificates has changed */
export function joinAuthority(
  connection: InnerConnection,
  identity: StationIdentity,
  clock: DriverClock,
  onBelieved: () => void,
): AuthorityGuest {
  let nextKeyPem: string | null = null;
  let asked: {
    readonly exchange: ExchangeKey;
    readonly take: (senderKey: Uint8Array, sealed: Uint8Array) => void;
  } | null = null;

  connection.onAuthority(message => {
    if (message.part === 'revocations') {
      if (identity.believe(message.list)) onBelieved();
    } else if (message.part === 'renewed' && nextKeyPem !== null) {
      const certificatePem = base64ToPem(message.certificate);
      // One that is not for this station and key is not taken; it asks again at the next connection.
      if (certificatePem !== null) identity.renew(certificatePem, nextKeyPem);
      nextKeyPem = null;
    } else if (message.part === 'grant' && asked !== null)
      asked.take(Buffer.from(message.exchangeKey, 'base64'), Buffer.from(message.sealed, 'base64'));
  });

  return {
    renewIfDue(nowMs) {
      if (nextKeyPem !== null || !identity.isRenewalDue(nowMs)) return;
      void makeStationRequest(identity.station).then(({ request, keyPem }) => {
        nextKeyPem = keyPem;
        const base64 = Buffer.from(request).toString('base64');
        connection.sendAuthority({ kind: 'authority', part: 'renew', request: base64 });
      });
    },
    askForAuthority(parts) {
      return new Promise(resolve => {
        const exchange = makeExchangeKey();
        const done = (result: Result<Authority>) => {
          cancel();
          asked = null;
          resolve(result);
        };
        const cancel = clock.after(GRANT_WAIT_MS, () => done(fail('U527')));
        connection.onClose(() => done(fail('U527')));
        asked = {
          exchange,
          take: (senderKey, sealed) =>
            done(importAuthority(parts, identity.authorityPem, exchange, { senderKey, sealed })),
        };
        const exchangeKey = Buffer.from(exchange.publicKey).toString('base64');
        connection.sendAuthority({ kind: 'authority', part: 'ask', exchangeKey });
      });
    },
  };
}
