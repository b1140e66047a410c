import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MAX_LONE_EVENT_BYTES } from '#core/wire/upload.ts';
import { BodyRefused } from './refusals.ts';

const unzip = promisify(gunzip);
/** Of the body as it travels, and of the JSON inside. */
const MAX_BODY_BYTES = MAX_LONE_EVENT_BYTES;

/**
 * Makes Fastify hand JSON bodies, plain or gzip-compressed, to the handlers as text. Reading stops at the first
 * byte over the limit, compressed or not, so that a small body cannot unfold into a large one.
 */
export function readBodiesAsText(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    async (request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
      const encoding = request.headers['content-encoding'] ?? 'identity';
      if (encoding !== 'gzip' && encoding !== 'identity') {
        throw new BodyRefused({ code: 'M601', facts: { field: 'content-encoding' } }, 415);
      }
      const bytes = await readAll(payload);
      return decodeText(encoding === 'gzip' ? await unzipWithin(bytes) : bytes);
    },
  );
}

async function readAll(payload: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function unzipWithin(bytes: Buffer): Promise<Buffer> {
  try {
    return await unzip(bytes, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new BodyRefused({ code: 'M601', facts: { field: 'content-encoding' } });
  }
}

function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BodyRefused({ code: 'M601', facts: { field: 'charset' } });
  }
}

function tooLarge(): BodyRefused {
  return new BodyRefused({ code: 'U506', facts: { maxBytes: MAX_BODY_BYTES } });
}
