import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { graveFindings } from './support/axe.ts';
import { type BrowserHost, openPage, startBrowser, startBrowserHost } from './support/browser-foyer.ts';
import { takeNumbers } from './support/take-numbers.ts';

/** The screen beside window 1 and its teller on one PC: greeting, prompt, press, thanks, one-metre line. */
test.describe.configure({ mode: 'serial', timeout: 120_000 });

let host: BrowserHost;
let browser: Browser;
let context: BrowserContext;
let teller: Page;
let screen: Page;

test.beforeAll(async () => {
  host = await startBrowserHost(mkdtempSync(join(tmpdir(), 'foyer-rating-')));
  await takeNumbers(host.url, 'personal-cash', 4);
  browser = await startBrowser();
  context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  context.setDefaultTimeout(20_000);
  screen = await openPage(context, host, 'rating-screen');
  teller = await openPage(context, host, 'teller');
});

test.afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

const stage = (kind: string) => screen.locator(`.screen[data-stage=${kind}]`);

/** Every stage the screen shows from now on, so that none is missed for being short. */
async function watchStages(): Promise<() => Promise<string[]>> {
  await screen.locator('.screen').evaluate(element => {
    const seen: string[] = [];
    const note = () => seen.push(element.getAttribute('data-stage') ?? '');
    new MutationObserver(note).observe(element, { attributes: true, attributeFilter: ['data-stage'] });
    Object.assign(globalThis, { foyerStages: seen });
  });
  return () => screen.evaluate(() => (globalThis as unknown as { foyerStages: string[] }).foyerStages);
}

/** The teller serves the next customer to the end. */
async function serveNext(): Promise<void> {
  const bar = teller.locator('.bar');
  await teller.bringToFront();
  for (const [key, phase] of [
    ['F2', 'called'],
    ['F3', 'serving'],
    ['F8', 'open'],
  ] as const) {
    await teller.keyboard.press(key);
    await expect(bar).toHaveAttribute('data-phase', phase);
  }
}

test('[RT4] it asks for its window until the teller of the same PC signs in, then follows that one', async () => {
  await expect(screen.locator('.choice button')).toHaveCount(8);
  await teller.bringToFront();
  await teller.locator('input').first().fill('1001');
  await teller.locator('input[type=password]').fill(SAMPLE_PASSWORD);
  await teller.getByLabel('窗口', { exact: true }).click();
  await teller.getByTitle('1号窗口').first().click();
  await teller.locator('button[type=submit]').click();
  await teller.locator('.bar').waitFor();
  await expect(stage('idle')).toContainText('您好,欢迎光临');
  await expect(screen.locator('.teller-number')).toContainText('1001');
  await expect(screen.getByRole('img', { name: '4 星' })).toBeVisible();
  expect(await graveFindings(screen)).toEqual([]);
});

test('[RT1] the prompt is there at once, the first touch counts, and it thanks', async () => {
  const stages = await watchStages();
  await serveNext();
  await expect(stage('rate')).toBeVisible();
  await screen.getByRole('button', { name: /^满意/ }).click();
  await expect(stage('idle')).toBeVisible();
  expect(await stages()).toEqual(['customer', 'rate', 'thanks', 'idle']);
  await expect(teller.locator('.bar')).toContainText('满意');
});

test('[RT1] keys of the keyboard do the same, and nothing answers when the time is over', async () => {
  const stages = await watchStages();
  await serveNext();
  await expect(stage('rate')).toBeVisible();
  await screen.bringToFront();
  await screen.keyboard.press('4');
  await expect(stage('idle')).toBeVisible();
  expect(await stages()).toContain('thanks');
  await serveNext();
  await expect(stage('rate')).toBeVisible();
  expect(await graveFindings(screen)).toEqual([]);
  await expect(stage('idle')).toBeVisible();
  await screen.keyboard.press('1');
  await expect(stage('idle')).toBeVisible();
});

test('[RT4] the one-metre line is shown in both languages, and gives way by itself', async () => {
  await screen.bringToFront();
  await screen.getByRole('button', { name: '一米线' }).click();
  const line = screen.locator('.screen-step-back');
  await expect(line).toContainText('请在一米线外等候');
  await expect(line).toContainText('Please wait behind the one-metre line');
  await expect(line).toHaveCount(0);
});

test('[DV5] without its host it says so and offers no key', async () => {
  await serveNext();
  await expect(stage('rate')).toBeVisible();
  await host.kill();
  await expect(stage('lost')).toContainText('暂时不能评价');
  await expect(screen.locator('.rate-key')).toHaveCount(0);
});
