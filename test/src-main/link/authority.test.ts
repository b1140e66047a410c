import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { importAuthority, makeAuthority, openAuthority } from '#main/link/authority.ts';
import {
  issueStationCertificate,
  makeAuthorityCertificate,
  makeStationRequest,
  readStationCertificate,
  serverName,
} from '#main/link/certificates.ts';
import { keyStoreOf, PLAIN_KEY_STORE, privateFile } from '#main/link/key-store.ts';
import { believeRevocations, noRevocations, signRevocations } from '#main/link/revocations.ts';
import { makeExchangeKey, sealFor } from '#main/link/sealed-box.ts';
import { makeIdentity, openIdentity } from '#main/link/station-identity.ts';
import { DAY_MS, makeBranch, memoryFile, must } from './link-fixture.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 4);
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const partsOf = (branch = 'branch-1') => ({
  branch,
  file: memoryFile(),
  keyStore: PLAIN_KEY_STORE,
  now: () => NOW_MS,
});

describe('[BR2] certificates of a branch', () => {
  it('name branch and station, hold two years and are signed by the authority', async () => {
    const authority = await makeAuthorityCertificate('branch-1', NOW_MS);
    const name = { branch: 'branch-1', station: 'counter-2' };
    const { request } = await makeStationRequest('counter-2');
    const issued = await issueStationCertificate(authority, request, name, NOW_MS);
    const certificate = new X509Certificate(issued?.certificatePem ?? '');
    expect(readStationCertificate(certificate)).toEqual({
      ...name,
      serial: issued?.serial,
      notBeforeMs: NOW_MS - DAY_MS,
      notAfterMs: NOW_MS + 2 * 365 * DAY_MS,
    });
    expect(certificate.subjectAltName).toBe('DNS:counter-2.branch-1.foyer.invalid');
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(certificate.verify(new X509Certificate(authority.certificatePem).publicKey)).toBe(true);
    expect(readStationCertificate(new X509Certificate(authority.certificatePem))).toBeNull();
    const again = await issueStationCertificate(authority, request, name, NOW_MS);
    expect(again?.serial).not.toBe(issued?.serial);
  });

  it('ids that are no DNS names get one of their own', () => {
    const names = ['a', 'A', 'a.b', 'a_b', 'id-a', 'x'.repeat(64), '-a', 'a-'].map(station =>
      serverName({ branch: 'b', station }),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.b\.foyer\.invalid$/);
  });

  it('a damaged request, or one of another key, is not signed', async () => {
    const authority = await makeAuthorityCertificate('branch-1', NOW_MS);
    const { request } = await makeStationRequest('counter-2');
    const name = { branch: 'branch-1', station: 'counter-2' };
    for (const at of [0, 30, 60, 90, request.length - 1]) {
      const damaged = request.map((byte, index) => (index === at ? byte ^ 4 : byte));
      expect(await issueStationCertificate(authority, damaged, name, NOW_MS)).toBeNull();
    }
    expect(await issueStationCertificate(authority, new Uint8Array(), name, NOW_MS)).toBeNull();
  });
});

