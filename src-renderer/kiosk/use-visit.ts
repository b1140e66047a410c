import { useCallback, useState } from 'react';
import { isAppointmentCode } from '#core/arrival/medium.ts';
import type { CommandAnswer } from '#core/wire/commands.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { Language } from '#core/wire/fields.ts';
import type { Result } from '#core/wire/result.ts';
import type { Scan } from '#core/wire/scan.ts';
import { useCommand, usePort } from '../kit/hooks.ts';
import { type NumberVisit, newNumber, type Visit, withBusiness } from './visit.ts';

export type Identified = CommandAnswer<'identify-customer'>;

/** What a visit does at the host, and which page comes of it. One wish at a time: a second press is the same wish. */
export function useVisit(language: Language, largeType: boolean) {
  const port = usePort();
  const { run, lastError, clearError } = useCommand();
  const [visit, setVisit] = useState<Visit>({ page: 'start' });
  const [who, setWho] = useState<Identified | null>(null);
  const [reasonId, setReasonId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** A reader's first keys may have landed in an entry: each read makes a fresh one. */
  const [reads, setReads] = useState(0);

  const show = useCallback(
    (next: Visit) => {
      clearError();
      setVisit(next);
    },
    [clearError],
  );
  const once = async <T>(wish: () => Promise<T>): Promise<T | undefined> => {
    if (busy) return undefined;
    setBusy(true);
    try {
      return await wish();
    } finally {
      setBusy(false);
    }
  };
  const options = () => ({
    language,
    largeType,
    ...(who ? { identification: who.identification } : {}),
    ...(reasonId !== null ? { priorityReasonId: reasonId } : {}),
  });

  /** TK5: the number the customer has already instead of a second one. */
  const showOwn = (result: Result<unknown>, businessId: string | null): boolean => {
    if (result.ok || result.error.code !== 'T840') return false;
    const { ticketId, number } = result.error.facts ?? {};
    show({ page: 'own', ticketId: String(ticketId), number: String(number), businessId });
    return true;
  };

  const identify = (number: string, source: 'reader' | 'typed') =>
    once(async () => {
      if (source === 'reader') setReads(count => count + 1);
      const result = await run('identify-customer', { number, source });
      if (!result.ok) {
        // A reader is used from any page: say there what to do.
        if (visit.page === 'start' || visit.page === 'businesses')
          setVisit({ page: 'entry', kind: 'identify' });
        return;
      }
      welcome(result.value);
    });

  /** The customer is known: their number if they have one, else on with the visit. */
  const welcome = (customer: Identified) => {
    setWho(customer);
    setReasonId(customer.priorityReasonId);
    const [own] = customer.ownTickets;
    if (own) show({ page: 'own', ...own });
    else if (visit.page === 'entry') show({ page: 'start' });
  };

  /** A reader that types has read this: a code of an appointment (TK8), or a customer's number. */
  const takeTyped = (text: string) => (isAppointmentCode(text) ? checkIn(text) : identify(text, 'reader'));

  /** The host has understood what a reader on a line has read. */
  const takeScan = (scan: Scan) => {
    if (busy) return;
    setReads(count => count + 1);
    if (scan.kind === 'appointment') void checkIn(scan.code);
    else if (scan.kind === 'customer') welcome(scan);
    else if (visit.page === 'start' || visit.page === 'businesses' || visit.page === 'entry')
      show({ page: 'entry', kind: 'identify', unread: reasonUnread(scan) });
  };

  const issue = (businessId: string) =>
    once(async () => {
      const result = await run('issue-ticket', { businessId, ...options() });
      if (result.ok) setVisit(newNumber(businessId, result.value, port.hostNow()));
      else showOwn(result, businessId);
    });

  const checkIn = (codeOrPhone: string) =>
    once(async () => {
      const result = await run('check-in', { codeOrPhone, ...options() });
      if (result.ok) setVisit(newNumber(null, result.value, port.hostNow()));
      else showOwn(result, null);
    });

  /** TK10: back at the number, which stays as long as a fresh one. */
  const showNumber = (ticket: NumberVisit) => show({ ...ticket, shownAt: port.hostNow() });

  const addBusiness = (ticket: NumberVisit, businessId: string) =>
    once(async () => {
      const { ticketId } = ticket.issued;
      const result = await run('add-business', { ticketId, businessId });
      if (result.ok) showNumber(withBusiness(ticket, businessId));
    });

  const goToMachine = (businessId: string) =>
    once(async () => {
      const result = await run('accept-self-service', { businessId });
      if (result.ok)
        setVisit({ page: 'notice', notice: { kind: 'machine', businessId }, shownAt: port.hostNow() });
    });

  const reprint = (ticketId: string) =>
    once(async () => {
      if (!who) return;
      const result = await run('reprint-own-ticket', { ticketId, identification: who.identification });
      if (result.ok) setVisit({ page: 'notice', notice: { kind: 'reprint' }, shownAt: port.hostNow() });
    });

  const failure = busy ? null : lastError;
  const failureCode: ErrorCode | null = failure?.code ?? null;
  return {
    visit,
    show,
    who,
    reasonId,
    setReasonId,
    busy,
    reads,
    failure,
    failureCode,
    identify,
    takeTyped,
    takeScan,
    issue,
    checkIn,
    showNumber,
    addBusiness,
    goToMachine,
    reprint,
  };
}

/** What to say of a reading that is no customer's: an unknown code, keys that are lost, or simply not a card. */
function reasonUnread(scan: Scan): ErrorCode {
  if (scan.kind !== 'refused') return 'T843';
  return scan.code === 'T845' || scan.code === 'D410' ? scan.code : 'T843';
}
