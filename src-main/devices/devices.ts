import type { BranchEvent } from '#core/branch/events.ts';
import type {
  DeviceSettings,
  KeypadEntry,
  LedBusEntry,
  PrinterCapabilities,
  PrinterEntry,
  ReaderEntry,
  VoiceEntry,
} from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock, LedBusDriver } from '#drivers/contract.ts';
import { type Bench, createBench, type SimulatedHardware } from './bench.ts';
import { createBoardGroup, type NamedBoard } from './boards.ts';
import type { DeviceDesk, DeviceGroup } from './device-desk.ts';
import { planUnits, type Unit, type UnitPlan } from './device-units.ts';
import { type CounterSide, createKeypadGroup, type NamedKeypad } from './keypads.ts';
import type { MakeParts, SetUpDevice } from './made-device.ts';
import { makeKeypad } from './make-keypad.ts';
import { makeLedBus } from './make-led-bus.ts';
import { type MadePrinter, makePrinter } from './make-printer.ts';
import { makeReader } from './make-reader.ts';
import { makeVoiceZones } from './make-voice.ts';
import { createPrinterGroup } from './printers.ts';
import { createReaderGroup, type NamedReader, type ReaderGroup } from './readers.ts';
import { type HardwareShop, joinHardware, openHardwareShop } from './simulated-hardware.ts';
import type { VoiceZones } from './voice-zones.ts';

export interface DevicesParts {
  readonly settings: DeviceSettings;
  readonly desk: DeviceDesk;
  readonly clock: DriverClock;
  /** What else stands at a counter beside its keypad (RT4). */
  readonly counterSide: CounterSide;
  /** `drivers/voice/clips`. */
  readonly clipsFolder: string;
  /** A bank's own templates, profiles and clip packs lie in folders of it. */
  readonly dataFolder: string;
  readonly systemWideKeys?: MakeParts['systemWideKeys'];
}

/** All devices of this station. */
export interface Devices {
  readonly voice: Omit<VoiceZones, keyof DeviceGroup>;
  readonly bench: Bench;
  readonly hardware: SimulatedHardware;
  /** Every device as the set-up screen handles it, as of now. */
  setUp(): readonly SetUpDevice[];
  start(): void;
  follow(events: readonly BranchEvent[]): void;
  /**
   * Makes what other settings need, without touching what works. Failures: as of `createDevices`; nothing has
   * changed then.
   */
  prepare(settings: DeviceSettings): Promise<Result<PreparedDevices>>;
  /** These settings describe the devices as they already are: nothing is made anew because of them. */
  accept(settings: DeviceSettings): void;
  /** What a reader has read: the number itself, for the host alone (TK2). */
  onReading: ReaderGroup['onReading'];
  /** A printer found out what it can do. */
  onLearned(listener: (printerId: string, learned: Partial<PrinterCapabilities>) => void): void;
  stop(): Promise<void>;
}

/** Devices that are made and not yet at work. Exactly one of the two is to be called. */
export interface PreparedDevices {
  /** Stops what is no longer wanted, then starts what is new; every other device is left alone. */
  commit(): Promise<void>;
  cancel(): Promise<void>;
}

interface MadeBus {
  readonly group: DeviceGroup;
  readonly devices: readonly SetUpDevice[];
}

interface Plans {
  readonly printers: UnitPlan<PrinterEntry, MadePrinter>;
  readonly buses: UnitPlan<LedBusEntry, MadeBus>;
  readonly keypads: UnitPlan<KeypadEntry, { keypad: NamedKeypad; device: SetUpDevice }>;
  readonly readers: UnitPlan<ReaderEntry, { reader: NamedReader; device: SetUpDevice }>;
  /** Zones share the counters among them: one that changes makes all anew. */
  readonly voices: UnitPlan<readonly VoiceEntry[], { voice: VoiceZones; devices: readonly SetUpDevice[] }>;
}

type Units = { readonly [Family in keyof Plans]: Plans[Family]['next'] };

const NO_UNITS: Units = { printers: [], buses: [], keypads: [], readers: [], voices: [] };

