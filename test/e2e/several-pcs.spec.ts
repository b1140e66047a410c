import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import type { WindowKind } from '#core/wire/port-messages.ts';
import { en } from '#renderer/kit/locales/en.ts';
import { zh } from '#renderer/kit/locales/zh.ts';
import { type FoyerApp, picture, resize, SIZES, startFoyer } from './support/foyer-app.ts';
import { freePort } from './support/free-port.ts';

/**
 * Two PCs of a branch on one machine, from the first start of both by screen alone: begin, pair, standby, a day's work,
 * the host killed, taken over, and back. Each test goes on from the last. PC 1 speaks one language and PC 2 the other;
 * `FOYER_E2E_LANGUAGE=en` changes them over, for pictures of everything in both.
 */
test.describe.configure({ mode: 'serial', timeout: 120_000 });

type Language = 'zh' | 'en';
const FIRST: Language = process.env.FOYER_E2E_LANGUAGE === 'en' ? 'en' : 'zh';
const SECOND: Language = FIRST === 'zh' ? 'en' : 'zh';
const WORDS = { zh, en } as const;
/** Kiosk pages ignore presses for their first moments; what fades has faded by then. */
const SETTLED_MS = 700;
/** Copying, connecting and taking over take seconds; this machine may be busy. */
const SLOW = { timeout: 40_000 };
const WINDOWS = ['--windows', 'setup,lobby,kiosk,teller'];
const NAMES = { one: '大堂电脑', two: '2 号柜台' };

const folder = mkdtempSync(join(tmpdir(), 'foyer-several-'));
const folders = { one: join(folder, 'pc-1'), two: join(folder, 'pc-2') };
const ports = { one: 0, two: 0 };
let one: FoyerApp;
let two: FoyerApp;
let code = '';
let called = '';

