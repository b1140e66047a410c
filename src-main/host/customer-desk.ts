import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ownTickets, reasonByAge } from '#core/arrival/admission.ts';
import type { ArrivalCommandArgs } from '#core/arrival/command-args.ts';
import type { IdentifiedCustomer } from '#core/arrival/customer.ts';
import { isAppointmentCode, maskNumber, readMedium } from '#core/arrival/medium.ts';
import type { BranchState } from '#core/branch/state.ts';
import type { CommandArgs, WindowCommand } from '#core/wire/commands.ts';
import type { ArrivalAnswers } from '#core/wire/commands-arrival.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { Scan } from '#core/wire/scan.ts';
import type { CustomerQueries } from '../journal/customer-queries.ts';
import type { CustomerKeys } from './customer-keys.ts';
import type { Host } from './host-contract.ts';

export interface CustomerDeskParts {
  readonly host: Pick<Host, 'state'>;
  /** A failure is answered to everybody who would have to be identified; numbers are issued all the same. */
  readonly keys: Result<CustomerKeys>;
  readonly customers: CustomerQueries;
  readonly now: () => number;
}

/** Where numbers of customers end: behind it there are only hashes and ciphertext (TK2). */
export interface CustomerDesk {
  /**
   * Reads a card, passbook or ID. The class is looked up, but never told to the window.
   * Failures: `T843` not such a number; `D404`, `D410` the branch's keys.
   */
  identify(args: CommandArgs<'identify-customer'>): Result<ArrivalAnswers['identify-customer']>;
  /** What a reader on a line has read, as a window may know it: a customer, a booked code, or an open ticket. */
  scan(text: string): Scan;
  /**
   * The arguments of a command as the rules get them: identifications opened, telephone numbers hashed.
   * Failures: `T844` an identification that is not one of this branch; `D404`, `D410`.
   */
  argsForRules(command: WindowCommand): Result<object>;
  /** Puts a customer's class into the branch's table. Failures: `T843`, `D403`, `D404`, `D410`. */
  setClass(number: string, classId: string): Result<unknown>;
}

/** What an identification holds while the kiosk keeps it: sealed, so the kiosk cannot read or change it. */
const Sealed = z.strictObject({
  medium: z.enum(['card', 'passbook', 'id-card']),
  number: z.string(),
  birthDate: z.string().nullable(),
  classId: z.string().nullable(),
  at: z.int(),
});

export function createCustomerDesk({ host, keys: opened, customers, now }: CustomerDeskParts): CustomerDesk {
  const openIdentification = (sealed: string, keys: CustomerKeys): Result<IdentifiedCustomer> => {
    const parsed = Sealed.safeParse(parseJson(keys.unseal(sealed)));
    if (!parsed.success) return fail('T844');
    const { medium, number, birthDate, classId, at } = parsed.data;
    const [key, masked] = [keys.hash(number), maskNumber(number)];
    return ok({ medium, key, masked, sealed, classId, birthDate, identifiedAt: at });
  };

  /** `{}` for a window that identified nobody. */
  const customerOf = (identification: string | undefined): Result<{ customer?: IdentifiedCustomer }> => {
    if (identification === undefined) return ok({});
    if (!opened.ok) return opened;
    const customer = openIdentification(identification, opened.value);
    return customer.ok ? ok({ customer: customer.value }) : customer;
  };

  const contactOf = (phone: string | null, seed: string): Result<ContactArgs> => {
    if (phone === null) return ok({ contact: null });
    if (!opened.ok) return opened;
    const sealed = opened.value.seal(phone, seed, now());
    if (!sealed.ok) return sealed;
    const contact = { key: opened.value.hash(phone), masked: maskNumber(phone), sealed: sealed.value };
    return ok({ contact });
  };

  const identify: CustomerDesk['identify'] = ({ number, source }) => {
    const medium = readMedium(number, source);
    if (!medium.ok) return medium;
    if (!opened.ok) return opened;
    const state = host.state();
    if (state.document === null) return fail('C903');
    const { kind, number: read, birthDate } = medium.value;
    const key = opened.value.hash(read);
    const known = customers.classOf(key);
    const classId = state.document.classes.some(({ id }) => id === known) ? known : null;
    const content = { medium: kind, number: read, birthDate, classId, at: now() };
    const sealed = opened.value.seal(JSON.stringify(content), randomUUID(), now());
    if (!sealed.ok) return sealed;
    return ok({
      identification: sealed.value,
      medium: kind,
      masked: maskNumber(read),
      priorityReasonId:
        state.document.arrival.priorityClassId === null
          ? null
          : reasonByAge(state.document, birthDate, now()),
      ownTickets: ownTickets(state.tickets.values(), key),
    });
  };

  return {
    identify,

    scan(text) {
      const state = host.state();
      const found = findByCode(state, text.trim());
      if (found !== null) return found;
      const customer = identify({ number: text, source: 'reader' });
      return customer.ok
        ? { kind: 'customer', ...customer.value }
        : { kind: 'refused', code: customer.error.code };
    },

    argsForRules(command) {
      switch (command.type) {
        case 'issue-ticket':
        case 'reprint-own-ticket': {
          const { identification, ...args } = command.args;
          const customer = customerOf(identification);
          return customer.ok ? ok({ ...args, ...customer.value }) : customer;
        }
        case 'check-in': {
          const { identification, codeOrPhone, ...args } = command.args;
          const customer = customerOf(identification);
          if (!customer.ok) return customer;
          const isCode = isAppointmentCode(codeOrPhone);
          if (!isCode && !opened.ok) return opened;
          const phoneKey = isCode || !opened.ok ? null : opened.value.hash(codeOrPhone);
          return ok({ ...args, ...customer.value, code: isCode ? codeOrPhone : null, phoneKey });
        }
        case 'book-appointment': {
          const { phone, ...args } = command.args;
          const contact = contactOf(phone, command.id);
          return contact.ok ? ok({ ...args, ...contact.value }) : contact;
        }
        default:
          return ok(command.args);
      }
    },

    setClass(number, classId) {
      const medium = readMedium(number, 'reader');
      if (!medium.ok) return medium;
      return opened.ok ? customers.setClass(opened.value.hash(medium.value.number), classId) : opened;
    },
  };
}

type ContactArgs = Pick<ArrivalCommandArgs['book-appointment'], 'contact'>;

/** TK8: a code somebody booked, or the code on a ticket; null for anything else, which may be a customer's number. */
function findByCode(state: BranchState, text: string): Scan | null {
  if (isAppointmentCode(text)) {
    const isBooked = [...state.appointments.values()].some(({ code }) => code === text);
    return isBooked ? { kind: 'appointment', code: text } : { kind: 'refused', code: 'T845' };
  }
  const progressUrl = state.document?.branch.progressUrl;
  if (progressUrl === undefined || !text.startsWith(progressUrl)) return null;
  const token = text.slice(progressUrl.length);
  for (const { ticketId, number, progressToken } of state.tickets.values())
    if (progressToken === token) return { kind: 'ticket', ticketId, number };
  return { kind: 'refused', code: 'T803' };
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
