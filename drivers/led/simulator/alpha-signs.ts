import type { BoardMemory, FamilyReceiver, FamilyRequest } from './board-family.ts';

/**
 * Alpha signs, written from the protocol's description apart from the driver's encoder: a listener that goes byte by
 * byte, checks checksums where they are sent, and gives a frame up when it pauses for more than a second.
 */

const GIVEN_UP_AFTER_MS = 1000;
const LONGEST_BLOCK = 4096;
const LONGEST_STRING = 125;
const PRIORITY = '0';
const ESCAPE = '\x1b';
const STRING_MARK = '\x10';
const COLOUR_MARK = '\x1c';
const STATUS = { always: 0x40, refused: 0x20, checksum: 0x10, overflow: 0x08 } as const;
/** In a sign's numbers: whether it answers. The others are the bytes set aside for each file, by its label. */
const ANSWERS_KEY = -1;

type Stage = 'quiet' | 'header' | 'between' | 'block' | 'checksum';
type Fault = 'none' | 'checksum';

interface Block {
  readonly text: string;
  readonly fault: Fault;
}

export function createAlphaReceiver(): FamilyReceiver {
  let stage: Stage = 'quiet';
  let header = '';
  let block = '';
  let digits = '';
  let sum = 0;
  let blocks: Block[] = [];
  let lastByteMs = 0;

  const closeBlock = (): void => {
    const wrong = digits !== '' && Number.parseInt(digits, 16) !== (sum & 0xffff);
    blocks.push({ text: block, fault: wrong || /[^0-9A-F]/.test(digits) ? 'checksum' : 'none' });
    block = '';
    digits = '';
    sum = 0;
  };
  const reset = (next: Stage): void => {
    stage = next;
    header = '';
    block = '';
    digits = '';
    sum = 0;
    blocks = [];
  };

  const take = (byte: number): FamilyRequest | null => {
    if (byte === 0x01) {
      reset('header');
      return null;
    }
    if (stage === 'quiet') return null;
    if (byte === 0x02) {
      if (stage === 'checksum') closeBlock();
      if (stage === 'block') reset('quiet');
      else stage = 'block';
      sum = 0x02;
      return null;
    }
    if (byte === 0x04) {
      if (stage === 'checksum' || stage === 'block') closeBlock();
      const request = /^[A-Za-z!]([0-9A-F?]{2})$/.test(header) ? requestOf(header.slice(1), blocks) : null;
      reset('quiet');
      return request;
    }
    if (stage === 'header') {
      header += String.fromCharCode(byte);
      if (header.length > 3) reset('quiet');
    } else if (stage === 'block') {
      sum += byte;
      if (byte === 0x03) stage = 'checksum';
      else block += String.fromCharCode(byte);
      if (block.length > LONGEST_BLOCK) reset('quiet');
    } else if (stage === 'checksum') {
      digits += String.fromCharCode(byte);
      if (digits.length > 4) reset('quiet');
    }
    return null;
  };

  return {
    take(bytes, nowMs) {
      if (nowMs - lastByteMs > GIVEN_UP_AFTER_MS) reset('quiet');
      lastByteMs = nowMs;
      const requests: FamilyRequest[] = [];
      // Signs are 7-bit devices: the eighth bit is the line's parity.
      for (const byte of bytes) {
        const request = take(byte & 0x7f);
        if (request !== null) requests.push(request);
      }
      return requests;
    },
  };
}

/** @param pattern two digits of an address, `?` for any; `00` is for all signs */
function requestOf(pattern: string, blocks: readonly Block[]): FamilyRequest {
  const isFor = (address: number): boolean => {
    const digits = address.toString(16).toUpperCase().padStart(2, '0');
    return pattern === '00' || [...pattern].every((digit, at) => digit === '?' || digit === digits[at]);
  };
  return {
    isFor,
    answered: pattern !== '00',
    serve(memory, busy) {
      const status = busy ? STATUS.overflow : carryOutAll(blocks, memory);
      if (memory.numbers.get(ANSWERS_KEY) !== 1) return null;
      return status === 0 ? Uint8Array.of(0x06) : Uint8Array.of(0x15, STATUS.always | status);
    },
  };
}

function carryOutAll(blocks: readonly Block[], memory: BoardMemory): number {
  if (blocks.some(block => block.fault === 'checksum')) return STATUS.checksum;
  for (const block of blocks) if (!carryOut(block.text, memory)) return STATUS.refused;
  return 0;
}

function carryOut(block: string, memory: BoardMemory): boolean {
  const command = block[0];
  const rest = block.slice(1);
  if (command === 'A') return writeFile(rest, memory);
  if (command === 'G') return writeStringFile(rest, memory);
  return command === 'E' && special(rest, memory);
}

function writeFile(rest: string, memory: BoardMemory): boolean {
  const label = rest[0];
  if (label === undefined) return false;
  // Escape, position and mode stand before the text; only an empty file may do without.
  if (
    rest.length > 1 &&
    !(rest[1] === ESCAPE && ' "&0'.includes(rest[2] ?? '?') && /[a-z]/.test(rest[3] ?? ''))
  )
    return false;
  const text = rest.slice(4);
  if (text.length > (label === PRIORITY ? LONGEST_STRING : bytesFor(label, memory))) return false;
  if (rest.length === 1) memory.files.delete(label);
  else memory.files.set(label, text);
  showFiles(memory);
  return true;
}

function writeStringFile(rest: string, memory: BoardMemory): boolean {
  const label = rest[0];
  if (label === undefined || rest.length - 1 > Math.min(LONGEST_STRING, bytesFor(label, memory)))
    return false;
  memory.files.set(label, rest.slice(1));
  showFiles(memory);
  return true;
}

function special(rest: string, memory: BoardMemory): boolean {
  if (rest === 's0' || rest === 's1') {
    memory.numbers.set(ANSWERS_KEY, Number(rest[1]));
    return true;
  }
  if (/^ ([01]\d|2[0-3])[0-5]\d$/.test(rest)) return true;
  if (rest[0] !== '$') return false;
  const rows = rest.slice(1).match(/.{11}/gs) ?? [];
  if (rows.length * 11 !== rest.length - 1) return false;
  if (!rows.every(row => /^.[ABD][UL][0-9A-F]{8}$/.test(row))) return false;
  for (const key of [...memory.numbers.keys()]) if (key !== ANSWERS_KEY) memory.numbers.delete(key);
  for (const label of [...memory.files.keys()]) if (label !== PRIORITY) memory.files.delete(label);
  for (const row of rows) memory.numbers.set(row.charCodeAt(0), Number.parseInt(row.slice(3, 7), 16));
  showFiles(memory);
  return true;
}

function bytesFor(label: string, memory: BoardMemory): number {
  return memory.numbers.get(label.charCodeAt(0)) ?? -1;
}

/** What the sign shows: the priority text, or else text A with the strings it names, without colour marks. */
function showFiles(memory: BoardMemory): void {
  const running = memory.files.get(PRIORITY) ?? memory.files.get('A') ?? '';
  let shown = '';
  for (let at = 0; at < running.length; at += 1) {
    const mark = running[at] ?? '';
    if (mark === STRING_MARK || mark === COLOUR_MARK) at += 1;
    if (mark === STRING_MARK) shown += memory.files.get(running[at] ?? '') ?? '';
    else if (mark !== COLOUR_MARK) shown += mark;
  }
  if (shown.trim() === '') memory.texts.delete(0);
  else memory.texts.set(0, shown.trim());
  memory.updates += 1;
}
