/**
 * Takes apart what an ESC/POS printer sends (hardware-protocols 2.5). Answers of four kinds share one stream
 * without lengths; they are told apart by fixed bits. TCP may cut an answer anywhere or join several, so the
 * parser keeps its state between pieces: any cutting gives the same answers.
 */

export type PrinterAnswer =
  /** Answer of DLE EOT; the byte does not say which question it answers. */
  | { readonly kind: 'real-time-status'; readonly byte: number }
  /** Automatic status back, four bytes. */
  | { readonly kind: 'automatic-status'; readonly bytes: readonly [number, number, number, number] }
  /** Answer of GS r. */
  | { readonly kind: 'queued-status'; readonly byte: number }
  /** Everything before the request with this id is on paper. */
  | { readonly kind: 'process-id'; readonly processId: string }
  | { readonly kind: 'buffers-cleared' }
  /** A block of another function, or information text: without the leading byte and the closing 00. */
  | { readonly kind: 'other-block'; readonly lead: number; readonly content: readonly number[] }
  | { readonly kind: 'flow'; readonly on: boolean }
  /** A byte that fits no answer: noise on the line. */
  | { readonly kind: 'line-error'; readonly byte: number };

const FLOW_ON = 0x11;
const FLOW_OFF = 0x13;
const BLOCK_LEAD = 0x37;
const TEXT_LEAD = 0x5f;

/** Longer than any answer we ask for: a lead byte that was noise must not swallow the rest of the stream. */
const LONGEST_BLOCK_BYTES = 80;

const isRealTimeStatus = (byte: number) => (byte & 0x93) === 0x12;
const isFirstAutomatic = (byte: number) => (byte & 0x93) === 0x10;
/** Blocks are made of characters; anything else in one means that its lead byte was noise. */
const isInBlock = (byte: number) => byte >= 0x20 && byte <= 0x7e;
const isPlain = (byte: number) => (byte & 0x90) === 0x00;

/** Parser of one connection; make a new one for each connection. */
export class AnswerStream {
  /** Bytes of an unfinished block or automatic status; empty between answers. */
  #open: number[] = [];

  /** @returns the answers that these bytes completed, in order */
  push(bytes: Uint8Array): PrinterAnswer[] {
    const answers: PrinterAnswer[] = [];
    for (const byte of bytes) this.#take(byte, answers);
    return answers;
  }

  #take(byte: number, answers: PrinterAnswer[]): void {
    if (byte === FLOW_ON || byte === FLOW_OFF) {
      answers.push({ kind: 'flow', on: byte === FLOW_ON });
      return;
    }
    const lead = this.#open[0];
    if (lead === undefined) this.#begin(byte, answers);
    else if (lead === BLOCK_LEAD || lead === TEXT_LEAD) this.#goOnWithBlock(lead, byte, answers);
    else this.#goOnWithAutomatic(lead, byte, answers);
  }

  #begin(byte: number, answers: PrinterAnswer[]): void {
    if (byte === BLOCK_LEAD || byte === TEXT_LEAD || isFirstAutomatic(byte)) this.#open = [byte];
    else if (isRealTimeStatus(byte)) answers.push({ kind: 'real-time-status', byte });
    else if (isPlain(byte)) answers.push({ kind: 'queued-status', byte });
    else answers.push({ kind: 'line-error', byte });
  }

  #goOnWithBlock(lead: number, byte: number, answers: PrinterAnswer[]): void {
    if (byte === 0x00) {
      answers.push(blockAnswer(lead, this.#open.slice(1)));
      this.#open = [];
      return;
    }
    // A lead twice: the first was noise, as no block begins with a second lead.
    const isLeadTwice = lead === BLOCK_LEAD && byte === BLOCK_LEAD && this.#open.length === 1;
    if (!isInBlock(byte) || isLeadTwice) {
      this.#giveUpOpen(answers);
      this.#take(byte, answers);
      return;
    }
    this.#open.push(byte);
    if (this.#open.length > LONGEST_BLOCK_BYTES) this.#giveUpOpen(answers);
  }

  #goOnWithAutomatic(first: number, byte: number, answers: PrinterAnswer[]): void {
    if (!isPlain(byte)) {
      this.#giveUpOpen(answers);
      this.#take(byte, answers);
      return;
    }
    this.#open.push(byte);
    const [, second, third, fourth] = this.#open;
    if (second === undefined || third === undefined || fourth === undefined) return;
    answers.push({ kind: 'automatic-status', bytes: [first, second, third, fourth] });
    this.#open = [];
  }

  /** The lead byte was noise: counts it and reads the bytes behind it afresh. */
  #giveUpOpen(answers: PrinterAnswer[]): void {
    const [lead, ...rest] = this.#open;
    this.#open = [];
    if (lead !== undefined) answers.push({ kind: 'line-error', byte: lead });
    for (const byte of rest) this.#take(byte, answers);
  }
}

function blockAnswer(lead: number, content: number[]): PrinterAnswer {
  const [header, ...rest] = content;
  if (lead === BLOCK_LEAD && header === 0x22 && rest.length === 4) {
    return { kind: 'process-id', processId: String.fromCharCode(...rest) };
  }
  if (lead === BLOCK_LEAD && header === 0x25 && rest.length === 0) return { kind: 'buffers-cleared' };
  return { kind: 'other-block', lead, content };
}
