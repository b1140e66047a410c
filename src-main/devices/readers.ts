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
  /** From now on it is these; whoever is no longer among them is stopped. */
  change(readers: readonly NamedReader[]): Promise<void>;
}

/** The readers of this station: they tell how they are, and hand on what they read. */
export function createReaderGroup(first: readonly NamedReader[], desk: DeviceDesk): ReaderGroup {
  let readers = first;
  let tell: (window: ReaderEntry['window'], text: string) => void = () => {};
  const hook = (reader: NamedReader) => {
    const { id, window, driver } = reader;
    driver.onHealth(health => {
      if (readers.includes(reader)) desk.tellHealth(id, 'reader', null, health);
    });
    driver.onReading(({ text }) => {
      if (readers.includes(reader)) tell(window, text);
    });
  };
  for (const reader of readers) hook(reader);

  return {
    onReading(listener) {
      tell = listener;
    },
    start() {
      for (const { driver } of readers) driver.start();
    },
    follow() {},
    async change(changed) {
      const gone = readers.filter(reader => !changed.includes(reader));
      const fresh = changed.filter(reader => !readers.includes(reader));
      readers = changed;
      await Promise.all(gone.map(({ driver }) => driver.stop()));
      for (const reader of fresh) {
        hook(reader);
        reader.driver.start();
      }
    },
    async stop() {
      await Promise.all(readers.map(({ driver }) => driver.stop()));
    },
  };
}
