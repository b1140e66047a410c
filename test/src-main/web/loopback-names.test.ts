import { describe, expect, it } from 'vitest';
import { isAddressedToUs, mayOpenPort } from '#main/web/loopback-names.ts';

describe('loopback names', () => {
  it.each(['127.0.0.1:8610', 'localhost:8610', 'LOCALHOST:8610', '[::1]:8610'])('accepts host %s', host => {
    expect(isAddressedToUs({ host }, 8610)).toBe(true);
  });

  it.each([
    undefined,
    '',
    '127.0.0.1',
    '127.0.0.1:8611',
    '127.0.0.1:8610.evil.example',
    'evil.example:8610',
    'localhost.evil.example:8610',
    '127.0.0.1.nip.example:8610',
    '0.0.0.0:8610',
  ])('refuses host %j: a name bound to this PC by somebody else', host => {
    expect(isAddressedToUs({ host }, 8610)).toBe(false);
  });

  it('accepts a host without its port on the default port only', () => {
    expect(isAddressedToUs({ host: 'localhost' }, 80)).toBe(true);
  });

  it('opens the port for our own pages and for programs that are no browser', () => {
    const host = '127.0.0.1:8610';
    expect(mayOpenPort({ host, origin: 'http://127.0.0.1:8610' }, 8610)).toBe(true);
    expect(mayOpenPort({ host }, 8610)).toBe(true);
  });

  it.each([
    'null',
    '',
    'http://evil.example',
    'http://127.0.0.1',
    'http://127.0.0.1:80',
    'http://localhost:8610',
    'https://127.0.0.1:8610',
    'http://127.0.0.1:8610.evil.example',
    'file://',
  ])('refuses the port to a page of %j', origin => {
    expect(mayOpenPort({ host: '127.0.0.1:8610', origin }, 8610)).toBe(false);
  });
});
