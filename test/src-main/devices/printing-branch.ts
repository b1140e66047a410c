import type { BankDocument } from '#core/branch/bank-document.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import { ok } from '#core/wire/result.ts';
import type { PrinterDriver } from '#drivers/contract.ts';
import type { Confirmation } from '#drivers/printer/print-job-machine.ts';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import type { SimulatedPrinterOptions } from '#drivers/printer/simulator/simulated-printer.ts';
import type { DeviceDesk } from '#main/devices/device-desk.ts';
import { createPrinterGroup, type NamedPrinter } from '#main/devices/printers.ts';
import { LOBBY, openBranch, type PlayedBranch } from '../../core/played-branch.ts';
import { createHandClock, type HandClock } from '../../drivers/hand-clock.ts';
import { type MemoryLine, PrinterOnTable } from '../../drivers/printer/memory-line.ts';

/** One run of the program on a branch whose journal outlives it. */
export interface ProgramRun {
  readonly line: MemoryLine;
  readonly driver: PrinterDriver;
  readonly healths: DeviceHealth[];
  /** Tells the printers what was recorded since the last time. */
  follow(): void;
}

/** A branch with one simulated printer, its journal in memory, and time moved by hand. */
export class PrintingBranch {
  readonly branch: PlayedBranch;
  readonly clock: HandClock = createHandClock();
  readonly table: PrinterOnTable;
  #followed = 0;
  #starts = 0;
  run: ProgramRun;

  /** @param confirmation what the settings say that the model confirms */
  constructor(
    confirmation: Confirmation,
    model: Omit<SimulatedPrinterOptions, 'clock'> = {},
    document: BankDocument = SAMPLE_BANK,
  ) {
    this.branch = openBranch(document);
    this.#followed = this.branch.events.length;
    this.table = new PrinterOnTable(this.clock, model);
    this.run = this.startProgram(confirmation);
  }

  /** A new program on the same journal. What was recorded before is not followed again. */
  startProgram(confirmation: Confirmation): ProgramRun {
    const line = this.table.plug();
    this.#starts += 1;
    const driver = createPrinterDriver(line, this.clock, {
      ...STANDARD_SETTINGS,
      confirmation,
      firstProcessNumber: this.#starts * 1_000,
    });
    const healths: DeviceHealth[] = [];
    let isAlive = true;
    line.onDeath = () => {
      isAlive = false;
    };
    const { branch } = this;
    const desk = {
      state: () => branch.configured(),
      tell(command) {
        if (isAlive && command.type === 'report-print') branch.must('report-print', command.args as never);
        return ok(undefined);
      },
      tellHealth: (_id, _kind, _counter, health) => void healths.push(health),
      refreshViews: () => {},
    } as DeviceDesk;
    const printers: NamedPrinter[] = [{ id: 'printer-1', driver }];
    const group = createPrinterGroup(printers, desk);
    this.#followed = branch.events.length;
    group.start();
    const follow = () => {
      const fresh = branch.events.slice(this.#followed);
      this.#followed = branch.events.length;
      group.follow(fresh);
    };
    this.run = { line, driver, healths, follow };
    return this.run;
  }

  /** A customer takes a number; answers the ticket's id. */
  issue(): string {
    const ticketId = this.branch.issue();
    this.run.follow();
    return ticketId;
  }

  /** Somebody presses 补打. */
  reprint(ticketId: string): void {
    this.branch.must('reprint-ticket', { ticketId }, LOBBY);
    this.run.follow();
  }

  print(ticketId: string) {
    return this.branch.ticket(ticketId).print;
  }

  numberOf(ticketId: string): string {
    return this.branch.ticket(ticketId).number;
  }

  /** Pieces of paper with this number: without and with the reprint mark. */
  count(number: string): { readonly unmarked: number; readonly marked: number } {
    const papers = this.table.papers().filter(({ numbers }) => numbers.includes(number));
    const marked = papers.filter(({ isMarked }) => isMarked).length;
    return { unmarked: papers.length - marked, marked };
  }
}
