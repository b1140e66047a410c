import pg from 'pg';
import type { Database, SqlRunner, SqlValue } from './database.ts';

const { Pool, types } = pg;

/** `bigint` holds sequence numbers and milliseconds, all within a double's exact range. */
const TYPES = {
  getTypeParser(type: number, format?: 'text' | 'binary') {
    if (type === types.builtins.INT8) return Number;
    if (type === types.builtins.DATE) return (text: string) => text;
    return types.getTypeParser(type, format as 'text');
  },
};

function runner(client: pg.Pool | pg.PoolClient): SqlRunner {
  return {
    async query<Row>(sql: string, values: readonly SqlValue[] = []) {
      return (await client.query(sql, [...values])).rows as Row[];
    },
    async script(sql) {
      await client.query(sql);
    },
  };
}

/**
 * A PostgreSQL server (15 or newer).
 * @param url `postgres://…` as in `DATABASE_URL`
 * @param onIdleError told when a connection that nobody uses breaks; the next query opens a new one
 */
export function openPostgresDatabase(url: string, onIdleError: (error: Error) => void): Database {
  const pool = new Pool({
    connectionString: url,
    max: 16,
    types: TYPES,
    application_name: 'foyer-head-office',
  });
  pool.on('error', onIdleError);
  return {
    ...runner(pool),
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN');
        const answer = await work(runner(client));
        await client.query('COMMIT');
        return answer;
      } catch (error) {
        await client.query('ROLLBACK').catch((rollbackError: Error) => {
          broken = rollbackError;
        });
        throw error;
      } finally {
        // A connection that cannot even roll back must not be used again.
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}