/**
 * Makes the drivers the settings name, with simulators where they say so.
 * Failures: `C902` or `K306` settings that cannot be, `V352` the voice's list of clips is missing.
 */
export async function createDevices(parts: DevicesParts): Promise<Result<Devices>> {
  const { desk, clock, counterSide } = parts;
  const planned = await planAll(parts, NO_UNITS, parts.settings);
  if (!planned.ok) return planned;
  let units = nextUnits(planned.value);
  let started = false;

  const printers = createPrinterGroup(
    units.printers.map(unit => unit.made.printer),
    desk,
  );
  const keypads = createKeypadGroup(
    units.keypads.map(unit => unit.made.keypad),
    desk,
    clock,
    counterSide,
  );
  const readers = createReaderGroup(
    units.readers.map(unit => unit.made.reader),
    desk,
  );
  const voice = () => units.voices[0]?.made.voice;
  const groups = (): DeviceGroup[] => [
    printers,
    ...units.buses.map(unit => unit.made.group),
    keypads,
    readers,
    ...units.voices.map(unit => unit.made.voice),
  ];
  const hardware = joinHardware(() => allUnits(units).map(unit => unit.shop));
  const bench = createBench(
    hardware,
    () => desk.state().document.ratingLevels.map(level => level.name),
    desk.refreshViews,
  );
  let tellLearned = (_printerId: string, _learned: Partial<PrinterCapabilities>) => {};
  const hookPrinters = (fresh: Units['printers']) => {
    for (const { entry, made } of fresh) made.onLearned(learned => tellLearned(entry.id, learned));
  };
  hookPrinters(units.printers);
  for (const unit of allUnits(units)) bench.watch(unit.shop);

  const commit = async (plans: Plans) => {
    const gone = allGone(plans);
    const fresh = allFresh(plans);
    hookPrinters(plans.printers.fresh);
    units = nextUnits(plans);
    // A port that changes hands is let go of before its next owner opens it.
    await Promise.all([...plans.buses.gone, ...plans.voices.gone].map(unit => groupOf(unit.made).stop()));
    await Promise.all([
      printers.change(units.printers.map(unit => unit.made.printer)),
      keypads.change(units.keypads.map(unit => unit.made.keypad)),
      readers.change(units.readers.map(unit => unit.made.reader)),
    ]);
    if (started) for (const unit of [...plans.buses.fresh, ...plans.voices.fresh]) groupOf(unit.made).start();
    await Promise.all(gone.map(unit => unit.shop.stop()));
    for (const unit of fresh) bench.watch(unit.shop);
    desk.refreshViews();
  };

  return ok({
    voice: {
      get zoneIds() {
        return voice()?.zoneIds ?? [];
      },
      view: zoneId => voice()?.view(zoneId) ?? fail('V354', { zone: zoneId ?? '' }),
      played: (...report) => voice()?.played(...report),
      wavOf: id => voice()?.wavOf(id) ?? null,
      sayText: (where, text) => voice()?.sayText(where, text),
      hearOutputs: report => voice()?.hearOutputs(report),
      outputs: () => voice()?.outputs() ?? [],
    },
    bench,
    hardware,
    setUp: () => [
      ...units.printers.map(unit => unit.made.device),
      ...units.buses.flatMap(unit => unit.made.devices),
      ...units.keypads.map(unit => unit.made.device),
      ...units.readers.map(unit => unit.made.device),
      ...units.voices.flatMap(unit => unit.made.devices),
    ],
    start() {
      started = true;
      for (const group of groups()) group.start();
    },
    follow(events) {
      for (const group of groups()) group.follow(events);
    },
    async prepare(settings) {
      const plans = await planAll(parts, units, settings);
      if (!plans.ok) return plans;
      return ok({
        commit: () => commit(plans.value),
        cancel: async () => {
          await Promise.all(allFresh(plans.value).map(unit => unit.shop.stop()));
        },
      });
    },
    accept(settings) {
      units = {
        ...units,
        printers: units.printers.map(unit => ({
          ...unit,
          entry: settings.printers.find(({ id }) => id === unit.entry.id) ?? unit.entry,
        })),
      };
    },
    onReading: readers.onReading,
    onLearned(listener) {
      tellLearned = listener;
    },
    async stop() {
      await Promise.all(groups().map(group => group.stop()));
      await Promise.all(allUnits(units).map(unit => unit.shop.stop()));
    },
  });
}

