import { describe, expect, it } from 'vitest';
import type { StatusNumber } from '#drivers/printer/escpos-bytes.ts';
import {
  ALL_WELL,
  blockingCode,
  factsOfAutomaticStatus,
  healthOf,
  type PrinterFacts,
  withRealTimeStatus,
} from '#drivers/printer/status.ts';
import { factsOfPortStatus } from '#drivers/printer/usb-port-status.ts';

/** The facts that differ from a printer in order. */
function differences(facts: PrinterFacts): string[] {
  return Object.entries(facts).flatMap(([name, holds]) => (holds ? [name] : []));
}

describe('real-time status (hardware-protocols 2.1)', () => {
  it.each<[number, StatusNumber, string[]]>([
    [0x12, 1, []],
    [0x16, 1, []],
    [0x1a, 1, ['offline']],
    [0x1e, 1, ['offline']],
    [0x12, 2, []],
    [0x16, 2, ['coverOpen']],
    [0x32, 2, ['paperEnd']],
    [0x52, 2, []],
    [0x12, 3, []],
    [0x16, 3, []],
    [0x1a, 3, ['cutterError']],
    [0x32, 3, ['unrecoverableError']],
    [0x52, 3, ['recoverableError']],
    [0x12, 4, []],
    [0x1e, 4, ['paperNearEnd']],
    [0x7e, 4, ['paperEnd', 'paperNearEnd']],
    [0x72, 4, ['paperEnd']],
  ])('[HW2] byte %i for n = %i', (byte, number, expected) => {
    expect(differences(withRealTimeStatus(ALL_WELL, number, byte)).sort()).toEqual(expected);
  });

  it('[HW2] a printer that says it is online has no cause of being offline', () => {
    const down = { ...ALL_WELL, offline: true, coverOpen: true, cutterError: true, paperNearEnd: true };
    expect(differences(withRealTimeStatus(down, 1, 0x12))).toEqual(['paperNearEnd']);
  });
});

describe('automatic status (hardware-protocols 2.2)', () => {
  it.each<[[number, number, number, number], string[], string | null]>([
    [[0x10, 0, 0, 0], [], null],
    [[0x14, 0, 3, 0], ['paperNearEnd'], 'P108'],
    [[0x18, 0, 0x0f, 0], ['offline', 'paperEnd', 'paperNearEnd'], 'P101'],
    [[0x38, 0, 0, 0], ['coverOpen', 'offline'], 'P102'],
    [[0x18, 0x08, 0, 0], ['cutterError', 'offline'], 'P106'],
    [[0x18, 0x01, 0, 0], ['offline'], 'P103'],
    [[0x18, 0x20, 0, 0], ['offline', 'unrecoverableError'], 'P107'],
    [[0x18, 0x04, 0, 0], ['offline', 'recoverableError'], 'P111'],
    [[0x18, 0x40, 0, 0], ['offline', 'recoverableError'], 'P111'],
  ])('[HW2] %j', (bytes, expected, code) => {
    const facts = factsOfAutomaticStatus(bytes);
    expect(differences(facts).sort()).toEqual(expected);
    expect(healthOf(facts).code).toBe(code);
  });
});

describe('health', () => {
  it('[HW2] near end is a warning that does not keep from printing', () => {
    const facts = { ...ALL_WELL, paperNearEnd: true };
    expect(blockingCode(facts)).toBeNull();
    expect(healthOf(facts)).toEqual({ status: 'warning', code: 'P108' });
    expect(healthOf(ALL_WELL)).toEqual({ status: 'ready', code: null });
  });

  it('[HW2] the most telling cause is named', () => {
    expect(blockingCode({ ...ALL_WELL, offline: true, paperEnd: true, coverOpen: true })).toBe('P102');
    expect(healthOf({ ...ALL_WELL, offline: true, paperEnd: true })).toEqual({
      status: 'down',
      code: 'P101',
    });
  });
});

describe('port status of a USB printer (hardware-protocols 3)', () => {
  it.each<[number, string[], string | null]>([
    [0x18, [], null],
    [0x30, ['offline', 'paperEnd'], 'P101'],
    [0x08, ['offline'], 'P103'],
  ])('[HW2] byte %i', (byte, expected, code) => {
    expect(differences(factsOfPortStatus(byte)).sort()).toEqual(expected);
    expect(blockingCode(factsOfPortStatus(byte))).toBe(code);
  });
});
