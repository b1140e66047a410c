import type { ReaderEntry } from '#core/wire/device-settings.ts';
import type { ReaderDriver } from '#drivers/contract.ts';
import type { DeviceDesk, DeviceGroup } from './device-desk.ts';

export interface NamedReader {
  readonly id: string;
  /** Whose readings they are. */
  readonly window: ReaderEntry['window'];
  readonly driver: ReaderDriver;
}

export interface ReaderGroup extends DeviceGroup {
  /** Called with what was read: the number itself, for the host alone (TK2). */
  onReading(listener: (window: ReaderEntry['window'], text: string) => void): void;
}

/** The readers of this station: they tell how they are, and hand on what they read. */
export function createReaderGroup(readers: readonly NamedReader[], desk: DeviceDesk): ReaderGroup {
  let tell: (window: ReaderEntry['window'], text: string) => void = () => {};
  for (const { id, window, driver } of readers) {
    driver.onHealth(health => desk.tellHealth(id, 'reader', null, health));
    driver.onReading(({ text }) => tell(window, text));
  }
  return {
    onReading(listener) {
      tell = listener;
    },
    start() {
      for (const { driver } of readers) driver.start();
    },
    follow() {},
    async stop() {
      await Promise.all(readers.map(({ driver }) => driver.stop()));
    },
  };
}
