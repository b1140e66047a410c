import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { BankDocument } from '#core/branch/bank-document.ts';
import type { EventData } from '#core/branch/events.ts';
import { deviceProblems } from '#core/documents/check-device-settings.ts';
import type { DeviceSettings, PrinterCapabilities } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { TestStep } from '#core/wire/views-hardware.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { deviceChanges, devicesOf } from './device-changes.ts';
import { writeDeviceSettings } from './device-file.ts';
import type { Devices } from './devices.ts';

export interface DeviceManagerParts {
  readonly devices: Devices;
  readonly settings: DeviceSettings;
  /** `<data>/devices.json`; null: nothing may be changed (practice). */
  readonly file: string | null;
  readonly document: () => BankDocument;
  readonly clock: DriverClock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onChange: () => void;
}

/** A self-test under way (`endedAt` null) or the last one. */
export interface DeviceTest {
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly steps: readonly TestStep[];
}

/** Records who changes what; refused by the journal, nothing changes. */
export type RecordDeviceChange = (changes: EventData<'device-settings-changed'>) => Result<unknown>;

/** HW7: the device settings in force, changed while the branch works, and the tests of the devices. */
export interface DeviceManager {
  readonly isChangeable: boolean;
  settings(): DeviceSettings;
  /** What people call a device; may be empty. */
  nameOf(deviceId: string): string;
  /** Names the settings in force; other settings have another. */
  revision(): string;
  /**
   * Puts other settings into force: only devices that differ are stopped and made again. Failures, with nothing
   * changed: `C902` with `field` (and `problem`, `detail`), `K306`, `V352`, `C916` somebody was faster, `C917`, and
   * those of `record`, `D404`.
   */
  save(settings: DeviceSettings, basedOn: string, record: RecordDeviceChange): Promise<Result<void>>;
  /** A printer found out what it can do: kept for the next start, without making it anew. `D404` is told. */
  learn(printerId: string, learned: Partial<PrinterCapabilities>): Result<void>;
  /** Runs the self-test of a device. Failures: `C918`, `C919` one is under way. */
  test(deviceId: string): Promise<Result<void>>;
  testOf(deviceId: string): DeviceTest | null;
}

/** A self-test that does not end by itself. */
const LONGEST_TEST_MS = 65_000;

export function createDeviceManager(parts: DeviceManagerParts): DeviceManager {
  const { devices, file, clock, now, onChange } = parts;
  let settings = parts.settings;
  let revision = revisionOf(settings);
  let busy: Promise<unknown> = Promise.resolve();
  const tests = new Map<string, DeviceTest>();

  const save = async (
    wanted: DeviceSettings,
    basedOn: string,
    record: RecordDeviceChange,
  ): Promise<Result<void>> => {
    if (file === null) return fail('C917');
    if (isDeepStrictEqual(wanted, settings)) return ok(undefined);
    if (basedOn !== revision) return fail('C916');
    const [problem] = deviceProblems(wanted, parts.document());
    if (problem) return fail('C902', { ...problem });
    const prepared = await devices.prepare(wanted);
    if (!prepared.ok) return prepared;
    const written = writeDeviceSettings(file, wanted);
    if (!written.ok) {
      await prepared.value.cancel();
      return written;
    }
    const changes = deviceChanges(settings, wanted);
    // Recorded first: a change that nobody can name would be worse than a record whose change has to be repeated.
    const kept = changes.length === 0 ? ok(undefined) : record({ changes });
    const inForce = kept.ok ? written.value.keep() : kept;
    if (!inForce.ok) {
      written.value.discard();
      await prepared.value.cancel();
      return inForce;
    }
    settings = wanted;
    revision = revisionOf(settings);
    for (const { deviceId } of changes) tests.delete(deviceId);
    await prepared.value.commit();
    return ok(undefined);
  };

  return {
    isChangeable: file !== null,
    settings: () => settings,
    nameOf: deviceId => devicesOf(settings).find(one => one.deviceId === deviceId)?.name ?? '',
    revision: () => revision,
    save(wanted, basedOn, record) {
      // One after the other: the second of two finds the first one's settings.
      const saved = busy.then(() => save(wanted, basedOn, record));
      busy = saved.catch(() => {});
      return saved;
    },
    learn(printerId, learnedOfIt) {
      const printers = settings.printers.map(entry =>
        entry.id === printerId
          ? { ...entry, capabilities: { ...entry.capabilities, ...learnedOfIt } }
          : entry,
      );
      const learned = { ...settings, printers };
      if (isDeepStrictEqual(learned, settings) || file === null) return ok(undefined);
      const written = writeDeviceSettings(file, learned);
      const kept = written.ok ? written.value.keep() : written;
      if (!kept.ok) return kept;
      devices.accept(learned);
      settings = learned;
      revision = revisionOf(settings);
      onChange();
      return ok(undefined);
    },
    async test(deviceId) {
      const device = devices.setUp().find(candidate => candidate.id === deviceId);
      if (!device) return fail('C918', { device: deviceId });
      if (tests.get(deviceId)?.endedAt === null) return fail('C919');
      const startedAt = now();
      let steps: readonly TestStep[] = [];
      let isOver = false;
      const show = (endedAt: number | null) => {
        tests.set(deviceId, { startedAt, endedAt, steps });
        onChange();
      };
      show(null);
      let cancelLimit = () => {};
      const limit = new Promise<readonly TestStep[]>(resolve => {
        cancelLimit = clock.after(LONGEST_TEST_MS, () =>
          resolve([...steps, { step: 'limit', outcome: 'failed', code: 'C920', facts: {} }]),
        );
      });
      const run = device.selfTest(step => {
        if (isOver) return;
        steps = [...steps, step];
        show(null);
      });
      steps = await Promise.race([run, limit]);
      isOver = true;
      cancelLimit();
      show(now());
      return ok(undefined);
    },
    testOf: deviceId => tests.get(deviceId) ?? null,
  };
}

function revisionOf(settings: DeviceSettings): string {
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16);
}
