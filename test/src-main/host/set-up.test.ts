import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { MAX_MESSAGE_CHARACTERS, MAX_SET_UP_MESSAGE_CHARACTERS } from '#core/wire/port-messages.ts';
import { VIEWS } from '#core/wire/views.ts';
import { FakeWindow, HostBench, refusalOf } from './host-fixture.ts';

const NEW_PASSWORD = '新口令 2026 🔑';

/** Waits until the host has answered this command; hashing takes what it takes. */
async function answerTo(window: FakeWindow, commandId: string) {
  for (;;) {
    const answer = window.received.find(one => one.kind === 'answer' && one.commandId === commandId);
    if (answer?.kind === 'answer') return answer;
    await new Promise(resolve => setTimeout(resolve, 1));
  }
}

/** A set-up window at which `staffNumber` has signed in. */
async function openSetUp(staffNumber = '9001') {
  const bench = new HostBench().configure();
  await bench.setPasswords(staffNumber);
  const server = bench.portServer();
  const window = new FakeWindow();
  server.serve(window, null);
  window.send({ kind: 'hello', protocol: 1, window: 'setup' });
  window.command('sign-in', { staffNumber, password: SAMPLE_PASSWORD }, undefined, 'sign-in');
  const session = String((await answerTo(window, 'sign-in')).value?.session);
  return { bench, window, session };
}

const SECOND = JSON.stringify({ ...SAMPLE_BANK, version: 2 });

describe('the set-up window', () => {
  it('[HO3] shows the document in force and takes the next, which survives a restart', async () => {
    const { bench, window, session } = await openSetUp();
    const view = window.send({ kind: 'subscribe', subscription: 1, view: 'setup', args: {}, session });
    const shown = VIEWS.setup.parse(view?.kind === 'view' ? view.value : undefined);
    expect(shown).toMatchObject({ document: SAMPLE_BANK, pending: null, previous: [] });
    expect(shown.withoutPassword).not.toContain('9001');
    expect(shown.withoutPassword).toContain('1001');
    expect(window.command('propose-document', { document: SECOND, when: 'now' }, session)).toMatchObject({
      value: { version: 2, outcome: 'applied' },
    });
    const appliesAt = bench.now + 60_000;
    const third = JSON.stringify({ ...SAMPLE_BANK, version: 3 });
    window.command('propose-document', { document: third, when: appliesAt }, session);
    bench.restart();
    expect(bench.host.state()).toMatchObject({
      document: { version: 2 },
      pendingDocument: { appliesAt, by: 'staff:9001' },
    });
    bench.now = appliesAt;
    bench.host.tick();
    expect(bench.host.state()).toMatchObject({
      document: { version: 3 },
      documentApplied: { by: 'staff:9001' },
      pendingDocument: null,
    });
  });

  it('[HO3] the same proposal sent twice has one effect and gets the same answer', async () => {
    const { bench, window, session } = await openSetUp();
    const send = () => window.command('propose-document', { document: SECOND, when: 'now' }, session, 'once');
    expect(send()).toEqual(send());
    expect(bench.host.state().previousDocuments).toHaveLength(1);
  });

  it('[HO3] only it may send long messages, up to their own limit', async () => {
    const { bench, window, session } = await openSetUp();
    const staff = Array.from({ length: 1000 }, (_, n) => ({
      number: `n${n}`,
      name: { zh: '员工', en: 'Staff' },
      roleIds: ['teller'],
      stars: null,
      photo: null,
    }));
    const document = JSON.stringify({ ...SAMPLE_BANK, version: 2, staff: [...SAMPLE_BANK.staff, ...staff] });
    expect(document.length).toBeGreaterThan(MAX_MESSAGE_CHARACTERS);
    expect(refusalOf(window.command('propose-document', { document, when: 'now' }, session))).toBe('ok');
    expect(refusalOf(window.send('x'.repeat(MAX_SET_UP_MESSAGE_CHARACTERS + 1)))).toBe('M602');
    const kiosk = new FakeWindow();
    bench.portServer().serve(kiosk, 'kiosk');
    expect(refusalOf(kiosk.send('x'.repeat(MAX_MESSAGE_CHARACTERS + 1)))).toBe('M602');
  });

  it.each([
    ['no JSON', '{', 'C901'],
    ['nested without end', `${'['.repeat(400_000)}${']'.repeat(400_000)}`, 'C901'],
    ['a list', '[]', 'C901'],
    ['nothing', '', 'C901'],
    [
      'a name of 10,000 characters',
      JSON.stringify({
        ...SAMPLE_BANK,
        version: 2,
        branch: { ...SAMPLE_BANK.branch, name: { zh: '号'.repeat(10_000), en: 'x' } },
      }),
      'C901',
    ],
    ['an old version', JSON.stringify(SAMPLE_BANK), 'C909'],
  ])('[HO3] %s is refused and changes nothing', async (_, document, code) => {
    const { bench, window, session } = await openSetUp();
    const before = bench.host.state();
    expect(refusalOf(window.command('propose-document', { document, when: 'now' }, session))).toBe(code);
    expect(bench.host.state()).toBe(before);
  });
});

describe('setting a password', () => {
  it('[ID1] the new one signs in, the old one does not, and the journal knows who did it and no password', async () => {
    const { bench, window, session } = await openSetUp();
    await bench.setPasswords('1001');
    window.command('set-password', { staffNumber: '1001', password: NEW_PASSWORD }, session, 'set');
    expect(refusalOf(await answerTo(window, 'set'))).toBe('ok');
    const signIn = bench.signInDesk();
    expect((await signIn('1001', SAMPLE_PASSWORD, 'station-1')).ok).toBe(false);
    expect((await signIn('1001', NEW_PASSWORD, 'station-1')).ok).toBe(true);
    const events = [...bench.journal.read()].flatMap(read => (read.ok ? [read.value] : []));
    const [set] = events.filter(event => event.type === 'password-set');
    expect(set).toMatchObject({ actor: 'staff:9001', data: { staffNumber: '1001' } });
    expect(JSON.stringify(events)).not.toMatch(/argon2|新口令/);
    bench.journal.close();
    expect(readFileSync(`${bench.folder}/journal.sqlite`).includes(Buffer.from(NEW_PASSWORD))).toBe(false);
  });

  it.each([
    ['too short', '9001', { staffNumber: '1001', password: '1234567' }, 'S706'],
    ['seven pictures', '9001', { staffNumber: '1001', password: '🔑'.repeat(7) }, 'S706'],
    ['somebody unknown', '9001', { staffNumber: '7777', password: NEW_PASSWORD }, 'S707'],
    ['without the right', '1001', { staffNumber: '1001', password: NEW_PASSWORD }, 'S704'],
  ])('[ID1] %s is refused and changes nothing', async (_, signedIn, args, code) => {
    const { bench, window, session } = await openSetUp(signedIn);
    const hashes = () => ['1001', '7777'].map(number => bench.journal.credentials.passwordHashOf(number));
    const before = hashes();
    window.command('set-password', args, session, 'set');
    expect(refusalOf(await answerTo(window, 'set'))).toBe(code);
    expect(hashes()).toEqual(before);
  });

  it('[ID1] nobody signed in sets one', async () => {
    const { window } = await openSetUp();
    window.command('set-password', { staffNumber: '1001', password: NEW_PASSWORD }, undefined, 'set');
    expect(refusalOf(await answerTo(window, 'set'))).toBe('S703');
  });
});
