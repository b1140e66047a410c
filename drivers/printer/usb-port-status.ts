import { ALL_WELL, type PrinterFacts } from './status.ts';

/**
 * The one byte of the USB printer class' GET_PORT_STATUS (hardware-protocols 3): all that a USB printer without a
 * way back can tell. Bits: 20 paper empty, 10 selected, 08 no error. It never tells that paper is near its end.
 *
 * Nothing asks for it yet: under Linux it needs the request LPGETSTATUS on the open device file, which Node cannot
 * make by itself.
 */
export function factsOfPortStatus(byte: number): PrinterFacts {
  const isPaperEmpty = (byte & 0x20) !== 0;
  const isSelected = (byte & 0x10) !== 0;
  const hasError = (byte & 0x08) === 0;
  return {
    ...ALL_WELL,
    paperEnd: isPaperEmpty,
    offline: !isSelected || hasError,
  };
}
