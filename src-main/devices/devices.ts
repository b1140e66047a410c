import type { BranchEvent } from '#core/branch/events.ts';
import type { DeviceSettings } from '#core/wire/device-settings.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock, LedBusDriver } from '#drivers/contract.ts';
import { type Bench, createBench } from './bench.ts';
import { createBoardGroup, type NamedBoard } from './boards.ts';
import type { DeviceDesk, DeviceGroup } from './device-desk.ts';
import { createKeypadGroup, type NamedKeypad } from './keypads.ts';
import type { MakeParts, SetUpDevice } from './made-device.ts';
import { makeKeypad } from './make-keypad.ts';
import { makeLedBus } from './make-led-bus.ts';
import { makePrinter } from './make-printer.ts';
import { makeVoice } from './make-voice.ts';
import { createPrinterGroup, type NamedPrinter } from './printers.ts';
import { type HardwareShop, openHardwareShop } from './simulated-hardware.ts';
import type { VoiceGroup } from './voice.ts';

export interface DevicesParts {
  readonly settings: DeviceSettings;
  readonly desk: DeviceDesk;
  readonly clock: DriverClock;
  /** `drivers/voice/clips`. */
  readonly clipsFolder: string;
  /** A bank's own templates, profiles and clip packs lie in folders of it. */
  readonly dataFolder: string;
}

/** All devices of this station. */
export interface Devices {
  readonly voice: VoiceGroup;
  readonly bench: Bench;
  readonly hardware: HardwareShop;
  /** Every device as the set-up screen handles it. */
  readonly setUp: readonly SetUpDevice[];
  start(): void;
  follow(events: readonly BranchEvent[]): void;
  stop(): Promise<void>;
}

/**
 * Makes the drivers the settings name, with simulators where they say so.
 * Failures: `C902` or `K306` settings that cannot be, `V352` the voice's list of clips is missing.
 */
export async function createDevices({
  settings,
  desk,
  clock,
  clipsFolder,
  dataFolder,
}: DevicesParts): Promise<Result<Devices>> {
  const { document } = desk.state();
  const hardware = openHardwareShop(document, clock);
  const parts: MakeParts = { document, clock, hardware, dataFolder };
  const setUp: SetUpDevice[] = [];

  const printers: NamedPrinter[] = [];
  for (const entry of settings.printers) {
    const made = await makePrinter(entry, parts);
    if (!made.ok) return made;
    printers.push(made.value.printer);
    setUp.push(made.value.device);
  }

  const boards: NamedBoard[] = [];
  const buses: LedBusDriver[] = [];
  for (const entry of settings.ledBuses) {
    const made = makeLedBus(entry, parts);
    if (!made.ok) return made;
    buses.push(made.value.bus);
    boards.push(...made.value.boards);
    setUp.push(...made.value.devices);
  }

  const keypads: NamedKeypad[] = [];
  for (const entry of settings.keypads) {
    const made = await makeKeypad(entry, parts);
    if (!made.ok) return made;
    keypads.push(made.value.keypad);
    setUp.push(made.value.device);
  }

  const [zone] = settings.voices;
  if (!zone) return fail('C902', { field: 'voices' });
  const madeVoice = await makeVoice(zone, parts, { clipsFolder, desk });
  if (!madeVoice.ok) return madeVoice;
  const { voice } = madeVoice.value;
  setUp.push(madeVoice.value.device);

  const bench = createBench(
    hardware,
    document.ratingLevels.map(level => level.name),
    desk.refreshViews,
  );
  const groups: DeviceGroup[] = [
    createPrinterGroup(printers, desk),
    createBoardGroup(boards, buses, desk, clock),
    createKeypadGroup(keypads, desk, clock),
    voice,
  ];
  return ok({
    voice,
    bench,
    hardware,
    setUp,
    start() {
      for (const group of groups) group.start();
    },
    follow(events) {
      for (const group of groups) group.follow(events);
    },
    async stop() {
      await Promise.all(groups.map(group => group.stop()));
      await hardware.stop();
    },
  });
}
