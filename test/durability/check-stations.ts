import { LateBatch } from '#core/branch/events-stations.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import { eventQueries, walkRows } from '#main/journal/event-queries.ts';
import { journalFiles } from '#main/journal/journal-files.ts';
import { openForReading } from '#main/journal/sqlite-connection.ts';
import { readRow } from '#main/journal/verify-chain.ts';
import { verifyJournalFile } from '#main/journal/verify-journal-file.ts';

/** What came of killing the PCs of one branch again and again. */
export interface StationKillSummary {
  kills: number;
  /** Of these, of the PC that decided. */
  hostKills: number;
  /** From the death of a host to the first answer of the next one at another PC, in milliseconds. */
  readonly takeOverMs: number[];
  acknowledged: number;
  events: number;
  tickets: number;
  lateMerges: number;
  lost: number;
  doubleCalls: number;
  readonly problems: string[];
}

/** What a window was told. */
export interface Acked {
  readonly command: WindowCommand;
  readonly value: Record<string, unknown>;
}

/** Looks for every promise in the journal all PCs have. */
export function check(
  pcs: readonly { readonly id: string; readonly folder: string }[],
  acked: readonly Acked[],
  summary: StationKillSummary,
): void {
  for (const { id, folder } of pcs) {
    const verified = verifyJournalFile(folder);
    if (!verified.ok || !verified.value.whole) summary.problems.push(`${id}: its chain is broken`);
  }
  const happened = new Set<string>();
  const numbers = new Map<string, string>();
  const take = (type: string, data: Record<string, unknown>) => {
    const { ticketId, counterId = '', number } = data;
    happened.add(`${type} ${ticketId} ${counterId}`);
    if (type !== 'ticket-issued') return;
    if (numbers.has(String(number))) summary.problems.push(`number ${number} given twice`);
    numbers.set(String(number), String(ticketId));
  };
  const database = openForReading(journalFiles(pcs[0]?.folder ?? '').database);
  try {
    for (const row of walkRows(eventQueries(database), 1)) {
      const read = readRow(SAMPLE_BANK.branch.id, row);
      if (!read.ok) return void summary.problems.push(`event ${row.seq} cannot be read`);
      summary.events = row.seq;
      const { type, data } = read.event;
      if (type !== 'late-events-merged') {
        take(type, data);
        continue;
      }
      summary.lateMerges++;
      for (const batch of data.batches as unknown[])
        for (const event of LateBatch.parse(batch).events) take(event.type, event.data);
    }
  } finally {
    database.close();
  }
  summary.tickets = numbers.size;
  const counterOf = new Map<string, string>();
  for (const { command, value } of acked) {
    const { ticketId, counterId } = { ...command.args, ...value } as Record<string, string>;
    const type = EVENT_OF[command.type];
    if (type === undefined) continue;
    const isKept =
      happened.has(`${type} ${ticketId} ${counterId ?? ''}`) &&
      (command.type !== 'issue-ticket' || numbers.get(String(value.number)) === ticketId);
    if (!isKept) {
      summary.lost++;
      summary.problems.push(`lost ${JSON.stringify({ command, value })}`);
    }
    if (command.type !== 'call-next') continue;
    // Nobody transfers anything here: one ticket, one counter.
    const before = counterOf.get(ticketId ?? '');
    if (before !== undefined) {
      summary.doubleCalls++;
      summary.problems.push(`${ticketId} called at ${before} and ${counterId}`);
    }
    counterOf.set(ticketId ?? '', counterId ?? '');
  }
}

const EVENT_OF: Readonly<Record<string, string>> = {
  'issue-ticket': 'ticket-issued',
  'call-next': 'ticket-called',
  'start-service': 'service-started',
  'finish-service': 'service-finished',
};

/** The summary in one line. */
export function stationKillLine(summary: StationKillSummary): string {
  const { kills, hostKills, acknowledged, events, tickets, lateMerges, lost, doubleCalls } = summary;
  const times = summary.takeOverMs.toSorted((a, b) => a - b).map(Math.round);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return (
    `kills ${kills} (${hostKills} of the host), acknowledged ${acknowledged}, events ${events}, tickets ${tickets}, ` +
    `late merges ${lateMerges}, lost ${lost}, double calls ${doubleCalls}; death of a host to the next one's ` +
    `first answer: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`
  );
}
