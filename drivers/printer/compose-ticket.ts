import escpos from 'escpos';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { PaperLine, TicketPaper } from '#core/wire/ticket-paper.ts';
import type { DrawLine, DrawnLine } from '#drivers/contract.ts';
import {
  ASK_QUEUED_STATUS,
  askProcessId,
  bold,
  type CutForm,
  chineseDoubleSize,
  feedAndCut,
  INITIALISE,
  qrCode,
} from './escpos-bytes.ts';
import { missingCharacters, toPrintableText, withForms } from './gbk-text.ts';
import { qrPicture } from './qr-picture.ts';
import { type PictureCommand, pictureStrips } from './raster.ts';
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
  /** Who draws QR codes: the printer, or we as a picture. */
  readonly qr: 'native' | 'raster';
  readonly pictures: PictureCommand;
  readonly cut: CutForm;
}

/** 80 mm paper, Epson-like. */
export const STANDARD_FORMAT: PaperFormat = {
  columns: 48,
  chineseSize: 'gs',
  qr: 'native',
  pictures: 'raster',
  cut: 'partial',
};

/** What can be drawn besides the printer's own characters. */
export interface TicketPictures {
  /** For lines with characters that GBK lacks; null: such characters are replaced. */
  readonly drawLine: DrawLine | null;
  /** At the head of every ticket; left out where it is wider than the paper. */
  readonly logo: DrawnLine | null;
}

/** Nothing but the printer's own characters. */
export const NO_PICTURES: TicketPictures = { drawLine: null, logo: null };

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
/** Height of a Chinese character at size 1; it is as wide as two columns. */
const CHARACTER_DOTS = 24;
const LARGEST_MODULE_DOTS = 6;
const QUIET_ZONE_MODULES = 8;

/** Bytes that fit into QR versions 1, 2, 3 … at level M (ISO/IEC 18004, byte mode). */
const QR_BYTES_AT_LEVEL_M = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331];

const QR_PAYLOAD = /^[\x20-\x7e]{1,300}$/;
const ALIGN_NAMES = { left: 'LT', centre: 'CT', right: 'RT' } as const;
type Align = keyof typeof ALIGN_NAMES;

/**
 * Turns a ticket into printer bytes: initialise, logo, lines, process id, feed and cut, queued status.
 * @returns P109 when the paper holds something no printer can take (a QR payload with control bytes)
 */
export function composeTicket(
  paper: TicketPaper,
  format: PaperFormat,
  confirmations: Confirmations,
  pictures: TicketPictures = NO_PICTURES,
): Result<ComposedTicket> {
  const writer = new TicketWriter(format, pictures.drawLine);
  if (pictures.logo !== null) writer.logo(pictures.logo);
  for (const line of paper.lines) {
    if (line.kind === 'qr' && !QR_PAYLOAD.test(line.payload)) return fail('P109', { field: 'qr' });
    writer.line(line);
  }
  return ok(writer.end(confirmations));
}

/** Keeps the printer's mode while a ticket is written, so that a mode is sent only when it changes. */
class TicketWriter {
  readonly #format: PaperFormat;
  readonly #drawLine: DrawLine | null;
  readonly #parts: Uint8Array[] = [];
  readonly #replaced = new Set<string>();
  readonly #printer: InstanceType<typeof escpos.Printer>;
  #align: Align = 'left';

  constructor(format: PaperFormat, drawLine: DrawLine | null) {
    this.#format = format;
    this.#drawLine = drawLine;
    // The library hands out a view on a buffer that it reuses for the next ticket.
    const adapter = { write: (bytes: Uint8Array) => void this.#parts.push(Uint8Array.from(bytes)) };
    this.#printer = new escpos.Printer(adapter, { encoding: 'GBK', width: format.columns });
    this.#raw(INITIALISE);
  }

  logo(logo: DrawnLine): void {
    if (logo.widthDots > this.#paperDots) return;
    this.#alignTo('centre');
    this.#picture(logo);
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
        this.#qr(line.payload);
        this.#printer.feed(1);
      }
    }
  }

  end(confirmations: Confirmations): ComposedTicket {
    this.#alignTo('left');
    if (confirmations.processId !== null) this.#raw(askProcessId(confirmations.processId));
    this.#raw(feedAndCut(this.#format.cut));
    if (confirmations.queuedStatus) this.#raw(ASK_QUEUED_STATUS);
    this.#printer.flush();
    return { bytes: new Uint8Array(Buffer.concat(this.#parts)), replaced: [...this.#replaced] };
  }

  #text(line: Extract<PaperLine, { kind: 'text' }>): void {
    this.#alignTo(line.align);
    const size = sizeThatFits(line.text, line.size, this.#format.columns);
    if (line.bold) this.#raw(bold(true));
    if (size > 1) this.#sizeTo(size);
    for (const paragraph of line.text.split(/\r\n|[\r\n]/)) this.#paragraph(paragraph, size, line.bold);
    if (size > 1) this.#sizeTo(1);
    if (line.bold) this.#raw(bold(false));
  }

  #paragraph(paragraph: string, size: number, isBold: boolean): void {
    const columns = Math.max(2, Math.floor(this.#format.columns / size));
    const missing = missingCharacters(paragraph);
    if (missing.size === 0 || this.#drawLine === null) {
      this.#printable(paragraph, columns);
      return;
    }
    for (const piece of wrapText(withForms(paragraph), columns)) {
      const isRare = [...piece].some(character => missing.has(character));
      const drawn = isRare ? this.#drawLine(piece, CHARACTER_DOTS * size, isBold) : null;
      if (drawn !== null && drawn.widthDots <= this.#paperDots) this.#picture(drawn);
      else this.#printable(piece, columns);
    }
  }

  #printable(paragraph: string, columns: number): void {
    const { text, replaced } = toPrintableText(paragraph);
    for (const character of replaced) this.#replaced.add(character);
    for (const piece of wrapText(text, columns)) this.#printer.text(piece);
  }

  #qr(payload: string): void {
    const moduleDots = moduleDotsFor(payload.length, this.#format.columns);
    if (this.#format.qr === 'raster') this.#picture(qrPicture(payload, moduleDots));
    else this.#raw(qrCode(Buffer.from(payload, 'latin1'), moduleDots, 'M'));
  }

  #picture(picture: DrawnLine): void {
    for (const strip of pictureStrips(picture, this.#format.pictures)) this.#raw(strip);
  }

  get #paperDots(): number {
    return this.#format.columns * DOTS_PER_COLUMN;
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

/** A number or word is never torn apart for being large: it is printed smaller, down to normal size. */
function sizeThatFits(text: string, size: number, columns: number): number {
  const longest = Math.max(0, ...(text.match(/[\x21-\x7e]+/g) ?? []).map(word => word.length));
  return Math.max(1, Math.min(size, Math.floor(columns / Math.max(1, longest))));
}

/** The largest module, up to 6 dots, with which the code and its quiet zone fit the paper's width. */
function moduleDotsFor(payloadBytes: number, columns: number): number {
  const index = QR_BYTES_AT_LEVEL_M.findIndex(capacity => capacity >= payloadBytes);
  const modules = 17 + 4 * (index + 1) + QUIET_ZONE_MODULES;
  return Math.min(LARGEST_MODULE_DOTS, Math.floor((columns * DOTS_PER_COLUMN) / modules));
}
