const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** The part of a request that says who is asking. */
export interface RequestNames {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}

/**
 * Whether a request was addressed to this PC by one of its own names and our port. A page on the internet can
 * point its own name at 127.0.0.1, but its requests still carry that name in `Host`.
 */
export function isAddressedToUs(request: RequestNames, port: number): boolean {
  const host = request.host?.toLowerCase();
  return (
    host !== undefined && LOOPBACK_NAMES.some(name => host === `${name}:${port}` || host === bare(name, port))
  );
}

/**
 * Whether a WebSocket may be opened: addressed to us, and asked for by a page of ours. Browsers let any page open
 * a WebSocket to any address, but always name that page in `Origin`. Programs that are no browser send none; they
 * already run on this PC.
 */
export function mayOpenPort(request: RequestNames, port: number): boolean {
  if (!isAddressedToUs(request, port)) return false;
  return (
    request.origin === undefined || request.origin.toLowerCase() === `http://${request.host?.toLowerCase()}`
  );
}

/** Clients leave the port out of `Host` when it is the default one. */
function bare(name: string, port: number): string | null {
  return port === 80 ? name : null;
}
