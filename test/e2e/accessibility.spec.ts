import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { SAMPLE_PASSWORD } from '#core/sample/sample-bank.ts';
import { graveFindings } from './support/axe.ts';
import { type BrowserHost, openPage, startBrowser, startBrowserHost } from './support/browser-foyer.ts';
import { takeNumbers } from './support/take-numbers.ts';

/** Every window in its main states, in both languages, without a serious or critical finding of axe. */
test.describe.configure({ timeout: 90_000 });

let host: BrowserHost;
let browser: Browser;

test.beforeAll(async () => {
  host = await startBrowserHost(mkdtempSync(join(tmpdir(), 'foyer-axe-')));
  await takeNumbers(host.url, 'personal-cash', 4);
  browser = await startBrowser();
});

test.afterAll(async () => {
  await browser?.close();
  await host?.stop();
});

const WORDS = {
  zh: { window: '窗口', first: '1号窗口' },
  en: { window: 'Counter', first: 'Window 1' },
} as const;

async function expectNoGraveFindings(page: Page, state: string): Promise<void> {
  expect.soft(await graveFindings(page), state).toEqual([]);
}

async function signIn(page: Page, language: 'zh' | 'en', staffNumber: string, hasCounter: boolean) {
  await page.locator('input').first().fill(staffNumber);
  await page.locator('input[type=password]').fill(SAMPLE_PASSWORD);
  if (hasCounter) {
    await page.getByLabel(WORDS[language].window, { exact: true }).click();
    await page.getByTitle(WORDS[language].first).first().click();
  }
  await page.locator('button[type=submit]').click();
}

/** A tab on a screen of the size people work on. */
async function tabs(width = 1366, height = 768): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height } });
  context.setDefaultTimeout(10_000);
  return context;
}

for (const language of ['zh', 'en'] as const)
  test.describe(language, () => {
    test('kiosk: start, business, number', async () => {
      const context = await tabs();
      const page = await openPage(context, host, 'kiosk', language);
      await page.locator('.kiosk-group').first().waitFor();
      await expectNoGraveFindings(page, `kiosk start ${language}`);
      await page.waitForTimeout(700);
      await page.locator('.kiosk-group').first().click();
      await page.locator('.kiosk-business').first().waitFor();
      await expectNoGraveFindings(page, `kiosk business ${language}`);
      await page.locator('.kiosk-business').first().click();
      await page.waitForTimeout(700);
      await expectNoGraveFindings(page, `kiosk after business ${language}`);
      await context.close();
    });

    test('lobby: sign-in, floor, issue, ticket', async () => {
      const context = await tabs();
      const page = await openPage(context, host, 'lobby', language);
      await page.locator('input[type=password]').waitFor();
      await expectNoGraveFindings(page, `lobby sign-in ${language}`);
      await signIn(page, language, '2001', false);
      await page.locator('.hall').waitFor();
      await page.keyboard.press('F2');
      await page.getByRole('dialog').waitFor();
      await page.waitForTimeout(400);
      await expectNoGraveFindings(page, `lobby issue ${language}`);
      await page.keyboard.press('Escape');
      await page.waitForTimeout(400);
      await expectNoGraveFindings(page, `lobby floor ${language}`);
      await context.close();
    });

    test('teller: sign-in, idle, called, serving, rating, pause, more', async () => {
      const context = await tabs();
      const page = await openPage(context, host, 'teller', language);
      await page.locator('input[type=password]').waitFor();
      await expectNoGraveFindings(page, `teller sign-in ${language}`);
      await signIn(page, language, '1001', true);
      await expect(page.locator('.bar')).toHaveAttribute('data-phase', 'open', { timeout: 15_000 });
      await expectNoGraveFindings(page, `teller idle ${language}`);
      for (const [key, phase] of [
        ['F2', 'called'],
        ['F3', 'serving'],
        ['F8', 'open'],
      ] as const) {
        await page.keyboard.press(key);
        await expect(page.locator('.bar')).toHaveAttribute('data-phase', phase);
        await expectNoGraveFindings(page, `teller ${phase} ${language}`);
      }
      await page.keyboard.press('F9');
      await expectNoGraveFindings(page, `teller pause list ${language}`);
      await page.keyboard.press('1');
      await expect(page.locator('.bar')).toHaveAttribute('data-phase', 'paused');
      await expectNoGraveFindings(page, `teller paused ${language}`);
      await page.keyboard.press('F9');
      await expect(page.locator('.bar')).toHaveAttribute('data-phase', 'open');
      await context.close();
    });

    test('set-up: sign-in, first page, devices', async () => {
      const context = await tabs();
      const page = await openPage(context, host, 'setup', language);
      await page.locator('input[type=password]').waitFor();
      await expectNoGraveFindings(page, `set-up sign-in ${language}`);
      await signIn(page, language, '9001', false);
      await page.locator('input[type=password]').waitFor({ state: 'detached' });
      await page.waitForTimeout(800);
      await expectNoGraveFindings(page, `set-up ${language}`);
      await page.getByRole('button', { name: language === 'zh' ? '设备' : 'Devices', exact: true }).click();
      const rows = page.locator('.hardware-list li button');
      // A printer, a line of boards, a keypad, the readers that type.
      for (const row of [rows.nth(0), rows.nth(1), rows.nth(2), rows.last()]) {
        await row.click();
        await page.waitForTimeout(300);
        await expectNoGraveFindings(page, `set-up devices ${language}`);
      }
      await page.getByRole('button', { name: language === 'zh' ? '查找设备' : 'Find devices' }).click();
      await page.waitForTimeout(800);
      await expectNoGraveFindings(page, `set-up finding devices ${language}`);
      await context.close();
    });

    test('lobby screen, bench, speaker', async () => {
      const context = await tabs(1920, 1080);
      for (const kind of ['lobby-screen', 'bench', 'voice'] as const) {
        const page = await openPage(context, host, kind, language);
        await page.waitForTimeout(1500);
        await expectNoGraveFindings(page, `${kind} ${language}`);
      }
      await context.close();
    });
  });

test('the start page of the browser', async () => {
  const context = await tabs();
  const page = await context.newPage();
  await page.goto(host.url);
  await expectNoGraveFindings(page, 'start page');
  await context.close();
});
