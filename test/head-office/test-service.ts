import { gzipSync } from 'node:zlib';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import type { PushRequest } from '#core/wire/upload.ts';
import type { FiguresFold } from '#head-office/console-data/day-report.ts';
import { createServer } from '#head-office/server.ts';
import type { Database } from '#head-office/storage/database.ts';
import { KEY, openTestDatabase, START_AT } from './support.ts';

/** Lists the types of the day's events. */
export const listTypes: FiguresFold = {
  report: events => ({ figures: events.map(event => event.type), unknown: 0 }),
};

export interface PostOptions {
  key?: string | null;
  headers?: Record<string, string>;
  on?: FastifyInstance;
  path?: string;
}

/** One service on one database for all tests of a file, opened and closed around them. */
export class TestService {
  /** Head office's clock; every post moves it on by a second, so that no rate is reached by accident. */
  now = START_AT;
  #database: Database | undefined;
  #app: FastifyInstance | undefined;

  constructor(schema: string) {
    beforeAll(async () => {
      this.#database = await openTestDatabase(schema);
      this.#app = await this.serverOn(this.#database);
    }, 60_000);
    afterAll(async () => {
      await this.#app?.close();
      await this.#database?.close();
    });
  }

  get database(): Database {
    if (this.#database === undefined) throw new Error('not open yet');
    return this.#database;
  }

  get app(): FastifyInstance {
    if (this.#app === undefined) throw new Error('not open yet');
    return this.#app;
  }

  /** Another service on a database. */
  serverOn(
    database: Database,
    { enrolOpen = true, consoleKey = null }: { enrolOpen?: boolean; consoleKey?: string | null } = {},
  ): Promise<FastifyInstance> {
    const clock = () => this.now;
    return createServer({
      database,
      fold: listTypes,
      enrolOpen,
      consoleKey,
      consoleFolder: '/nowhere',
      clock,
    });
  }

  /** Posts a body as it is. */
  post(branch: string, payload: string | Buffer, options: PostOptions = {}): Promise<LightMyRequestResponse> {
    const { key = KEY, headers = {}, on = this.app, path = 'events' } = options;
    this.now += 1000;
    return on.inject({
      method: 'POST',
      url: `/v1/branches/${encodeURIComponent(branch)}/${path}`,
      headers: {
        'content-type': 'application/json',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...headers,
      },
      payload,
    });
  }

  push(branch: string, request: PushRequest, on = this.app): Promise<LightMyRequestResponse> {
    return this.post(branch, gzipSync(JSON.stringify(request)), {
      headers: { 'content-encoding': 'gzip' },
      on,
    });
  }

  /** Every row of every table. */
  async wholeDatabase(): Promise<unknown> {
    const tables = ['branch', 'event', 'raw_event', 'fork', 'ticket_progress'];
    return Promise.all(tables.map(table => this.database.query(`SELECT * FROM ${table} ORDER BY 1, 2, 3`)));
  }
}
