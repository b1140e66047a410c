import { z } from 'zod';
import { Id } from './fields.ts';

/**
 * The devices of one station, as `<data>/devices.json` keeps them and the set-up screen edits them. Names of ports
 * differ from PC to PC, so they are not bank data.
 */

/** `COM3`, `/dev/ttyUSB0`, `/dev/usb/lp0`. */
const PortPath = z.string().min(1).max(200);
const HostName = z.string().min(1).max(253);
const TcpPort = z.int().min(1).max(65_535);
export const BaudRate = z.int().min(300).max(921_600);
/** What people call it: "kiosk printer". */
const DeviceName = z.string().max(60).default('');

/** Data bits, parity and stop bits of a serial line. */
export const SerialFormat = z.enum(['8N1', '8E1', '8O1', '7E1', '7O1', '8N2']);
export type SerialFormat = z.infer<typeof SerialFormat>;

const Simulated = z.strictObject({ kind: z.literal('simulated') });
const Tcp = z.strictObject({ kind: z.literal('tcp'), host: HostName, port: TcpPort });
const Serial = z.strictObject({
  kind: z.literal('serial'),
  path: PortPath,
  baudRate: BaudRate.default(9600),
  format: SerialFormat.default('8N1'),
});

export const PrinterConnection = z.discriminatedUnion('kind', [
  Simulated,
  Tcp,
  /** A serial port, or the virtual COM port of a USB printer. */
  Serial,
  /** Linux `usblp`: `/dev/usb/lp0`. */
  z.strictObject({ kind: z.literal('usb-lp'), path: PortPath }),
  /** Windows raw spooler, by the printer's name; nothing comes back, so a ticket is at best "sent". */
  z.strictObject({ kind: z.literal('spooler'), printer: z.string().min(1).max(220) }),
  /** XFS4IoT (HW6): the publisher's address, and the name of the service, or null for the first printer. */
  z.strictObject({
    kind: z.literal('xfs4iot'),
    publisher: z.url({ protocol: /^wss?$/ }).max(300),
    service: z.string().min(1).max(120).nullable().default(null),
  }),
]);
export type PrinterConnection = z.infer<typeof PrinterConnection>;

/** What a model can do, as a test print and its operator's eyes found out. */
export const PrinterCapabilities = z.strictObject({
  columns: z.union([z.literal(48), z.literal(42), z.literal(32)]).default(48),
  /** The command that enlarges Chinese characters. */
  chineseSize: z.enum(['gs', 'fs']).default('gs'),
  qr: z.enum(['native', 'raster']).default('native'),
  /** Command for pictures: `GS v 0` or `GS ( L`. */
  pictures: z.enum(['raster', 'graphics']).default('raster'),
  cut: z.enum(['partial', 'full', 'none']).default('partial'),
  /** The best answer it gives to "is it printed?"; `unknown` learns it from the next ticket. */
  confirmation: z.enum(['unknown', 'process-id', 'queued-status', 'sent']).default('unknown'),
  /** It erases its buffer when told to, and says so. */
  clearsBuffers: z.boolean().nullable().default(null),
  /** False for a printer whose line brings nothing back: it is never asked anything, and a ticket is at best "sent". */
  answers: z.boolean().default(true),
});
export type PrinterCapabilities = z.infer<typeof PrinterCapabilities>;

export const PrinterEntry = z.strictObject({
  id: Id,
  name: DeviceName,
  connection: PrinterConnection,
  capabilities: PrinterCapabilities.prefault({}),
});
export type PrinterEntry = z.infer<typeof PrinterEntry>;

const Pixels = z.int().min(8).max(2048);

export const BoardEntry = z.strictObject({
  id: Id,
  name: DeviceName,
  /** Address on the bus: 1–7FFF Onbon, 1–247 Modbus, 1–255 Alpha, 1–999 templates. */
  address: z.int().min(1).max(0x7fff),
  /** Window boards belong to a counter, the main board to the hall. */
  counterId: Id.nullable(),
  /** 0 dark to 15 bright, where the board can be told; null leaves it alone. */
  brightness: z.int().min(0).max(15).nullable().default(null),
  /** Pixels; boards of digits or fixed letters only use their count of characters, 8 pixels each. */
  width: Pixels,
  height: Pixels,
});
export type BoardEntry = z.infer<typeof BoardEntry>;

/** The language of all boards on one port. */
export const LedProtocolEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('onbon-5k6k') }),
  z.strictObject({
    kind: z.literal('modbus'),
    /** Register map: hardware-protocols 6.2. */
    map: z.enum(['dm36', 'dm56', 'armfly', 'embedded-art']),
  }),
  z.strictObject({
    kind: z.literal('alpha'),
    /** Newer signs on RS-232 answer when told to; without answers a sign that is off is not noticed. */
    answers: z.boolean().default(false),
  }),
  /** A frame template: a shipped one, or a file of `<data>/led-templates`. */
  z.strictObject({ kind: z.literal('template'), templateId: Id }),
]);
export type LedProtocolEntry = z.infer<typeof LedProtocolEntry>;

