import { z } from 'zod';
import {
  type IssuedList,
  type Revocations,
  Revocations as RevocationsShape,
} from '#core/wire/link-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { type IssuedCertificate, issueStationCertificate, makeAuthorityCertificate } from './certificates.ts';
import { isSignedList, signIssued } from './issued-list.ts';
import { type KeyStore, type TextFile, wantsSealing } from './key-store.ts';
import { isSignedRevocations, noRevocations, signRevocations } from './revocations.ts';
import { type ExchangeKey, sealFor } from './sealed-box.ts';

/** The branch's certificate authority (BR2): on the host, and on the standby so that it can take over. */
export interface Authority {
  readonly branch: string;
  readonly certificatePem: string;
  /** False: its key lies in a file only the owner of this account may read; screens say so. */
  readonly isProtected: boolean;
  /**
   * Certifies a station's new key. Failures: `M601` the request is damaged or not of our kind, `D404` it could not be
   * written down (and then is not given away).
   */
  issue(request: Uint8Array, station: string): Promise<Result<IssuedCertificate>>;
  /** Stations with a certificate that is valid and not withdrawn. */
  stations(): readonly string[];
  /** It had certificates, and every one of them was withdrawn: no PC of this name belongs to the branch any more. */
  isRemoved(station: string): boolean;
  /** Withdraws every certificate of a station. Failure: `D404`. */
  revoke(station: string): Result<Revocations>;
  revocations(): Revocations;
  /** Valid certificates, for other PCs that hold the authority. */
  issuedList(): IssuedList;
  /**
   * What another PC that holds the authority knows: taken over as far as it is signed by it. Nothing is forgotten by
   * it. @returns whether anything was new
   */
  learn(lists: { readonly issued?: IssuedList; readonly revocations?: Revocations }): boolean;
  /** Called after it has issued, withdrawn or learned. @returns how to stop listening */
  onChange(listener: () => void): () => void;
  /** Everything a standby needs, sealed to the key it made for this; null when that is no key. */
  exportTo(exchangeKey: Uint8Array): { readonly senderKey: Uint8Array; readonly sealed: Uint8Array } | null;
}

