import { X509Certificate } from 'node:crypto';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { readStationCertificate } from './certificates.ts';

/** What a station checks a peer's certificate against. */
export interface PeerRules {
  readonly branch: string;
  readonly authorityPem: string;
  readonly isRevoked: (serial: string) => boolean;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

export interface Peer {
  readonly station: string;
  readonly serial: string;
  readonly notAfterMs: number;
}

/**
 * Whether a certificate (DER) is of a station of this branch, now. Does not rely on what TLS has checked before: the
 * signature is checked again here. Failures: `U512` other branch, other issuer or not a station's; `U513` out of
 * date; `U514` withdrawn.
 */
export function judgePeer(der: Uint8Array, rules: PeerRules): Result<Peer> {
  let name: ReturnType<typeof readStationCertificate>;
  try {
    const certificate = new X509Certificate(der);
    const authority = new X509Certificate(rules.authorityPem);
    if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) return fail('U512');
    name = readStationCertificate(certificate);
  } catch {
    return fail('U512');
  }
  if (name === null || name.branch !== rules.branch) return fail('U512');
  if (rules.nowMs < name.notBeforeMs || rules.nowMs > name.notAfterMs) return fail('U513');
  if (rules.isRevoked(name.serial)) return fail('U514');
  return ok({ station: name.station, serial: name.serial, notAfterMs: name.notAfterMs });
}
