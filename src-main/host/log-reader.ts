import type { BranchEvent } from '#core/branch/events.ts';
import { roleChangeOf } from '#core/replication/role-events.ts';
import { NO_ROLES, type Roles, rolesAfter } from '#core/replication/roles.ts';
import type { EventEnvelope } from '#core/wire/event-envelope.ts';
import { type Failure, ok, type Result } from '#core/wire/result.ts';

/** Reads what the journal holds, as far as this program knows it; who decides it reads on to the end. */
export interface LogReader {
  readEvent(envelope: EventEnvelope): Result<BranchEvent>;
  /** All events of a batch, or the first that is not known. The same batch asked for twice is read once. */
  readBatch(envelopes: readonly EventEnvelope[]): Result<BranchEvent[]>;
  /** Null: everything was known so far. */
  unread(): Failure | null;
  /** Who decides, as an unread journal goes on telling. */
  unreadRoles(): Roles;
  /** From here on this program does not know everything. @param roles as they were before */
  stayBehind(failure: Failure, roles: Roles): void;
  follow(envelopes: readonly EventEnvelope[]): void;
  reset(): void;
}

export function createLogReader(readEvent: LogReader['readEvent']): LogReader {
  let unread: Failure | null = null;
  let roles = NO_ROLES;
  let last: { readonly envelopes: readonly EventEnvelope[]; readonly read: Result<BranchEvent[]> } | null =
    null;

  const readAll = (envelopes: readonly EventEnvelope[]): Result<BranchEvent[]> => {
    const happened: BranchEvent[] = [];
    for (const envelope of envelopes) {
      const event = readEvent(envelope);
      if (!event.ok) return event;
      happened.push(event.value);
    }
    return ok(happened);
  };

  return {
    readEvent,
    readBatch(envelopes) {
      if (last?.envelopes !== envelopes) last = { envelopes, read: readAll(envelopes) };
      return last.read;
    },
    unread: () => unread,
    unreadRoles: () => roles,
    stayBehind(failure, before) {
      unread = failure;
      roles = before;
    },
    follow(envelopes) {
      for (const event of envelopes) roles = rolesAfter(roles, { change: roleChangeOf([event]) });
    },
    reset() {
      unread = null;
    },
  };
}
