import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { sessionActor, tokenToSessionId } from '#main/host/session-tokens.ts';
import { hashPassword } from '#main/host/sign-in.ts';
import { codeOf, everyEvent, unwrap } from '../journal/journal-fixture.ts';
import { HostBench } from './host-fixture.ts';

const { signInAttempts, lockoutMs } = SAMPLE_BANK.limits;

async function benchWithStaff(...staffNumbers: string[]) {
  const bench = new HostBench().configure();
  await bench.setPasswords(...staffNumbers);
  return { bench, signIn: bench.signInDesk() };
}

describe('signing in', () => {
  it('[ID1] with the right password gives a session with the rights of the roles', async () => {
    const { bench, signIn } = await benchWithStaff('3001');
    const answer = unwrap(await signIn('3001', SAMPLE_PASSWORD, 'station-1'));
    expect(answer).toMatchObject({
      staffNumber: '3001',
      rights: ['serve', 'choose-ticket', 'lobby', 'see-figures', 'decide-host'],
    });
    expect(answer.session).toMatch(/^[0-9a-f]{64}$/);
    expect(unwrap(sessionActor(bench.host.state(), String(answer.session)))).toMatchObject({
      staffNumber: '3001',
    });
  });

  it('[ID1] passwords are kept as salted argon2id of OWASP’s first recommendation', async () => {
    const hashes = await Promise.all([hashPassword('same'), hashPassword('same')]);
    for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  it('[ID1] neither the password nor the token is anywhere in the data folder', async () => {
    const { bench, signIn } = await benchWithStaff('1001');
    const { session } = unwrap(await signIn('1001', SAMPLE_PASSWORD, 'station-1'));
    await signIn('1001', 'my-other-secret', 'station-1');
    const journal = JSON.stringify(everyEvent(bench.journal));
    bench.journal.close();
    const files = readdirSync(bench.folder).map(name =>
      readFileSync(join(bench.folder, name)).toString('latin1'),
    );
    for (const secret of [String(session), SAMPLE_PASSWORD, 'my-other-secret'])
      expect([journal, ...files].some(text => text.includes(secret))).toBe(false);
    expect(journal).toContain(tokenToSessionId(String(session)));
  });

  it('[ID1] what the journal shows of a session is no key to it', async () => {
    const { bench, signIn } = await benchWithStaff('1001');
    const { session } = unwrap(await signIn('1001', SAMPLE_PASSWORD, 'station-1'));
    expect(codeOf(sessionActor(bench.host.state(), tokenToSessionId(String(session))))).toBe('S703');
  });

  it('[ID1] a session survives a restart of the program', async () => {
    const { bench, signIn } = await benchWithStaff('1001');
    const { session } = unwrap(await signIn('1001', SAMPLE_PASSWORD, 'station-1'));
    bench.restart();
    expect(codeOf(sessionActor(bench.host.state(), String(session)))).toBe('ok');
  });

  it('[ID1] wrong password, unknown number and a number without a password are answered alike', async () => {
    const { signIn } = await benchWithStaff('1001');
    for (const [number, password] of [
      ['1001', 'wrong'],
      ['7777', SAMPLE_PASSWORD],
      ['1002', SAMPLE_PASSWORD],
      ['', ''],
      ['1001', '\ud800'],
      ['😀', '😀'.repeat(100)],
    ])
      expect(await signIn(String(number), String(password), 'station-1')).toEqual({
        ok: false,
        error: { code: 'S701' },
      });
  });

  it('[ID1] guesses sent all at once count one by one: after the fifth the number is locked', async () => {
    const { bench, signIn } = await benchWithStaff('1001', '1002');
    const guesses = Array.from({ length: 8 }, (_, n) => signIn('1001', `guess-${n}`, 'station-1'));
    const right = signIn('1001', SAMPLE_PASSWORD, 'station-1');
    const codes = (await Promise.all([...guesses, right])).map(codeOf);
    expect(codes).toEqual([...Array(signInAttempts - 1).fill('S701'), ...Array(5).fill('S702')]);
    const failed = everyEvent(bench.journal).filter(event => event.type === 'sign-in-failed');
    expect(failed).toHaveLength(signInAttempts);
    expect(codeOf(await signIn('1002', SAMPLE_PASSWORD, 'station-1'))).toBe('ok');
    bench.restart();
    expect(codeOf(await bench.signInDesk()('1001', SAMPLE_PASSWORD, 'station-1'))).toBe('S702');
    bench.now += lockoutMs;
    expect(codeOf(await bench.signInDesk()('1001', SAMPLE_PASSWORD, 'station-1'))).toBe('ok');
  });

  it('[ID1] says until when a number is locked', async () => {
    const { bench, signIn } = await benchWithStaff('1001');
    for (let n = 1; n < signInAttempts; n++) await signIn('1001', 'wrong', 'station-1');
    const until = bench.now + lockoutMs;
    expect(await signIn('1001', 'wrong', 'station-1')).toEqual({
      ok: false,
      error: { code: 'S702', facts: { until } },
    });
  });
});
