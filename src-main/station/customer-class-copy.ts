import { createHash } from 'node:crypto';
import type { StationId } from '#core/replication/log.ts';
import type { LinkMessage } from '#core/wire/link-messages.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { CustomerQueries } from '../journal/customer-queries.ts';
import type { LinkConnection } from '../link/link-connection.ts';

/**
 * The classes of customers on the standby (TK2, BR5): no journal holds them, and after a take-over a known customer
 * must not be a stranger. The host's table is compared part by part by its sums, and only parts that differ travel;
 * what changes while both are linked travels at once.
 */
export interface CustomerClassCopy {
  /** The host's part: called now and then, and when something about the links or roles has changed. */
  give(): void;
  hear(connection: LinkConnection, message: ClassMessage): void;
  stop(): void;
}

type ClassMessage = Extract<LinkMessage, { kind: 'customer-classes' }>;

export interface CustomerClassCopyParts {
  readonly customers: Pick<CustomerQueries, 'rows' | 'replace' | 'setClass' | 'onChange'>;
  /** The link to the standby, where this PC is the host; null: it is not, or there is none. */
  readonly standbyLink: () => LinkConnection | null;
  /** The host, where this PC is its standby. */
  readonly hostToCopy: () => StationId | null;
  readonly clock: DriverClock;
}

/** Parts of the table by the first two digits of the key. */
const PART_COUNT = 256;
/** Of one frame, which the standby writes to its disk as one: some 200 kB. */
const MAX_ROWS = 2_000;
/** The standby reads what it has before it gets more. */
const MAX_UNSENT_BYTES = 1024 * 1024;
const WAIT_MS = 50;
/** Between them everybody else gets a turn. */
const PARTS_AT_ONCE = 16;

/** The keys of a part: after the one, up to and with the other. Keys are hexadecimal, and `~` comes after them. */
function rangeOf(part: number): { readonly after: string; readonly upTo: string | null } {
  const border = (of: number) => `${of.toString(16).padStart(2, '0')}~`;
  return {
    after: part === 0 ? '' : border(part - 1),
    upTo: part === PART_COUNT - 1 ? null : border(part),
  };
}

/** Neighbouring parts travel together: the first and the last of each run. */
function runsOf(parts: readonly number[]): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const part of parts.toSorted((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] + 1 === part) run[1] = part;
    else runs.push([part, part]);
  }
  return runs;
}

export function createCustomerClassCopy(parts: CustomerClassCopyParts): CustomerClassCopy {
  const { customers, clock } = parts;
  /** Null: to be worked out again. */
  const known: (string | null)[] = Array.from({ length: PART_COUNT }, () => null);
  /** The standby has compared everything up to the last change. */
  let agreed: LinkConnection | null = null;
  let giving = false;
  let comparison = 0;
  let stopped = false;

  const sumOf = (part: number): string => {
    const hash = createHash('sha256');
    const { upTo } = rangeOf(part);
    for (let { after } = rangeOf(part); ; ) {
      const rows = customers.rows(after, upTo, MAX_ROWS);
      for (const { key, classId } of rows) hash.update(`${key}\0${classId}\0`, 'utf8');
      const last = rows.at(-1);
      if (last === undefined || rows.length < MAX_ROWS) return hash.digest('hex').slice(0, 16);
      after = last.key;
    }
  };

  const pause = (ms: number) => new Promise<void>(resolve => void clock.after(ms, resolve));

  const sums = async (): Promise<readonly string[] | null> => {
    for (let part = 0, worked = 0; part < PART_COUNT; part++) {
      if (known[part] !== null) continue;
      if (++worked % PARTS_AT_ONCE === 0) await pause(0);
      // The journal is closed then.
      if (stopped) return null;
      known[part] = sumOf(part);
    }
    return known.map(sum => sum ?? '0'.repeat(16));
  };

  const forgetSum = (key: string) => {
    const part = Number.parseInt(key.slice(0, 2), 16);
    if (Number.isInteger(part)) known[part] = null;
    else known.fill(null);
  };

  const giveSums = async (link: LinkConnection) => {
    const present = await sums();
    if (present !== null && parts.standbyLink() === link)
      link.send({ kind: 'customer-classes', part: 'sums', sums: [...present] });
  };

  const giveParts = async (link: LinkConnection, wanted: readonly number[]) => {
    for (const [first, last] of runsOf(wanted)) {
      const { upTo } = rangeOf(last);
      for (let { after } = rangeOf(first), more = true; more; ) {
        const isWanted = () => !stopped && parts.standbyLink() === link;
        while (isWanted() && link.unsentBytes() > MAX_UNSENT_BYTES) await pause(WAIT_MS);
        if (!isWanted()) return;
        const rows = customers.rows(after, upTo, MAX_ROWS);
        const lastKey = rows.at(-1)?.key;
        more = rows.length === MAX_ROWS && lastKey !== undefined;
        const end = more && lastKey !== undefined ? lastKey : upTo;
        const piece = { after, upTo: end, rows: [...rows] };
        if (!link.send({ kind: 'customer-classes', part: 'piece', ...piece }).ok) return;
        after = end ?? after;
      }
    }
  };

  /** One after the other: a standby that asks again waits. */
  const alone = (work: () => Promise<void>) => {
    if (giving || stopped) return;
    giving = true;
    void work().finally(() => {
      giving = false;
    });
  };

  const compare = async (connection: LinkConnection, theirs: readonly string[]) => {
    const mine = ++comparison;
    const own = await sums();
    // Compared anew meanwhile: only the last question is asked.
    if (own === null || mine !== comparison || parts.hostToCopy() !== connection.station) return;
    const wanted = own.flatMap((sum, part) => (sum === theirs[part] ? [] : [part]));
    connection.send({ kind: 'customer-classes', part: 'ask', parts: wanted });
  };

  const stopListening = customers.onChange(row => {
    if (row === null) {
      known.fill(null);
      agreed = null;
      return;
    }
    forgetSum(row.key);
    const link = parts.standbyLink();
    if (link === null || !link.send({ kind: 'customer-classes', part: 'set', row: { ...row } }).ok)
      agreed = null;
  });

  return {
    give() {
      const link = parts.standbyLink();
      if (link === null) agreed = null;
      else if (agreed !== link) alone(() => giveSums(link));
    },
    hear(connection, message) {
      if (message.part === 'ask') {
        if (parts.standbyLink() !== connection) return;
        const wanted = [...new Set(message.parts)].filter(part => part < PART_COUNT);
        if (wanted.length === 0) agreed = connection;
        else alone(() => giveParts(connection, wanted));
        return;
      }
      if (parts.hostToCopy() !== connection.station) return;
      switch (message.part) {
        case 'sums':
          return void compare(connection, message.sums);
        case 'piece':
          customers.replace(message.after, message.upTo, message.rows);
          return;
        case 'set':
          customers.setClass(message.row.key, message.row.classId);
      }
    },
    stop() {
      stopped = true;
      stopListening();
    },
  };
}
