import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { progressView } from '#core/views/progress-view.ts';
import { Id } from '#core/wire/fields.ts';
import { BranchStates, type KnownState } from '../progress/branch-states.ts';
import { pageLanguage } from '../progress/page-language.ts';
import { noticePage, ticketPage } from '../progress/progress-page.ts';
import { findTicket, type IssuedTicket } from '../progress/ticket-tokens.ts';
import type { Database } from '../storage/database.ts';
import { TokenBuckets } from './token-buckets.ts';

/** A hall full of phones behind one address asks about 20 times a second; tokens cannot be guessed at any pace. */
const ADDRESS_RATE = { capacity: 300, perSecond: 50 };
/** A branch reports every few seconds; one silent for longer may have moved on. */
const LIVE_WITHIN_MS = 60_000;

/** What the customers' side of the service needs. */
export interface ProgressRoutesParts {
  readonly database: Database;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly clock: () => number;
}

interface ProgressRequest {
  Params: { token: string };
  Querystring: { lang?: unknown };
}

/** `GET /t/:token`, the page behind the QR of a ticket (TK7, TK11); every answer is a page in the reader's language. */
export function progressRoutes(app: FastifyInstance, { database, clock }: ProgressRoutesParts): void {
  const states = new BranchStates(database);
  const addressRate = new TokenBuckets(ADDRESS_RATE);

  app.get<ProgressRequest>(
    '/t/:token',
    {
      errorHandler: (error, request, reply) => {
        request.log.error({ err: error }, 'progress page failed');
        return sendPage(reply.code(503), noticePage('busy', languageOf(request)));
      },
    },
    async (request, reply) => {
      const language = languageOf(request);
      const now = clock();
      const waitMs = addressRate.waitMs(request.ip, now);
      if (waitMs > 0) {
        reply.code(429).header('retry-after', Math.ceil(waitMs / 1000));
        return sendPage(reply, noticePage('busy', language));
      }
      addressRate.take(request.ip, now);
      const token = Id.safeParse(request.params.token);
      const ticket = token.success ? await findTicket(database, token.data) : null;
      const known = ticket && (await states.stateOf(ticket.branch));
      if (!ticket || !known) return sendPage(reply.code(404), noticePage('unknown', language));
      const view = progressView(known.state, ticket.issued, now);
      return sendPage(reply, ticketPage({ view, now, staleSince: staleSince(ticket, known, now) }, language));
    },
  );
}

function languageOf(request: FastifyRequest): 'zh' | 'en' {
  const { lang } = request.query as ProgressRequest['Querystring'];
  return pageLanguage(lang, request.headers['accept-language']);
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('vary', 'accept-language')
    .type('text/html; charset=utf-8')
    .send(page);
}

/** Since when the page may be behind the branch: it is silent, or its journal is still on the way. */
function staleSince(ticket: IssuedTicket, known: KnownState, now: number): number | null {
  const { lastSeenAt, branchLastSeq, durableSeq } = ticket;
  const isBehind = branchLastSeq !== null && branchLastSeq > durableSeq;
  const since = isBehind ? Math.min(known.lastEventAt, lastSeenAt ?? 0) : (lastSeenAt ?? 0);
  return now - since > LIVE_WITHIN_MS ? since : null;
}
