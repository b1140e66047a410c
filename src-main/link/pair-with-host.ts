import { randomBytes, X509Certificate } from 'node:crypto';
import {
  LINK_PROTOCOL_VERSION,
  PairingChallenge,
  PairingGrant,
  PairingRefusal,
} from '#core/wire/link-messages.ts';
import { fail, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { base64ToPem, makeStationRequest, readStationCertificate } from './certificates.ts';
import { judgePeer } from './judge-peer.ts';
import { knownCode } from './link-connection.ts';
import { readTypedCode } from './pairing-codes.ts';
import { channelOf, isSameProof, makeProofs } from './pairing-proof.ts';
import { connectSecurely, type LinkAddress, upgradeSocket } from './secure-socket.ts';
import { type IdentityParts, makeIdentity, type StationIdentity } from './station-identity.ts';
import { readAs, textExchange } from './text-exchange.ts';

const CONNECT_WAIT_MS = 10_000;
const ANSWER_WAIT_MS = 15_000;

export interface PairingOrder {
  readonly address: LinkAddress;
  /** The name this PC would have in the branch; where the code is for another PC's place, it gets that PC's name. */
  readonly station: string;
  /** As a person typed it. */
  readonly typedCode: string;
  /** How long the host may take to be reached; 10 s unless given. */
  readonly connectWaitMs?: number;
}

/**
 * A new station's side of pairing (BR2): proves the code to the host, believes nothing before the host has proved it
 * back, and keeps the certificate it gets. Failures: `U529` that is no code; `U511`, `U528` host not there; `U519` to
 * `U523`, `U525` the host's refusal; `U524` the host does not know the code; `U515`, `D404`, `M601`, `M608`.
 */
export async function pairWithHost(
  { address, station, typedCode, connectWaitMs = CONNECT_WAIT_MS }: PairingOrder,
  {
    clock,
    now,
    ...identityParts
  }: IdentityParts & { readonly clock: DriverClock; readonly now: () => number },
): Promise<Result<StationIdentity>> {
  const code = readTypedCode(typedCode);
  if (code === null) return fail('U529');
  // Nothing is known of the host yet, so any certificate is taken here: the proofs decide whether it is the right one.
  const secure = await connectSecurely(address, { rejectUnauthorized: false }, clock, connectWaitMs);
  if (!secure.ok) return secure;
  const channel = channelOf(secure.value);
  const hostCertificate = secure.value.getPeerCertificate(true).raw;
  const opened = await upgradeSocket(secure.value, '/pair', clock, connectWaitMs);
  if (!opened.ok) return opened;
  const exchange = textExchange(opened.value, clock, ANSWER_WAIT_MS);
  try {
    const { request, keyPem } = await makeStationRequest(station);
    const stationNonce = randomBytes(32);
    exchange.send({
      protocol: LINK_PROTOCOL_VERSION,
      station,
      request: Buffer.from(request).toString('base64'),
      nonce: stationNonce.toString('base64'),
    });
    const first = await exchange.receive();
    const challenge = readAs(PairingChallenge, first);
    if (challenge === null) return refusalOf(first);
    const { branch, host } = challenge;
    const hostNonce = Buffer.from(challenge.nonce, 'base64');
    const names = { branch, host, station };
    const proofs = await makeProofs(code, {
      ...names,
      request,
      hostCertificate,
      channel,
      stationNonce,
      hostNonce,
    });
    exchange.send({ proof: Buffer.from(proofs.station).toString('base64') });
    const second = await exchange.receive();
    const grant = readAs(PairingGrant, second);
    if (grant === null) return refusalOf(second);
    const certificate = Buffer.from(grant.certificate, 'base64');
    const authority = Buffer.from(grant.authority, 'base64');
    const isProved = isSameProof(proofs.host(certificate, authority), Buffer.from(grant.proof, 'base64'));
    const certificatePem = base64ToPem(grant.certificate);
    const authorityPem = base64ToPem(grant.authority);
    if (!isProved || certificatePem === null || authorityPem === null) return fail('U524');
    const judged = judgePeer(new X509Certificate(hostCertificate).raw, {
      branch,
      authorityPem,
      isRevoked: () => false,
      nowMs: now(),
    });
    if (!judged.ok) return judged;
    if (judged.value.station !== host) return fail('U524');
    const given = readStationCertificate(new X509Certificate(certificatePem))?.station ?? station;
    return makeIdentity(identityParts, { branch, station: given, certificatePem, authorityPem, keyPem });
  } finally {
    opened.value.close();
  }
}

/** What the host says instead; it has proved nothing yet, so only a code and numbers are taken from it. */
function refusalOf(message: unknown): Result<never> {
  if (message === undefined) return fail('U528');
  const refusal = readAs(PairingRefusal, message);
  if (refusal === null) return fail('M601');
  const left = refusal.facts?.left;
  return fail(knownCode(refusal.code), typeof left === 'number' ? { left } : undefined);
}
