import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStartArguments } from '#main/start/start-arguments.ts';

const NOTHING_ASKED = {
  browser: false,
  dataFolder: null,
  port: null,
  headOfficeUrl: 'http://127.0.0.1:8620',
  windows: null,
  practice: null,
};

describe('start arguments', () => {
  it('[BR1] needs none', () => {
    expect(readStartArguments([], 'refuse')).toEqual({ ok: true, value: NOTHING_ASKED });
  });

  it('reads each of them', () => {
    const args = [
      '--browser',
      '--data',
      '/tmp/a b',
      '--port=0',
      '--head-office',
      'https://ho.example/',
      '--windows',
    ];
    expect(readStartArguments([...args, 'kiosk, voice,kiosk'], 'refuse')).toEqual({
      ok: true,
      value: {
        browser: true,
        dataFolder: '/tmp/a b',
        port: 0,
        headOfficeUrl: 'https://ho.example/',
        windows: ['kiosk', 'voice'],
        practice: null,
      },
    });
  });

  it('[AS4] asks for practice, at its own speed', () => {
    expect(readStartArguments(['--practice'], 'refuse')).toMatchObject({ value: { practice: { speed: 1 } } });
    expect(readStartArguments(['--practice', '--practice-speed', '2.5'], 'refuse')).toMatchObject({
      value: { practice: { speed: 2.5 } },
    });
  });

  it('switches the upload off', () => {
    expect(readStartArguments(['--head-office', 'off'], 'refuse')).toMatchObject({
      value: { headOfficeUrl: null },
    });
  });

  it.each([
    ['--port', ['--port', '65536']],
    ['--port', ['--port', '-1']],
    ['--port', ['--port=80x']],
    ['--port', ['--port']],
    ['--port', ['--port', '--browser']],
    ['--data', ['--data']],
    ['--data', ['--data', '']],
    ['--data', ['--data=']],
    ['--browser', ['--browser=yes']],
    ['--head-office', ['--head-office', 'ftp://ho.example']],
    ['--head-office', ['--head-office', 'ho.example']],
    ['--windows', ['--windows', 'kiosk,safe']],
    ['--windows', ['--windows', ',']],
    ['--practice', ['--practice=yes']],
    ['--practice-speed', ['--practice', '--practice-speed', '0']],
    ['--practice-speed', ['--practice', '--practice-speed', '21']],
    ['--practice-speed', ['--practice', '--practice-speed', '1e1']],
    ['--practice-speed', ['--practice-speed', '2']],
    ['--prot', ['--prot', '1']],
    ['kiosk', ['kiosk']],
    ['--', ['--']],
    ['-p', ['-p']],
  ])('names %s as the option at fault of %j', (option, args) => {
    expect(readStartArguments(args, 'refuse')).toEqual({
      ok: false,
      error: { code: 'C905', facts: { option } },
    });
  });

  it("passes over Electron's own switches and folder", () => {
    const args = ['--inspect=0', '--no-sandbox', '/opt/foyer', '-x', '--port', '8611', '--', 'rest'];
    expect(readStartArguments(args, 'ignore')).toMatchObject({ ok: true, value: { port: 8611 } });
    expect(readStartArguments(['--no-sandbox', '--port', 'x'], 'ignore')).toMatchObject({ ok: false });
  });

  it('answers anything with a value, never an exception', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 12 })), args => {
        readStartArguments(args, 'refuse');
        readStartArguments(args, 'ignore');
      }),
      { numRuns: 2000, ...(process.env.FOYER_SEED ? { seed: Number(process.env.FOYER_SEED) } : {}) },
    );
  });
});
