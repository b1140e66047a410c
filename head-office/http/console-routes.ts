import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { BranchNews } from '../branch-news.ts';
import { dayReport, type FiguresFold } from '../console-data/day-report.ts';
import { listBranches } from '../console-data/list-branches.ts';
import { listForks } from '../console-data/list-forks.ts';
import type { Database } from '../storage/database.ts';
import { consoleGate } from './console-gate.ts';
import { branchStream } from './event-stream.ts';
import { refuse } from './refusals.ts';

const ListQuery = z.object({
  after: z.string().max(64).default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});
const DayQuery = z.object({ date: z.iso.date() });

/** What the console's side of the service needs. */
export interface ConsoleRoutesParts {
  readonly database: Database;
  readonly news: BranchNews;
  readonly fold: FiguresFold;
  readonly consoleKey: string | null;
}

/** The addresses the console uses, all under `/v1/console/`. */
export function consoleRoutes(app: FastifyInstance, parts: ConsoleRoutesParts): void {
  const { database, news, fold, consoleKey } = parts;
  const onRequest = consoleGate(consoleKey);
  const openStream = branchStream(app, news);

  app.get('/v1/console/branches', { onRequest }, async (request, reply) => {
    const query = ListQuery.safeParse(request.query);
    if (!query.success) return refuse(reply, { code: 'M601' });
    return reply.send(await listBranches(database, query.data));
  });

  app.get<{ Params: { branch: string } }>(
    '/v1/console/branches/:branch/forks',
    { onRequest },
    async (request, reply) => reply.send(await listForks(database, request.params.branch)),
  );

  app.get<{ Params: { branch: string } }>(
    '/v1/console/branches/:branch/day',
    { onRequest },
    async (request, reply) => {
      const query = DayQuery.safeParse(request.query);
      if (!query.success) return refuse(reply, { code: 'M601', facts: { field: 'date' } });
      const report = await dayReport(database, fold, request.params.branch, query.data.date);
      return report.ok ? reply.send(report.value) : refuse(reply, report.error, 404);
    },
  );

  app.get('/v1/console/stream', { onRequest }, async (_request, reply) => {
    if (!openStream(reply)) return refuse(reply, { code: 'U508' });
    return reply;
  });
}
