/** A host as a person types it: `address:port`, an IPv6 address in brackets. */
export interface HostAddress {
  readonly host: string;
  readonly port: number;
}

/** Where hosts listen unless they were told otherwise. */
export const USUAL_PORT = 5850;

/** What was typed, with the usual port where none was given; null when it is no address. */
export function readHostAddress(typed: string): HostAddress | null {
  const read = /^(?:\[([\da-fA-F:.]{2,45})\]|([^\s:：[\]]{1,253}))(?:[:：](\d{1,5}))?$/.exec(typed.trim());
  const host = read?.[1] ?? read?.[2];
  if (host === undefined) return null;
  const port = read?.[3] === undefined ? USUAL_PORT : readPort(read[3]);
  return port === null ? null : { host, port };
}

export function showHostAddress({ host, port }: HostAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

export function readPort(typed: string): number | null {
  const port = /^\d{1,5}$/.test(typed.trim()) ? Number(typed) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}
