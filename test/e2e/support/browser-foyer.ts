import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import type { WindowKind } from '#core/wire/port-messages.ts';
import { endProcess } from './pseudo-terminals.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** The system's own Chromium, where there is one; else the one Playwright has downloaded. */
const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** The branch's host in Node, serving its windows to a browser. */
export interface BrowserHost {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  readonly port: number;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Foyer as `npm start -- --browser` does. `port` 0 takes any free one. */
export async function startBrowserHost(
  dataFolder: string,
  port = 0,
  more: readonly string[] = [],
): Promise<BrowserHost> {
  const args = ['--browser', '--data', dataFolder, '--port', String(port), '--head-office', 'off', ...more];
  const child = spawn(process.execPath, ['src-main/cli/start.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readyAddress(child);
  return {
    url,
    port: Number(new URL(url).port),
    async kill() {
      const gone = new Promise<void>(resolve => child.once('exit', () => resolve()));
      child.kill('SIGKILL');
      await gone;
    },
    stop: () => endProcess(child),
  };
}

function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
      const url = /ready (http:\S+)/.exec(printed)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', code =>
      reject(new Error(`the host ended with ${code} before it was ready:\n${printed}`)),
    );
  });
}

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** Opens a window's page in a tab of `context` and waits until it is drawn. */
export async function openPage(
  context: BrowserContext,
  host: BrowserHost,
  kind: WindowKind,
  language: 'zh' | 'en' = 'zh',
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${host.url}${kind}/?lang=${language}`);
  await page.locator('#root > *').first().waitFor({ state: 'attached' });
  return page;
}
