import iconv from 'iconv-lite';
import type { DriverClock } from '#drivers/contract.ts';

/** One area of a simulated board, as a person in front of it sees it. Places and sizes in pixels. */
export interface SimulatedArea {
  readonly id: number;
  readonly text: string;
  readonly effect: 'still' | 'instant' | 'left' | 'right' | 'up' | 'down';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The card's error codes (hardware-protocols 4.1); 0 is accepted. */
export const CARD_ERROR = { none: 0, command: 2, busy: 3, memory: 4, type: 10 } as const;

const EFFECTS = ['still', 'instant', 'left', 'right', 'up', 'down'] as const;
const MAX_AREAS = 8;
const MAX_TEXT_BYTES = 1024;

interface ParsedArea extends SimulatedArea {
  /** Null when the area stays until it is replaced. */
  readonly removeAfterMs: number | null;
}

interface AreaUpdate {
  readonly clearFirst: boolean;
  readonly deleted: readonly number[] | 'all';
  readonly areas: readonly ParsedArea[];
}

/** Memory and behaviour of one BX-5K/6K card: areas in RAM, lights, and areas that remove themselves. */
export class SimulatedCard {
  readonly #clock: DriverClock;
  readonly #changed: () => void;
  readonly #areas = new Map<number, SimulatedArea>();
  readonly #removals = new Map<number, () => void>();
  #lit = true;
  #updates = 0;

  constructor(clock: DriverClock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get areas(): SimulatedArea[] {
    return [...this.#areas.values()].sort((a, b) => a.id - b.id);
  }

  get lit(): boolean {
    return this.#lit;
  }

  /** Area updates accepted so far. */
  get updates(): number {
    return this.#updates;
  }

  /** Carries out one command; a refused one changes nothing. Returns the error code of the answer. */
  execute(command: Uint8Array): number {
    const [group, code] = command;
    if (group === undefined || code === undefined || command.length < 5) return CARD_ERROR.command;
    switch (group * 256 + code) {
      case 0xa200:
        return command.length === 5 ? CARD_ERROR.none : CARD_ERROR.command;
      case 0xa203:
        return command.length === 13 ? CARD_ERROR.none : CARD_ERROR.command;
      case 0xa20e:
        return speechFits(command) ? CARD_ERROR.none : CARD_ERROR.command;
      case 0xa300:
        return this.#power(command);
      case 0xa302:
        return command.length === 7 && command[5] === 1 && (command[6] ?? 16) <= 15
          ? CARD_ERROR.none
          : CARD_ERROR.command;
      case 0xa306:
        return this.#update(command);
      case 0xa310:
        if (command.length !== 5) return CARD_ERROR.command;
        this.loseMemory();
        return CARD_ERROR.none;
      default:
        return CARD_ERROR.command;
    }
  }

  /** What a power cut does: RAM areas are gone. */
  loseMemory(): void {
    const hadAreas = this.#areas.size > 0;
    for (const id of [...this.#areas.keys()]) this.#remove(id);
    if (hadAreas) this.#changed();
  }

  #power(command: Uint8Array): number {
    const state = command[5];
    if (command.length !== 6 || (state !== 1 && state !== 2)) return CARD_ERROR.command;
    this.#lit = state === 1;
    this.#changed();
    return CARD_ERROR.none;
  }

  #update(command: Uint8Array): number {
    const update = parseAreaUpdate(command);
    if (update === null) return CARD_ERROR.type;
    const kept = new Set(update.clearFirst || update.deleted === 'all' ? [] : this.#areas.keys());
    if (update.deleted !== 'all') for (const id of update.deleted) kept.delete(id);
    for (const area of update.areas) kept.add(area.id);
    if (kept.size > MAX_AREAS) return CARD_ERROR.memory;

    for (const id of [...this.#areas.keys()]) if (!kept.has(id)) this.#remove(id);
    for (const { removeAfterMs, ...area } of update.areas) this.#put(area, removeAfterMs);
    this.#updates += 1;
    this.#changed();
    return CARD_ERROR.none;
  }

  #put(area: SimulatedArea, removeAfterMs: number | null): void {
    this.#remove(area.id);
    this.#areas.set(area.id, area);
    if (removeAfterMs === null) return;
    const cancel = this.#clock.after(removeAfterMs, () => {
      this.#remove(area.id);
      this.#changed();
    });
    this.#removals.set(area.id, cancel);
  }

  #remove(id: number): void {
    this.#removals.get(id)?.();
    this.#removals.delete(id);
    this.#areas.delete(id);
  }
}

/** Reads `A3 06` to its last byte; null when any field is out of range or bytes are missing or left over. */
function parseAreaUpdate(command: Uint8Array): AreaUpdate | null {
  const view = new DataView(command.buffer, command.byteOffset, command.byteLength);
  try {
    const deleteCount = view.getUint8(5);
    let at = 6;
    const deleted: number[] = [];
    if (deleteCount !== 0xff) for (let n = 0; n < deleteCount; n += 1) deleted.push(view.getUint8(at++));
    const areaCount = view.getUint8(at++);
    const areas: ParsedArea[] = [];
    for (let n = 0; n < areaCount; n += 1) {
      const length = view.getUint16(at, true);
      const area = parseArea(new DataView(command.buffer, command.byteOffset + at + 2, length));
      if (area === null) return null;
      areas.push(area);
      at += 2 + length;
    }
    if (at !== command.length) return null;
    return { clearFirst: view.getUint8(3) === 1, deleted: deleteCount === 0xff ? 'all' : deleted, areas };
  } catch (error) {
    // DataView reports a read past the end this way: the command is too short.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function parseArea(view: DataView): ParsedArea | null {
  const sound = view.getUint8(14);
  if (view.getUint8(0) !== 0 || view.getUint8(11) > 2 || sound > 2) return null;
  let at = 15 + (sound === 0 ? 0 : 3);
  if (sound === 2) at += 4 + view.getUint32(at, true);
  if (view.getUint8(at) !== 0) return null;
  const effect = EFFECTS[view.getUint8(at + 4) - 1];
  const textLength = view.getUint32(at + 8, true);
  const textAt = at + 12;
  if (effect === undefined || textLength > MAX_TEXT_BYTES || textAt + textLength !== view.byteLength) {
    return null;
  }
  const text = new Uint8Array(view.buffer, view.byteOffset + textAt, textLength);
  return {
    id: view.getUint8(9),
    text: plainText(text),
    effect,
    x: pixels(view.getUint16(1, true)),
    y: view.getUint16(3, true),
    width: pixels(view.getUint16(5, true)),
    height: view.getUint16(7, true),
    removeAfterMs: view.getUint8(11) === 2 ? view.getUint16(12, true) * 1000 : null,
  };
}

function speechFits(command: Uint8Array): boolean {
  if (command.length < 29) return false;
  const view = new DataView(command.buffer, command.byteOffset, command.byteLength);
  return view.getUint32(25, true) === command.length - 29;
}

function pixels(measure: number): number {
  return measure & 0x8000 ? measure & 0x7fff : measure * 8;
}

/** What is readable of a text: colours and fonts taken out, line breaks kept, a text of blanks empty. */
function plainText(bytes: Uint8Array): string {
  const text = iconv.decode(Buffer.from(bytes), 'gbk');
  const plain = text.replace(/\\C[1-7]|\\F[OE]\d{3}|\\n/g, mark => (mark === '\\n' ? '\n' : ''));
  return plain.trim() === '' ? '' : plain;
}
