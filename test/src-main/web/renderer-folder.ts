import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Asset } from '#main/running-branch.ts';

/** A small built renderer folder with a secret file beside it and a link that leads to it. */
export function setupRendererFolder(): { folder: string; remove: () => void } {
  const home = mkdtempSync(join(tmpdir(), 'foyer-site-'));
  const folder = join(home, 'renderer');
  for (const page of ['kiosk', 'teller', 'lobby', 'boards', 'rating-screen', 'voice', 'bench', 'setup']) {
    mkdirSync(join(folder, page), { recursive: true });
    writeFileSync(join(folder, page, 'index.html'), `<!doctype html><title>${page}</title>`);
  }
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets', 'kiosk-B1_x-9.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'notes.txt'), 'not a kind of file we serve');
  writeFileSync(join(home, 'secret.js'), 'secret');
  symlinkSync(join(home, 'secret.js'), join(folder, 'assets', 'link.js'));
  return { folder, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** The branch's own assets, with one clip. */
export function readOneClip(path: string): Asset | null {
  return path === '/voice/call-7.wav' ? { contentType: 'audio/wav', body: Uint8Array.of(82, 73) } : null;
}
