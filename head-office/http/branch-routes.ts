import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type CursorAnswer, MAX_BATCH_EVENTS, type PushAnswer } from '#core/wire/upload.ts';
import type { BranchNews } from '../branch-news.ts';
import { type BranchIdentity, enrolBranch, identifyBranch } from '../ingest/branch-access.ts';
import { ingestPush } from '../ingest/ingest-push.ts';
import type { PushPlan } from '../ingest/plan-push.ts';
import { readPush } from '../ingest/read-push.ts';
import { readStatus, recordStatus } from '../ingest/record-status.ts';
import type { Database } from '../storage/database.ts';
import { claimRoutes } from './claim-routes.ts';
import { refuse } from './refusals.ts';
import { TokenBuckets } from './token-buckets.ts';

/** Pushes worked on at once; more are asked to come back, so that waiting ones do not fill the memory. */
const MAX_PUSHES = 256;
const BUSY_RETRY_MS = 2_000;
/** A draining branch with a short way manages about this; beyond it something is wrong. */
const BRANCH_RATE = { capacity: 200, perSecond: 100 };
/** Wrong keys of one address for one branch. */
const WRONG_KEY_RATE = { capacity: 10, perSecond: 0.2 };

/** What the branches' side of the service needs. */
export interface BranchRoutesParts {
  readonly database: Database;
  readonly news: BranchNews;
  readonly enrolOpen: boolean;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly clock: () => number;
}

interface BranchParams {
  branch: string;
}

/** The addresses branches use: `/v1/branches/:branch/events`, `/cursor`, `/status`, `/claim` and `/register`. */
export function branchRoutes(app: FastifyInstance, parts: BranchRoutesParts): void {
  const { database, news, enrolOpen, clock } = parts;
  const identities = new WeakMap<FastifyRequest, BranchIdentity>();
  const branchRate = new TokenBuckets(BRANCH_RATE);
  const wrongKeyRate = new TokenBuckets(WRONG_KEY_RATE);
  let pushes = 0;

  /** Before the body is read: the key, then the pace. */
  async function admit(request: FastifyRequest<{ Params: BranchParams }>, reply: FastifyReply) {
    const { branch } = request.params;
    const now = clock();
    const wrongKey = `${request.ip} ${branch}`;
    const shutOutMs = wrongKeyRate.waitMs(wrongKey, now);
    if (shutOutMs > 0) return refuse(reply, { code: 'M608', facts: { retryAfterMs: shutOutMs } });
    const { authorization } = request.headers;
    const identity = await identifyBranch(database, { branch, authorization, enrolOpen });
    if (!identity.ok) {
      wrongKeyRate.take(wrongKey, now);
      request.log.warn({ branch, code: identity.error.code }, 'branch refused');
      return refuse(reply, identity.error);
    }
    const waitMs = branchRate.waitMs(branch, now);
    if (waitMs > 0) return refuse(reply, { code: 'M608', facts: { retryAfterMs: waitMs } });
    branchRate.take(branch, now);
    identities.set(request, identity.value);
  }

  /** After the body has proved readable. Answers the request itself, and returns false, when it may not go on. */
  async function enrolled(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const identity = identities.get(request);
    if (identity === undefined) throw new Error('request was not admitted');
    if (identity.known) return true;
    const done = await enrolBranch(database, identity, clock());
    if (done.ok) request.log.info({ branch: identity.branch }, 'branch enrolled');
    else refuse(reply, done.error);
    return done.ok;
  }

  app.post<{ Params: BranchParams; Body: string }>(
    '/v1/branches/:branch/events',
    { onRequest: admit },
    async (request, reply) => {
      const { branch } = request.params;
      const push = readPush(request.body ?? '');
      if (!push.ok) return refuse(reply, push.error);
      if (pushes >= MAX_PUSHES)
        return refuse(reply, { code: 'U508', facts: { retryAfterMs: BUSY_RETRY_MS } });
      pushes++;
      try {
        if (!(await enrolled(request, reply))) return reply;
        const received = { branch, push: push.value, body: request.body, receivedAt: clock() };
        const plan = await ingestPush(database, received);
        if (plan.verdict === 'fork') {
          const { reason, atSeq } = plan;
          request.log.error({ branch, code: 'U503', reason, atSeq }, 'fork: batch kept, stream stopped');
        }
        if (plan.verdict === 'stored' || plan.verdict === 'fork') news.tell(branch);
        return reply.send(pushAnswer(plan));
      } finally {
        pushes--;
      }
    },
  );

  claimRoutes(app, { database, admit, enrolled });

  app.get<{ Params: BranchParams }>(
    '/v1/branches/:branch/cursor',
    { onRequest: admit },
    async (request, reply) => {
      if (!(await enrolled(request, reply))) return reply;
      const [cursor] = await database.query<CursorAnswer>(
        `SELECT durable_seq AS "durableSeq", durable_hash AS "durableHash", epoch FROM branch WHERE branch_id = $1`,
        [request.params.branch],
      );
      return reply.send(cursor);
    },
  );

  app.post<{ Params: BranchParams; Body: string }>(
    '/v1/branches/:branch/status',
    { onRequest: admit },
    async (request, reply) => {
      const { branch } = request.params;
      const status = readStatus(request.body ?? '');
      if (!status.ok) return refuse(reply, status.error);
      if (!(await enrolled(request, reply))) return reply;
      const recorded = await recordStatus(database, branch, status.value, clock());
      if (!recorded.ok) return refuse(reply, recorded.error);
      news.tell(branch);
      return reply.code(204).send();
    },
  );
}

function pushAnswer({ verdict, cursor }: PushPlan): PushAnswer {
  const { epoch, station } = cursor;
  const stopped = verdict === 'fork' || verdict === 'lower-epoch';
  return {
    verdict,
    durableSeq: cursor.durableSeq,
    durableHash: cursor.durableHash,
    credit: stopped ? 0 : MAX_BATCH_EVENTS,
    retryAfterMs: 0,
    ...(verdict === 'lower-epoch' && station ? { named: { epoch, station } } : {}),
  };
}
