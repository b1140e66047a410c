const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** The part of a request that says who is asking. */
export interface RequestNames {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}

/** By which names a request may address us, and how its pages' addresses begin. */
export interface OwnNames {
  readonly names: readonly string[];
  readonly scheme: 'http' | 'https';
  /** A program that is no browser sends no `Origin`. On this PC it may come; from the network it may not. */
  readonly needsOrigin: boolean;
}

export const LOOPBACK: OwnNames = { names: LOOPBACK_NAMES, scheme: 'http', needsOrigin: false };

/**
 * Whether a request was addressed to this PC by one of its own names and our port. A page on the internet can
 * point its own name at 127.0.0.1, but its requests still carry that name in `Host`.
 */
export function isAddressedToUs(request: RequestNames, port: number, own: OwnNames = LOOPBACK): boolean {
  const host = request.host?.toLowerCase();
  return (
    host !== undefined &&
    own.names.some(name => host === `${name}:${port}` || host === bare(name, port, own.scheme))
  );
}

/**
 * Whether a WebSocket may be opened: addressed to us, and asked for by a page of ours. Browsers let any page open
 * a WebSocket to any address, but always name that page in `Origin`. Programs that are no browser send none; on
 * loopback they already run on this PC.
 */
export function mayOpenPort(request: RequestNames, port: number, own: OwnNames = LOOPBACK): boolean {
  if (!isAddressedToUs(request, port, own)) return false;
  if (request.origin === undefined) return !own.needsOrigin;
  return request.origin.toLowerCase() === `${own.scheme}://${request.host?.toLowerCase()}`;
}

/** Clients leave the port out of `Host` when it is the default one. */
function bare(name: string, port: number, scheme: OwnNames['scheme']): string | null {
  return port === (scheme === 'https' ? 443 : 80) ? name : null;
}
