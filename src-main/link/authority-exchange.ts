import type { LinkMessage } from '#core/wire/link-messages.ts';
import { fail, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { type Authority, type AuthorityParts, importAuthority } from './authority.ts';
import type { AuthorityHolder } from './authority-holder.ts';
import { base64ToPem, makeStationRequest, pemToBase64 } from './certificates.ts';
import type { InnerConnection } from './link-connection.ts';
import { type ExchangeKey, makeExchangeKey } from './sealed-box.ts';
import type { StationIdentity } from './station-identity.ts';

/** What links say to each other about certificates, below the messages of the program. */

type AuthorityMessage = Extract<LinkMessage, { kind: 'authority' }>;

/** One end of it. In version 1 only the side that was dialled serves; since 2 both do, whoever dialled. */
export interface AuthorityLink {
  /**
   * Asks for the branch's authority, as the standby; who holds it says so to its holder. Failures: `U527` no answer in
   * time, or it may not have it; `U512`, `D404` as of `importAuthority`.
   */
  askForAuthority(parts: AuthorityParts): Promise<Result<Authority>>;
}

export interface AuthorityExchangeParts {
  readonly identity: StationIdentity;
  readonly holder: AuthorityHolder;
  readonly clock: DriverClock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly isDialled: boolean;
  /** Whether the other side may have the authority now: the standby of a host. */
  readonly mayHold: () => boolean;
  /** Whether both hold it by right: the host and its standby, or the host and whoever was host before. */
  readonly isFellowHolder: () => boolean;
}

const GRANT_WAIT_MS = 10_000;
const RENEWAL_LOOK_EVERY_MS = 12 * 60 * 60_000;

export function exchangeAuthority(connection: InnerConnection, parts: AuthorityExchangeParts): AuthorityLink {
  const { identity, holder, clock } = parts;
  const isSince2 = connection.protocol >= 2;
  const serves = parts.isDialled || isSince2;
  const asks = !parts.isDialled || isSince2;
  let nextKeyPem: string | null = null;
  let asked: { take(senderKey: Uint8Array, sealed: Uint8Array): void } | null = null;
  let toldRevocations = '';
  let toldIssued = '';

  const renew = (request: string) => {
    const authority = holder.acting();
    if (authority === null || !holder.mayRenew(connection.station, clock.nowMs())) return;
    void authority.issue(Buffer.from(request, 'base64'), connection.station).then(issued => {
      if (!issued.ok) return;
      const certificate = pemToBase64(issued.value.certificatePem);
      connection.sendAuthority({ kind: 'authority', part: 'renewed', certificate });
    });
  };

  const grant = (exchangeKey: string) => {
    const box = parts.mayHold() ? holder.acting()?.exportTo(Buffer.from(exchangeKey, 'base64')) : null;
    if (!box) return;
    connection.sendAuthority({
      kind: 'authority',
      part: 'grant',
      exchangeKey: Buffer.from(box.senderKey).toString('base64'),
      sealed: Buffer.from(box.sealed).toString('base64'),
    });
  };

  const takeCertificate = (base64: string) => {
    const certificatePem = base64ToPem(base64);
    // One that is not for this station and key is not taken; it asks again at the next look.
    if (certificatePem !== null && nextKeyPem !== null) identity.renew(certificatePem, nextKeyPem);
    nextKeyPem = null;
  };

  const hear = (message: AuthorityMessage) => {
    switch (message.part) {
      case 'renew':
        return serves ? renew(message.request) : undefined;
      case 'ask':
        return serves ? grant(message.exchangeKey) : undefined;
      case 'renewed':
        return takeCertificate(message.certificate);
      case 'grant':
        return asked?.take(Buffer.from(message.exchangeKey, 'base64'), Buffer.from(message.sealed, 'base64'));
      case 'revocations':
        holder.held()?.learn({ revocations: message.list });
        if (identity.believe(message.list)) connection.recheck();
        return;
      case 'issued':
        holder.held()?.learn({ issued: message.list });
    }
  };

  /** What has changed since it was told last. */
  const tell = () => {
    const list = holder.held()?.revocations() ?? identity.revocations();
    const revocations = JSON.stringify(list);
    if (serves && revocations !== toldRevocations) {
      toldRevocations = revocations;
      connection.sendAuthority({ kind: 'authority', part: 'revocations', list });
    }
    const authority = isSince2 && parts.isFellowHolder() ? holder.held() : null;
    if (authority === null) return;
    const issued = authority.issuedList();
    // Signatures differ each time.
    const text = JSON.stringify(issued.issued);
    if (text === toldIssued) return;
    toldIssued = text;
    connection.sendAuthority({ kind: 'authority', part: 'issued', list: issued });
  };

  const renewIfDue = () => {
    if (!identity.isRenewalDue(parts.now())) return;
    void makeStationRequest(identity.station).then(({ request, keyPem }) => {
      nextKeyPem = keyPem;
      const base64 = Buffer.from(request).toString('base64');
      connection.sendAuthority({ kind: 'authority', part: 'renew', request: base64 });
    });
  };
  let cancelLook = () => {};
  const look = () => {
    cancelLook = clock.after(RENEWAL_LOOK_EVERY_MS, look);
    renewIfDue();
  };

  connection.onAuthority(hear);
  const stopListening = holder.onChange(() => {
    tell();
    connection.recheck();
  });
  connection.onClose(() => {
    stopListening();
    cancelLook();
  });
  tell();
  if (asks) look();

  return {
    askForAuthority(authorityParts) {
      if (!asks) return Promise.resolve(fail('U527'));
      return new Promise(resolve => {
        const exchange: ExchangeKey = makeExchangeKey();
        const done = (result: Result<Authority>) => {
          cancel();
          asked = null;
          if (result.ok) holder.take(result.value);
          resolve(result);
        };
        const cancel = clock.after(GRANT_WAIT_MS, () => done(fail('U527')));
        connection.onClose(() => done(fail('U527')));
        asked = {
          take: (senderKey, sealed) =>
            done(importAuthority(authorityParts, identity.authorityPem, exchange, { senderKey, sealed })),
        };
        const exchangeKey = Buffer.from(exchange.publicKey).toString('base64');
        connection.sendAuthority({ kind: 'authority', part: 'ask', exchangeKey });
      });
    },
  };
}
