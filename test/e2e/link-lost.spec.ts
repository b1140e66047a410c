import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { type BrowserHost, openPage, startBrowser, startBrowserHost } from './support/browser-foyer.ts';
import { takeNumbers } from './support/take-numbers.ts';

/** The host is killed while every window is open: each says so in words, and recovers by itself. */
test.describe.configure({ mode: 'serial', timeout: 120_000 });

const dataFolder = mkdtempSync(join(tmpdir(), 'foyer-lost-'));
/** A dropped connection is seen at once; what remains is drawing it. */
const SAID_WITHIN = { timeout: 3000 };
/** Starting again, and the longest pause between two attempts of a window. */
const BACK_WITHIN = { timeout: 12_000 };

let host: BrowserHost;
let browser: Browser;
let context: BrowserContext;
let kiosk: Page;
let teller: Page;
let lobby: Page;
let screen: Page;
let voice: Page;
let bench: Page;

async function signIn(page: Page, staffNumber: string, counter: string | null): Promise<void> {
  // A list unfolds only in the tab at the front.
  await page.bringToFront();
  await page.locator('input').first().fill(staffNumber);
  await page.locator('input[type=password]').fill(SAMPLE_PASSWORD);
  if (counter !== null) {
    await page.getByLabel('窗口', { exact: true }).click();
    await page.getByTitle(counter).first().click();
  }
  await page.locator('button[type=submit]').click();
}

test.beforeAll(async () => {
  host = await startBrowserHost(dataFolder);
  await takeNumbers(host.url, 'personal-cash', 3);
  browser = await startBrowser();
  context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  context.setDefaultTimeout(10_000);
  kiosk = await openPage(context, host, 'kiosk');
  teller = await openPage(context, host, 'teller');
  lobby = await openPage(context, host, 'lobby');
  screen = await openPage(context, host, 'lobby-screen');
  voice = await openPage(context, host, 'voice');
  bench = await openPage(context, host, 'bench');
  await signIn(teller, '1001', '1号窗口');
  await signIn(lobby, '2001', null);
  // The bar is there before the counter is open; a key pressed then is nobody's.
  await expect(teller.locator('.bar')).toHaveAttribute('data-phase', 'open', { timeout: 15_000 });
  await teller.keyboard.press('F2');
  await expect(teller.locator('.bar-number')).toHaveText('A001');
  await expect(screen.getByText('A001').first()).toBeVisible();
  await lobby.locator('.hall').waitFor();
  await kiosk.locator('.kiosk-group').first().waitFor();
});

test.afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

test('[DV5] [BR7] with its host killed, each window says so in words and offers nothing it cannot do', async () => {
  await host.kill();
  await Promise.all([
    expect(kiosk.locator('.kiosk-stopped')).toBeVisible(SAID_WITHIN),
    expect(teller.locator('.bar-problem[role=alert]')).toContainText('与厅堂程序的连接已断开', SAID_WITHIN),
    expect(lobby.locator('.status-corner')).toContainText('已断开', SAID_WITHIN),
    expect(screen.getByText('显示已中断，请听从叫号')).toBeVisible(SAID_WITHIN),
    expect(voice.locator('.status-corner')).toContainText('已断开', SAID_WITHIN),
    expect(bench.locator('.status-corner')).toContainText('已断开', SAID_WITHIN),
  ]);
  // Nothing on the lobby screen looks live: calls are dimmed and carry their time, none covers the screen.
  await expect(screen.locator('.board-lost')).toBeVisible();
  await expect(screen.getByText(/画面停在 \d\d:\d\d/)).toBeVisible();
  await expect(screen.locator('.board-takeover')).toHaveCount(0);
  await expect(teller.locator('.bar-action').first()).toBeDisabled();
});

test('[DV5] [CS10] all come back by themselves, where they were, and show what happens next', async () => {
  host = await startBrowserHost(dataFolder, host.port);
  await Promise.all([
    expect(kiosk.locator('.kiosk-group').first()).toBeVisible(BACK_WITHIN),
    expect(teller.locator('.bar-problem[role=alert]')).toHaveAttribute('data-shown', 'false', BACK_WITHIN),
    expect(lobby.locator('.status-corner')).not.toContainText('已断开', BACK_WITHIN),
    expect(screen.locator('.board-lost')).toHaveCount(0, BACK_WITHIN),
    expect(voice.locator('.status-corner')).not.toContainText('已断开', BACK_WITHIN),
    expect(bench.locator('.status-corner')).not.toContainText('已断开', BACK_WITHIN),
  ]);
  // Still signed in, with the customer in hand.
  await expect(teller.locator('.bar-number')).toHaveText('A001');
  await teller.keyboard.press('F5');
  await expect(teller.locator('.bar')).toHaveAttribute('data-phase', 'open');
  await teller.keyboard.press('F2');
  await expect(teller.locator('.bar-number')).toHaveText('A002');
  await expect(screen.getByText('A002').first()).toBeVisible();
});