export interface AuthorityParts {
  readonly branch: string;
  readonly file: TextFile;
  readonly keyStore: KeyStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const Issued = z.strictObject({
  serial: z.string(),
  station: z.string(),
  notAfterMs: z.number(),
});
/** `key` is PEM, or its sealed bytes in base64 where it lies on disk. */
const AuthorityRecord = z.strictObject({
  version: z.literal(1),
  branch: z.string(),
  certificatePem: z.string(),
  key: z.string(),
  issued: z.array(Issued),
  revocations: RevocationsShape,
});
type AuthorityRecord = z.infer<typeof AuthorityRecord>;

/** What a sealed authority is for; one sealed for something else cannot be opened as this. */
const HANDOVER = 'branch authority';

/**
 * The authority of this PC; null when it has none. Failures: `U526` its key was sealed by another user or PC, or the
 * file is damaged or of another branch.
 */
export function openAuthority(parts: AuthorityParts): Result<Authority | null> {
  try {
    const text = parts.file.read();
    if (text === null) return ok(null);
    const stored = AuthorityRecord.parse(JSON.parse(text));
    const onDisk = Buffer.from(stored.key, 'base64');
    const key = parts.keyStore.open(onDisk);
    if (key === null || stored.branch !== parts.branch) return fail('U526');
    const record = { ...stored, key: Buffer.from(key).toString('utf8') };
    if (wantsSealing(parts.keyStore, onDisk)) save(parts, record);
    return ok(authorityOf(parts, record));
  } catch {
    return fail('U526');
  }
}

/** Makes the branch's authority, once, on its first host. Failure: `D404` it cannot be kept. */
export async function makeAuthority(parts: AuthorityParts): Promise<Result<Authority>> {
  const { branch } = parts;
  const { certificatePem, keyPem } = await makeAuthorityCertificate(branch, parts.now());
  const record: AuthorityRecord = {
    version: 1,
    branch,
    certificatePem,
    key: keyPem,
    issued: [],
    revocations: noRevocations(branch),
  };
  return save(parts, record) ? ok(authorityOf(parts, record)) : fail('D404');
}

/**
 * The authority as the host sealed it for this PC. What this PC knew of issued and withdrawn certificates is kept.
 * Failures: `U512` not sealed for this PC, or not this branch's authority; `D404`.
 * @param authorityPem the certificate this PC was paired under: another authority is never taken over
 */
export function importAuthority(
  parts: AuthorityParts,
  authorityPem: string,
  exchange: ExchangeKey,
  grant: { readonly senderKey: Uint8Array; readonly sealed: Uint8Array },
): Result<Authority> {
  const plain = exchange.open(grant.senderKey, grant.sealed, HANDOVER);
  const record = plain === null ? null : readPlain(plain);
  if (record === null || record.branch !== parts.branch) return fail('U512');
  if (record.certificatePem.trim() !== authorityPem.trim()) return fail('U512');
  const own = openAuthority(parts);
  const before = own.ok && own.value !== null ? parts.file.read() : null;
  const merged = before === null ? record : mergeRecords(record, AuthorityRecord.parse(JSON.parse(before)));
  return save(parts, merged) ? ok(authorityOf(parts, merged)) : fail('D404');
}

function readPlain(plain: Uint8Array): AuthorityRecord | null {
  try {
    return AuthorityRecord.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
  } catch {
    return null;
  }
}

function mergeRecords(record: AuthorityRecord, own: AuthorityRecord): AuthorityRecord {
  const known = new Set(record.issued.map(({ serial }) => serial));
  const issued = [...record.issued, ...own.issued.filter(({ serial }) => !known.has(serial))];
  const serials = [...new Set([...record.revocations.serials, ...own.revocations.serials])];
  const { branch } = record;
  const number = Math.max(record.revocations.number, own.revocations.number);
  const isMore = serials.length > record.revocations.serials.length;
  const revocations = isMore
    ? signRevocations({ branch, number: number + 1, serials }, record.key)
    : record.revocations;
  return { ...record, issued, revocations };
}

function save({ file, keyStore }: AuthorityParts, record: AuthorityRecord): boolean {
  const key = Buffer.from(keyStore.seal(Buffer.from(record.key, 'utf8'))).toString('base64');
  try {
    file.write(`${JSON.stringify({ ...record, key })}\n`);
    return true;
  } catch {
    return false;
  }
}

function stillValid<One extends { readonly notAfterMs: number }>(issued: readonly One[], nowMs: number) {
  return issued.filter(({ notAfterMs }) => notAfterMs > nowMs);
}

function authorityOf(parts: AuthorityParts, initial: AuthorityRecord): Authority {
  const listeners = new Set<() => void>();
  let record = initial;
  const { branch, certificatePem } = record;

  const change = (next: AuthorityRecord): boolean => {
    if (!save(parts, next)) return false;
    record = next;
    for (const listener of [...listeners]) listener();
    return true;
  };

  return {
    branch,
    certificatePem,
    isProtected: parts.keyStore.isProtected,
    async issue(request, station) {
      const nowMs = parts.now();
      const keyed = { certificatePem, keyPem: record.key };
      const issued = await issueStationCertificate(keyed, request, { branch, station }, nowMs);
      if (issued === null) return fail('M601');
      const { serial, notAfterMs } = issued;
      const current = stillValid(record.issued, nowMs);
      const kept = change({ ...record, issued: [...current, { serial, station, notAfterMs }] });
      return kept ? ok(issued) : fail('D404');
    },
    stations() {
      const nowMs = parts.now();
      const gone = new Set(record.revocations.serials);
      const valid = stillValid(record.issued, nowMs).filter(one => !gone.has(one.serial));
      return [...new Set(valid.map(({ station }) => station))];
    },
    isRemoved(station) {
      const own = record.issued.filter(one => one.station === station);
      return own.length > 0 && own.every(({ serial }) => record.revocations.serials.includes(serial));
    },
    revoke(station) {
      const { revocations } = record;
      const known = new Set(revocations.serials);
      const serials = record.issued
        .filter(one => one.station === station && !known.has(one.serial))
        .map(one => one.serial);
      if (serials.length === 0) return ok(revocations);
      const list = {
        branch,
        number: revocations.number + 1,
        serials: [...revocations.serials, ...serials],
      };
      const signed = signRevocations(list, record.key);
      return change({ ...record, revocations: signed }) ? ok(signed) : fail('D404');
    },
    revocations: () => record.revocations,
    issuedList: () => signIssued(branch, stillValid(record.issued, parts.now()), record.key),
    learn({ issued, revocations }) {
      const nowMs = parts.now();
      const isOurs = (list: { readonly branch: string } | undefined) => list?.branch === branch;
      const known = issued && isOurs(issued) && isSignedList(issued, certificatePem) ? issued.issued : [];
      const gone =
        revocations && isOurs(revocations) && isSignedRevocations(revocations, certificatePem)
          ? revocations
          : record.revocations;
      const others = { ...record, issued: [...stillValid(known, nowMs)], revocations: gone };
      const merged = mergeRecords(record, others);
      const isNews =
        merged.issued.length > record.issued.length ||
        merged.revocations.serials.length > record.revocations.serials.length;
      return isNews && change(merged);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    exportTo: exchangeKey => sealFor(exchangeKey, Buffer.from(JSON.stringify(record), 'utf8'), HANDOVER),
  };
}
