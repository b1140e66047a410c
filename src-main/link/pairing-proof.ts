import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { hashRaw } from '@node-rs/argon2';

/**
 * How a new station and its host prove to each other that they know the same code (BR2). Both proofs cover the
 * certificate each saw, the TLS connection itself and the station's public key: somebody in between who does not
 * know the code has two connections with other values and cannot make either proof fit. He can only guess: five times
 * at the host, or at leisure with the station's proof, when argon2id over 2^40 codes outlasts the code's five minutes
 * by far. The salt has nonces of both sides, so nothing can be worked out beforehand.
 */

/** Cost as for passwords (OWASP's first recommendation). */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;
const EXPORTER_LABEL = 'EXPORTER-foyer-pairing';

export interface PairingFacts {
  readonly branch: string;
  readonly host: string;
  readonly station: string;
  /** The station's certificate request (DER). */
  readonly request: Uint8Array;
  /** The host's certificate (DER), as this side has or sees it. */
  readonly hostCertificate: Uint8Array;
  /** Of the TLS connection (RFC 9266): the same on both ends of one connection only. */
  readonly channel: Uint8Array;
  readonly stationNonce: Uint8Array;
  readonly hostNonce: Uint8Array;
}

/** Both proofs of one pairing. */
export interface PairingProofs {
  readonly station: Uint8Array;
  /** The host's also covers what it gives. */
  host(certificate: Uint8Array, authority: Uint8Array): Uint8Array;
}

/** What ties a pairing to its TLS connection; both ends get the same 32 bytes. */
export function channelOf(socket: TLSSocket): Uint8Array {
  return socket.exportKeyingMaterial(32, EXPORTER_LABEL, Buffer.alloc(0));
}

export async function makeProofs(code: string, facts: PairingFacts): Promise<PairingProofs> {
  const transcript = hashOf('foyer pairing 1', [
    Buffer.from(facts.branch, 'utf8'),
    Buffer.from(facts.host, 'utf8'),
    Buffer.from(facts.station, 'utf8'),
    facts.request,
    facts.hostCertificate,
    facts.channel,
    facts.stationNonce,
    facts.hostNonce,
  ]);
  const salt = hashOf('foyer pairing salt', [transcript]).subarray(0, 16);
  const key = await hashRaw(code, { ...ARGON2ID, salt });
  const prove = (label: string, parts: readonly Uint8Array[]) =>
    createHmac('sha256', key).update(hashOf(label, parts)).digest();
  return {
    station: prove('foyer pairing station', [transcript]),
    host: (certificate, authority) => prove('foyer pairing host', [transcript, certificate, authority]),
  };
}

/** Compares without telling by its time how much of it fits. */
export function isSameProof(proof: Uint8Array, other: Uint8Array): boolean {
  return proof.byteLength === other.byteLength && timingSafeEqual(proof, other);
}

/** Each part with its length, so that no two lists of parts give the same bytes. */
function hashOf(label: string, parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256').update(`${label}\0`, 'utf8');
  for (const part of parts) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.byteLength);
    hash.update(length).update(part);
  }
  return hash.digest();
}
