import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test';
import type { WindowKind } from '#core/wire/port-messages.ts';
import { WINDOW_KINDS } from '#main/window-pages.ts';
import { usualWindows } from '#main/windows/window-plan.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SCREENSHOTS = fileURLToPath(new URL('../screenshots', import.meta.url));

/** The program in Electron, with its windows by kind. */
export interface FoyerApp {
  readonly app: ElectronApplication;
  window(kind: WindowKind): Page;
  /** Every announcement the speaker window has fetched so far. */
  readonly spoken: readonly string[];
  close(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/**
 * Starts Foyer as `npm start` does, on `dataFolder`; with `--windows` in `more`, only those.
 * @param expected how many windows it opens by itself, where its set-up says which
 */
export async function startFoyer(
  dataFolder: string,
  headOfficeUrl: string,
  more: readonly string[] = [],
  expected = usualWindows(WINDOW_KINDS, 1).length,
): Promise<FoyerApp> {
  const app = await _electron.launch({
    executablePath: electronFile(),
    args: [ROOT, '--data', dataFolder, '--head-office', headOfficeUrl, ...more],
    cwd: ROOT,
  });
  const named = more[more.indexOf('--windows') + 1];
  const isNamed = more.includes('--windows') && named !== undefined;
  const windowCount = isNamed ? named.split(',').length : expected;
  const pages = new Map<string, Page>();
  const spoken: string[] = [];
  const take = (page: Page) => {
    const kind = new URL(page.url()).pathname.replaceAll('/', '');
    if (kind !== '') pages.set(kind, page);
    if (kind === 'voice')
      page.on('request', request => {
        if (request.url().endsWith('.wav')) spoken.push(request.url());
      });
  };
  await expect
    .poll(() => {
      for (const page of app.windows())
        if (!pages.has(new URL(page.url()).pathname.replaceAll('/', ''))) take(page);
      return pages.size;
    })
    .toBeGreaterThanOrEqual(windowCount);
  return {
    app,
    spoken,
    window(kind) {
      const page = pages.get(kind);
      if (!page) throw new Error(`no window ${kind}`);
      return page;
    },
    close: () => app.close(),
    async kill() {
      const child = app.process();
      const gone = new Promise<void>(resolve => child.once('exit', () => resolve()));
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** The runtime named by ELECTRON_OVERRIDE_DIST_PATH, else the electron package's own. */
function electronFile(): string {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(ROOT, 'node_modules/electron/dist');
  return join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

export const SIZES = { small: [1366, 768], large: [1920, 1080] } as const;

/** Resizes a window's page, as dragging its edge would. */
export async function resize(
  foyer: FoyerApp,
  kind: WindowKind,
  width: number,
  height: number,
): Promise<void> {
  const address = foyer.window(kind).url();
  await foyer.app.evaluate(
    ({ BrowserWindow }, [url, w, h]) => {
      const window = BrowserWindow.getAllWindows().find(one => one.webContents.getURL() === url);
      window?.setContentSize(w, h);
    },
    [address, width, height] as const,
  );
  await expect.poll(() => foyer.window(kind).evaluate(() => window.innerWidth)).toBe(width);
}

/** Keeps a picture of a window under test/e2e/screenshots. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

/** Pictures of a window in both sizes, and in English as well as Chinese. */
export async function pictures(foyer: FoyerApp, kind: WindowKind, name: string): Promise<void> {
  const page = foyer.window(kind);
  for (const language of ['zh', 'en'] as const) {
    await page.evaluate(chosen => localStorage.setItem('foyer.language', chosen), language);
    await page.reload();
    for (const [size, [width, height]] of Object.entries(SIZES)) {
      await resize(foyer, kind, width, height);
      // What glows once after a change has faded by then.
      await page.waitForTimeout(700);
      await picture(page, `${name}-${language}-${size}`);
    }
  }
  await page.evaluate(() => localStorage.setItem('foyer.language', 'zh'));
  await page.reload();
}
