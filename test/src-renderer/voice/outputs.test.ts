import { expect, it } from 'vitest';
import { createOutputs, type Output } from '../../../src-renderer/voice/outputs.ts';

function setUp(first: readonly Output[]) {
  let there = first;
  const played: string[] = [];
  const reports: unknown[] = [];
  const broken = new Set<string>();
  const outputs = createOutputs({
    list: async () => there,
    async playTo(deviceId) {
      played.push(deviceId);
      return !broken.has(deviceId);
    },
    report: report => reports.push(report),
  });
  return {
    outputs,
    reports,
    broken,
    playsTo: () => played.at(-1),
    plug: (now: readonly Output[]) => {
      there = now;
      return outputs.look();
    },
  };
}

const HDMI = { deviceId: 'a1', label: 'HDMI' };
const USB = { deviceId: 'b2', label: 'Speakers (USB Audio)' };

it('[HW5] without a wish the standard output plays, and the host learns which there are', async () => {
  const { outputs, reports, playsTo } = setUp([
    HDMI,
    USB,
    { ...HDMI, deviceId: 'c3' },
    { deviceId: 'd', label: '' },
  ]);
  outputs.want(null);
  await outputs.look();
  expect(playsTo()).toBe('');
  expect(reports).toEqual([{ outputs: ['HDMI', 'Speakers (USB Audio)'], inUse: null }]);
});

it('[HW5] the wanted output plays; pulled out the standard one does, plugged in again it is back', async () => {
  const { outputs, reports, playsTo, plug } = setUp([HDMI, USB]);
  outputs.want('HDMI');
  await outputs.look();
  expect(playsTo()).toBe('a1');
  await plug([USB]);
  expect(playsTo()).toBe('');
  // The system may give it another id then.
  await plug([USB, { ...HDMI, deviceId: 'e5' }]);
  expect(playsTo()).toBe('e5');
  expect(reports).toMatchObject([{ inUse: 'HDMI' }, { inUse: null }, { inUse: 'HDMI' }]);
});

it('[HW5] an output that is listed and refuses is not in use', async () => {
  const { outputs, reports, broken, playsTo } = setUp([HDMI]);
  broken.add('a1');
  outputs.want('HDMI');
  await outputs.look();
  expect(playsTo()).toBe('');
  expect(reports).toEqual([{ outputs: ['HDMI'], inUse: null }]);
});

it('[HW5] of two wishes at once the last one stays', async () => {
  const { outputs, playsTo } = setUp([HDMI, USB]);
  outputs.want('HDMI');
  outputs.want('Speakers (USB Audio)');
  await outputs.look();
  expect(playsTo()).toBe('b2');
});
