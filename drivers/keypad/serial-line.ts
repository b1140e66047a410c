import { SerialFormat } from '#core/wire/device-settings.ts';

interface LineSettings {
  readonly dataBits: 7 | 8;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
}

const PARITY_LETTERS = { none: 'N', even: 'E', odd: 'O' } as const;

/** The line format of a profile as serial transports name it (`8N1`), or null for one that no transport here has. */
export function lineFormatOf({ dataBits, parity, stopBits }: LineSettings): SerialFormat | null {
  const named = SerialFormat.safeParse(`${dataBits}${PARITY_LETTERS[parity]}${stopBits}`);
  return named.success ? named.data : null;
}
