/**
 * A second reader of ticket bytes, written from hardware-protocols 1 and 2 alone: it shares no line with the
 * composer or the simulator, so that the three can be held against each other. It knows the whole job at once and
 * throws at any byte it has no meaning for.
 */

export interface DecodedText {
  readonly kind: 'text';
  readonly text: string;
  /** Of the line's first character. */
  readonly width: number;
  readonly height: number;
  readonly align: string;
  readonly bold: boolean;
}

export type DecodedItem =
  | DecodedText
  | { readonly kind: 'qr'; readonly payload: string; readonly align: string }
  | { readonly kind: 'picture'; readonly rows: readonly string[]; readonly align: string }
  | { readonly kind: 'feed'; readonly lines: number };

export interface DecodedPiece {
  readonly items: readonly DecodedItem[];
  readonly cut: 'partial' | 'full' | 'none';
}

export interface DecodedJob {
  readonly pieces: readonly DecodedPiece[];
  readonly processIds: readonly string[];
  readonly queuedStatusQuestions: number;
}

const GBK = new TextDecoder('gbk', { fatal: true });
const SIDES = ['left', 'centre', 'right'];

/** @throws when the bytes are not a whole, well-formed job */
export function decodeJob(job: Uint8Array): DecodedJob {
  const view = Buffer.from(job);
  let at = 0;
  const pieces: DecodedPiece[] = [];
  const processIds: string[] = [];
  let queuedStatusQuestions = 0;
  let items: DecodedItem[] = [];
  let [chinese, isBold, side, line] = [false, false, 0, ''];
  let [ascii, han] = [
    [1, 1],
    [1, 1],
  ];
  let head: { width: number; height: number; bold: boolean } | null = null;
  let qrData = '';
  let stored: readonly string[] | null = null;

  const trouble = (what: string): never => {
    throw new Error(`${what} at byte ${at}: ${view.toString('hex', at, at + 12)}`);
  };
  const u8 = (offset: number) =>
    at + offset < view.length ? view.readUInt8(at + offset) : trouble('end of data');
  const u16 = (offset: number) => u8(offset) + 256 * u8(offset + 1);
  const aligned = () => SIDES[side] ?? trouble('side');
  const lineStart = () => (line === '' ? undefined : trouble('not at the beginning of a line'));
  const put = (character: string, [width = 1, height = 1]: number[]) => {
    head ??= { width, height, bold: isBold };
    line += character;
  };
  const rowsOf = (start: number, widthBytes: number, count: number) =>
    Array.from({ length: count }, (_, row) => {
      const from = at + start + row * widthBytes;
      if (from + widthBytes > view.length) trouble('picture cut short');
      return view.toString('hex', from, from + widthBytes);
    });

  const readEscape = (): number => {
    switch (u8(1)) {
      case 0x40:
        [chinese, isBold, side, line, head] = [false, false, 0, '', null];
        [ascii, han] = [
          [1, 1],
          [1, 1],
        ];
        return 2;
      case 0x45:
        isBold = u8(2) % 2 === 1;
        return 3;
      case 0x61:
        lineStart();
        side = u8(2);
        return 3;
      case 0x64:
        lineStart();
        items.push({ kind: 'feed', lines: u8(2) });
        return 3;
      default:
        return trouble('unknown ESC');
    }
  };

  const readFont = (): number => {
    switch (u8(1)) {
      case 0x26:
        chinese = true;
        return 2;
      case 0x21:
        han = [u8(2) & 4 ? 2 : 1, u8(2) & 8 ? 2 : 1];
        return 3;
      default:
        return trouble('unknown FS');
    }
  };

  const readExtended = (): number => {
    const [letter, count] = [u8(2), u16(3)];
    const [group, fn] = [u8(5), u8(6)];
    if (at + 5 + count > view.length) trouble('command cut short');
    if (letter === 0x48 && group === 0x30 && fn === 0x30 && count === 6)
      processIds.push(view.toString('latin1', at + 7, at + 11));
    else if (letter === 0x6b && fn === 0x50) qrData = view.toString('utf8', at + 8, at + 5 + count);
    else if (letter === 0x6b && fn === 0x51) items.push({ kind: 'qr', payload: qrData, align: aligned() });
    else if (letter === 0x6b && (fn === 0x41 || fn === 0x43 || fn === 0x45)) lineStart();
    else if (letter === 0x4c && fn === 0x70) stored = rowsOf(15, Math.ceil(u16(11) / 8), u16(13));
    else if (letter === 0x4c && fn === 0x32) {
      lineStart();
      items.push({ kind: 'picture', rows: stored ?? trouble('nothing stored'), align: aligned() });
    } else trouble('unknown GS (');
    return 5 + count;
  };

  const readGroup = (): number => {
    switch (u8(1)) {
      case 0x21:
        ascii = [(u8(2) >> 4) + 1, (u8(2) & 15) + 1];
        han = ascii;
        return 3;
      case 0x28:
        return readExtended();
      case 0x56: {
        lineStart();
        const cut = u8(2) === 0x42 ? 'partial' : u8(2) === 0x41 ? 'full' : trouble('unknown cut');
        pieces.push({ items, cut });
        items = [];
        return 4;
      }
      case 0x72:
        queuedStatusQuestions += 1;
        return 3;
      case 0x76: {
        lineStart();
        const [widthBytes, count] = [u16(4), u16(6)];
        if (u8(2) !== 0x30 || u8(3) !== 0 || count > 255) trouble('picture header');
        items.push({ kind: 'picture', rows: rowsOf(8, widthBytes, count), align: aligned() });
        return 8 + widthBytes * count;
      }
      default:
        return trouble('unknown GS');
    }
  };

  const readCharacter = (): number => {
    const byte = u8(0);
    if (byte < 0x20 || byte === 0x7f) trouble('control byte');
    if (byte < 0x80) {
      put(String.fromCharCode(byte), ascii);
      return 1;
    }
    if (!chinese) trouble('Chinese outside of Chinese mode');
    put(GBK.decode(view.subarray(at, at + 2)), han);
    return 2;
  };

  const endLine = (): number => {
    const { width, height, bold } = head ?? { width: ascii[0] ?? 1, height: ascii[1] ?? 1, bold: false };
    items.push({ kind: 'text', text: line, width, height, align: aligned(), bold });
    [line, head] = ['', null];
    return 1;
  };

  while (at < view.length) {
    switch (u8(0)) {
      case 0x0a:
        at += endLine();
        break;
      case 0x1b:
        at += readEscape();
        break;
      case 0x1c:
        at += readFont();
        break;
      case 0x1d:
        at += readGroup();
        break;
      default:
        at += readCharacter();
    }
  }
  lineStart();
  if (items.length > 0) pieces.push({ items, cut: 'none' });
  return { pieces, processIds, queuedStatusQuestions };
}
