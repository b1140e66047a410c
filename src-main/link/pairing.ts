import { randomBytes, X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { WebSocket } from 'ws';
import type { Right } from '#core/branch/bank-document.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import { LINK_PROTOCOL_VERSION, PairingAsk, PairingProof } from '#core/wire/link-messages.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { Authority } from './authority.ts';
import type { AuthorityHolder } from './authority-holder.ts';
import { pemToBase64 } from './certificates.ts';
import {
  beginTry,
  closeCode,
  codeOf,
  codesAt,
  endTry,
  NO_CODES,
  type OpenCode,
  openCode,
  PAIRING_CODE_LENGTH,
  type PairingCodes,
} from './pairing-codes.ts';
import { channelOf, isSameProof, makeProofs, type PairingFacts } from './pairing-proof.ts';
import type { StationIdentity } from './station-identity.ts';
import { readAs, textExchange } from './text-exchange.ts';

/** The host's side of pairing (BR2). */
export interface Pairing {
  /** Makes a code; an older one is gone. Failures: `S704` without the right to set up; `U527` no authority is here. */
  open(by: {
    readonly staffNumber: string;
    readonly rights: ReadonlySet<Right>;
    /** The station whose place the new PC takes, when it is broken or was copied. */
    readonly replaces?: string;
  }): Result<OpenCode>;
  close(): void;
  /** What the screens show: the open code, and why the last one is gone. */
  codes(): PairingCodes;
  /** Called when a code is made, tried, used or gone. `paired` names a station that has just joined. */
  onChange(listener: (paired: string | null) => void): () => void;
  /** Why nobody is served now: `U527`, `U551` this PC does not pair, `U520` to `U523` no code is open; null: one is. */
  closed(): ErrorCode | null;
  /** Serves one new station that connected without a certificate. */
  serve(socket: WebSocket, secure: TLSSocket): void;
}

export interface PairingParts {
  /** Only the host pairs. */
  readonly holder: AuthorityHolder;
  readonly identity: StationIdentity;
  readonly clock: DriverClock;
  readonly randomBytes?: (length: number) => Uint8Array;
}

/** For all messages of one pairing. */
const PAIRING_WAIT_MS = 15_000;
/** At the same time; each costs the host the memory of one password hash. */
const MAX_GUESTS = 4;
const NONCE_BYTES = 32;

export function createPairing({ holder, identity, clock, ...parts }: PairingParts): Pairing {
  const random = parts.randomBytes ?? randomBytes;
  const listeners = new Set<(paired: string | null) => void>();
  let codes: PairingCodes = NO_CODES;
  let guests = 0;

  const change = (next: PairingCodes, paired: string | null = null) => {
    codes = next;
    for (const listener of listeners) listener(paired);
  };

  const converse = async (socket: WebSocket, secure: TLSSocket): Promise<Result<void>> => {
    const exchange = textExchange(socket, clock, PAIRING_WAIT_MS);
    const ask = readAs(PairingAsk, await exchange.receive());
    if (ask === null) return fail('M601');
    if (Math.abs(ask.protocol - LINK_PROTOCOL_VERSION) > 1) return fail('U515');
    if (holder.acting() === null) return fail('U551');
    // Tells a person at once that no code is open; it counts as no try.
    const looked = beginTry(codes, clock.nowMs());
    if (!looked.tried.ok) {
      change(codesAt(codes, clock.nowMs()));
      return looked.tried;
    }
    const facts: PairingFacts = {
      branch: identity.branch,
      host: identity.station,
      station: ask.station,
      request: Buffer.from(ask.request, 'base64'),
      hostCertificate: new X509Certificate(identity.keyed().certificatePem).raw,
      channel: channelOf(secure),
      stationNonce: Buffer.from(ask.nonce, 'base64'),
      hostNonce: random(NONCE_BYTES),
    };
    const { branch, host } = facts;
    exchange.send({ branch, host, nonce: Buffer.from(facts.hostNonce).toString('base64') });
    const proof = readAs(PairingProof, await exchange.receive());
    if (proof === null) return fail('M601');
    const granted = await judge(facts, Buffer.from(proof.proof, 'base64'), ask.protocol);
    if (!granted.ok) return granted;
    const { station, ...grant } = granted.value;
    exchange.send(grant);
    change(codes, station);
    return ok(undefined);
  };

  const judge = async (facts: PairingFacts, proof: Uint8Array, protocol: number) => {
    const begun = beginTry(codes, clock.nowMs());
    change(begun.codes);
    if (!begun.tried.ok) return begun.tried;
    const tried = begun.tried.value;
    const proofs = await makeProofs(tried.code, facts);
    const fits = isSameProof(proofs.station, proof);
    // This PC may have ceased to be the host meanwhile.
    const authority = holder.acting();
    if (authority === null) return fail('U551');
    // The place it takes has its name; version 1 takes no other name than the one it asked for.
    const station = tried.replaces !== null && protocol >= 2 ? tried.replaces : facts.station;
    // Known only to somebody with the code; it stays open for another name.
    if (fits && isTaken(authority, station, tried.replaces)) return fail('U525');
    const ended = endTry(codes, tried, fits, clock.nowMs());
    change(ended.codes);
    if (!ended.result.ok) return ended.result;
    const revoked = tried.replaces === null ? ok(undefined) : authority.revoke(tried.replaces);
    if (!revoked.ok) return revoked;
    const issued = await authority.issue(facts.request, station);
    if (!issued.ok) return issued;
    const certificate = pemToBase64(issued.value.certificatePem);
    const authorityCertificate = pemToBase64(authority.certificatePem);
    const own = proofs.host(Buffer.from(certificate, 'base64'), Buffer.from(authorityCertificate, 'base64'));
    return ok({
      station,
      ...{ certificate, authority: authorityCertificate, proof: Buffer.from(own).toString('base64') },
    });
  };

  const isTaken = (authority: Authority, station: string, replaces: string | null): boolean =>
    station === identity.station ||
    (replaces !== null && station !== replaces) ||
    (authority.stations().includes(station) && station !== replaces);

  holder.onChange(() => {
    if (codes.open !== null && holder.acting() === null) change(closeCode());
  });

  return {
    open({ staffNumber, rights, replaces = null }) {
      if (!rights.has('set-up')) return fail('S704', { right: 'set-up' });
      if (holder.acting() === null) return fail('U527');
      const code = codeOf(random(PAIRING_CODE_LENGTH));
      const opened = openCode(code, { madeBy: staffNumber, replaces }, clock.nowMs());
      change(opened);
      return opened.open === null ? fail('U523') : ok(opened.open);
    },
    close: () => change(closeCode()),
    codes: () => codesAt(codes, clock.nowMs()),
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    closed() {
      if (holder.acting() === null) return holder.held() === null ? 'U527' : 'U551';
      const { tried } = beginTry(codes, clock.nowMs());
      return tried.ok ? null : tried.error.code;
    },
    serve(socket, secure) {
      if (guests >= MAX_GUESTS) return refuse(socket, { code: 'M608' });
      guests += 1;
      socket.once('close', () => {
        guests -= 1;
      });
      converse(socket, secure).then(
        result => (result.ok ? socket.close() : refuse(socket, result.error)),
        () => socket.terminate(),
      );
    },
  };
}

function refuse(socket: WebSocket, { code, facts }: Failure): void {
  socket.on('error', () => {});
  if (socket.readyState === socket.OPEN)
    socket.send(JSON.stringify(facts === undefined ? { code } : { code, facts }));
  socket.close();
}
