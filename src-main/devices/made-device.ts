import type { BankDocument } from '#core/branch/bank-document.ts';
import type { DeviceKind } from '#core/wire/device-news.ts';
import type { ByteLog } from '#drivers/byte-log.ts';
import type { DriverClock, SelfTestStep } from '#drivers/contract.ts';
import type { SystemWideKeys } from '#drivers/keypad/shortcut-port.ts';
import type { HardwareShop } from './simulated-hardware.ts';

/** What every `make-…` of a device family may use. */
export interface MakeParts {
  readonly document: BankDocument;
  readonly clock: DriverClock;
  /** Simulated devices are made here, so that the bench window shows them. */
  readonly hardware: HardwareShop;
  /** A bank's own templates, profiles and clip packs lie in folders of it. */
  readonly dataFolder: string;
  /** Keys taken from all programs (keypads set to F13–F24); only the desktop program has them. */
  readonly systemWideKeys?: SystemWideKeys | undefined;
}

/** A device as the set-up screen handles it, whatever its family (HW7). */
export interface SetUpDevice {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly counterId: string | null;
  readonly simulated: boolean;
  readonly log: ByteLog;
  /**
   * Tries the device out and tells every step; never throws, never takes longer than a minute. A long one tells its
   * steps through `onStep` as they end; the answer has all of them again.
   */
  selfTest(onStep?: (step: SelfTestStep) => void): Promise<readonly SelfTestStep[]>;
}
