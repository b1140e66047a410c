import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BranchEvent } from '#core/branch/events.ts';
import { ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { createKeypadDriver } from '#drivers/keypad/keypad-driver.ts';
import type { KeypadPort } from '#drivers/keypad/keypad-port.ts';
import { type HidKeypadProfile, parseKeypadProfile } from '#drivers/keypad/keypad-profile.ts';
import { createNodeHidPort } from '#drivers/keypad/node-hid-port.ts';
import { SHIPPED_KEYPAD_PROFILES } from '#drivers/keypad/shipped-profiles.ts';
import { LedBus } from '#drivers/led/led-bus.ts';
import { checkLedBusSettings, LED_BUS_DEFAULTS, type LedArea } from '#drivers/led/led-settings.ts';
import { createSerialTransport } from '#drivers/led/serial-transport.ts';
import { createTcpPrinterDriver } from '#drivers/printer/tcp-printer-driver.ts';
import { type ClipPack, loadClipPack } from '#drivers/voice/clip-pack.ts';
import { type Bench, createBench } from './bench.ts';
import { createBoardGroup, type NamedBoard } from './boards.ts';
import type { DeviceDesk, DeviceGroup } from './device-desk.ts';
import { type DeviceSettings, LINE_HEIGHT, SPOKEN_PACKS } from './device-settings.ts';
import { createKeypadGroup, type NamedKeypad } from './keypads.ts';
import { createPrinterGroup, type NamedPrinter } from './printers.ts';
import { type HardwareShop, openHardwareShop } from './simulated-hardware.ts';
import { createVoiceGroup, type VoiceGroup } from './voice.ts';

export interface DevicesParts {
  readonly settings: DeviceSettings;
  readonly desk: DeviceDesk;
  readonly clock: DriverClock;
  /** `drivers/voice/clips`. */
  readonly clipsFolder: string;
}

/** All devices of this station. */
export interface Devices {
  readonly voice: VoiceGroup;
  readonly bench: Bench;
  readonly hardware: HardwareShop;
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
}: DevicesParts): Promise<Result<Devices>> {
  const { document } = desk.state();
  const hardware = openHardwareShop(document, clock);

  const printers: NamedPrinter[] = [];
  for (const { id, connection } of settings.printers) {
    const address =
      connection.kind === 'tcp' ? connection : { host: '127.0.0.1', port: (await hardware.printer(id)).port };
    const firstProcessNumber = firstProcessNumberAt(Date.now());
    printers.push({ id, driver: createTcpPrinterDriver(address, clock, { firstProcessNumber }) });
  }

  const boards: NamedBoard[] = [];
  const buses: LedBus[] = [];
  for (const bus of settings.ledBuses) {
    const made = makeLedBus(bus, hardware, clock);
    if (!made.ok) return made;
    buses.push(made.value);
    for (const { id, counterId, height } of bus.boards)
      boards.push({ id, counterId, lineCount: linesOf(counterId, height), bus: made.value });
  }

  const keypads: NamedKeypad[] = [];
  for (const { id, counterId, profileId, connection } of settings.keypads) {
    const profile = parseKeypadProfile(SHIPPED_KEYPAD_PROFILES[profileId], document.ratingLevels.length);
    if (!profile.ok) return profile;
    if (profile.value.transport !== 'hid')
      return { ok: false, error: { code: 'K306', facts: { field: 'transport' } } };
    const port = await makeKeypadPort(id, counterId, connection, profile.value, hardware);
    keypads.push({ id, counterId, driver: createKeypadDriver({ profile: profile.value, port, clock }) });
  }

  const packs = new Map<string, ClipPack>();
  for (const name of SPOKEN_PACKS) {
    const pack = await loadClipPack(file => readFile(join(clipsFolder, name, file)).catch(() => null));
    if (!pack.ok) return pack;
    packs.set(name, pack.value);
  }

  const { id: voiceId, packs: spoken, times } = settings.voice;
  const voice = createVoiceGroup({ id: voiceId, packs, spoken, times, clock, desk });
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

/** Process ids must not repeat within a day: a restart begins above every number used before it. */
function firstProcessNumberAt(now: number): number {
  return (Math.floor(now / 1000) % 86_400) * 10 + 1;
}

function linesOf(counterId: string | null, height: number): number {
  return counterId === null ? Math.max(1, Math.floor(height / LINE_HEIGHT)) : 1;
}

type LedBusEntry = DeviceSettings['ledBuses'][number];

function makeLedBus(bus: LedBusEntry, hardware: HardwareShop, clock: DriverClock): Result<LedBus> {
  const settings = checkLedBusSettings({
    ...LED_BUS_DEFAULTS,
    baudRate: bus.baudRate,
    boards: bus.boards.map(({ id, address, counterId, width, height }) => ({
      boardId: id,
      address,
      areas: Array.from({ length: linesOf(counterId, height) }, (_, line) => lineArea(line, width)),
      maxTextBytes: 512,
    })),
  });
  if (!settings.ok) return settings;
  const simulated = bus.port.kind === 'simulated' ? hardware.ledPort(bus) : null;
  const path = bus.port.kind === 'serial' ? bus.port.path : (simulated?.path ?? '');
  const transport = createSerialTransport({
    path,
    baudRate: bus.baudRate,
    simulatedBy: simulated?.simulatedBy ?? null,
  });
  return ok(new LedBus(transport, clock, settings.value));
}

function lineArea(line: number, width: number): LedArea {
  return { id: line, x: 0, y: line * LINE_HEIGHT, width, height: LINE_HEIGHT, fontHeight: 16, colour: null };
}

/** The real keypad when it is there, else one made of software with the same reports. */
async function makeKeypadPort(
  id: string,
  counterId: string,
  connection: DeviceSettings['keypads'][number]['connection'],
  profile: HidKeypadProfile,
  hardware: HardwareShop,
): Promise<KeypadPort> {
  if (connection === 'simulated') return hardware.keypad(id, counterId, profile).port;
  const real = createNodeHidPort(profile);
  if (connection === 'hid') return real;
  const found = await real.open();
  if (!found.ok) return hardware.keypad(id, counterId, profile).port;
  await real.close();
  return real;
}
