import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { ReaderDriver } from '#drivers/contract.ts';

/** A reader driver under test, not yet started, and somebody who holds a card to the reader. */
export interface ReaderUnderTest {
  readonly driver: ReaderDriver;
  /** Null on a real device: a person scans, and the title says so. */
  readonly scan: ((text: string) => void) | null;
  tearDown(): Promise<void>;
}

/** A person needs time to hold something to the reader. */
const LIMIT_MS = 40_000;

/**
 * What every reader driver must do, on a simulator and on a real device (HW1).
 * @param name the device, for the test titles
 * @param setUp makes a driver that is not started
 */
export function describeReaderContract(name: string, setUp: () => Promise<ReaderUnderTest>): void {
  describe(`reader contract on ${name}`, () => {
    let reader: ReaderUnderTest;
    const ready = () =>
      new Promise<DeviceHealth>(resolve => {
        reader.driver.onHealth(resolve);
        reader.driver.start();
      });

    beforeEach(async () => {
      reader = await setUp();
    });
    afterEach(() => reader.tearDown());

    it('[HW1] reports that it is there', async () => {
      expect(await ready()).toEqual({ status: 'ready', code: null });
    });

    it('[HW1] brings what is held to it', { timeout: LIMIT_MS }, async () => {
      await ready();
      const read = new Promise<string>(resolve => reader.driver.onReading(({ text }) => resolve(text)));
      reader.scan?.('5555555555554444');
      expect(await read).toMatch(/^[\x20-\x7e]{1,64}$/);
    });

    it('[HW1] gives a reading that a self-test takes to nobody else', { timeout: LIMIT_MS }, async () => {
      await ready();
      const others: string[] = [];
      reader.driver.onReading(({ text }) => others.push(text));
      const taken = reader.driver.takeNext(30_000);
      reader.scan?.('5555555555554444');
      expect((await taken)?.text.length).toBeGreaterThan(0);
      expect(others).toEqual([]);
    });

    it('[HW1] stops and starts again', async () => {
      await ready();
      await reader.driver.stop();
      expect(await ready()).toEqual({ status: 'ready', code: null });
    });
  });
}