export const LedBusEntry = z.strictObject({
  id: Id,
  name: DeviceName,
  protocol: LedProtocolEntry.prefault({ kind: 'onbon-5k6k' }),
  baudRate: BaudRate,
  port: z.discriminatedUnion('kind', [
    Simulated,
    z.strictObject({
      kind: z.literal('serial'),
      path: PortPath,
      format: SerialFormat.default('8N1'),
    }),
    /** A board's own network port, or a serial server. */
    Tcp,
  ]),
  boards: z.array(BoardEntry).min(1).max(64),
});
export type LedBusEntry = z.infer<typeof LedBusEntry>;

export const KeypadConnection = z.union([
  /** `auto`: the real HID keypad if it is plugged in when the program starts, a simulated one otherwise. */
  z.enum(['simulated', 'hid', 'auto']),
  z.strictObject({ kind: z.literal('serial'), path: PortPath }),
  /** Keys programmed to F13–F24, taken by system-wide shortcuts (Windows). */
  z.strictObject({ kind: z.literal('shortcut') }),
  /** A networked evaluator (hardware-protocols 10.5) that connects to this PC and logs in with this work number. */
  z.strictObject({
    kind: z.literal('network'),
    port: TcpPort,
    workNumber: z.string().min(1).max(40),
    /** What the evaluator proves itself with; needed where other PCs can connect. */
    key: z.string().max(128).default(''),
    /** Who can connect: programs of this PC, or the branch network. Keypads on one port share this. */
    listen: z.enum(['this-pc', 'branch-network']).default('this-pc'),
  }),
]);
export type KeypadConnection = z.infer<typeof KeypadConnection>;

export const KeypadEntry = z.strictObject({
  id: Id,
  name: DeviceName,
  counterId: Id,
  /** A shipped profile, or a file of `<data>/keypad-profiles`. */
  profileId: Id,
  connection: KeypadConnection,
  /** Tell HID keypads of one model apart: by serial number, or by the socket where they have none. Empty: any. */
  serialNumber: z.string().max(128).default(''),
  devicePath: z.string().max(400).default(''),
});
export type KeypadEntry = z.infer<typeof KeypadEntry>;

/** Folder names of clip packs: the shipped `zh-CN` and `en`, or a bank's own in `<data>/voice-packs`. */
export const PackName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/);

/** One loudspeaker and the counters whose calls it speaks: a zone (DV3). */
export const VoiceEntry = z.strictObject({
  id: Id,
  name: DeviceName,
  /** Null: every counter that no other zone speaks for. */
  counterIds: z.array(Id).max(200).nullable().default(null),
  /** Languages spoken one after the other. */
  packs: z.array(PackName).min(1).max(4),
  times: z.int().min(1).max(3),
  /**
   * Label of the sound output, as the PC names it; null: the PC's standard one. The operating system's voice always
   * speaks on that.
   */
  output: z.string().min(1).max(200).nullable().default(null),
});
export type VoiceEntry = z.infer<typeof VoiceEntry>;

/** A reader of cards, IDs or barcodes on a serial line. Readers that type like a keyboard need no entry. */
export const ReaderEntry = z.strictObject({
  id: Id,
  name: DeviceName,
  connection: z.discriminatedUnion('kind', [Simulated, Serial]),
  /** What stands before and after a reading on the line, as text; `\r` and `\n` are usual ends. */
  prefix: z.string().max(8).default(''),
  suffix: z.string().min(1).max(4).default('\r\n'),
  /** A reading that stops in its middle for so long is thrown away. */
  longestGapMs: z.int().min(20).max(5_000).default(300),
  /** Whose readings they are: the kiosk's customers', or the lobby manager's. */
  window: z.enum(['kiosk', 'lobby']).default('kiosk'),
});
export type ReaderEntry = z.infer<typeof ReaderEntry>;

/** Readers that type like a keyboard, at the kiosk and in the lobby manager's dialogs (TK2). */
export const WedgeSettings = z.strictObject({
  /** Readers type a character every few milliseconds; fingers do not keep this up for a whole number. */
  longestGapMs: z.int().min(10).max(500).default(80),
  /** Shorter bursts are keys pressed together. 6 lets codes of appointments be scanned. */
  shortestCharacters: z.int().min(4).max(60).default(8),
  endKey: z.enum(['enter', 'tab', 'either']).default('either'),
  /** Without an end key, or when it was lost, a reading is over after this silence. */
  endSilenceMs: z.int().min(50).max(2_000).default(250),
  /** What the reader was set to type before and after a number. */
  prefix: z.string().max(8).default(''),
  suffix: z.string().max(8).default(''),
});
export type WedgeSettings = z.infer<typeof WedgeSettings>;

const DeviceSettingsShape = z.strictObject({
  printers: z.array(PrinterEntry).max(8),
  ledBuses: z.array(LedBusEntry).max(8),
  keypads: z.array(KeypadEntry).max(64),
  voices: z.array(VoiceEntry).min(1).max(8),
  readers: z.array(ReaderEntry).max(8).default([]),
  wedge: WedgeSettings.prefault({}),
});

/** Files written before there were zones name one `voice`. */
export const DeviceSettings = z.preprocess(json => {
  if (typeof json !== 'object' || json === null || !('voice' in json)) return json;
  const { voice, ...rest } = json;
  return { voices: [voice], ...rest };
}, DeviceSettingsShape);
export type DeviceSettings = z.infer<typeof DeviceSettingsShape>;
