import { toAsciiText, toTubeText } from './reduced-text.ts';

/**
 * Where the known Modbus displays keep what they show (hardware-protocols 6.2). A map turns a line of text into
 * registers; every write covers the whole line, so that nothing of the text before stays.
 */
export type ModbusMapName = 'dm36' | 'dm56' | 'armfly' | 'embedded-art';

export interface ModbusMap {
  readonly name: ModbusMapName;
  /** Lines of text, one for each area of the board. */
  readonly lineCount: number;
  /** A register that can be read without changing anything: the answer says that the display is there. */
  readonly pingRegister: number;
  /** Characters a line has on a board of so many columns of 8 pixels. */
  charactersOf(columns: number): number;
  /** Register of the first character of a line. */
  firstRegisterOf(line: number): number;
  readonly packing: 'one-per-register' | 'two-per-register';
  /** What the display can show of a text. */
  reduce(text: string, characters: number): { readonly text: string; readonly complete: boolean };
}

/** Longest line that is written: function 16 carries 123 registers. */
const MOST_CHARACTERS = 64;
const DM_VALUE_REGISTER = 6;
const ARMFLY_VALUE_REGISTER = 0x88;

const MAPS: Readonly<Record<ModbusMapName, ModbusMap>> = {
  dm36: tubeModule('dm36', 6),
  dm56: tubeModule('dm56', 4),
  armfly: {
    name: 'armfly',
    lineCount: 1,
    pingRegister: 0x1d,
    charactersOf: columns => clamp(columns, 2, 16),
    firstRegisterOf: () => 0x70,
    packing: 'two-per-register',
    reduce: toTubeText,
  },
  'embedded-art': {
    name: 'embedded-art',
    lineCount: 2,
    pingRegister: 41,
    charactersOf: columns => clamp(columns, 2, MOST_CHARACTERS),
    firstRegisterOf: line => 1000 * (line + 1),
    packing: 'two-per-register',
    reduce: toAsciiText,
  },
};

export function modbusMap(name: ModbusMapName): ModbusMap {
  return MAPS[name];
}

/** The registers of `text` (printable ASCII), padded with spaces to `characters`. */
export function textRegisters(map: ModbusMap, text: string, characters: number): number[] {
  const codes = [...text.padEnd(characters, ' ').slice(0, characters)].map(letter => letter.charCodeAt(0));
  if (map.packing === 'one-per-register') return codes;
  return Array.from(
    { length: Math.ceil(codes.length / 2) },
    (_, at) => (codes[2 * at] ?? 0x20) * 256 + (codes[2 * at + 1] ?? 0x20),
  );
}

/**
 * DM36/DM56: registers 6 and 7 for a number with `decimals` (0–5) behind the point: `value` is the number without
 * its point, −FFFFFF to FFFFFF. Sign and decimals nibble, then 24 bits.
 */
export function dmValueRegisters(value: number, decimals: number): { first: number; values: number[] } {
  const size = Math.abs(Math.trunc(value)) & 0xffffff;
  const high = ((value < 0 ? 0x10 : 0) | (decimals & 0x0f)) << 8;
  return { first: DM_VALUE_REGISTER, values: [high | (size >> 16), size & 0xffff] };
}

/** Armfly: register 0088 for a whole number 0–FFFF. */
export function armflyValueRegister(value: number): { register: number; value: number } {
  return { register: ARMFLY_VALUE_REGISTER, value: value & 0xffff };
}

function tubeModule(name: 'dm36' | 'dm56', digits: number): ModbusMap {
  return {
    name,
    lineCount: 1,
    pingRegister: 7,
    charactersOf: () => digits,
    firstRegisterOf: () => 0,
    packing: 'one-per-register',
    reduce: toTubeText,
  };
}

/** Even, so that whole registers are written. */
function clamp(columns: number, min: number, max: number): number {
  const even = columns + (columns % 2);
  return Math.min(Math.max(even, min), max);
}
