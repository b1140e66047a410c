import iconv from 'iconv-lite';
import type { PrinterCommand } from './command-reader.ts';
import type { PaperAlign, PrintedItem, PrintedQr } from './paper.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const NORMAL: Size = { width: 1, height: 1 };
const ALIGNS: readonly PaperAlign[] = ['left', 'centre', 'right'];
const LEVELS: readonly PrintedQr['level'][] = ['L', 'M', 'Q', 'H'];

/**
 * The modes of a Simplified-Chinese printer and its line buffer: commands in, printed items out. As strict as the
 * strictest real model: initialise leaves Chinese mode, alignment counts only at the beginning of a line.
 */
export class PrintHead {
  readonly #columns: number;
  #align: PaperAlign = 'left';
  #bold = false;
  #chineseMode = false;
  #asciiSize: Size = NORMAL;
  #chineseSize: Size = NORMAL;
  #moduleDots = 3;
  #level: PrintedQr['level'] = 'L';
  #qrData: Uint8Array = new Uint8Array(0);
  #text = '';
  #usedColumns = 0;
  #lineSize: Size = NORMAL;
  #lineBold = false;
  /** First half of a Chinese character. */
  #lead: number | null = null;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** True at the beginning of a line, where alignment and cut are honoured. */
  get atLineStart(): boolean {
    return this.#text === '';
  }

  /** Carries out one command; returns what it put on paper, top to bottom. */
  execute(command: PrinterCommand): PrintedItem[] {
    switch (command.kind) {
      case 'byte':
        return this.#character(command.byte);
      case 'line-feed':
        return [this.#endLine()];
      case 'initialise':
        this.#initialise();
        return [];
      case 'chinese-mode':
        this.#chineseMode = command.on;
        return [];
      case 'size':
        this.#chineseSize = { width: command.width, height: command.height };
        if (command.of === 'all') this.#asciiSize = this.#chineseSize;
        return [];
      case 'bold':
        this.#bold = command.on;
        return [];
      case 'align':
        if (this.atLineStart) this.#align = ALIGNS[command.number] ?? this.#align;
        return [];
      case 'feed':
        return [...this.#flush(), { kind: 'feed', lines: command.lines }];
      case 'raster': {
        const { widthDots, heightDots, dots } = command;
        return [...this.#flush(), { kind: 'raster', widthDots, heightDots, dots, align: this.#align }];
      }
      case 'qr-set':
        if (command.what === 'module-dots') this.#moduleDots = command.value;
        else this.#level = LEVELS[command.value - 0x30] ?? this.#level;
        return [];
      case 'qr-store':
        this.#qrData = command.data;
        return [];
      case 'qr-print':
        return [...this.#flush(), this.#qr()];
      default:
        return [];
    }
  }

  #initialise(): void {
    this.#align = 'left';
    this.#bold = false;
    this.#chineseMode = false;
    this.#asciiSize = NORMAL;
    this.#chineseSize = NORMAL;
    this.#text = '';
    this.#usedColumns = 0;
    this.#lead = null;
  }

  #character(byte: number): PrintedItem[] {
    if (this.#lead !== null) {
      const pair = Uint8Array.of(this.#lead, byte);
      this.#lead = null;
      return this.#put(iconv.decode(Buffer.from(pair), 'gbk'), 2, this.#chineseSize);
    }
    if (this.#chineseMode && byte >= 0x81) {
      this.#lead = byte;
      return [];
    }
    return this.#put(iconv.decode(Buffer.of(byte), 'cp437'), 1, this.#asciiSize);
  }

  /** A full line is printed by itself, as real printers do. */
  #put(character: string, columns: number, size: Size): PrintedItem[] {
    const needed = columns * size.width;
    const full = this.#usedColumns > 0 && this.#usedColumns + needed > this.#columns;
    const printed = full ? [this.#endLine()] : [];
    if (this.#text === '') {
      this.#lineSize = size;
      this.#lineBold = this.#bold;
    }
    this.#text += character;
    this.#usedColumns += needed;
    return printed;
  }

  #endLine(): PrintedItem {
    const { width, height } = this.#text === '' ? this.#asciiSize : this.#lineSize;
    const bold = this.#text !== '' && this.#lineBold;
    const line: PrintedItem = { kind: 'text', text: this.#text, width, height, align: this.#align, bold };
    this.#text = '';
    this.#usedColumns = 0;
    this.#lead = null;
    return line;
  }

  #flush(): PrintedItem[] {
    return this.atLineStart ? [] : [this.#endLine()];
  }

  #qr(): PrintedQr {
    const payload = Buffer.from(this.#qrData).toString('utf8');
    return { kind: 'qr', payload, moduleDots: this.#moduleDots, level: this.#level, align: this.#align };
  }
}
