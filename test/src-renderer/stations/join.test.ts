import { describe, expect, it } from 'vitest';
import { readHostAddress, readPort, showHostAddress, USUAL_PORT } from '#renderer/stations/host-address.ts';
import { fieldOfRefusal } from '#renderer/stations/join-problems.ts';

describe('[BR2] the host’s address as a person types it', () => {
  it('reads names, IPv4 and IPv6, with and without a port', () => {
    expect(readHostAddress(' 192.168.1.5:5851 ')).toEqual({ host: '192.168.1.5', port: 5851 });
    // A Chinese keyboard gives the wide colon.
    expect(readHostAddress('lobby-pc：5851')).toEqual({ host: 'lobby-pc', port: 5851 });
    expect(readHostAddress('lobby-pc')).toEqual({ host: 'lobby-pc', port: USUAL_PORT });
    expect(readHostAddress('[fd00::5]:5851')).toEqual({ host: 'fd00::5', port: 5851 });
  });

  it('takes nothing else', () => {
    for (const typed of ['', 'a b', 'pc:0', 'pc:65536', 'pc:x', 'fd00::5', '[]:5850', 'pc:5850:1'])
      expect(readHostAddress(typed), typed).toBeNull();
    for (const typed of ['', '0', '-1', '5.5', '1e3', '70000']) expect(readPort(typed), typed).toBeNull();
  });

  it('shows what it reads', () => {
    for (const typed of ['192.168.1.5:5851', '[fd00::5]:5851']) {
      const read = readHostAddress(typed);
      expect(read && showHostAddress(read)).toBe(typed);
    }
  });
});

it('[BR2] each refusal of pairing is said beside the field it is about', () => {
  expect(['U511', 'U512', 'U515'].map(code => fieldOfRefusal({ code: code as 'U511' }))).toEqual([
    'host',
    'host',
    'host',
  ]);
  for (const code of ['U519', 'U520', 'U521', 'U522', 'U523', 'U524', 'U529'] as const)
    expect(fieldOfRefusal({ code }), code).toBe('code');
  expect(fieldOfRefusal({ code: 'U525' })).toBe('stationId');
  expect(fieldOfRefusal({ code: 'C906' })).toBe('listenPort');
  expect(fieldOfRefusal({ code: 'U561' })).toBe('own');
  expect(fieldOfRefusal({ code: 'D404' })).toBeNull();
});
