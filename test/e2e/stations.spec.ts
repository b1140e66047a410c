import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { onePcFacts, type StationFacts } from '#core/views/station-facts.ts';
import { ok } from '#core/wire/result.ts';
import { appFolders } from '#main/app-folders.ts';
import { startBranch, type WiredBranch } from '#main/branch.ts';
import type { BranchStations } from '#main/host/station-desk.ts';
import { type RunningWebServer, startWebServer } from '#main/web/web-server.ts';
import { en } from '#renderer/kit/locales/en.ts';
import { zh } from '#renderer/kit/locales/zh.ts';
import { pairedFacts, stationFact } from '../core/views/station-fixture.ts';
import { graveFindings } from './support/axe.ts';
import { startBrowser } from './support/browser-foyer.ts';

/** BR2 to BR7 on screen, before stations whose state the test sets. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ONE_PC = onePcFacts({ station: 'station-1', program: '0.1.0', epoch: 1, since: Date.now() });
const UNDECIDED = pairedFacts({ pair: 'undecided', decision: 'take-over', cutOffSince: Date.now() });
const STATES: Readonly<Record<string, StationFacts>> = {
  'one-pc': ONE_PC,
  whole: pairedFacts(),
  solo: pairedFacts({ pair: 'solo', standby: null, keysProtected: false }),
  waiting: pairedFacts({ pair: 'waiting' }),
  lost: pairedFacts({ pair: 'lost' }),
  undecided: UNDECIDED,
  'cut-off': pairedFacts({
    cutOffSince: Date.now(),
    stations: [stationFact('station-1', { state: 'cut-off' })],
  }),
  late: pairedFacts({
    unaccounted: ['station-3'],
    lateEvents: [{ at: Date.now(), stationId: 'station-3', type: 'ticket-called', number: 'A012' }],
  }),
};

const WORDS = { zh, en } as const;

let facts: StationFacts = ONE_PC;
const told: string[] = [];
const tell = (what: string, next: Partial<StationFacts> = {}) => {
  told.push(what);
  facts = { ...facts, ...next };
  return ok(undefined);
};
const stations: BranchStations = {
  facts: () => facts,
  openPairingCode: () =>
    tell('open', { pairing: { code: 'K7QM4RPT', until: Date.now() + 300_000, triesLeft: 5 } }),
  closePairingCode: () => tell('close', { pairing: null }),
  nameStandby: id => tell(`name ${id}`),
  releaseStandby: () => tell('release'),
  revokeStation: id => tell(`revoke ${id}`),
  renameStation: (id, name) => tell(`rename ${id} ${name}`),
  beginSeveral: ({ name, port }) => tell(`begin ${name} ${port}`),
  joinBranch: ({ host, port, code }) => tell(`join ${host} ${port} ${code}`),
  findBranches: () => ok({ found: [{ host: '192.168.1.5', port: 5850 }] }),
  decideHost: decision => tell(decision, { ...pairedFacts({ pair: 'solo', standby: null, epoch: 4 }) }),
};

let branch: WiredBranch;
let server: RunningWebServer;
let browser: Browser;

test.describe.configure({ timeout: 90_000 });

test.beforeAll(async () => {
  const dataFolder = join(mkdtempSync(join(tmpdir(), 'foyer-stations-')), 'data');
  const started = await startBranch({ ...appFolders(ROOT), dataFolder, headOfficeUrl: null }, { stations });
  if (!started.ok) throw new Error(started.error.code);
  branch = started.value;
  const served = await startWebServer(branch, { port: 0, rendererFolder: join(ROOT, 'out/renderer') });
  if (!served.ok) throw new Error(served.error.code);
  server = served.value;
  browser = await startBrowser();
});

test.afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await branch?.stop();
});

test.beforeEach(() => {
  facts = ONE_PC;
  told.length = 0;
});

async function open(kind: string, language: 'zh' | 'en' = 'zh'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(`${server.url}${kind}/?lang=${language}`);
  await page.locator('#root > *').first().waitFor({ state: 'attached' });
  return page;
}

async function signIn(page: Page, staffNumber: string): Promise<void> {
  await page.locator('input').first().fill(staffNumber);
  await page.locator('input[type=password]').fill(SAMPLE_PASSWORD);
  await page.locator('button[type=submit]').click();
}

const PAIR_WORDS = {
  zh: {
    whole: '双机正常',
    solo: '单机运行',
    lost: '备机失联',
    undecided: '主机待定',
    'cut-off': '与主机断开',
  },
  en: {
    whole: 'All well',
    solo: 'Running solo',
    lost: 'Standby lost',
    undecided: 'Host undecided',
    'cut-off': 'Cut off',
  },
} as const;

for (const language of ['zh', 'en'] as const) {
  test(`[BR3, BR6] the page of the PCs in every state, ${language}`, async () => {
    const page = await open('setup', language);
    await signIn(page, '9001');
    const nav = page.locator('.setup-nav');
    await nav.getByRole('button', { name: language === 'zh' ? '本网点电脑' : 'PCs of this branch' }).click();
    await page.locator('.stations-table').waitFor();
    for (const [state, next] of Object.entries(STATES)) {
      facts = next;
      await expect(page.locator('.stations-table tbody tr')).toHaveCount(next.stations.length);
      await expect(page.locator('.stations-late li')).toHaveCount(next.lateEvents.length);
      expect.soft(await graveFindings(page), `${state} ${language}`).toEqual([]);
    }
    await page.context().close();
  });

  test(`[BR4, BR7] every window says in words how its PC stands to the branch, ${language}`, async () => {
    for (const kind of ['kiosk', 'lobby', 'lobby-screen', 'setup']) {
      facts = ONE_PC;
      const page = await open(kind, language);
      const corner = page.locator('.status-corner').first();
      await corner.waitFor();
      for (const state of ['solo', 'lost', 'undecided', 'cut-off'] as const) {
        facts = STATES[state] ?? ONE_PC;
        await expect(corner, `${kind} ${state}`).toContainText(PAIR_WORDS[language][state]);
      }
      facts = ONE_PC;
      await expect(corner).not.toContainText(PAIR_WORDS[language]['cut-off']);
      await page.context().close();
    }
  });
}

test('[BR2] a pairing code is large, counts down, and ends with its dialog', async () => {
  facts = pairedFacts();
  const page = await open('setup');
  await signIn(page, '9001');
  await page.locator('.setup-nav').getByRole('button', { name: '本网点电脑' }).click();
  await page.getByRole('button', { name: '配对新电脑' }).click();
  await expect(page.locator('.pairing-code')).toHaveText('K7QM 4RPT');
  await expect(page.locator('.pairing-left')).toContainText(/[45]:[0-9]{2}/);
  expect.soft(await graveFindings(page)).toEqual([]);
  await page.getByRole('button', { name: '作废' }).click();
  await expect(page.locator('.pairing-code')).toHaveCount(0);
  await expect.poll(() => told).toEqual(['open', 'close']);
  await page.context().close();
});

test('[BR2] a new PC may take the place of another that is neither host nor standby', async () => {
  facts = pairedFacts();
  const page = await open('setup');
  await signIn(page, '9001');
  await page.locator('.setup-nav').getByRole('button', { name: '本网点电脑' }).click();
  await page.getByRole('button', { name: '配对新电脑' }).click();
  await page.locator('.pairing-code').waitFor();
  await page.locator('.pairing-place .ant-select').click();
  const places = page.locator('.ant-select-item-option');
  await expect(places).toHaveText(['是新增的一台', '代替“station-3”（坏了或被复制过）']);
  await places.last().click();
  // Another code: the one before was for one more PC.
  await expect.poll(() => told).toEqual(['open', 'open']);
  await expect(page.locator('.pairing-place-hint')).toContainText('沿用它的编号');
  expect.soft(await graveFindings(page)).toEqual([]);
  await page.context().close();
});

for (const language of ['zh', 'en'] as const)
  test(`[BR1, BR2] a PC that is alone begins or joins from the page of the PCs, ${language}`, async () => {
    const words = WORDS[language];
    facts = { ...ONE_PC, alone: { records: 12, suggestedId: 'pc-7k2m' } };
    const page = await open('setup', language);
    await signIn(page, '9001');
    await page.locator('.setup-nav').getByRole('button', { name: words.stations.title }).click();
    await page.getByRole('button', { name: words.several.begin.heading }).click();
    await page.getByLabel(words.several.port).fill('99999');
    await expect(page.getByRole('button', { name: words.several.begin.do })).toBeDisabled();
    await expect(page.getByRole('alert').filter({ hasText: '65535' })).toBeVisible();
    await page.getByLabel(words.several.port).fill('5850');
    expect.soft(await graveFindings(page)).toEqual([]);
    await page.getByRole('button', { name: words.several.begin.do }).click();
    await expect(page.locator('.several-done')).toContainText(words.several.begin.done);
    await page.getByRole('button', { name: words.action.close, exact: true }).last().click();

    await page.getByRole('button', { name: words.several.join.heading }).click();
    await page.getByRole('button', { name: '192.168.1.5:5850' }).click();
    await expect(page.getByLabel(words.several.join.host, { exact: true })).toHaveValue('192.168.1.5:5850');
    await expect(page.locator('.several-done')).toContainText('12');
    expect.soft(await graveFindings(page)).toEqual([]);
    await page.getByLabel(words.several.join.code, { exact: true }).fill('k7qm 4rpt');
    await page.getByRole('button', { name: words.several.join.do }).click();
    await expect(page.locator('.several-done')).toContainText(words.several.join.done);
    expect(told).toEqual(['begin  5850', 'join 192.168.1.5 5850 k7qm 4rpt']);
    await page.context().close();
  });

test('[BR4] somebody decides at a PC where nobody can sign in: what it means first, then number and password', async () => {
  facts = UNDECIDED;
  const page = await open('lobby');
  await page.getByRole('button', { name: '决定', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('同一位客户可能被叫两次');
  expect.soft(await graveFindings(page)).toEqual([]);
  const takeOver = dialog.getByRole('button', { name: '接替主机' });
  await dialog.getByLabel('工号').fill('2001');
  await dialog.getByLabel('密码', { exact: true }).fill('wrong password');
  await expect(takeOver).toBeDisabled();
  await dialog.getByRole('checkbox').check();
  await takeOver.click();
  await expect(dialog.getByRole('alert')).toContainText('S701');
  expect(told).toEqual([]);
  await dialog.getByLabel('密码', { exact: true }).fill(SAMPLE_PASSWORD);
  await takeOver.click();
  await expect(page.locator('.status-corner').first()).toContainText('单机运行');
  expect(told).toEqual(['take-over']);
  await page.context().close();
});

test('[BR4] the teller’s bar says why nobody can be called, and never over a customer', async () => {
  const page = await open('teller');
  await page.locator('input').first().fill('1001');
  await page.locator('input[type=password]').fill(SAMPLE_PASSWORD);
  await page.getByLabel('窗口', { exact: true }).click();
  await page.getByTitle('1号窗口').first().click();
  await page.locator('button[type=submit]').click();
  await page.locator('.bar').waitFor();
  const held = page.locator('.bar-held');
  await expect(held).toHaveAttribute('data-shown', 'false');
  facts = pairedFacts({ pair: 'lost' });
  await expect(held).toContainText('可取号，暂不叫号');
  await expect(page.locator('.bar-status')).toContainText('备机失联');
  const call = page.locator('.bar-action').first();
  await expect(call).toBeDisabled();
  await expect(call).toHaveAttribute('title', /可取号，暂不叫号/);
  await expect(call).toHaveAttribute('aria-describedby', 'bar-held');
  await page.keyboard.press('Shift+F2');
  facts = pairedFacts();
  await expect(held).toHaveAttribute('data-shown', 'false');
  await page.context().close();
});

test('[BR7, DV5] a board whose PC does not reach its host says so and dims its calls', async () => {
  const page = await open('lobby-screen');
  await page.locator('.board-calls').waitFor();
  await expect(page.locator('.board-lost-band')).toHaveCount(0);
  facts = STATES['cut-off'] ?? ONE_PC;
  await expect(page.locator('.board-lost-band')).toBeVisible();
  await expect(page.locator('.board.board-lost')).toBeVisible();
  facts = pairedFacts();
  await expect(page.locator('.board-lost-band')).toHaveCount(0);
  await page.context().close();
});

test('[BR4] the lobby manager reaches the list from the corner, and changes nothing there', async () => {
  facts = pairedFacts();
  const page = await open('lobby');
  await signIn(page, '2001');
  await page.locator('.hall-corner .status-corner').click();
  await page.getByRole('button', { name: '查看本网点电脑' }).click();
  await page.locator('.stations-modal .stations-table').waitFor();
  await expect(page.locator('.stations-row-keys')).toHaveCount(0);
  await expect(page.locator('.stations-note')).toContainText('系统管理员');
  expect.soft(await graveFindings(page)).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.stations-paper')).toBeVisible();
  await expect(page.locator('.stations-paper li')).toHaveCount(5);
  await page.context().close();
});
