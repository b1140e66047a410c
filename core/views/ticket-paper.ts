import type { ConfiguredState } from '../branch/decision.ts';
import { findBusiness } from '../branch/decision.ts';
import { isPracticeBranch } from '../branch/practice.ts';
import type { Ticket } from '../branch/state.ts';
import { TICKET_WORDS as WORDS } from '../locales/ticket-words.ts';
import { localTimeOf, minuteToText } from '../queue/local-time.ts';
import type { LocalText } from '../wire/fields.ts';
import type { PaperLine, TicketPaper } from '../wire/ticket-paper.ts';

const line = (text: string, options: Partial<Extract<PaperLine, { kind: 'text' }>> = {}): PaperLine => ({
  kind: 'text',
  text,
  align: 'left',
  size: 1,
  bold: false,
  ...options,
});

/**
 * TK7: the ticket as paper, in Chinese, with English beside it as the bank wishes: when the customer chose English,
 * always, or never. `largeType`
 * doubles every line for older customers. The class is never printed. Times are the branch's.
 */
export function ticketPaper(state: ConfiguredState, ticket: Ticket, reprint: boolean): TicketPaper {
  const { document } = state;
  const business = findBusiness(document, ticket.businessId);
  const small = ticket.largeType ? 2 : 1;
  const { secondLanguage } = document.arrival;
  const withEnglish =
    secondLanguage === 'always' || (secondLanguage === 'when-chosen' && ticket.language === 'en');
  const both = (text: LocalText, options?: Parameters<typeof line>[1]): PaperLine[] => {
    const sized = { size: small, ...options };
    return withEnglish ? [line(text.zh, sized), line(text.en, sized)] : [line(text.zh, sized)];
  };
  const fill = (words: LocalText, values: Record<string, string | number>): LocalText => {
    const put = (text: string) =>
      text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
    return { zh: put(words.zh), en: put(words.en) };
  };
  const estimate = ticket.estimate
    ? fill(WORDS.estimate, { from: ticket.estimate.fromMinutes, to: ticket.estimate.toMinutes })
    : WORDS.noEstimate;
  const documents = business?.documents ?? [];
  return {
    lines: [
      line(document.branch.bankName.zh, { align: 'centre', size: 2 }),
      ...both(document.branch.name, { align: 'centre' }),
      ...(reprint ? both(WORDS.reprint, { align: 'centre', bold: true, size: 2 }) : []),
      ...(isPracticeBranch(document.branch.id)
        ? both(WORDS.practice, { align: 'centre', bold: true, size: 2 })
        : []),
      { kind: 'rule' },
      line(ticket.number, { align: 'centre', size: ticket.largeType ? 6 : 4, bold: true }),
      ...both(business?.name ?? { zh: ticket.businessId, en: ticket.businessId }, {
        align: 'centre',
        size: 2,
      }),
      ...(ticket.appointmentAt === null
        ? []
        : both(fill(WORDS.appointment, { time: clockTime(ticket.appointmentAt, document.branch.timeZone) }), {
            align: 'centre',
            bold: true,
          })),
      ...both(fill(WORDS.ahead, { ahead: ticket.ahead }), { align: 'centre' }),
      ...both(estimate, { align: 'centre' }),
      // By the time of a reprint the network is back.
      ...(ticket.kept && !reprint ? both(WORDS.kept, { align: 'centre', bold: true }) : []),
      ...(documents.length > 0
        ? [{ kind: 'rule' } as const, ...both(WORDS.bring), ...documents.flatMap(name => both(bullet(name)))]
        : []),
      { kind: 'rule' },
      { kind: 'qr', payload: document.branch.progressUrl + ticket.progressToken },
      ...both(WORDS.scan, { align: 'centre' }),
      ...both(document.texts.ticketNotice, { align: 'centre' }),
      line(localDateTime(ticket.issuedAt, document.branch.timeZone), { align: 'centre', size: small }),
    ],
  };
}

const bullet = (name: LocalText): LocalText => ({ zh: `· ${name.zh}`, en: `· ${name.en}` });

/** `09:30` on the branch's wall. */
function clockTime(at: number, timeZone: string): string {
  return minuteToText(localTimeOf(at, timeZone).minute);
}

/** `2026-03-02 09:30:05` on the branch's wall. */
function localDateTime(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
}
