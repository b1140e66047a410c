import type { FastifyInstance, FastifyReply } from 'fastify';
import type { BranchNews } from '../branch-news.ts';

/** Changes within this time travel as one message: 40,000 branches report every few seconds. */
const GATHER_MS = 250;
/** Keeps proxies from closing a quiet stream. */
const KEEP_ALIVE_MS = 15_000;
const MAX_STREAMS = 200;
/** More changed branches than this in one message are told as "all" (`*`). */
const MAX_NAMES = 500;

/**
 * The console's news as server-sent events: `event: branches`, `data: ["branch", …]` or `["*"]`.
 * @returns how to answer a request with the stream; false when too many are open
 */
export function branchStream(app: FastifyInstance, news: BranchNews): (reply: FastifyReply) => boolean {
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const close of open) close();
  });
  return reply => {
    if (open.size >= MAX_STREAMS) return false;
    reply.hijack();
    const response = reply.raw;
    const headers = { ...reply.getHeaders(), 'content-type': 'text/event-stream; charset=utf-8' };
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) response.setHeader(name, value);
    response.writeHead(200);
    response.write(':\n\n');

    const changed = new Set<string>();
    let gathering: NodeJS.Timeout | undefined;
    const flush = () => {
      gathering = undefined;
      const names = changed.size > MAX_NAMES ? ['*'] : [...changed];
      changed.clear();
      response.write(`event: branches\ndata: ${JSON.stringify(names)}\n\n`);
    };
    const stopListening = news.listen(branch => {
      changed.add(branch);
      gathering ??= setTimeout(flush, GATHER_MS);
    });
    const keepAlive = setInterval(() => response.write(':\n\n'), KEEP_ALIVE_MS);
    const close = () => {
      stopListening();
      clearTimeout(gathering);
      clearInterval(keepAlive);
      open.delete(close);
      response.end();
    };
    open.add(close);
    response.on('close', close);
    return true;
  };
}
