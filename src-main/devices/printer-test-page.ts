import { PRINTER_TEST_WORDS as WORDS } from '#core/locales/printer-test-words.ts';
import type { LocalText } from '#core/wire/fields.ts';
import type { PaperLine, TicketPaper } from '#core/wire/ticket-paper.ts';

/** A name with a character that no GBK printer has, and one from the edge of what Windows' fonts have. */
const RARE_SAMPLE = '张𠮷 䶮';

/**
 * A page by whose look the operator can set up a printer: the ruler shows the columns, each size says its name,
 * the line of rare characters must show characters and not boxes.
 * @param columns of normal characters, as the settings have it
 */
export function printerTestPage(columns: number): TicketPaper {
  const line = (
    text: string,
    options: { size?: number; centre?: boolean; bold?: boolean } = {},
  ): PaperLine => ({
    kind: 'text',
    text,
    align: options.centre ? 'centre' : 'left',
    size: options.size ?? 1,
    bold: options.bold ?? false,
  });
  const both = (words: LocalText, options?: Parameters<typeof line>[1]): PaperLine[] => [
    line(words.zh, options),
    line(words.en, options),
  ];
  const sized = (size: number) => {
    const { zh } = WORDS.size;
    return line(`A0${size} ${zh.replace('{size}', String(size))}`, { size });
  };
  return {
    lines: [
      ...both(WORDS.title, { size: 2, centre: true }),
      ...both(WORDS.notTicket, { centre: true, bold: true }),
      { kind: 'rule' },
      line(rulerOf(columns)),
      ...both(WORDS.sample),
      sized(2),
      sized(3),
      line('A4', { size: 4, bold: true }),
      line(WORDS.rare.zh + RARE_SAMPLE),
      line(WORDS.rare.en),
      { kind: 'qr', payload: 'FOYER-PRINTER-TEST' },
      ...both(WORDS.end),
    ],
  };
}

/** `----+----1----+----2…`, exactly as long as a line. */
function rulerOf(columns: number): string {
  const tens = Array.from({ length: Math.ceil(columns / 10) }, (_, index) => `----+----${(index + 1) % 10}`);
  return tens.join('').slice(0, columns);
}
