import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite, type Site, type SiteAnswer } from '#main/web/site.ts';
import { WINDOW_KINDS } from '#main/window-pages.ts';
import { readOneClip, setupRendererFolder } from './renderer-folder.ts';

let site: Site;
let remove: () => void;
beforeAll(() => {
  const setup = setupRendererFolder();
  remove = setup.remove;
  site = createSite(setup.folder, readOneClip);
});
afterAll(() => remove());

const text = (answer: SiteAnswer) => new TextDecoder().decode(answer.body);

describe('site', () => {
  it('links every window from the start page, in both languages', async () => {
    const answer = await site.answer('GET', '/?lang=en');
    expect(answer.status).toBe(200);
    for (const kind of WINDOW_KINDS) expect(text(answer)).toContain(`href="/${kind}/"`);
    expect(text(answer)).toContain('厅堂');
    expect(text(answer)).toContain('customers take a number');
  });

  it.each(WINDOW_KINDS)('[BR1] serves the page of %s at an address of its own', async kind => {
    const answer = await site.answer('GET', `/${kind}/?lang=en`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(text(answer)).toContain(`<title>${kind === 'lobby-screen' ? 'boards' : kind}</title>`);
  });

  it.each(WINDOW_KINDS)('[HW5] %s may ask for a microphone only where it needs one', async kind => {
    const { headers } = await site.answer('GET', `/${kind}/`);
    const wanted = kind === 'setup' || kind === 'voice' ? 'microphone=(self)' : 'microphone=()';
    expect(headers['permissions-policy']).toContain(wanted);
    expect(headers['permissions-policy']).toContain('camera=()');
  });

  it('has the icon that browsers ask for unasked', async () => {
    const answer = await site.answer('GET', '/favicon.ico');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('image/svg+xml');
  });

  it('leads an address without its last slash to the page', async () => {
    const answer = await site.answer('GET', '/voice');
    expect(answer.status).toBe(308);
    expect(answer.headers.location).toBe('/voice/');
  });

  it('tells the voice page from the clips under the same address', async () => {
    const clip = await site.answer('GET', '/voice/call-7.wav');
    expect(clip.headers['content-type']).toBe('audio/wav');
    expect(clip.headers['content-length']).toBe('2');
    expect((await site.answer('GET', '/voice/unknown.wav')).status).toBe(404);
  });

  it('lets built files be kept and answers HEAD without a body', async () => {
    const answer = await site.answer('HEAD', '/assets/kiosk-B1_x-9.js');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.headers['content-length']).toBe('10');
    expect(answer.body.byteLength).toBe(0);
  });

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/assets/..%5c..%5csecret.js',
    '/assets\\..\\..\\secret.js',
    '/%252e%252e/secret.js',
    '//secret.js',
    '/assets/link.js',
    '/assets/notes.txt',
    '/assets/',
    '/assets/kiosk-B1_x-9.js%00.html',
    '/assets/kiosk-B1_x-9.js/',
    '/%',
    '/%ff',
    '/nowhere',
    'secret.js',
    '',
    'http://127.0.0.1/secret.js',
  ])('answers %j as unknown and tells nothing else', async target => {
    const answer = await site.answer('GET', target);
    expect(answer.status).toBe(404);
    expect(text(answer)).toBe('{"code":"M609"}');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', ''])('refuses the method %j', async method => {
    const answer = await site.answer(method, '/');
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
  });

  it.each(['/', '/kiosk/', '/nowhere', '/voice', '/voice/call-7.wav'])(
    'guards %s by headers',
    async target => {
      const { headers } = await site.answer('GET', target);
      const policy = headers['content-security-policy'] ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    },
  );

  it('serves nothing but the start page and assets when nothing was built', async () => {
    const empty = createSite('/no/such/folder', readOneClip);
    expect((await empty.answer('GET', '/')).status).toBe(200);
    expect((await empty.answer('GET', '/kiosk/')).status).toBe(404);
  });
});
