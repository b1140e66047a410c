import { existsSync } from 'node:fs';
import { type BranchEvent, envelopeToEvent } from '#core/branch/events.ts';
import { evolve } from '#core/branch/evolve.ts';
import { type BranchState, EMPTY_BRANCH } from '#core/branch/state.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { eventQueries, walkRows } from '#main/journal/event-queries.ts';
import { journalFiles } from '#main/journal/journal-files.ts';
import { openForReading } from '#main/journal/sqlite-connection.ts';
import { readRow } from '#main/journal/verify-chain.ts';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';
import type { Acknowledged } from './ledger.ts';

/** Reads a dead branch's journal after each of its lives and finds whatever may not be in it. */
export interface JournalChecker {
  /**
   * Checks what the life that just ended has added.
   * @param wasReady its windows could be opened, so its devices had been told about the life before
   */
  checkLife(wasReady: boolean): void;
  /** Was this promise kept? */
  holds(promise: Acknowledged): boolean;
  /** A ticket came out of the printer in the life that is going on or just ended. */
  paper(lines: readonly string[]): void;
  readonly problems: readonly string[];
  counts(): { events: number; issued: number; printed: number; uncertain: number };
}

interface Job {
  readonly ticketId: string;
  readonly life: number;
}

/** What an accepted command must have left behind. */
const EVENT_OF: Readonly<Record<string, string>> = {
  'issue-ticket': 'ticket-issued',
  'call-next': 'ticket-called',
  'start-service': 'service-started',
  'finish-service': 'service-finished',
  'mark-no-show': 'ticket-no-show',
};

export function createJournalChecker(folder: string): JournalChecker {
  const problems: string[] = [];
  let state: BranchState = EMPTY_BRANCH;
  let end = { seq: 0, hash: '' };
  let life = 1;
  let uncertain = 0;
  /** `type ticketId counterId` of every event about a ticket. */
  const happened = new Set<string>();
  const numberOfTicket = new Map<string, string>();
  const ticketOfNumber = new Map<string, string>();
  const counterOfTicket = new Map<string, string>();
  const ticketOfCounter = new Map<string, string>();
  const ratingsGiven = new Set<string>();
  const jobs = new Map<string, Job>();
  /** Numbers cut off at the printer, with the life in which they were. */
  const papers: { number: string; life: number }[] = [];

  const problem = (text: string) => void problems.push(`life ${life}: ${text}`);

  const issue = ({ ticketId, number }: { ticketId: string; number: string }) => {
    if (numberOfTicket.has(ticketId)) problem(`ticket ${ticketId} issued twice`);
    if (ticketOfNumber.has(number)) problem(`number ${number} given twice`);
    numberOfTicket.set(ticketId, number);
    ticketOfNumber.set(number, ticketId);
  };
  const release = (ticketId: string) => {
    ticketOfCounter.delete(counterOfTicket.get(ticketId) ?? '');
    counterOfTicket.delete(ticketId);
  };

  const take = (event: BranchEvent) => {
    const { type, data } = event;
    if ('ticketId' in data)
      happened.add(`${type} ${data.ticketId} ${'counterId' in data ? data.counterId : ''}`);
    switch (type) {
      case 'ticket-issued':
        issue(data);
        break;
      case 'ticket-called':
        if (counterOfTicket.has(data.ticketId)) problem(`ticket ${data.ticketId} at two counters`);
        if (ticketOfCounter.has(data.counterId)) problem(`two tickets at ${data.counterId}`);
        counterOfTicket.set(data.ticketId, data.counterId);
        ticketOfCounter.set(data.counterId, data.ticketId);
        break;
      case 'service-finished':
      case 'ticket-no-show':
        release(data.ticketId);
        break;
      case 'rating-given':
        if (ratingsGiven.has(data.ratingId)) problem(`rating ${data.ratingId} given twice`);
        ratingsGiven.add(data.ratingId);
        break;
      case 'ticket-print-requested':
        if ([...jobs.values()].some(job => job.ticketId === data.ticketId))
          problem(`ticket ${data.ticketId} sent to the printer twice`);
        jobs.set(data.jobId, { ticketId: data.ticketId, life });
        break;
      case 'ticket-print-reported': {
        const job = jobs.get(data.jobId);
        if (job && job.life < life && data.outcome !== 'uncertain')
          problem(`print job of life ${job.life} became ${data.outcome}`);
        if (data.outcome === 'uncertain') uncertain++;
        break;
      }
      case 'business-day-started':
        if (end.seq > 10) problem('a new day began: this test plays within one');
    }
    state = evolve(state, event);
  };

  const readOn = () => {
    const database = openForReading(journalFiles(folder).database);
    try {
      const events = eventQueries(database);
      if (end.seq > 0 && events.hashAt(end.seq) !== end.hash) problem(`event ${end.seq} is not what it was`);
      for (const row of walkRows(events, end.seq + 1)) {
        const read = readRow(SAMPLE_BANK.branch.id, row);
        const event = read.ok ? envelopeToEvent(read.event) : null;
        if (!event?.ok) return problem(`event ${row.seq} cannot be read`);
        take(event.value);
        end = { seq: row.seq, hash: row.hash };
      }
    } finally {
      database.close();
    }
  };

  /** TK4: what was on its way to paper when the host died is uncertain from the next start on. */
  const checkPrints = (wasReady: boolean) => {
    if (wasReady)
      for (const { print, number } of state.tickets.values()) {
        const job = jobs.get(print.jobId ?? '');
        if (job && job.life < life && (print.status === 'waiting' || print.status === 'sent'))
          problem(`print of ${number} is still ${print.status} after a restart`);
      }
    const seen = new Set<string>();
    for (const { number, life: printedIn } of papers) {
      if (seen.has(number)) problem(`number ${number} printed twice`);
      seen.add(number);
      const ticketId = ticketOfNumber.get(number);
      const job = [...jobs.values()].find(candidate => candidate.ticketId === ticketId);
      if (job?.life !== printedIn)
        problem(`number ${number} printed in life ${printedIn}, asked for in ${job?.life}`);
    }
  };

  return {
    problems,
    checkLife(wasReady) {
      if (existsSync(journalFiles(folder).database)) {
        const verified = verifyJournalFile(folder);
        if (!verified.ok) problem(`journal cannot be verified: ${verified.error.code}`);
        else if (!verified.value.whole)
          problem(`chain broken at ${verified.value.broken.seq}: ${verified.value.broken.problem}`);
        else readOn();
      } else if (end.seq > 0) problem('the journal is gone');
      checkPrints(wasReady);
      life++;
    },
    holds({ command, value }) {
      const type = EVENT_OF[command.type];
      if (type === undefined) return true;
      const { ticketId, counterId } = { ...command.args, ...value } as Record<string, string>;
      if (command.type === 'issue-ticket' && numberOfTicket.get(ticketId ?? '') !== value.number)
        return false;
      return happened.has(`${type} ${ticketId} ${counterId ?? ''}`);
    },
    paper(lines) {
      const number = lines.map(line => line.trim()).find(line => /^[A-Z]\d{3}$/.test(line));
      if (number === undefined) problem(`a paper without a number: ${lines.join(' / ')}`);
      else papers.push({ number, life });
    },
    counts: () => ({ events: end.seq, issued: numberOfTicket.size, printed: papers.length, uncertain }),
  };
}
