import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { SAMPLE_BANK, SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { createLedSimulator, type LedSimulator } from '#drivers/led/simulator/led-simulator.ts';
import { simulatedDevices } from '#main/devices/device-settings.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { type FoyerApp, picture, pictures, startFoyer } from './support/foyer-app.ts';
import { type HeadOfficeProcess, startHeadOffice } from './support/head-office.ts';
import { openPseudoTerminals, type PseudoTerminals } from './support/pseudo-terminals.ts';

/** One branch day in real windows: take a number, be called, be served, rate it, see it, sync it. */
test.describe.configure({ mode: 'serial' });

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HEAD_OFFICE_PORT = 8621;
const folder = mkdtempSync(join(tmpdir(), 'foyer-e2e-'));
const dataFolder = join(folder, 'branch');

let headOffice: HeadOfficeProcess;
let line: PseudoTerminals;
let boards: LedSimulator;
let foyer: FoyerApp;

/** The bench's paper slides out of its slot for a moment. */
const PAPER_FEED_MS = 1000;
const BOARD_OF_COUNTER_1 = 1;
const MAIN_BOARD = SAMPLE_BANK.counters.length + 1;

/** What a simulated board on the serial line shows, area by area. */
function boardText(address: number): string {
  const board = boards.boards().find(candidate => candidate.address === address);
  return (board?.areas ?? []).map(area => area.text).join('|');
}

test.beforeAll(async () => {
  headOffice = await startHeadOffice(join(folder, 'head-office'), HEAD_OFFICE_PORT);
  line = await openPseudoTerminals(folder);
  const settings = simulatedDevices(SAMPLE_BANK);
  const ledBuses = settings.ledBuses.map(bus => ({
    ...bus,
    port: { kind: 'serial' as const, path: line.hostEnd },
  }));
  execFileSync('mkdir', ['-p', dataFolder]);
  writeFileSync(join(dataFolder, 'devices.json'), JSON.stringify({ ...settings, ledBuses }));
  boards = createLedSimulator({
    addresses: ledBuses.flatMap(bus => bus.boards.map(board => board.address)),
    clock: REAL_CLOCK,
  });
  await boards.attachToSerialPort(line.deviceEnd, ledBuses[0]?.baudRate ?? 9600);
  foyer = await startFoyer(dataFolder, headOffice.url);
});

test.afterAll(async () => {
  await foyer?.close();
  await headOffice?.stop();
  await line?.stop();
});

async function takeNumber(business: string, group = '个人业务'): Promise<string> {
  const kiosk = foyer.window('kiosk');
  // Each page ignores presses for its first moments, so that a double press cannot land on the next page.
  await kiosk.waitForTimeout(700);
  await kiosk.getByRole('button', { name: group }).click();
  await kiosk.waitForTimeout(700);
  await kiosk.locator('.kiosk-business', { hasText: business }).click();
  await kiosk.waitForTimeout(700);
  // Where a machine is offered first (TK1), this customer insists on a window.
  await kiosk.locator('.kiosk-second, .kiosk-primary:not(.kiosk-machine)', { hasText: '取号' }).click();
  const number = kiosk.locator('.kiosk-number');
  await expect(number).toHaveText(/^[A-Z]\d{3}$/);
  return (await number.textContent()) ?? '';
}

async function leaveNumberPage(): Promise<void> {
  await foyer.window('kiosk').waitForTimeout(700);
  await foyer.window('kiosk').locator('.kiosk-primary').click();
}

async function signIn(page: Page, staffNumber: string, counter: string | null): Promise<void> {
  await page.getByLabel('工号').fill(staffNumber);
  await page.getByLabel('密码', { exact: true }).fill(SAMPLE_PASSWORD);
  if (counter !== null) {
    await page.getByLabel('窗口').click();
    await page.getByTitle(counter).first().click();
  }
  await page.locator('button[type=submit]').click();
}

test('[TK1] [TK3] [TK4] [TK7] a customer takes a number; the simulated printer shows it as paper', async () => {
  const kiosk = foyer.window('kiosk');
  await expect(kiosk.getByText('您好,欢迎光临')).toBeVisible();
  await pictures(foyer, 'kiosk', 'kiosk');
  expect(await takeNumber('个人现金业务')).toBe('A001');
  await expect(kiosk.locator('.kiosk-paper-printed')).toBeVisible();
  await picture(kiosk, 'kiosk-number');
  const bench = foyer.window('bench');
  await expect(bench.getByText('A001').first()).toBeVisible();
  await expect(bench.getByText('前面等候 0 人').first()).toBeVisible();
  await bench.waitForTimeout(PAPER_FEED_MS);
  await picture(bench, 'bench-paper');
  await leaveNumberPage();
});

test('[CS1] [DV1] [DV2] [DV3] [DV4] [ID1] a teller signs in and calls by key; boards, screen and voice say it', async () => {
  const teller = foyer.window('teller');
  await pictures(foyer, 'teller', 'teller-sign-in');
  await signIn(teller, '1001', '1号窗口');
  await expect(teller.getByRole('button', { name: /呼叫/ })).toBeEnabled();
  await teller.keyboard.press('F2');
  await expect(teller.locator('.bar').getByText('A001').first()).toBeVisible();
  await expect.poll(() => boardText(BOARD_OF_COUNTER_1)).toContain('请 A001 号');
  await expect.poll(() => boardText(MAIN_BOARD)).toContain('请 A001 号到1号窗口');
  await expect(foyer.window('lobby-screen').getByText('A001').first()).toBeVisible();
  // Spoken twice, each play fetched once.
  await expect.poll(() => foyer.spoken.length, { timeout: 30_000 }).toBe(2);
  await picture(teller, 'teller-bar-called');
  await pictures(foyer, 'lobby-screen', 'lobby-screen');
});

test('[CS3] recalled, started, and the window board says so', async () => {
  const teller = foyer.window('teller');
  await teller.keyboard.press('F4');
  await expect(teller.getByText('(2)')).toBeVisible();
  await teller.keyboard.press('F3');
  await expect.poll(() => boardText(BOARD_OF_COUNTER_1)).toContain('A001 办理中');
  await picture(teller, 'teller-bar-serving');
});

test('[CS10] [RT1] [RT2] [RT3] finish prompts, can be taken back, and a bad rating reaches the lobby at once', async () => {
  const [teller, bench, lobby] = [foyer.window('teller'), foyer.window('bench'), foyer.window('lobby')];
  await pictures(foyer, 'lobby', 'lobby-sign-in');
  await signIn(lobby, '2001', null);
  await expect(lobby.getByText('等候人数', { exact: true })).toBeVisible();

  await teller.keyboard.press('F8');
  await expect(teller.getByText(/请客户评价/)).toBeVisible();
  await expect(bench.getByText('请评价').first()).toBeVisible();
  await picture(teller, 'teller-bar-rating');
  await teller.keyboard.press('Control+z');
  await expect.poll(() => boardText(BOARD_OF_COUNTER_1)).toContain('A001 办理中');
  await teller.keyboard.press('F8');
  await expect(bench.getByText('请评价').first()).toBeVisible();
  await bench
    .getByRole('button', { name: /不满意/ })
    .first()
    .click();
  await expect(teller.getByText('不满意 ✓')).toBeVisible();
  await expect(lobby.getByText(/A001 在1号窗口给了差评/)).toBeVisible();
  await pictures(foyer, 'lobby', 'lobby');
  await lobby.getByRole('button', { name: '安抚记录' }).first().click();
  await lobby.getByText('已当面致歉并说明情况').click();
  await lobby.getByRole('dialog').locator('button.ant-btn-primary').click();
  await expect(lobby.getByText('已安抚').first()).toBeVisible();
});

test('[TK4] out of paper: the number stands, the lobby manager is told, and the reprint is marked', async () => {
  const [bench, kiosk, lobby] = [foyer.window('bench'), foyer.window('kiosk'), foyer.window('lobby')];
  await chooseFault(bench, 0, '缺纸');
  await expect(lobby.getByText('P101').first()).toBeVisible();
  const number = await takeNumber('转账汇款');
  expect(number).toBe('B001');
  await expect(kiosk.locator('.kiosk-paper-not-printed')).toBeVisible();
  await picture(kiosk, 'kiosk-not-printed');
  await expect(lobby.getByText(/B001 未打印/)).toBeVisible();
  await chooseFault(bench, 0, '正常');
  await expect(lobby.getByText('P101')).toHaveCount(0);
  await lobby.getByRole('button', { name: '补打' }).first().click();
  await expect(bench.getByText('【补打】').first()).toBeVisible();
  await bench.waitForTimeout(PAPER_FEED_MS);
  await picture(bench, 'bench-reprint');
  await leaveNumberPage();
});

async function chooseFault(bench: Page, device: number, fault: string): Promise<void> {
  await bench.locator('.ant-select').nth(device).click();
  await bench.locator('.ant-select-dropdown:visible').getByText(fault, { exact: true }).click();
}

test('[CS3] [CS8] a no-show comes back by the lobby manager; a pause shows on the board', async () => {
  const [teller, lobby] = [foyer.window('teller'), foyer.window('lobby')];
  const number = await takeNumber('个人现金业务');
  await leaveNumberPage();
  await teller.keyboard.press('F2');
  await expect(teller.locator('.bar').getByText(number).first()).toBeVisible();
  await teller.keyboard.press('F5');
  await lobby.getByRole('button', { name: '恢复' }).first().click();
  await teller.keyboard.press('F9');
  await teller.keyboard.press('1');
  await expect.poll(() => boardText(BOARD_OF_COUNTER_1)).toContain('暂停服务');
  await picture(teller, 'teller-bar-paused');
  await teller.keyboard.press('F9');
  await expect.poll(() => boardText(BOARD_OF_COUNTER_1)).toContain('热情为您服务');
  await teller.keyboard.press('F2');
  await expect(teller.locator('.bar').getByText(number).first()).toBeVisible();
});

async function durableSeq(): Promise<number> {
  const answer = await fetch(`${headOffice.url}v1/console/branches`);
  const { branches } = (await answer.json()) as { branches: { durableSeq: number }[] };
  return branches[0]?.durableSeq ?? 0;
}

test('[HO1] head office follows, misses some while it is down, and catches up by itself', async () => {
  await expect.poll(durableSeq).toBeGreaterThan(20);
  const before = await durableSeq();
  await headOffice.stop();
  await takeNumber('信用卡业务');
  await leaveNumberPage();
  headOffice = await startHeadOffice(join(folder, 'head-office'), HEAD_OFFICE_PORT);
  await expect.poll(durableSeq, { timeout: 90_000 }).toBeGreaterThan(before);
});

test('[ID3] killed at any moment it carries on, and the journal proves itself', async () => {
  await foyer.kill();
  const proof = execFileSync(
    process.execPath,
    ['src-main/cli/verify-journal.ts', '--data', dataFolder, '--json'],
    { cwd: ROOT },
  );
  expect(JSON.parse(proof.toString())).toMatchObject({ state: 'whole' });
  foyer = await startFoyer(dataFolder, headOffice.url);
  await expect(foyer.window('lobby-screen').getByText('A002').first()).toBeVisible();
  expect(await takeNumber('个人现金业务')).toBe('A003');
});

test('windows are fenced: no Node, no new windows, no leaving, no permissions', async () => {
  const kiosk = foyer.window('kiosk');
  const seen = await kiosk.evaluate(async () => ({
    node:
      typeof (globalThis as { require?: unknown }).require +
      typeof (globalThis as { process?: unknown }).process,
    opened: window.open('https://example.com') === null,
    camera: await navigator.mediaDevices?.getUserMedia({ video: true }).then(
      () => 'given',
      () => 'denied',
    ),
  }));
  expect(seen).toMatchObject({ node: 'undefinedundefined', opened: true });
  expect(seen.camera).not.toBe('given');
  const address = kiosk.url();
  await kiosk.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await kiosk.waitForTimeout(500);
  expect(kiosk.url()).toBe(address);
});