/** Makes what is new in every family; the first failure lets go of all of it. */
async function planAll(
  { desk, clock, clipsFolder, dataFolder, systemWideKeys }: DevicesParts,
  units: Units,
  settings: DeviceSettings,
): Promise<Result<Plans>> {
  const { document } = desk.state();
  const openShop = () => openHardwareShop(document, clock);
  const made = (hardware: HardwareShop): MakeParts => ({
    document,
    clock,
    hardware,
    dataFolder,
    systemWideKeys,
  });
  const letGo = async (...plans: readonly UnitPlan<unknown, unknown>[]) => {
    await Promise.all(plans.flatMap(plan => plan.fresh).map(unit => unit.shop.stop()));
  };

  const printers = await planUnits(units.printers, settings.printers, openShop, (entry, shop) =>
    makePrinter(entry, made(shop)),
  );
  if (!printers.ok) return printers;

  const buses = await planUnits(units.buses, settings.ledBuses, openShop, (entry, shop) => {
    const bus = makeLedBus(entry, made(shop));
    return bus.ok ? ok(madeBus(bus.value, desk, clock)) : bus;
  });
  if (!buses.ok) {
    await letGo(printers.value);
    return buses;
  }

  const keypads = await planUnits(units.keypads, settings.keypads, openShop, (entry, shop) =>
    makeKeypad(entry, made(shop)),
  );
  if (!keypads.ok) {
    await letGo(printers.value, buses.value);
    return keypads;
  }

  const readers = await planUnits(units.readers, settings.readers, openShop, (entry, shop) =>
    ok(makeReader(entry, made(shop))),
  );
  if (!readers.ok) {
    await letGo(printers.value, buses.value, keypads.value);
    return readers;
  }

  const voices = await planUnits(units.voices, [settings.voices], openShop, (entries, shop) =>
    makeVoiceZones(entries, made(shop), { clipsFolder, desk }),
  );
  if (!voices.ok) {
    await letGo(printers.value, buses.value, keypads.value, readers.value);
    return voices;
  }
  return ok({
    printers: printers.value,
    buses: buses.value,
    keypads: keypads.value,
    readers: readers.value,
    voices: voices.value,
  });
}

/** The boards of one bus follow the branch by themselves, so that another bus can change beside them. */
function madeBus(
  { bus, boards, devices }: { bus: LedBusDriver; boards: NamedBoard[]; devices: SetUpDevice[] },
  desk: DeviceDesk,
  clock: DriverClock,
): MadeBus {
  let stopped = false;
  const ownDesk: DeviceDesk = {
    ...desk,
    tellHealth: (...health) => {
      if (!stopped) desk.tellHealth(...health);
    },
  };
  const group = createBoardGroup(boards, [bus], ownDesk, clock);
  return {
    devices,
    group: {
      ...group,
      stop() {
        stopped = true;
        return group.stop();
      },
    },
  };
}

function groupOf(made: MadeBus | { voice: VoiceZones }): DeviceGroup {
  return 'voice' in made ? made.voice : made.group;
}

function nextUnits({ printers, buses, keypads, readers, voices }: Plans): Units {
  return {
    printers: printers.next,
    buses: buses.next,
    keypads: keypads.next,
    readers: readers.next,
    voices: voices.next,
  };
}

function allUnits(units: Units): readonly Unit<unknown, unknown>[] {
  return Object.values(units).flat();
}

function allFresh(plans: Plans): readonly Unit<unknown, unknown>[] {
  return Object.values(plans).flatMap(plan => plan.fresh as readonly Unit<unknown, unknown>[]);
}

function allGone(plans: Plans): readonly Unit<unknown, unknown>[] {
  return Object.values(plans).flatMap(plan => plan.gone as readonly Unit<unknown, unknown>[]);
}
