import { randomBytes, X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { WebSocket } from 'ws';
import type { Right } from '#core/branch/bank-document.ts';
import { LINK_PROTOCOL_VERSION, PairingAsk, PairingProof } from '#core/wire/link-messages.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { Authority } from './authority.ts';
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
  /** Makes a code; an older one is gone. Failures: `S704` without the right to set up. */
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
  /** Serves one new station that connected without a certificate. */
  serve(socket: WebSocket, secure: TLSSocket): void;
}

export interface PairingParts {
  readonly authority: Authority;
  readonly identity: StationIdentity;
  readonly clock: DriverClock;
  readonly randomBytes?: (length: number) => Uint8Array;
}

/** For all messages of one pairing. */
const PAIRING_WAIT_MS = 15_000;
/** At the same time; each costs the host the memory of one password hash. */
const MAX_GUESTS = 4;
const NONCE_BYTES = 32;

export function createPairing({ authority, identity, clock, ...parts }: PairingParts): Pairing {
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
    // Tells a person at once that no code is open; it counts as no try.
    const looked = beginTry(codes, clock.nowMs());
    if (!looked.tried.ok) {
      change(codesAt(codes, clock.nowMs()));
      return looked.tried;
    }
    const facts: PairingFacts = {
      branch: authority.branch,
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
    const granted = await judge(facts, Buffer.from(proof.proof, 'base64'));
    if (!granted.ok) return granted;
    exchange.send(granted.value);
    change(codes, facts.station);
    return ok(undefined);
  };

  const judge = async (facts: PairingFacts, proof: Uint8Array) => {
    const begun = beginTry(codes, clock.nowMs());
    change(begun.codes);
    if (!begun.tried.ok) return begun.tried;
    const tried = begun.tried.value;
    const proofs = await makeProofs(tried.code, facts);
    const fits = isSameProof(proofs.station, proof);
    // Known only to somebody with the code; it stays open for another name.
    if (fits && isTaken(facts.station, tried.replaces)) return fail('U525');
    const ended = endTry(codes, tried, fits, clock.nowMs());
    change(ended.codes);
    if (!ended.result.ok) return ended.result;
    const revoked = tried.replaces === facts.station ? authority.revoke(facts.station) : ok(undefined);
    if (!revoked.ok) return revoked;
    const issued = await authority.issue(facts.request, facts.station);
    if (!issued.ok) return issued;
    const certificate = pemToBase64(issued.value.certificatePem);
    const authorityCertificate = pemToBase64(authority.certificatePem);
    const own = proofs.host(Buffer.from(certificate, 'base64'), Buffer.from(authorityCertificate, 'base64'));
    return ok({ certificate, authority: authorityCertificate, proof: Buffer.from(own).toString('base64') });
  };

  const isTaken = (station: string, replaces: string | null): boolean =>
    station === identity.station || (authority.stations().includes(station) && station !== replaces);

  return {
    open({ staffNumber, rights, replaces = null }) {
      if (!rights.has('set-up')) return fail('S704', { right: 'set-up' });
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
