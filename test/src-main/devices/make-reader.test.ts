import { describe, expect, it } from 'vitest';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { ReaderEntry } from '#core/wire/device-settings.ts';
import { makeReader } from '#main/devices/make-reader.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { openHardwareShop } from '#main/devices/simulated-hardware.ts';
import { createHandClock } from '../../drivers/hand-clock.ts';

const CARD = '5555555555554444';

function make(clock = REAL_CLOCK) {
  const hardware = openHardwareShop(SAMPLE_BANK, clock);
  const entry = ReaderEntry.parse({ id: 'reader-1', connection: { kind: 'simulated' } });
  const { reader, device } = makeReader(entry, { document: SAMPLE_BANK, clock, hardware, dataFolder: '' });
  const [made] = hardware.readers;
  if (!made) throw new Error('no simulator');
  const until = (code: string | null) =>
    new Promise<void>(resolve => reader.driver.onHealth(health => health.code === code && resolve()));
  return { reader, device, simulator: made.simulator, until };
}

describe('a reader as the set-up screen handles it', () => {
  it('[HW7] tests itself with a scan of its own, and tells only how long the number was', async () => {
    const { reader, device, until } = make();
    const others: string[] = [];
    reader.driver.onReading(({ text }) => others.push(text));
    const ready = until(null);
    reader.driver.start();
    await ready;
    const steps = await device.selfTest();
    expect(steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual(['open passed', 'scan passed']);
    expect(steps[1]?.facts).toMatchObject({ characters: 16 });
    expect(JSON.stringify(steps)).not.toMatch(/0{8}/);
    expect(others).toEqual([]);
    await reader.driver.stop();
  });

  it('[HW7] one that is not there fails the first step with R361 and tries no more', async () => {
    const { reader, device, simulator, until } = make();
    simulator.setFault('unplugged');
    const gone = until('R361');
    reader.driver.start();
    await gone;
    expect(await device.selfTest()).toEqual([
      { step: 'open', outcome: 'failed', code: 'R361', facts: {} },
      { step: 'scan', outcome: 'skipped', code: null, facts: {} },
    ]);
    await reader.driver.stop();
  });

  it('[HW7] waits no longer than 20 s for a scan, then says R364', async () => {
    const clock = createHandClock(1);
    const { device, simulator } = make(clock);
    simulator.setFault('unplugged');
    const tested = device.selfTest();
    await clock.advance(20_000);
    expect((await tested)[1]).toMatchObject({ step: 'scan', outcome: 'failed', code: 'R364' });
  });

  it('[ID2] its log counts the bytes of a number and keeps none of them', async () => {
    const { reader, device, simulator, until } = make();
    const ready = until(null);
    reader.driver.start();
    await ready;
    const read = new Promise<string>(resolve => reader.driver.onReading(({ text }) => resolve(text)));
    simulator.scan(CARD);
    expect(await read).toBe(CARD);
    const lines = device.log.lines().filter(({ kind }) => kind === 'in');
    expect(lines.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(CARD.length + 2);
    expect(lines.every(({ text }) => text === '')).toBe(true);
    await reader.driver.stop();
  });
});
