import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type BranchNews, createBranchNews } from './branch-news.ts';
import type { FiguresFold } from './console-data/day-report.ts';
import { branchRoutes } from './http/branch-routes.ts';
import { consolePages } from './http/console-pages.ts';
import { consoleRoutes } from './http/console-routes.ts';
import { progressRoutes } from './http/progress-routes.ts';
import { readBodiesAsText } from './http/read-body.ts';
import { answerErrors } from './http/refusals.ts';
import { sendSecurityHeaders } from './http/security-headers.ts';
import type { Database } from './storage/database.ts';

/** 64 characters of a branch name, each up to nine when percent-encoded. */
const MAX_PARAM_LENGTH = 64 * 9;
/** A body that takes longer to arrive is broken off. */
const REQUEST_TIMEOUT_MS = 60_000;

/** What the service is made of. */
export interface ServerParts {
  readonly database: Database;
  readonly fold: FiguresFold;
  /** Whether an unknown branch enrols by its first contact. */
  readonly enrolOpen: boolean;
  /** What the console asks for; null: nothing, but then only on this machine. */
  readonly consoleKey: string | null;
  /** Where the console's built files are, or would be. */
  readonly consoleFolder: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly clock: () => number;
  /** A pino log; none: silent. */
  readonly log?: FastifyBaseLogger;
  readonly news?: BranchNews;
}

/** Puts the service together, ready to listen (or to be asked by `inject`). Does not close the database. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { log, news = createBranchNews() } = parts;
  const app: FastifyInstance = Fastify({
    ...(log === undefined ? {} : { loggerInstance: log }),
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
  });
  sendSecurityHeaders(app);
  readBodiesAsText(app);
  answerErrors(app);
  branchRoutes(app, { ...parts, news });
  consoleRoutes(app, { ...parts, news });
  progressRoutes(app, parts);
  await consolePages(app, parts.consoleFolder, parts.consoleKey);
  return app;
}
