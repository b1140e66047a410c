import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from './refusals.ts';

const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Who may see the console: with a console key set, whoever signs in with it (HTTP Basic, any name), from anywhere;
 * without one, only a browser on this machine that asked for this machine by name, so that no page on the
 * internet can point its own name here and read along.
 * @returns a Fastify hook that refuses with U504 or M605
 */
export function consoleGate(
  consoleKey: string | null,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined> {
  return async (request, reply) => {
    if (consoleKey === null) {
      const here = LOOPBACK_ADDRESSES.has(request.ip) && LOOPBACK_NAMES.has(request.hostname);
      return here ? undefined : refuse(reply, { code: 'M605' });
    }
    const [, encoded] = /^Basic ([\w+/=]+)$/.exec(request.headers.authorization ?? '') ?? [];
    const given = Buffer.from(encoded ?? '', 'base64')
      .toString('utf8')
      .replace(/^[^:]*:/, '');
    if (timingSafeEqual(digest(given), digest(consoleKey))) return undefined;
    reply.header('www-authenticate', 'Basic realm="Foyer", charset="UTF-8"');
    return refuse(reply, { code: 'U504' });
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