const start = (dataFolder: string) => startFoyer(dataFolder, 'off', WINDOWS);
const corner = (foyer: FoyerApp, kind: WindowKind) => foyer.window(kind).locator('.status-corner').first();
const bar = (foyer: FoyerApp) => foyer.window('teller').locator('.bar');
/** A key that was busy keeps its sign before its words. */
const key = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^(loading )?${name}$`) });
const setup = (foyer: FoyerApp) => foyer.window('setup');
const row = (foyer: FoyerApp, name: string) =>
  setup(foyer).locator('.stations-table tbody tr', { hasText: name });

async function speak(foyer: FoyerApp, language: Language): Promise<void> {
  for (const kind of ['setup', 'lobby', 'teller'] as const) {
    await foyer.window(kind).evaluate(chosen => localStorage.setItem('foyer.language', chosen), language);
    await foyer.window(kind).reload();
  }
}

async function signIn(page: Page, staffNumber: string, counterPlace: number | null = null): Promise<void> {
  await page.locator('input').first().fill(staffNumber);
  await page.locator('input[type=password]').fill(SAMPLE_PASSWORD);
  if (counterPlace !== null) {
    await page.locator('.ant-select').click();
    await page.locator('.ant-select-item-option').nth(counterPlace).click();
  }
  await page.locator('button[type=submit]').click();
}

/** The page of the PCs, signing in where that is asked. */
async function toStations(foyer: FoyerApp, language: Language): Promise<void> {
  const page = setup(foyer);
  await page.locator('.setup-nav, input[type=password]').first().waitFor(SLOW);
  if (await page.locator('input[type=password]').isVisible()) await signIn(page, '9001');
  await page.locator('.setup-nav').getByRole('button', { name: WORDS[language].stations.title }).click(SLOW);
  await page.locator('.stations-table').waitFor(SLOW);
}

/** As the screen is now, in both sizes. */
async function shoot(foyer: FoyerApp, kind: WindowKind, name: string): Promise<void> {
  for (const [size, [width, height]] of Object.entries(SIZES)) {
    if (kind !== 'teller') await resize(foyer, kind, width, height);
    await foyer.window(kind).waitForTimeout(SETTLED_MS);
    await picture(foyer.window(kind), `several-${name}-${FIRST}${SECOND}-${size}`);
    if (kind === 'teller') return;
  }
}

async function touch(target: Locator): Promise<void> {
  await target.waitFor();
  await target.page().waitForTimeout(SETTLED_MS);
  await target.click();
}

/** At a kiosk, in the bank's own order of groups and businesses; answers the number. */
async function takeNumber(foyer: FoyerApp): Promise<string> {
  const kiosk = foyer.window('kiosk');
  const business = SAMPLE_BANK.businesses.find(({ id }) => id === 'personal-cash');
  const group = SAMPLE_BANK.groups.findIndex(({ id }) => id === business?.groupId);
  const inGroup = SAMPLE_BANK.businesses.filter(({ groupId }) => groupId === business?.groupId);
  await touch(kiosk.locator('.kiosk-group').nth(group));
  await touch(kiosk.locator('.kiosk-business').nth(inGroup.findIndex(({ id }) => id === 'personal-cash')));
  await touch(kiosk.locator('.kiosk-confirm-act .kiosk-second, .kiosk-confirm-act .kiosk-primary').last());
  await expect(kiosk.locator('.kiosk-number')).toHaveText(/^[A-Z]\d{3}$/);
  const number = (await kiosk.locator('.kiosk-number').textContent()) ?? '';
  await touch(kiosk.locator('.kiosk-primary'));
  await kiosk.locator('.kiosk-groups').waitFor();
  return number;
}

test.beforeAll(async () => {
  ports.one = await freePort();
  ports.two = await freePort();
  one = await start(folders.one);
  await speak(one, FIRST);
});

test.afterAll(async () => {
  await two?.close();
  await one?.close();
});

test('[BR1] PC 1, alone until now, begins a branch of several by screen and goes on', async () => {
  const words = WORDS[FIRST];
  await toStations(one, FIRST);
  await shoot(one, 'setup', '01-alone');
  const page = setup(one);
  await key(page, words.several.begin.heading).click();
  await page.getByLabel(words.several.name).fill(NAMES.one);
  await page.getByLabel(words.several.port).fill(String(ports.one));
  await shoot(one, 'setup', '02-begin');
  await key(page, words.several.begin.do).click();
  await expect(corner(one, 'lobby')).toContainText(words.branchLink.title.solo, SLOW);
  await toStations(one, FIRST);
  await expect(row(one, NAMES.one)).toContainText(words.stations.state.host);
  await key(page, words.stations.keys.pair).click();
  const shown = page.locator('.pairing-code');
  await expect(shown).toHaveText(/^[\w]{4} [\w]{4}$/);
  code = (await shown.textContent()) ?? '';
  await expect(page.locator('.pairing-address')).toContainText(`:${ports.one}`);
  await shoot(one, 'setup', '03-code');
});

test('[BR2] PC 2 joins by screen; a wrong code is said at its field and nothing typed is lost', async () => {
  const words = WORDS[SECOND];
  two = await start(folders.two);
  await speak(two, SECOND);
  await toStations(two, SECOND);
  const page = setup(two);
  await key(page, words.several.join.heading).click();
  const field = (label: string) => page.getByLabel(label, { exact: true });
  const host = field(words.several.join.host);
  await host.fill(`127.0.0.1:${await freePort()}`);
  await field(words.several.join.code).fill(code);
  await field(words.several.name).fill(NAMES.two);
  await field(words.several.port).fill(String(ports.two));
  await key(page, words.several.join.do).click();
  await expect(page.getByRole('alert').filter({ hasText: 'U511' })).toBeVisible(SLOW);
  await host.fill(`127.0.0.1:${ports.one}`);
  const last = code.endsWith('K') ? 'M' : 'K';
  await field(words.several.join.code).fill(code.slice(0, -1) + last);
  await key(page, words.several.join.do).click();
  await expect(page.getByRole('alert').filter({ hasText: 'U519' })).toBeVisible(SLOW);
  await expect(field(words.several.name)).toHaveValue(NAMES.two);
  await shoot(two, 'setup', '04-wrong-code');
  await field(words.several.join.code).fill(code.toLowerCase());
  await key(page, words.several.join.do).click();
  await expect(page.locator('.several-done')).toContainText(words.several.join.done.slice(0, 6), SLOW);
  // At once: its pages are loaded anew in a moment.
  await picture(page, `several-05-joined-${FIRST}${SECOND}`);
  await expect(corner(two, 'lobby')).toContainText(words.branchLink.title.solo, SLOW);
});

test('[BR3] PC 2 is named standby by screen, and the pair is whole on both', async () => {
  const words = WORDS[FIRST];
  const page = setup(one);
  await expect(page.locator('.pairing')).toContainText(words.stations.pairing.gone.slice(0, 8), SLOW);
  await shoot(one, 'setup', '06-code-used');
  await page.locator('.stations-dialog-keys').getByRole('button').last().click();
  await expect(row(one, NAMES.two)).toContainText(words.stations.state.copy, SLOW);
  await row(one, NAMES.two).getByRole('button', { name: words.stations.keys.nameStandby }).click();
  await shoot(one, 'setup', '07-name-standby');
  await key(page, words.stations.change['name-standby'].do).click();
  await expect(row(one, NAMES.two)).toContainText(words.stations.state.standby, SLOW);
  await expect(page.locator('.stations-head')).toHaveAttribute('data-meaning', 'well', SLOW);
  await shoot(one, 'setup', '08-whole-host');
  await corner(one, 'setup').click();
  await shoot(one, 'setup', '09-corner-host');
  // Somebody is signed in at one place only: from here on at PC 2.
  await toStations(two, SECOND);
  await expect(setup(two).locator('.stations-head')).toHaveAttribute('data-meaning', 'well', SLOW);
  await shoot(two, 'setup', '08-whole-standby');
  await corner(two, 'setup').click();
  await shoot(two, 'setup', '09-corner-standby');
});

test('[BR1] a number from PC 2’s kiosk is called at PC 1', async () => {
  await signIn(one.window('teller'), '1001', 0);
  await expect(bar(one)).toHaveAttribute('data-phase', 'open', SLOW);
  await signIn(two.window('teller'), '1002', 1);
  await expect(bar(two)).toHaveAttribute('data-phase', 'open', SLOW);
  called = await takeNumber(two);
  await takeNumber(two);
  await one.window('teller').keyboard.press('F2');
  await expect(bar(one).locator('.bar-number')).toHaveText(called, SLOW);
  await one.window('teller').keyboard.press('F3');
  await expect(bar(one)).toHaveAttribute('data-phase', 'serving', SLOW);
});

test('[BR4] PC 1 is dead: PC 2 says so in words, calls nobody, and somebody takes over by password', async () => {
  const words = WORDS[SECOND];
  await one.kill();
  const lobby = two.window('lobby');
  await signIn(lobby, '2001');
  await expect(corner(two, 'lobby')).toContainText(words.branchLink.title.undecided, SLOW);
  const call = bar(two).locator('.bar-action').first();
  await expect(call).toBeDisabled();
  await expect(bar(two).locator('.bar-held')).toHaveAttribute('data-shown', 'true');
  await shoot(two, 'teller', '10-held');
  await corner(two, 'setup').click();
  const line = setup(two).locator('.status-lines li', { hasText: words.branchLink.host.label });
  if (!(await line.isVisible())) await corner(two, 'setup').click();
  await expect(line).toContainText(NAMES.one);
  await expect(setup(two).locator('.status-lines')).toContainText(words.link.connected);
  await shoot(two, 'setup', '11-undecided');
  await shoot(two, 'lobby', '11-undecided-lobby');
  await setup(two).keyboard.press('Escape');
  await key(setup(two), words.stations.keys.decide).first().click();
  const dialog = setup(two)
    .getByRole('dialog')
    .filter({ hasText: words.stations.decide['take-over'].heading });
  await dialog.getByRole('checkbox').check();
  await dialog.getByLabel(words.session.staffNumber).fill('2001');
  await dialog.getByLabel(words.session.password, { exact: true }).fill(SAMPLE_PASSWORD);
  await shoot(two, 'setup', '12-decide');
  await key(setup(two), words.stations.decide['take-over'].do).click();
  await expect(corner(two, 'lobby')).toContainText(words.branchLink.title.solo, SLOW);
  await expect(call).toBeEnabled();
  await two.window('teller').keyboard.press('F2');
  await expect(bar(two)).toHaveAttribute('data-phase', 'called', SLOW);
  // The customer in hand at the dead PC is called by nobody else.
  await expect(bar(two).locator('.bar-number')).not.toHaveText(called);
  await shoot(two, 'setup', '13-solo');
});

test('[BR6] PC 1 comes back, catches up, is the standby by itself, and the pair is whole on both screens', async () => {
  one = await start(folders.one);
  await toStations(two, SECOND);
  await expect(row(two, NAMES.one)).toContainText(WORDS[SECOND].stations.state.standby, SLOW);
  await expect(setup(two).locator('.stations-head')).toHaveAttribute('data-meaning', 'well', SLOW);
  await shoot(two, 'setup', '14-whole-again-host');
  await toStations(one, FIRST);
  await expect(setup(one).locator('.stations-head')).toHaveAttribute('data-meaning', 'well', SLOW);
  await expect(row(one, NAMES.two)).toContainText(WORDS[FIRST].stations.state.host, SLOW);
  // The customer in hand when it died is still there, to be finished by whoever signs in again.
  await signIn(one.window('teller'), '1001', 0);
  await expect(bar(one)).toHaveAttribute('data-phase', 'serving', SLOW);
  await expect(bar(one).locator('.bar-number')).toHaveText(called);
  await shoot(one, 'setup', '14-whole-again');
});

test('[BR4] a host that starts without its standby says that it waits for it', async () => {
  const words = WORDS[SECOND];
  await one.kill();
  await two.kill();
  two = await start(folders.two);
  await expect(corner(two, 'lobby')).toContainText(words.branchLink.title.waiting, SLOW);
  await expect(two.window('lobby').locator('.hall, input[type=password]').first()).toBeVisible();
  await shoot(two, 'lobby', '16-waiting');
  one = await start(folders.one);
  await expect(corner(two, 'lobby')).not.toContainText(words.branchLink.title.waiting, SLOW);
  await expect(corner(one, 'lobby')).not.toContainText(WORDS[FIRST].branchLink.title['cut-off'], SLOW);
});

test('[BR1][BR4] a PC for a counter alone opens no other window, until somebody must decide there who hosts', async () => {
  await one.close();
  const file = join(folders.one, 'station.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), roles: ['teller'] }));
  one = await startFoyer(folders.one, 'off', [], 1);
  const kinds = () => one.app.windows().map(page => new URL(page.url()).pathname.replaceAll('/', ''));
  await toStations(two, SECOND);
  await expect(row(two, NAMES.one)).toContainText(WORDS[SECOND].stations.state.standby, SLOW);
  expect(kinds()).toEqual(['teller']);
  await two.kill();
  await expect.poll(kinds, SLOW).toEqual(['teller', 'lobby']);
  const lobby = one.app.windows().find(page => page.url().includes('/lobby/'));
  await expect(lobby?.locator('body') as Locator).toContainText(WORDS[FIRST].stations.keys.decide, SLOW);
  // Started once more with a window's name, it opens that too.
  await one.app.evaluate(({ app }) => app.emit('second-instance', {}, ['foyer', '--windows', 'setup']));
  await expect.poll(kinds, SLOW).toEqual(['teller', 'lobby', 'setup']);
});
