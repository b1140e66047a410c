import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Result } from '#core/wire/result.ts';
import type { NamedAnswer } from '#core/wire/upload.ts';
import { claimEpoch, readClaim, readRegister, registerEpoch } from '../ingest/name-station.ts';
import type { SqlRunner } from '../storage/database.ts';
import { refuse } from './refusals.ts';

interface BranchParams {
  branch: string;
}

/** What the branches' other addresses are guarded with. */
export interface ClaimRoutesParts {
  readonly database: SqlRunner;
  readonly admit: (
    request: FastifyRequest<{ Params: BranchParams }>,
    reply: FastifyReply,
  ) => Promise<unknown>;
  readonly enrolled: (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>;
}

/** BR4: `/v1/branches/:branch/claim` and `/register`, with the branch's key like its pushes. */
export function claimRoutes(app: FastifyInstance, { database, admit, enrolled }: ClaimRoutesParts): void {
  function route<Order>(
    path: 'claim' | 'register',
    read: (body: string) => Result<Order>,
    carryOut: (sql: SqlRunner, branch: string, order: Order) => Promise<NamedAnswer>,
  ): void {
    app.post<{ Params: BranchParams; Body: string }>(
      `/v1/branches/:branch/${path}`,
      { onRequest: admit },
      async (request, reply) => {
        const { branch } = request.params;
        const order = read(request.body ?? '');
        if (!order.ok) return refuse(reply, order.error);
        if (!(await enrolled(request, reply))) return reply;
        const named = await carryOut(database, branch, order.value);
        request.log.info({ branch, path, ...named }, 'station named');
        return reply.send(named);
      },
    );
  }
  route('claim', readClaim, claimEpoch);
  route('register', readRegister, registerEpoch);
}
