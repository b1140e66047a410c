import type { DeviceKind } from '#core/wire/device-news.ts';
import {
  BoardEntry,
  DeviceSettings,
  KeypadConnection,
  KeypadEntry,
  LedBusEntry,
  PrinterEntry,
  ReaderEntry,
  VoiceEntry,
  WedgeSettings,
} from '#core/wire/device-settings.ts';
import { isRecord } from '../form/parts.ts';
import { type Field, type Shape, schemaToShape, type Variant } from '../form/shape.ts';

/**
 * Device settings as the form edits them: as they are, but for a keypad's connection, which is an object of a `kind`
 * in every case, so that one control chooses among all of them.
 */
export type FormSettings = Readonly<Record<string, unknown>>;

/** The lists of the settings, in the order people set devices up. */
export const FAMILIES = ['printers', 'ledBuses', 'keypads', 'voices', 'readers'] as const;
export type Family = (typeof FAMILIES)[number];

export const KIND_OF: Readonly<Record<Family, DeviceKind>> = {
  printers: 'printer',
  ledBuses: 'led-board',
  keypads: 'keypad',
  voices: 'voice',
  readers: 'reader',
};

export function settingsToForm(settings: DeviceSettings): FormSettings {
  return {
    ...settings,
    keypads: settings.keypads.map(({ connection, ...entry }) => ({
      ...entry,
      connection: typeof connection === 'string' ? { kind: connection } : connection,
    })),
  };
}

/** What the form holds, as the settings have it; not yet checked. */
export function formToSettings(form: FormSettings): unknown {
  const keypads = Array.isArray(form.keypads) ? form.keypads : [];
  return {
    ...form,
    keypads: keypads.map(entry => {
      if (!isRecord(entry)) return entry;
      const { connection, serialNumber, devicePath, ...rest } = entry;
      const kind = isRecord(connection) ? connection.kind : undefined;
      const isPlain = kind === 'simulated' || kind === 'hid' || kind === 'auto';
      return {
        ...rest,
        connection: isPlain ? kind : connection,
        ...(serialNumber ? { serialNumber } : {}),
        ...(devicePath ? { devicePath } : {}),
      };
    }),
  };
}

/** The settings a form holds, or null while something in them is wrong. */
export function readForm(form: FormSettings): DeviceSettings | null {
  const parsed = DeviceSettings.safeParse(formToSettings(form));
  return parsed.success ? parsed.data : null;
}

/** What is on this PC to choose from. */
export interface Offers {
  readonly voicePacks: readonly string[];
  /** Names of Windows printers that a search found. */
  readonly spoolerPrinters: readonly string[];
  /** Loudspeakers that speaker windows told of. */
  readonly audioOutputs: readonly string[];
}

export const NO_OFFERS: Offers = { voicePacks: [], spoolerPrinters: [], audioOutputs: [] };

/** The form of an entry of a family, without its id: names are for people. */
export function familyShape(family: Family, offers: Offers): Shape {
  switch (family) {
    case 'printers':
      return patched(schemaToShape(PrinterEntry), {
        columns: { kind: 'choice', options: [48, 42, 32] },
        // Learned from the printer itself; nobody has to know it.
        clearsBuffers: null,
        printer: { kind: 'suggested', offers: offers.spoolerPrinters, most: 220 },
      });
    case 'ledBuses':
      return patched(schemaToShape(LedBusEntry), {
        boards: { kind: 'list', item: schemaToShape(BoardEntry), least: 1, most: 64 },
      });
    case 'keypads':
      return patched(schemaToShape(KeypadEntry), { connection: keypadConnectionShape() });
    case 'voices':
      return patched(schemaToShape(VoiceEntry), {
        packs: { kind: 'choices', options: offers.voicePacks },
        output: { kind: 'nullable', inner: { kind: 'suggested', offers: offers.audioOutputs, most: 200 } },
      });
    case 'readers':
      return schemaToShape(ReaderEntry);
  }
}

export const WEDGE_SHAPE = schemaToShape(WedgeSettings);

function keypadConnectionShape(): Shape {
  const variants = KeypadConnection.options.flatMap((option): Variant[] => {
    if (option.type === 'enum') return option.options.map(value => ({ value, fields: [] }));
    const shape = schemaToShape(option);
    const kind = option.shape.kind.value;
    return shape.kind === 'object'
      ? [{ value: kind, fields: shape.fields.filter(({ name }) => name !== 'kind') }]
      : [];
  });
  return { kind: 'variants', tag: 'kind', variants };
}

/** The same shape with other controls for some fields, wherever they are in it; null: no control. */
function patched(shape: Shape, shapes: Readonly<Record<string, Shape | null>>): Shape {
  const patchedFields = (fields: readonly Field[]) =>
    fields.flatMap((field): Field[] => {
      const other = shapes[field.name];
      return other === null ? [] : [{ ...field, shape: other ?? patched(field.shape, shapes) }];
    });
  if (shape.kind === 'object') return { ...shape, fields: patchedFields(shape.fields) };
  if (shape.kind !== 'variants') return shape;
  const variants = shape.variants.map(one => ({ ...one, fields: patchedFields(one.fields) }));
  return { ...shape, variants };
}

/** A new entry as a person finds it most often: simulated, until its connection is chosen. */
export function newEntry(family: Family, form: FormSettings, counterId: string): FormSettings {
  const id = freshId(
    form,
    { printers: 'printer', ledBuses: 'led-bus', keypads: 'keypad', voices: 'voice', readers: 'reader' }[
      family
    ],
  );
  const simulated = { kind: 'simulated' };
  const base = { id, name: '' };
  switch (family) {
    case 'printers':
      return {
        ...base,
        connection: simulated,
        capabilities: PrinterEntry.shape.capabilities.parse(undefined),
      };
    case 'ledBuses':
      return {
        ...base,
        protocol: { kind: 'onbon-5k6k' },
        baudRate: 57_600,
        port: simulated,
        boards: [{ id: freshId(form, 'board'), name: '', address: 1, counterId, width: 128, height: 16 }],
      };
    case 'keypads':
      return { ...base, counterId, profileId: 'vendor-page', connection: simulated };
    case 'voices':
      return { ...base, counterIds: [], packs: ['zh-CN'], times: 2 };
    case 'readers':
      return {
        ...base,
        connection: simulated,
        prefix: '',
        suffix: '\r\n',
        longestGapMs: 300,
        window: 'kiosk',
      };
  }
}

/** `printer-2`: an id nothing in the settings has. */
export function freshId(form: FormSettings, base: string): string {
  const taken = new Set(idsIn(form));
  let number = 1;
  while (taken.has(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}

function idsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  return isRecord(value) ? [value.id, ...Object.values(value).flatMap(idsIn)] : [];
}

/** Ids of the devices an entry makes: a line of boards has one for each board. */
export function deviceIdsOf(family: Family, entry: unknown): string[] {
  if (!isRecord(entry)) return [];
  if (family !== 'ledBuses') return [String(entry.id)];
  const boards = Array.isArray(entry.boards) ? entry.boards : [];
  return boards.map(board => (isRecord(board) ? String(board.id) : ''));
}
