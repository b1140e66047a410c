import { describe, expect, it } from 'vitest';
import { APP_ORIGIN, mayLoad, maySave } from '#main/windows/app-origin.ts';
import { isTrustedSender } from '#main/windows/trusted-sender.ts';

describe('trusted sender', () => {
  const mainFrame = { origin: APP_ORIGIN, parent: null };

  it('is the main frame of our window on our page', () => {
    expect(isTrustedSender(true, mainFrame)).toBe(true);
  });

  it.each([
    ['contents that are no window of ours', false, mainFrame],
    ['a frame within the page', true, { ...mainFrame, parent: {} }],
    ['a frame that is gone', true, null],
    ['another origin', true, { ...mainFrame, origin: 'https://evil.example' }],
    ['no origin', true, { ...mainFrame, origin: 'null' }],
    ['an origin that only begins like ours', true, { ...mainFrame, origin: `${APP_ORIGIN}.evil.example` }],
  ])('is not %s', (_, isOurWindow, frame) => {
    expect(isTrustedSender(isOurWindow, frame)).toBe(false);
  });
});

describe('addresses a window may load', () => {
  it.each([
    `${APP_ORIGIN}/kiosk/`,
    `${APP_ORIGIN}/voice/a.wav?x=1`,
    `blob:${APP_ORIGIN}/0b5a`,
    'data:image/png;base64,AA==',
    'devtools://devtools/bundled/inspector.html',
  ])('allows %s', address => {
    expect(mayLoad(address)).toBe(true);
  });

  it.each([
    'https://example.com/',
    'http://app.foyer.invalid/kiosk/',
    'https://app.foyer.invalid:8443/',
    'https://app.foyer.invalid.example/',
    'https://app.foyer.invalid@example.com/',
    'http://127.0.0.1:8620/',
    'ws://127.0.0.1:8610/port',
    'wss://app.foyer.invalid/',
    'file:///etc/passwd',
    'blob:https://example.com/0b5a',
    'chrome://settings',
    'javascript:alert(1)',
    '',
    'nonsense',
  ])('refuses %j', address => {
    expect(mayLoad(address)).toBe(false);
  });
});

describe('what a window may offer as a file', () => {
  it('is what one of our pages made in memory, and nothing that can be fetched', () => {
    expect(maySave(`blob:${APP_ORIGIN}/0b5a`)).toBe(true);
    for (const address of [
      `${APP_ORIGIN}/kiosk/`,
      'blob:https://example.com/0b5a',
      'data:text/html,x',
      'https://example.com/a',
      '',
    ])
      expect(maySave(address), address).toBe(false);
  });
});