describe('the authority', () => {
  it('is the same after a restart, with what it issued and withdrew', async () => {
    const parts = partsOf();
    expect(must(openAuthority(parts))).toBeNull();
    const made = must(await makeAuthority(parts));
    for (const station of ['counter-2', 'counter-3'])
      must(await made.issue((await makeStationRequest(station)).request, station));
    must(made.revoke('counter-2'));
    const opened = must(openAuthority(parts));
    expect(opened?.stations()).toEqual(['counter-3']);
    expect(opened?.revocations()).toEqual(made.revocations());
    expect(must(made.revoke('counter-2'))).toEqual(made.revocations());
    expect(made.revocations().number).toBe(1);
  });

  it('gives nothing away that it could not write down', async () => {
    const parts = partsOf();
    const made = must(await makeAuthority(parts));
    const { request } = await makeStationRequest('counter-2');
    must(await made.issue(request, 'counter-2'));
    parts.file.broken = true;
    expect(await made.issue(request, 'counter-3')).toMatchObject({ error: { code: 'D404' } });
    expect(made.revoke('counter-2')).toMatchObject({ error: { code: 'D404' } });
    expect([made.stations(), made.revocations().serials]).toEqual([['counter-2'], []]);
  });

  it('says so when its file is damaged, of another branch, or sealed by somebody else', async () => {
    const parts = partsOf();
    must(await makeAuthority(parts));
    const text = parts.file.text ?? '';
    expect(openAuthority({ ...parts, branch: 'branch-2' })).toMatchObject({ error: { code: 'U526' } });
    const locked = { ...PLAIN_KEY_STORE, open: () => null };
    expect(openAuthority({ ...parts, keyStore: locked })).toMatchObject({ error: { code: 'U526' } });
    parts.file.text = text.slice(0, -20);
    expect(openAuthority(parts)).toMatchObject({ error: { code: 'U526' } });
  });

  it('[BR5] travels sealed to one key, and takes nothing from another authority', async () => {
    const made = must(await makeAuthority(partsOf()));
    must(await made.issue((await makeStationRequest('counter-2')).request, 'counter-2'));
    const exchange = makeExchangeKey();
    const grant = made.exportTo(exchange.publicKey);
    if (grant === null) throw new Error('not sealed');
    expect(Buffer.from(grant.sealed).toString('latin1')).not.toContain('PRIVATE');
    const at = partsOf();
    const standby = must(importAuthority(at, made.certificatePem, exchange, grant));
    expect(standby.stations()).toEqual(['counter-2']);

    // Each has removed a station while they did not know of each other: after the next exchange both are out.
    must(await made.issue((await makeStationRequest('counter-3')).request, 'counter-3'));
    must(made.revoke('counter-3'));
    must(standby.revoke('counter-2'));
    const next = made.exportTo(exchange.publicKey);
    if (next === null) throw new Error('not sealed');
    const merged = must(importAuthority(at, made.certificatePem, exchange, next));
    expect(merged.stations()).toEqual([]);
    expect(merged.revocations().number).toBe(2);
    const known = noRevocations('branch-1');
    expect(believeRevocations(known, merged.revocations(), made.certificatePem).serials).toHaveLength(2);

    const stranger = makeExchangeKey();
    expect(importAuthority(at, made.certificatePem, stranger, grant)).toMatchObject({
      error: { code: 'U512' },
    });
    const altered = { ...grant, sealed: grant.sealed.map((byte, index) => (index === 20 ? byte ^ 1 : byte)) };
    expect(importAuthority(at, made.certificatePem, exchange, altered)).toMatchObject({
      error: { code: 'U512' },
    });
    const foreign = must(await makeAuthority(partsOf()));
    expect(importAuthority(partsOf(), foreign.certificatePem, exchange, grant)).toMatchObject({
      error: { code: 'U512' },
    });
    expect([made.exportTo(new Uint8Array(65)), sealFor(new Uint8Array(), new Uint8Array(), 'x')]).toEqual([
      null,
      null,
    ]);
  });

  it('a list of withdrawn certificates only grows', async () => {
    const { certificatePem, keyPem } = await makeAuthorityCertificate('branch-1', NOW_MS);
    const list = (number: number, serials: string[]) =>
      signRevocations({ branch: 'branch-1', number, serials }, keyPem);
    const known = believeRevocations(noRevocations('branch-1'), list(2, ['aa', 'bb']), certificatePem);
    expect(known.serials).toEqual(['aa', 'bb']);
    expect(believeRevocations(known, list(3, ['aa']), certificatePem)).toBe(known);
    expect(believeRevocations(known, list(1, []), certificatePem)).toBe(known);
    expect(believeRevocations(known, list(3, ['aa', 'cc']), certificatePem).serials).toEqual([
      'aa',
      'bb',
      'cc',
    ]);
    const other = signRevocations({ branch: 'branch-2', number: 9, serials: ['aa', 'bb', 'dd'] }, keyPem);
    expect(believeRevocations(known, other, certificatePem)).toBe(known);
  });
});

describe('keys on disk', () => {
  it('lie in a file only the owner reads, written whole, and it is said that they are not sealed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'link-'));
    folders.push(folder);
    const path = join(folder, 'link', 'authority.json');
    const made = must(await makeAuthority({ ...partsOf(), file: privateFile(path) }));
    expect(made.isProtected).toBe(false);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(must(openAuthority({ ...partsOf(), file: privateFile(path) }))?.certificatePem).toBe(
      made.certificatePem,
    );
    expect(privateFile(join(folder, 'none')).read()).toBeNull();
  });

  it('are sealed where the operating system does it, and not where it only pretends', async () => {
    const cipher = {
      isEncryptionAvailable: () => true,
      encryptString: (text: string) => Buffer.from([...Buffer.from(text)].map(byte => byte ^ 0x5a)),
      decryptString(encrypted: Buffer) {
        if (encrypted.length === 0) throw new Error('damaged');
        return Buffer.from([...encrypted].map(byte => byte ^ 0x5a)).toString();
      },
    };
    const keyStore = keyStoreOf(cipher);
    expect(keyStore.isProtected).toBe(true);
    const bytes = Uint8Array.from([0, 255, 128]);
    expect([...(keyStore.open(keyStore.seal(bytes)) ?? [])]).toEqual([0, 255, 128]);
    expect(keyStore.open(new Uint8Array())).toBeNull();
    expect(keyStoreOf({ ...cipher, isEncryptionAvailable: () => false }).isProtected).toBe(false);
    expect(keyStoreOf({ ...cipher, getSelectedStorageBackend: () => 'basic_text' }).isProtected).toBe(false);

    const parts = { ...partsOf(), keyStore };
    must(await makeAuthority(parts));
    const text = Buffer.from(JSON.parse(parts.file.text ?? '').key, 'base64').toString('latin1');
    expect(text).not.toContain('PRIVATE');
  });

  it('an identity whose parts do not belong together is not kept', async () => {
    const branch = await makeBranch();
    const [one, other] = [await branch.station('counter-2'), await branch.station('counter-3')];
    const parts = { file: memoryFile(), keyStore: PLAIN_KEY_STORE };
    const given = {
      branch: 'branch-1',
      station: 'counter-2',
      ...one.keyed(),
      authorityPem: one.authorityPem,
    };
    const wrong = [
      { ...given, keyPem: other.keyed().keyPem },
      { ...given, station: 'counter-3' },
      { ...given, branch: 'branch-2' },
      { ...given, authorityPem: (await makeBranch()).authority.certificatePem },
    ];
    for (const one of wrong) expect(makeIdentity(parts, one)).toMatchObject({ error: { code: 'U512' } });
    expect([parts.file.text, must(openIdentity(parts))]).toEqual([null, null]);
    must(makeIdentity(parts, given));
    parts.file.text = readFileSync(import.meta.filename, 'utf8');
    expect(openIdentity(parts)).toMatchObject({ error: { code: 'U526' } });
  });
});
