import { z } from 'zod';
import { DeviceHealth, DeviceKind } from './device-news.ts';
import type { DeviceSettings } from './device-settings.ts';
import { Id, Instant, LocalText } from './fields.ts';

/** As the host keeps them: valid, with their defaults filled in. */
const Settings = z.custom<DeviceSettings>(value => typeof value === 'object' && value !== null);

/** One step of a self-test as the report shows it. */
export const TestStep = z.strictObject({
  step: z.string().max(40),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  code: z.string().max(8).nullable(),
  /** What was measured or found, by name. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type TestStep = z.infer<typeof TestStep>;

/** Something found on this PC or its network that may be a device. */
export const FoundDevice = z.strictObject({
  key: z.string(),
  /** What it probably is; `unknown` for a serial port that could be anything. */
  kind: z.enum(['printer', 'keypad', 'serial-port']),
  connection: z.enum(['serial', 'hid', 'usb-lp', 'spooler', 'tcp', 'xfs4iot']),
  /** Path, printer's name or address, as the settings take it. */
  address: z.string(),
  /** TCP only. */
  port: z.int().nullable(),
  /** What it calls itself; may be empty. */
  label: z.string(),
  /** A keypad's profile, when it is a known one. */
  profileId: z.string().nullable(),
  /** The device that has it in the settings, or null. */
  usedBy: Id.nullable(),
});
export type FoundDevice = z.infer<typeof FoundDevice>;

/** HW7: the devices of this station for the set-up window. */
export const HardwareView = z.strictObject({
  branchName: LocalText,
  timeZone: z.string(),
  station: Id,
  /** Foyer's own version, for the report. */
  program: z.string(),
  system: z.string(),
  /** False in practice: its devices are simulated and stay as they are. */
  isChangeable: z.boolean(),
  /** Names the settings below: `basedOn` of a change. */
  revision: z.string(),
  settings: Settings,
  counters: z.array(z.strictObject({ id: Id, name: LocalText })),
  devices: z.array(
    z.strictObject({
      deviceId: Id,
      kind: DeviceKind,
      name: z.string(),
      counterId: Id.nullable(),
      simulated: z.boolean(),
      /** Null while nothing is known yet. */
      health: DeviceHealth.nullable(),
      since: Instant.nullable(),
      /** The last self-test since the program started, or null. */
      test: z
        .strictObject({ startedAt: Instant, endedAt: Instant.nullable(), steps: z.array(TestStep) })
        .nullable(),
    }),
  ),
  search: z.strictObject({
    isRunning: z.boolean(),
    /** Addresses asked so far, of how many. */
    asked: z.int(),
    total: z.int(),
    /** When the last one ended, or null. */
    endedAt: Instant.nullable(),
    /** Kinds of line that could not be looked at on this PC. */
    unavailable: z.array(z.string()),
    found: z.array(FoundDevice),
  }),
  /** A keypad whose keys are being learned, or were last; null: none. */
  learning: z
    .strictObject({
      address: z.string(),
      profileId: z.string(),
      /** Of a serial port; null: a HID keypad. */
      baudRate: z.int().nullable(),
      phase: z.enum(['opening', 'hands-off', 'key', 'done', 'failed']),
      /** The rating level whose key is to be pressed now, from 0. */
      key: z.int().nullable(),
      pressed: z.int(),
      needed: z.int(),
      code: z.string().max(8).nullable(),
    })
    .nullable(),
  /** What settings may name, beside the shipped ones also the bank's own. */
  keypadProfiles: z.array(z.string()),
  ledTemplates: z.array(z.string()),
  voicePacks: z.array(z.string()),
  /** Sound outputs that speaker windows told of, by label. */
  audioOutputs: z.array(z.string()),
});

/** What passed on a device's line, oldest first. */
export const DeviceLogView = z.strictObject({
  deviceId: Id,
  lines: z.array(
    z.strictObject({
      number: z.int(),
      at: Instant,
      kind: z.enum(['in', 'out', 'opened', 'lost', 'closed', 'refused']),
      text: z.string(),
      byteCount: z.int(),
    }),
  ),
});
