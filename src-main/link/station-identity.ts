import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { type Revocations, Revocations as RevocationsShape } from '#core/wire/link-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { Authority } from './authority.ts';
import { makeStationRequest, readStationCertificate } from './certificates.ts';
import { type KeyStore, type TextFile, wantsSealing } from './key-store.ts';
import { believeRevocations, noRevocations } from './revocations.ts';

/** Who a PC is in its branch: its certificate and key, its branch's authority, and whom it no longer believes. */
export interface StationIdentity {
  readonly branch: string;
  readonly station: string;
  readonly authorityPem: string;
  /** False: its key lies in a file only the owner of this account may read; screens say so. */
  readonly isProtected: boolean;
  /** Present certificate and key; another pair after a renewal. */
  keyed(): { readonly certificatePem: string; readonly keyPem: string };
  /** When the present certificate ends, milliseconds since 1970. */
  notAfterMs(): number;
  isRenewalDue(nowMs: number): boolean;
  /** Takes the next certificate. Failures: `U512` not for this station and key, `D404`. */
  renew(certificatePem: string, keyPem: string): Result<void>;
  revocations(): Revocations;
  isRevoked(serial: string): boolean;
  /** Shown a list; what is new and rightly signed is believed and kept. @returns whether anything was new */
  believe(list: Revocations): boolean;
  onChange(listener: () => void): () => void;
}

export interface IdentityParts {
  readonly file: TextFile;
  readonly keyStore: KeyStore;
}

/** Asked for this long before the end: a PC may be off over a long holiday. */
const RENEW_BEFORE_MS = 90 * 24 * 60 * 60_000;

const IdentityRecord = z.strictObject({
  version: z.literal(1),
  branch: z.string(),
  station: z.string(),
  certificatePem: z.string(),
  authorityPem: z.string(),
  key: z.string(),
  revocations: RevocationsShape,
});
type IdentityRecord = z.infer<typeof IdentityRecord>;

/** The identity of this PC; null when it was never paired. Failure: `U526` it cannot be read. */
export function openIdentity(parts: IdentityParts): Result<StationIdentity | null> {
  try {
    const text = parts.file.read();
    if (text === null) return ok(null);
    const stored = IdentityRecord.parse(JSON.parse(text));
    const onDisk = Buffer.from(stored.key, 'base64');
    const key = parts.keyStore.open(onDisk);
    if (key === null) return fail('U526');
    const record = { ...stored, key: Buffer.from(key).toString('utf8') };
    if (!isSound(record)) return fail('U526');
    const { isProtected } = parts.keyStore;
    // Where the disk refuses it stays plain, is said to be so, and is tried again at the next start.
    const isKept = !wantsSealing(parts.keyStore, onDisk) || save(parts, record);
    return ok(identityOf(parts, record, isProtected && isKept));
  } catch {
    return fail('U526');
  }
}

/** Keeps what pairing gave. Failures: `U512` certificate, key and authority do not belong together, `D404`. */
export function makeIdentity(
  parts: IdentityParts,
  given: {
    readonly branch: string;
    readonly station: string;
    readonly certificatePem: string;
    readonly authorityPem: string;
    readonly keyPem: string;
  },
): Result<StationIdentity> {
  const { keyPem, ...names } = given;
  const record = { version: 1, ...names, key: keyPem, revocations: noRevocations(given.branch) } as const;
  if (!isSound(record)) return fail('U512');
  return save(parts, record) ? ok(identityOf(parts, record)) : fail('D404');
}

/** The host's own identity, from its own authority. Failures: as of `Authority.issue` and `makeIdentity`. */
export async function makeHostIdentity(
  parts: IdentityParts,
  authority: Authority,
  station: string,
): Promise<Result<StationIdentity>> {
  const { request, keyPem } = await makeStationRequest(station);
  const issued = await authority.issue(request, station);
  if (!issued.ok) return issued;
  return makeIdentity(parts, {
    branch: authority.branch,
    station,
    certificatePem: issued.value.certificatePem,
    authorityPem: authority.certificatePem,
    keyPem,
  });
}

/** The host renews its own certificate itself, when it is time. @returns whether it did */
export async function renewOwnCertificate(
  identity: StationIdentity,
  authority: Authority,
  nowMs: number,
): Promise<Result<boolean>> {
  if (!identity.isRenewalDue(nowMs)) return ok(false);
  const { request, keyPem } = await makeStationRequest(identity.station);
  const issued = await authority.issue(request, identity.station);
  if (!issued.ok) return issued;
  const renewed = identity.renew(issued.value.certificatePem, keyPem);
  return renewed.ok ? ok(true) : renewed;
}

/** Certificate of this station, issued by this authority, for this key. */
function isSound({ branch, station, certificatePem, authorityPem, key }: Omit<IdentityRecord, 'version'>) {
  try {
    const certificate = new X509Certificate(certificatePem);
    const authority = new X509Certificate(authorityPem);
    const name = readStationCertificate(certificate);
    return (
      name?.station === station &&
      name.branch === branch &&
      authority.ca &&
      certificate.verify(authority.publicKey) &&
      certificate.checkPrivateKey(createPrivateKey(key))
    );
  } catch {
    return false;
  }
}

function save({ file, keyStore }: IdentityParts, record: IdentityRecord): boolean {
  const key = Buffer.from(keyStore.seal(Buffer.from(record.key, 'utf8'))).toString('base64');
  try {
    file.write(`${JSON.stringify({ ...record, key })}\n`);
    return true;
  } catch {
    return false;
  }
}

function identityOf(
  parts: IdentityParts,
  initial: IdentityRecord,
  isProtected = parts.keyStore.isProtected,
): StationIdentity {
  const listeners = new Set<() => void>();
  let record = initial;
  const notAfterMs = () => Date.parse(new X509Certificate(record.certificatePem).validTo);

  const change = (next: IdentityRecord): boolean => {
    if (!save(parts, next)) return false;
    record = next;
    for (const listener of listeners) listener();
    return true;
  };

  return {
    branch: record.branch,
    station: record.station,
    authorityPem: record.authorityPem,
    isProtected,
    keyed: () => ({ certificatePem: record.certificatePem, keyPem: record.key }),
    notAfterMs,
    isRenewalDue: nowMs => notAfterMs() - nowMs < RENEW_BEFORE_MS,
    renew(certificatePem, keyPem) {
      const next = { ...record, certificatePem, key: keyPem };
      if (!isSound(next)) return fail('U512');
      return change(next) ? ok(undefined) : fail('D404');
    },
    revocations: () => record.revocations,
    isRevoked: serial => record.revocations.serials.includes(serial),
    believe(list) {
      const revocations = believeRevocations(record.revocations, list, record.authorityPem);
      if (revocations === record.revocations) return false;
      const next = { ...record, revocations };
      // Believed even where the disk refuses: it is told again at the next connection.
      if (!change(next)) {
        record = next;
        for (const listener of listeners) listener();
      }
      return true;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
