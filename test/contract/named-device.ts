/** Which real device the contract is to run on, from the environment: `DEVICE=printer:/dev/usb/lp0`. */
export type NamedDevice =
  | { readonly kind: 'usb-printer'; readonly path: string }
  | { readonly kind: 'serial-printer'; readonly path: string; readonly baudRate: number }
  | { readonly kind: 'boards'; readonly path: string; readonly baudRate: number; readonly address: number }
  | { readonly kind: 'keypad'; readonly profileId: string };

/**
 * Reads `printer:/dev/usb/lp0`, `printer:COM5@19200`, `boards:COM3@57600#2`, `keypad:stream-deck-15`. Other forms
 * (`tcp://…`, `reader:…`, `xfs4iot:…`) belong to the tests of their drivers.
 * @returns null for none of these
 */
export function parseNamedDevice(text: string): NamedDevice | null {
  const usb = /^printer:(\/dev\/usb\/lp\d+)$/.exec(text)?.[1];
  if (usb !== undefined) return { kind: 'usb-printer', path: usb };
  const line = /^(printer|boards):(COM\d{1,3}|\/dev\/[\w./-]+?)(?:@(\d{3,6}))?(?:#(\d{1,5}))?$/.exec(text);
  if (line !== null) {
    const [, family, path = '', baud = '9600', address] = line;
    const baudRate = Number(baud);
    if (family === 'boards') return { kind: 'boards', path, baudRate, address: Number(address ?? 1) };
    return address === undefined ? { kind: 'serial-printer', path, baudRate } : null;
  }
  const profileId = /^keypad:([a-z0-9][a-z0-9-]{0,39})$/.exec(text)?.[1];
  return profileId === undefined ? null : { kind: 'keypad', profileId };
}
