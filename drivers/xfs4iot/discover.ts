import { z } from 'zod';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { XfsConnection, type XfsTimings } from './xfs-connection.ts';

/** Where a publisher listens on every address (11.1). */
const PUBLISHER_PATH = '/xfs4iot/v1.0';
const FIRST_PORT = 5846;
const LAST_PORT = 5856;
const GET_SERVICES_MS = 3_000;
const MOST_SERVICES = 64;

const ServiceLine = z.object({ serviceURI: z.url({ protocol: /^wss?$/ }).max(300) });

/**
 * The addresses to try for a publisher (11.1): its own when it names a port; else 443 or 80, then 5846 to 5856.
 * @param publisher `ws://` or `wss://`, with or without port and path
 */
export function publisherAddresses(publisher: string): string[] {
  const url = new URL(publisher);
  if (url.pathname === '/') url.pathname = PUBLISHER_PATH;
  // The standard port of a scheme is left out of an address, so it counts as none.
  if (url.port !== '') return [url.href];
  const ports = Array.from({ length: LAST_PORT - FIRST_PORT + 1 }, (_, index) => FIRST_PORT + index);
  return [
    url.href,
    ...ports.map(port => {
      const other = new URL(url);
      other.port = String(port);
      return other.href;
    }),
  ];
}

/**
 * Asks the publisher for its services (`ServicePublisher.GetServices`, 11.4 vector 1).
 * @returns their addresses in the publisher's order; P105 when no publisher is there
 */
export async function findServices(
  publisher: string,
  clock: DriverClock,
  timings: XfsTimings,
): Promise<Result<string[]>> {
  for (const address of publisherAddresses(publisher)) {
    const opened = await XfsConnection.open(address, clock, timings);
    if (!opened.ok) continue;
    const found: string[] = [];
    const take = (payload: Readonly<Record<string, unknown>>) => {
      for (const line of Array.isArray(payload.services) ? payload.services : [payload]) {
        const uri = ServiceLine.safeParse(line).data?.serviceURI;
        if (uri !== undefined && !found.includes(uri) && found.length < MOST_SERVICES) found.push(uri);
      }
    };
    const isDetail = /\.ServiceDetailEvent$/;
    opened.value.onUnsolicited(event => isDetail.test(event.header.name) && take(event.payload));
    const answered = await opened.value.request(
      'ServicePublisher.GetServices',
      GET_SERVICES_MS,
      {},
      event => {
        if (isDetail.test(event.header.name)) take(event.payload);
      },
    );
    await opened.value.close();
    if (!answered.ok) continue;
    take(answered.value.payload);
    return ok(found);
  }
  return fail('P105', { publisher });
}

/** The name of a service: the last part of its address, as it is written there. */
export function serviceName(uri: string): string {
  return new URL(uri).pathname.split('/').at(-1) ?? '';
}
