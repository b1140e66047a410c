import type { LocalText } from '../wire/fields.ts';

/** The words of a printer's test page. */
export const PRINTER_TEST_WORDS = {
  title: { zh: '打印机自检', en: 'Printer test' },
  notTicket: { zh: '本页不是号票', en: 'This is not a ticket' },
  sample: { zh: '个人业务 请到 3 号窗口', en: 'Personal banking, counter 3' },
  size: { zh: '{size} 倍字', en: 'size {size}' },
  rare: { zh: '生僻字:', en: 'Rare characters:' },
  end: { zh: '此行之后应切纸', en: 'The paper is cut after this line' },
} as const satisfies Record<string, LocalText>;
