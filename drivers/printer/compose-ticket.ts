import escpos from 'escpos';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { PaperLine, TicketPaper } from '#core/wire/ticket-paper.ts';
import {
  ASK_QUEUED_STATUS,
  askProcessId,
  bold,
  chineseDoubleSize,
  FEED_AND_CUT,
  INITIALISE,
  qrCode,
} from './escpos-bytes.ts';
import { toPrintableText } from './gbk-text.ts';
import { wrapText } from './wrap-text.ts';

/** What is fixed for one printer model and paper width. */
export interface PaperFormat {
  /** Columns of normal characters on a line: 48 (80 mm), 42 or 32 (58 mm). */
  readonly columns: 48 | 42 | 32;
  /**
   * The command that enlarges Chinese characters: `gs` (Epson and most), or `fs` for clones that obey only
   * FS ! there; those can at most double them.
   */
  readonly chineseSize: 'gs' | 'fs';
}

/** 80 mm paper, Epson-like. */
export const STANDARD_FORMAT: PaperFormat = { columns: 48, chineseSize: 'gs' };

/** What the printer is asked to answer after the ticket. */
export interface Confirmations {
  /** Four characters (GS ( H), or null. */
  readonly processId: string | null;
  /** GS r after the cut. */
  readonly queuedStatus: boolean;
}

export interface ComposedTicket {
  readonly bytes: Uint8Array;
  /** Characters that this paper cannot show as they are, for the set-up page and the log. */
  readonly replaced: readonly string[];
}

const DOTS_PER_COLUMN = 12;
const LARGEST_MODULE_DOTS = 6;
const QUIET_ZONE_MODULES = 8;

/** Bytes that fit into QR versions 1, 2, 3 … at level M (ISO/IEC 18004, byte mode). */
const QR_BYTES_AT_LEVEL_M = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331];

const QR_PAYLOAD = /^[\x20-\x7e]{1,300}$/;
const ALIGN_NAMES = { left: 'LT', centre: 'CT', right: 'RT' } as const;
type Align = keyof typeof ALIGN_NAMES;

/**
 * Turns a ticket into printer bytes: initialise, lines, process id, feed and cut, queued status.
 * @returns P109 when the paper holds something no printer can take (a QR payload with control bytes)
 */
export function composeTicket(
  paper: TicketPaper,
  format: PaperFormat,
  confirmations: Confirmations,
): Result<ComposedTicket> {
  const writer = new TicketWriter(format);
  for (const line of paper.lines) {
    if (line.kind === 'qr' && !QR_PAYLOAD.test(line.payload)) return fail('P109', { field: 'qr' });
    writer.line(line);
  }
  return ok(writer.end(confirmations));
}

/** Keeps the printer's mode while a ticket is written, so that a mode is sent only when it changes. */
class TicketWriter {
  readonly #format: PaperFormat;
  readonly #parts: Uint8Array[] = [];
  readonly #replaced = new Set<string>();
  readonly #printer: InstanceType<typeof escpos.Printer>;
  #align: Align = 'left';

  constructor(format: PaperFormat) {
    this.#format = format;
    // The library hands out a view on a buffer that it reuses for the next ticket.
    const adapter = { write: (bytes: Uint8Array) => void this.#parts.push(Uint8Array.from(bytes)) };
    this.#printer = new escpos.Printer(adapter, { encoding: 'GBK', width: format.columns });
    this.#raw(INITIALISE);
  }

  line(line: PaperLine): void {
    switch (line.kind) {
      case 'text':
        this.#text(line);
        break;
      case 'rule':
        this.#alignTo('left');
        this.#printer.text('-'.repeat(this.#format.columns));
        break;
      case 'feed':
        this.#printer.feed(line.lines);
        break;
      case 'qr': {
        this.#alignTo('centre');
        const payload = Buffer.from(line.payload, 'latin1');
        this.#raw(qrCode(payload, moduleDotsFor(payload.length, this.#format.columns), 'M'));
        this.#printer.feed(1);
      }
    }
  }

  end(confirmations: Confirmations): ComposedTicket {
    this.#alignTo('left');
    if (confirmations.processId !== null) this.#raw(askProcessId(confirmations.processId));
    this.#raw(FEED_AND_CUT);
    if (confirmations.queuedStatus) this.#raw(ASK_QUEUED_STATUS);
    this.#printer.flush();
    return { bytes: new Uint8Array(Buffer.concat(this.#parts)), replaced: [...this.#replaced] };
  }

  #text(line: Extract<PaperLine, { kind: 'text' }>): void {
    this.#alignTo(line.align);
    if (line.bold) this.#raw(bold(true));
    if (line.size > 1) this.#sizeTo(line.size);
    for (const paragraph of line.text.split(/\r\n|[\r\n]/)) {
      const { text, replaced } = toPrintableText(paragraph);
      for (const character of replaced) this.#replaced.add(character);
      const columns = Math.max(2, Math.floor(this.#format.columns / line.size));
      for (const piece of wrapText(text, columns)) this.#printer.text(piece);
    }
    if (line.size > 1) this.#sizeTo(1);
    if (line.bold) this.#raw(bold(false));
  }

  #alignTo(align: Align): void {
    if (align === this.#align) return;
    this.#align = align;
    this.#printer.align(ALIGN_NAMES[align]);
  }

  #sizeTo(size: number): void {
    this.#printer.size(size - 1, size - 1);
    if (this.#format.chineseSize === 'fs') this.#raw(chineseDoubleSize(size > 1));
  }

  #raw(bytes: Uint8Array): void {
    this.#printer.raw(Buffer.from(bytes));
  }
}

/** The largest module, up to 6 dots, with which the code and its quiet zone fit the paper's width. */
function moduleDotsFor(payloadBytes: number, columns: number): number {
  const index = QR_BYTES_AT_LEVEL_M.findIndex(capacity => capacity >= payloadBytes);
  const modules = 17 + 4 * (index + 1) + QUIET_ZONE_MODULES;
  return Math.min(LARGEST_MODULE_DOTS, Math.floor((columns * DOTS_PER_COLUMN) / modules));
}
