import type { DriverClock } from '#drivers/contract.ts';
import { PRINTER_FAULT_NAMES, parsePrinterFault } from '#drivers/printer/simulator/fault-name.ts';
import type { PrintedItem, PrintedTicket } from '#drivers/printer/simulator/paper.ts';
import { startPrinterSimulator } from '#drivers/printer/simulator/printer-simulator.ts';
import type { StandAloneDevice, Tell } from './stand-alone.ts';

const PAPER_COLUMNS = 48;

/** A ticket printer on TCP that writes its paper to `tell`. Rejects when the port is taken. */
export async function startStandAlonePrinter(
  port: number,
  clock: DriverClock,
  tell: Tell,
): Promise<StandAloneDevice> {
  const simulator = await startPrinterSimulator({ port, clock });
  let told = 0;
  simulator.onPaper(paper => {
    for (const ticket of paper) {
      if (ticket.number <= told || ticket.cut === 'none') continue;
      told = ticket.number;
      for (const line of paperLines(ticket)) tell(line);
    }
  });
  return {
    address: `127.0.0.1:${simulator.port}`,
    faultNames: PRINTER_FAULT_NAMES,
    setFault(text) {
      const fault = text === null ? null : parsePrinterFault(text);
      if (text !== null && fault === null) return false;
      simulator.setFault(fault);
      return true;
    },
    use: () => false,
    stop: () => simulator.stop(),
  };
}

/** A piece of paper as text: sizes as a mark in front, the cut as a line. */
export function paperLines(ticket: PrintedTicket): string[] {
  const edge = `${'-'.repeat(8)} ${ticket.number} `.padEnd(PAPER_COLUMNS, '-');
  return [
    edge,
    ...ticket.items.flatMap(itemLines),
    (ticket.cut === 'full' ? '=' : '- ').repeat(PAPER_COLUMNS / (ticket.cut === 'full' ? 1 : 2)),
  ];
}

function itemLines(item: PrintedItem): string[] {
  switch (item.kind) {
    case 'text': {
      const size = item.width > 1 || item.height > 1 ? `[${item.width}×${item.height}] ` : '';
      return [placed(`${size}${item.text}`, item.align)];
    }
    case 'qr':
      return [placed(`[QR ${item.payload}]`, item.align)];
    case 'raster':
      return [placed(`[${item.widthDots}×${item.heightDots}]`, item.align)];
    case 'feed':
      return item.lines >= 1 ? [''] : [];
  }
}

function placed(text: string, align: 'left' | 'centre' | 'right'): string {
  const spare = Math.max(0, PAPER_COLUMNS - columnsOf(text));
  if (align === 'left') return text;
  return ' '.repeat(align === 'right' ? spare : Math.floor(spare / 2)) + text;
}

/** Chinese characters take two columns. */
function columnsOf(text: string): number {
  return Array.from(text, character => (character.charCodeAt(0) > 0xff ? 2 : 1)).reduce<number>(
    (sum, columns) => sum + columns,
    0,
  );
}
