// The certificate library asks for this to be loaded before it.
import 'reflect-metadata';
import { createHash, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** The certificates of a branch (BR2): one authority, and one certificate a station, all ECDSA P-256. */

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
x509.cryptoProvider.set(webcrypto);

const DAY_MS = 24 * 60 * 60_000;
/** PCs of a branch may disagree about the date by this much. */
const CLOCK_SLACK_MS = DAY_MS;
const AUTHORITY_LIFE_MS = 20 * 365 * DAY_MS;
export const STATION_CERTIFICATE_LIFE_MS = 2 * 365 * DAY_MS;

/** A certificate (PEM) with its private key (PKCS #8, PEM). */
export interface KeyedCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Who a certificate says its owner is. */
export interface StationName {
  readonly branch: string;
  readonly station: string;
}

/**
 * The DNS name in a station's certificate: `<station>.<branch>.foyer.invalid`. Ids that are no DNS labels are named
 * by their hash; `.invalid` (RFC 6761) is never looked up anywhere.
 */
export function serverName({ branch, station }: StationName): string {
  return `${label(station)}.${label(branch)}.foyer.invalid`;
}

function label(id: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/.test(id) && !id.startsWith('id-')) return id;
  return `id-${createHash('sha256').update(id, 'utf8').digest('hex').slice(0, 40)}`;
}

/** Makes the branch's authority. `nowMs` since 1970. */
export async function makeAuthorityCertificate(branch: string, nowMs: number): Promise<KeyedCertificate> {
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ CN: ['Foyer branch authority'] }, { O: [branch] }],
    notBefore: new Date(nowMs - CLOCK_SLACK_MS),
    notAfter: new Date(nowMs + AUTHORITY_LIFE_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificatePem: certificate.toString('pem'), keyPem: await keyToPem(keys.privateKey) };
}

/** A station's new key, and the request (DER) that asks the authority to certify it. The key never travels. */
export async function makeStationRequest(
  station: string,
): Promise<{ readonly request: Uint8Array; readonly keyPem: string }> {
  const keys = await makeKeys();
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [station] }],
    keys,
    signingAlgorithm: ALGORITHM,
  });
  return { request: new Uint8Array(request.rawData), keyPem: await keyToPem(keys.privateKey) };
}

export interface IssuedCertificate {
  readonly certificatePem: string;
  readonly serial: string;
  readonly notAfterMs: number;
}

/**
 * Certifies the key of a request for `name`. Only the key is taken from it, never what it says of its owner.
 * @returns null when the request is damaged, its key is of another kind, or its sender does not have the key
 */
export async function issueStationCertificate(
  authority: KeyedCertificate,
  request: Uint8Array,
  name: StationName,
  nowMs: number,
): Promise<IssuedCertificate | null> {
  const publicKey = await keyOfRequest(request);
  if (publicKey === null) return null;
  const issuer = new x509.X509Certificate(authority.certificatePem);
  const serial = newSerial();
  const notAfterMs = Math.min(nowMs + STATION_CERTIFICATE_LIFE_MS, issuer.notAfter.getTime());
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial,
    subject: [{ CN: [name.station] }, { O: [name.branch] }],
    issuer: issuer.subjectName,
    notBefore: new Date(nowMs - CLOCK_SLACK_MS),
    notAfter: new Date(notAfterMs),
    signingAlgorithm: ALGORITHM,
    publicKey,
    signingKey: await pemToKey(authority.keyPem),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      // Any station may be the host one day.
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        x509.ExtendedKeyUsage.clientAuth,
      ]),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: serverName(name) }]),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificatePem: certificate.toString('pem'), serial, notAfterMs };
}

async function keyOfRequest(request: Uint8Array): Promise<x509.PublicKey | null> {
  try {
    const parsed = new x509.Pkcs10CertificateRequest(Uint8Array.from(request));
    const { name, namedCurve } = parsed.publicKey.algorithm as webcrypto.EcKeyAlgorithm;
    if (name !== ALGORITHM.name || namedCurve !== ALGORITHM.namedCurve) return null;
    return (await parsed.verify()) ? parsed.publicKey : null;
  } catch {
    return null;
  }
}

/** What a station certificate says; null when it is none of ours by its form. Says nothing about its signature. */
export function readStationCertificate(
  certificate: X509Certificate,
):
  | (StationName & { readonly serial: string; readonly notBeforeMs: number; readonly notAfterMs: number })
  | null {
  if (certificate.ca) return null;
  const fields = new Map<string, string[]>();
  for (const line of certificate.subject.split('\n')) {
    const at = line.indexOf('=');
    const key = line.slice(0, at);
    fields.set(key, [...(fields.get(key) ?? []), line.slice(at + 1)]);
  }
  const [station, ...moreStations] = fields.get('CN') ?? [];
  const [branch, ...moreBranches] = fields.get('O') ?? [];
  if (station === undefined || branch === undefined) return null;
  if (moreStations.length > 0 || moreBranches.length > 0 || fields.size !== 2) return null;
  if (certificate.subjectAltName !== `DNS:${serverName({ branch, station })}`) return null;
  return {
    branch,
    station,
    serial: normalSerial(certificate.serialNumber),
    notBeforeMs: Date.parse(certificate.validFrom),
    notAfterMs: Date.parse(certificate.validTo),
  };
}

/** Serial numbers as this program writes them: lower-case hexadecimal without leading zeros. */
function normalSerial(serial: string): string {
  return serial.toLowerCase().replace(/^0+(?=.)/, '');
}

/** 127 random bits, so that two hosts of a branch never give the same; the first is 0 as X.509 wants it positive. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

async function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
}

async function keyToPem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

async function pemToKey(pem: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(pem), ALGORITHM, false, ['sign']);
}

/** A certificate as base64 of its DER form, for messages. */
export function pemToBase64(pem: string): string {
  return new X509Certificate(pem).raw.toString('base64');
}

/** The other way; null when it is no certificate. */
export function base64ToPem(base64: string): string | null {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).toString();
  } catch {
    return null;
  }
}
