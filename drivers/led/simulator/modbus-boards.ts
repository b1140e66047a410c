import type { BoardMemory, FamilyReceiver, FamilyRequest } from './board-family.ts';

/**
 * Modbus RTU displays, the slaves' side: written from the specification apart from the driver's encoder. Knows where
 * each model shows what its registers hold.
 */

/** Where a model keeps characters: `from`, how many registers, and how many characters in each. */
interface TextWindow {
  readonly area: number;
  readonly from: number;
  readonly registers: number;
  readonly each: 1 | 2;
}

const WINDOWS: Readonly<Record<string, readonly TextWindow[]>> = {
  dm36: [{ area: 0, from: 0, registers: 6, each: 1 }],
  dm56: [{ area: 0, from: 0, registers: 4, each: 1 }],
  armfly: [{ area: 0, from: 0x70, registers: 24, each: 2 }],
  'embedded-art': [
    { area: 0, from: 1000, registers: 100, each: 2 },
    { area: 1, from: 2000, registers: 100, each: 2 },
  ],
};
/** Registers besides the text that can be read and written: values, counters, settings. */
const OTHER_REGISTERS: Readonly<Record<string, readonly number[]>> = {
  dm36: [6, 7],
  dm56: [6, 7],
  armfly: [0x1d, 0x88],
  'embedded-art': [29, 35, 36, 37, 39, 41, 42],
};
const EXCEPTION = { function: 1, address: 2, value: 3, busy: 6 } as const;
/** Far more than 1.5 characters: a loaded machine hands bytes over in lumps. */
const FRAME_BROKEN_AFTER_MS = 200;
const LONGEST_FRAME_BYTES = 256;

/** @param model a register map of hardware-protocols 6.2 */
export function createModbusReceiver(model: string): FamilyReceiver {
  let line: number[] = [];
  let lastByteMs = 0;
  return {
    take(bytes, nowMs) {
      if (nowMs - lastByteMs > FRAME_BROKEN_AFTER_MS) line = [];
      lastByteMs = nowMs;
      const requests: FamilyRequest[] = [];
      for (const byte of bytes) {
        line.push(byte);
        const wanted = requestLength(line);
        if (wanted === null || line.length < wanted) continue;
        if (remainder(line) === 0) requests.push(requestOf(model, line));
        line = [];
      }
      return requests;
    },
  };
}

/** Bytes of the request that begins so; null while that cannot be known. */
function requestLength(line: readonly number[]): number | null {
  if (line.length < 2) return null;
  if (line[1] !== 16) return 8;
  return line.length < 7 ? null : Math.min(9 + (line[6] ?? 0), LONGEST_FRAME_BYTES);
}

function requestOf(model: string, frame: readonly number[]): FamilyRequest {
  const [slave = 0, code = 0] = frame;
  return {
    isFor: address => slave === 0 || slave === address,
    answered: slave !== 0,
    serve(memory, busy) {
      const error = busy ? EXCEPTION.busy : errorOf(model, frame);
      if (error !== null) return closed([slave, code + 128, error]);
      return carryOut(model, frame, memory);
    },
  };
}

function errorOf(model: string, frame: readonly number[]): number | null {
  const [, code] = frame;
  const from = word(frame, 2);
  if (code !== 3 && code !== 6 && code !== 16) return EXCEPTION.function;
  const count = code === 6 ? 1 : word(frame, 4);
  if (count < 1 || count > 123 || (code === 16 && frame[6] !== 2 * count)) return EXCEPTION.value;
  for (let register = from; register < from + count; register += 1)
    if (!hasRegister(model, register)) return EXCEPTION.address;
  return null;
}

function carryOut(model: string, frame: readonly number[], memory: BoardMemory): Uint8Array {
  const [slave = 0, code] = frame;
  const from = word(frame, 2);
  if (code === 3) {
    const count = word(frame, 4);
    const values = Array.from({ length: count }, (_, at) => memory.numbers.get(from + at) ?? 0);
    return closed([slave, 3, 2 * count, ...values.flatMap(value => [value >> 8, value & 255])]);
  }
  const count = code === 6 ? 1 : word(frame, 4);
  for (let at = 0; at < count; at += 1)
    memory.numbers.set(from + at, word(frame, code === 6 ? 4 : 7 + 2 * at));
  for (const window of WINDOWS[model] ?? []) {
    const text = textIn(window, memory);
    if (text !== '') memory.texts.set(window.area, text);
    else memory.texts.delete(window.area);
  }
  memory.updates += 1;
  return closed(frame.slice(0, 6));
}

function textIn(window: TextWindow, memory: BoardMemory): string {
  let text = '';
  for (let at = 0; at < window.registers; at += 1) {
    const value = memory.numbers.get(window.from + at) ?? 0;
    for (const code of window.each === 1 ? [value] : [value >> 8, value & 255])
      text += code >= 32 && code < 127 ? String.fromCharCode(code) : ' ';
  }
  return text.trim();
}

function hasRegister(model: string, register: number): boolean {
  const inText = (WINDOWS[model] ?? []).some(
    window => register >= window.from && register < window.from + window.registers,
  );
  return inText || (OTHER_REGISTERS[model] ?? []).includes(register);
}

function word(frame: readonly number[], at: number): number {
  return (frame[at] ?? 0) * 256 + (frame[at + 1] ?? 0);
}

function closed(bytes: readonly number[]): Uint8Array {
  const rest = remainder(bytes);
  return Uint8Array.from([...bytes, rest & 255, rest >> 8]);
}

/** The Modbus check, by long division of the bits; over a frame with its check it leaves nothing. */
function remainder(bytes: readonly number[]): number {
  let register = 0xffff;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit += 1) {
      const feedback = (register ^ (byte >> bit)) & 1;
      register >>= 1;
      if (feedback === 1) register ^= 0xa001;
    }
  }
  return register;
}
