import { describe, expect, it } from 'vitest';
import { ok } from '#core/wire/result.ts';
import type { PrinterDriver, PrintJob, PrintNews } from '#drivers/contract.ts';
import type { DeviceDesk } from '#main/devices/device-desk.ts';
import { createPrinterGroup } from '#main/devices/printers.ts';
import { LOBBY, openBranch } from '../../core/played-branch.ts';

/** A driver whose news the test decides. */
function scriptedPrinter(id: string) {
  const jobs: PrintJob[] = [];
  const separations: string[] = [];
  let tell: (news: PrintNews) => void = () => {};
  const driver: PrinterDriver = {
    start: () => separations.push('started'),
    stop: async () => {},
    onHealth: () => {},
    print: job => void jobs.push(job),
    onPrintNews: listener => {
      tell = listener;
    },
    separateNext: () => void separations.push('separate'),
  };
  const say = (outcome: PrintNews['outcome'], code: PrintNews['code'] = null, job = jobs.at(-1)) =>
    tell({ jobId: job?.jobId ?? '', outcome, code });
  const lastText = () =>
    (jobs.at(-1)?.paper.lines ?? []).map(line => (line.kind === 'text' ? line.text : '')).join('|');
  return { printer: { id, driver }, jobs, separations, say, lastText };
}

function setUp() {
  const branch = openBranch();
  const [first, second] = [scriptedPrinter('printer-1'), scriptedPrinter('printer-2')];
  const told: string[] = [];
  const desk = {
    state: () => branch.configured(),
    tell(command, deviceId) {
      const args = command.args as { outcome: string; code: string | null };
      told.push(`${deviceId} ${args.outcome}${args.code === null ? '' : ` ${args.code}`}`);
      branch.must(command.type, command.args as never);
      return ok(undefined);
    },
    tellHealth: () => {},
    refreshViews: () => {},
  } as DeviceDesk;
  const group = createPrinterGroup([first.printer, second.printer], desk);
  let followed = branch.events.length;
  const follow = () => {
    const fresh = branch.events.slice(followed);
    followed = branch.events.length;
    group.follow(fresh);
  };
  const issue = () => {
    const ticketId = branch.issue();
    follow();
    return ticketId;
  };
  return { branch, first, second, told, group, follow, issue };
}

describe('a second printer', () => {
  it('[TK4] prints what the first refused before any byte left, and the reprint goes the same way', () => {
    const { branch, first, second, told, follow, issue } = setUp();
    const ticketId = issue();
    first.say('failed', 'P101');
    expect(second.jobs.map(({ jobId }) => jobId)).toEqual(first.jobs.map(({ jobId }) => jobId));
    second.say('printed');
    expect(told).toEqual(['printer-2 printed']);
    expect(branch.ticket(ticketId).print.status).toBe('printed');
    branch.must('reprint-ticket', { ticketId }, LOBBY);
    follow();
    expect(first.lastText()).toContain('补打');
    first.say('failed', 'P101');
    expect(second.lastText()).toContain('补打');
    second.say('printed');
    expect(told).toEqual(['printer-2 printed', 'printer-2 printed']);
  });

  it('[TK4] never prints a ticket that may be on paper of the first', () => {
    const { branch, first, second, told, issue } = setUp();
    const ticketId = issue();
    first.say('uncertain', 'P105');
    expect(second.jobs).toEqual([]);
    first.say('failed', 'P110');
    expect(second.jobs).toEqual([]);
    expect(told).toEqual(['printer-1 uncertain P105', 'printer-1 failed P110']);
    expect(branch.ticket(ticketId).print.status).toBe('failed');
  });

  it('[TK4] all refuse: the number stays and is marked not printed', () => {
    const { branch, first, second, told, issue } = setUp();
    const ticketId = issue();
    first.say('failed', 'P101');
    second.say('failed', 'P105');
    expect(told).toEqual(['printer-2 failed P105']);
    expect(branch.ticket(ticketId)).toMatchObject({
      number: 'A001',
      status: 'waiting',
      print: { status: 'failed' },
    });
  });

  it('[TK4] news of the printer that refused changes nothing any more', () => {
    const { first, second, told, issue } = setUp();
    issue();
    first.say('failed', 'P101');
    first.say('printed');
    expect(told).toEqual([]);
    second.say('sent');
    expect(told).toEqual(['printer-2 sent']);
  });
});

describe('after the program died', () => {
  it('[TK4] a ticket without news is uncertain and the next one is cut apart; news that came is kept', () => {
    const { branch, first, second, told, group } = setUp();
    const waiting = branch.issue();
    const sent = branch.issue();
    const { jobId } = branch.ticket(sent).print;
    branch.must('report-print', { ticketId: sent, jobId: jobId ?? '', outcome: 'sent', code: null });
    group.start();
    expect(told).toEqual(['printer uncertain']);
    expect(branch.ticket(waiting).print.status).toBe('uncertain');
    expect(branch.ticket(sent).print.status).toBe('sent');
    expect(first.separations).toEqual(['separate', 'started']);
    expect(second.separations).toEqual(['separate', 'started']);
    expect(first.jobs).toEqual([]);
  });

  it('[TK4] with nothing under way no paper is wasted', () => {
    const { first, group } = setUp();
    group.start();
    expect(first.separations).toEqual(['started']);
  });
});
