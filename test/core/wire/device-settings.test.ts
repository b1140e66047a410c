import { describe, expect, it } from 'vitest';
import { DeviceSettings } from '#core/wire/device-settings.ts';

const BEFORE_ZONES = {
  printers: [{ id: 'printer-1', connection: { kind: 'tcp', host: '10.0.0.9', port: 9100 } }],
  ledBuses: [
    {
      id: 'bus',
      baudRate: 57_600,
      port: { kind: 'serial', path: 'COM3' },
      boards: [{ id: 'board', address: 1, counterId: null, width: 128, height: 16 }],
    },
  ],
  keypads: [],
  voice: { id: 'voice-1', packs: ['zh-CN'], times: 2 },
};

describe('device settings', () => {
  it('[HW7] a file of the first kind is still read, with what it did not say filled in', () => {
    const settings = DeviceSettings.parse(BEFORE_ZONES);
    expect(settings.voices).toEqual([
      { id: 'voice-1', name: '', counterIds: null, packs: ['zh-CN'], times: 2, output: null },
    ]);
    expect(settings.printers[0]?.capabilities).toMatchObject({ columns: 48, confirmation: 'unknown' });
    expect(settings.ledBuses[0]).toMatchObject({
      protocol: { kind: 'onbon-5k6k' },
      port: { format: '8N1' },
    });
    expect(settings.readers).toEqual([]);
  });

  it.each([
    ['a field nobody knows', { ...BEFORE_ZONES, speaker: 1 }],
    ['no voice at all', { ...BEFORE_ZONES, voice: undefined }],
    ['both a voice and zones', { ...BEFORE_ZONES, voices: 'no' }],
    [
      'a port beyond TCP',
      { ...BEFORE_ZONES, printers: [{ id: 'p', connection: { kind: 'tcp', host: 'a', port: 70_000 } }] },
    ],
    ['nothing', null],
    ['a text', 'devices'],
  ])('[HW7] %s is refused', (_what, json) => {
    expect(DeviceSettings.safeParse(json).success).toBe(false);
  });
});
