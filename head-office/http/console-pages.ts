import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { consoleGate } from './console-gate.ts';

/**
 * Serves the console's built files, or one page that says how to build them.
 * @param folder where the build puts them, e.g. `out/head-office`
 */
export async function consolePages(
  app: FastifyInstance,
  folder: string,
  consoleKey: string | null,
): Promise<void> {
  const gate = consoleGate(consoleKey);
  if (existsSync(join(folder, 'index.html'))) {
    await app.register(async pages => {
      pages.addHook('onRequest', gate);
      await pages.register(fastifyStatic, { root: folder });
    });
    return;
  }
  const notBuilt = await readFile(new URL('../pages/console-not-built.html', import.meta.url), 'utf8');
  app.get('/', { onRequest: gate }, async (_request, reply) =>
    reply.code(503).type('text/html; charset=utf-8').send(notBuilt),
  );
}
