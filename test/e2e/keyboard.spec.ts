import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { type BrowserHost, openPage, startBrowser, startBrowserHost } from './support/browser-foyer.ts';
import { takeNumbers } from './support/take-numbers.ts';

/** Kiosk, teller and lobby worked by keyboard alone, and fixed parts of screens that stay where they are. */
test.describe.configure({ timeout: 90_000 });

let host: BrowserHost;
let browser: Browser;
let context: BrowserContext;

test.beforeAll(async () => {
  host = await startBrowserHost(mkdtempSync(join(tmpdir(), 'foyer-keys-')));
  await takeNumbers(host.url, 'personal-cash', 3);
  browser = await startBrowser();
  context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  context.setDefaultTimeout(10_000);
});

test.afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

/** Goes on by Tab until something that fits `selector` has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if (await page.evaluate(wanted => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  const text = await page.locator('body').innerText();
  throw new Error(`${selector} cannot be reached by Tab on: ${text.replaceAll('\n', ' | ').slice(0, 400)}`);
}

/** Signs in by keyboard alone; the first place of a list is chosen by the arrow key. */
async function signInByKeys(page: Page, staffNumber: string, hasCounter: boolean): Promise<void> {
  await page.bringToFront();
  await page.locator('input[type=password]').waitFor();
  await tabTo(page, 'input:not([type=password])');
  await page.keyboard.type(staffNumber);
  await tabTo(page, 'input[type=password]');
  await page.keyboard.type(SAMPLE_PASSWORD);
  if (hasCounter) {
    await tabTo(page, '[role=combobox]');
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(400);
    await page.keyboard.press('Enter');
  }
  await tabTo(page, 'button[type=submit]');
  await page.keyboard.press('Enter');
}

type Boxes = Readonly<Record<string, string>>;

/** Where each fixed part lies, in whole pixels. */
function boxesOf(page: Page, selectors: readonly string[]): Promise<Boxes> {
  return page.evaluate(
    wanted =>
      Object.fromEntries(
        wanted.flatMap(selector =>
          [...document.querySelectorAll(selector)].map((element, index) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            return [`${selector} ${index}`, [x, y, width, height].map(Math.round).join(' ')];
          }),
        ),
      ),
    selectors,
  );
}

test('kiosk: a number by Tab and Enter alone', async () => {
  const page = await openPage(context, host, 'kiosk');
  await page.bringToFront();
  await page.locator('.kiosk-group').first().waitFor();
  await page.waitForTimeout(700);
  // Corporate business: no machine is offered instead.
  await tabTo(page, '.kiosk-group:nth-of-type(2)');
  await page.keyboard.press('Enter');
  await page.locator('.kiosk-business').first().waitFor();
  await page.waitForTimeout(700);
  await tabTo(page, '.kiosk-business');
  await page.keyboard.press('Enter');
  // Questions in between (who it is) are answered by their first large key.
  for (let pages = 0; pages < 4 && (await page.locator('.kiosk-number').count()) === 0; pages++) {
    await page.waitForTimeout(900);
    if ((await page.locator('.kiosk-number').count()) > 0) break;
    await tabTo(page, '.kiosk-primary');
    await page.keyboard.press('Enter');
  }
  await expect(page.locator('.kiosk-number')).toHaveText(/^[A-Z]\d{3}$/);
  await page.close();
});

const BAR_PARTS = ['.bar', '.bar > *', '.bar-action', '.bar-number'];

test('[CS11] teller: a customer from sign-in to rating by keyboard alone, and the bar’s parts never move', async () => {
  const page = await openPage(context, host, 'teller');
  await signInByKeys(page, '1001', true);
  const bar = page.locator('.bar');
  await expect(bar).toHaveAttribute('data-phase', 'open');
  const places = await boxesOf(page, BAR_PARTS);
  const expectStill = async (state: string) =>
    expect.soft(await boxesOf(page, BAR_PARTS), state).toEqual(places);
  for (const [key, phase] of [
    ['F2', 'called'],
    ['F4', 'called'],
    ['F3', 'serving'],
    ['F8', 'open'],
    ['Control+z', 'serving'],
    ['F8', 'open'],
    ['F2', 'called'],
    ['F5', 'open'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(bar).toHaveAttribute('data-phase', phase);
    await page.waitForTimeout(250);
    await expectStill(`after ${key}`);
  }
  await page.keyboard.press('F9');
  await page.keyboard.press('1');
  await expect(bar).toHaveAttribute('data-phase', 'paused');
  await expectStill('paused');
  await page.keyboard.press('F9');
  await expect(bar).toHaveAttribute('data-phase', 'open');
  await page.close();
});

const LOBBY_PARTS = ['.lobby > *', '.hall > *', '.hall-issue'];

test('[LB1] lobby: sign in, issue and leave by keyboard alone, and nothing fixed moves while the hall fills', async () => {
  const page = await openPage(context, host, 'lobby');
  await signInByKeys(page, '2001', false);
  await page.locator('.hall').waitFor();
  await page.waitForTimeout(500);
  const places = await boxesOf(page, LOBBY_PARTS);
  const expectStill = async (state: string) =>
    expect.soft(await boxesOf(page, LOBBY_PARTS), state).toEqual(places);
  await takeNumbers(host.url, 'personal-transfer', 30);
  await page.waitForTimeout(1500);
  await expectStill('33 in the hall');
  await page.keyboard.press('F2');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.waitForTimeout(500);
  await expectStill('after a dialog');
  await tabTo(page, '.hall button:not(.hall-issue)');
  await page.close();
});
