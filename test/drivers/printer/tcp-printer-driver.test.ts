import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { PrinterFault } from '#drivers/printer/simulator/fault.ts';
import type { PrintedTicket } from '#drivers/printer/simulator/paper.ts';
import { type Bench, QUICK_TIMINGS, sampleTicket, setUpBench } from './set-up.ts';

let bench: Bench | null = null;
afterEach(async () => {
  await bench?.tearDown();
  bench = null;
});

async function setUp(...options: Parameters<typeof setUpBench>): Promise<Bench> {
  bench = await setUpBench(...options);
  return bench;
}

/** The ticket numbers on one piece of paper: the lines printed four times as high. */
function numbersOn(ticket: PrintedTicket | undefined): string[] {
  return (ticket?.items ?? []).flatMap(item =>
    item.kind === 'text' && item.height === 4 ? [item.text] : [],
  );
}

/** The ticket numbers on cut paper: what customers hold in their hands. */
function numbersOnPaper({ simulator }: Bench): string[] {
  return simulator
    .paper()
    .filter(ticket => ticket.cut !== 'none')
    .flatMap(numbersOn);
}

describe('what the driver learns and reports', () => {
  it('[HW2] prints, is told so by process id, and remembers that', async () => {
    const { driver, listener } = await setUp();
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await listener.untilOutcome('one', 'printed');
    expect(driver.confirmation()).toBe('process-id');
    expect(listener.outcomesOf('one')).toEqual(['printed']);
    expect(listener.healths).toEqual([{ status: 'ready', code: null }]);
  });

  it('[HW2] falls back to the queued status, then to sent', async () => {
    const { simulator, driver, listener } = await setUp();
    simulator.setFault({ kind: 'no-process-id' });
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await listener.untilOutcome('one', 'processed');
    expect(driver.confirmation()).toBe('queued-status');
    driver.print({ jobId: 'two', paper: sampleTicket('A002') });
    await listener.untilOutcome('two', 'processed');
  });

  it('[HW2] a printer that confirms nothing ends in sent', async () => {
    const { simulator, driver, listener } = await setUp();
    simulator.setFault({ kind: 'no-confirmation' });
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await listener.untilOutcome('one', 'sent');
    expect(driver.confirmation()).toBe('sent');
    driver.print({ jobId: 'two', paper: sampleTicket('A002') });
    await listener.untilOutcome('two', 'sent');
  });

  it('[HW2] jobs go one after another in order, each id once', async () => {
    const built = await setUp();
    const numbers = ['A001', 'A002', 'A003', 'A004', 'A005'];
    for (const number of [...numbers, ...numbers]) {
      built.driver.print({ jobId: number, paper: sampleTicket(number) });
    }
    await built.listener.untilOutcome('A005', 'printed');
    expect(numbersOnPaper(built)).toEqual(numbers);
  });

  it('[HW2] answers that come byte by byte are understood', async () => {
    const { simulator, driver, listener } = await setUp();
    simulator.setFault({ kind: 'split-answers', gapMs: 1 });
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await listener.untilOutcome('one', 'printed');
  });

  it('[HW2] a slow printer is waited for', async () => {
    const { simulator, driver, listener } = await setUp();
    simulator.setFault({ kind: 'slow', lineMs: 10 });
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await listener.untilOutcome('one', 'printed');
    expect(listener.outcomesOf('one')).toEqual(['printed']);
  });

  it('[HW2] near end is a warning, and tickets go on', async () => {
    const { simulator, driver, listener } = await setUp();
    simulator.setFault({ kind: 'paper-near-end' });
    await listener.untilHealth('warning', 'P108');
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await listener.untilOutcome('one', 'printed');
  });

  it('[HW2] a paper that cannot be composed fails and does not hold up the next one', async () => {
    const built = await setUp();
    built.driver.print({ jobId: 'bad', paper: { lines: [{ kind: 'qr', payload: '\u0010\u0004\u0001' }] } });
    built.driver.print({ jobId: 'good', paper: sampleTicket('A002') });
    await built.listener.untilOutcome('good', 'printed');
    expect(built.listener.outcomesOf('bad')).toEqual(['failed P109']);
    expect(numbersOnPaper(built)).toEqual(['A002']);
  });
});

describe('a printer that cannot print now', () => {
  it.each<[PrinterFault, string]>([
    [{ kind: 'paper-out', afterLines: 0 }, 'P101'],
    [{ kind: 'cover-open' }, 'P102'],
    [{ kind: 'offline' }, 'P103'],
    [{ kind: 'silent' }, 'P104'],
    [{ kind: 'unplugged' }, 'P105'],
    [{ kind: 'cutter-error' }, 'P106'],
    [{ kind: 'unrecoverable-error' }, 'P107'],
    [{ kind: 'head-hot' }, 'P111'],
  ])('[TK4] %j fails the ticket before any byte left, and the printer recovers', async (fault, code) => {
    const built = await setUp();
    await built.listener.untilHealth('ready', null);
    built.simulator.setFault(fault);
    built.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await built.listener.until(() => built.listener.outcomesOf('one').length > 0);
    expect(built.listener.outcomesOf('one')).toEqual([`failed ${code}`]);
    await built.listener.untilHealth('down', code);
    built.simulator.setFault(null);
    await built.listener.untilHealth('ready', null);
    built.driver.print({ jobId: 'two', paper: sampleTicket('A002') });
    await built.listener.untilOutcome('two', 'printed');
    expect(numbersOnPaper(built)).toEqual(['A002']);
  });

  it('[HW1] a second client is refused, as real printers do', async () => {
    const built = await setUp();
    await built.listener.untilHealth('ready', null);
    const intruder = connect({ host: '127.0.0.1', port: built.simulator.port });
    await new Promise<void>(resolve => intruder.once('close', () => resolve()).on('error', () => {}));
    expect(built.simulator.connections()).toEqual({ taken: 1, refused: 1 });
  });

  it('[TK4] a printer that is not there fails tickets at once and is found when it comes', async () => {
    const built = await setUp();
    built.simulator.setFault({ kind: 'unplugged' });
    await built.listener.untilHealth('down', 'P105');
    built.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await built.listener.untilOutcome('one', 'failed P105');
    built.simulator.setFault(null);
    await built.listener.untilHealth('ready', null);
  });
});

describe('paper runs out in mid-ticket', () => {
  const lineCount = sampleTicket('A001').lines.length + 1;

  it.each(Array.from({ length: lineCount }, (_, index) => index + 1))(
    '[TK4] after line %i: uncertain, printed once when paper is loaded, never lost or doubled',
    async afterLines => {
      const built = await setUp();
      await built.listener.untilHealth('ready', null);
      built.simulator.setFault({ kind: 'paper-out', afterLines });
      built.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
      built.driver.print({ jobId: 'two', paper: sampleTicket('A002') });
      await built.listener.until(() => built.listener.outcomesOf('two').length > 0);
      expect(built.listener.outcomesOf('one')).toEqual(['uncertain P101']);
      expect(built.listener.outcomesOf('two')).toEqual(['failed P101']);
      expect(numbersOnPaper(built)).toEqual([]);

      built.simulator.setFault(null);
      await built.listener.untilOutcome('one', 'printed');
      await built.listener.untilHealth('ready', null);
      built.driver.print({ jobId: 'three', paper: sampleTicket('A003') });
      await built.listener.untilOutcome('three', 'printed');
      expect(numbersOnPaper(built)).toEqual(['A001', 'A003']);
    },
  );

  it('[TK4] on a printer without automatic status it is found by asking', async () => {
    const built = await setUp({}, { automaticStatus: false });
    await built.listener.untilHealth('ready', null);
    built.simulator.setFault({ kind: 'paper-out', afterLines: 3 });
    built.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await built.listener.untilOutcome('one', 'uncertain P101');
    await built.listener.untilHealth('down', 'P101');
    built.simulator.setFault(null);
    await built.listener.untilOutcome('one', 'printed');
    await built.listener.untilHealth('ready', null);
    expect(numbersOnPaper(built)).toEqual(['A001']);
  });

  it('[TK4] clearing the buffers makes the ticket failed, so that a reprint is the only paper', async () => {
    const built = await setUp();
    await built.listener.untilHealth('ready', null);
    built.simulator.setFault({ kind: 'paper-out', afterLines: 1 });
    built.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await built.listener.untilOutcome('one', 'uncertain P101');
    expect(await built.driver.clearBuffers()).toEqual({ ok: true, value: undefined });
    expect(built.listener.outcomesOf('one')).toEqual(['uncertain P101', 'failed P110']);
    built.simulator.setFault(null);
    await built.listener.untilHealth('ready', null);
    built.driver.print({ jobId: 'one again', paper: sampleTicket('A001') });
    await built.listener.untilOutcome('one again', 'printed');
    expect(numbersOnPaper(built)).toEqual(['A001']);
  });

  it('[TK4] a printer that falls silent with the ticket leaves it uncertain', async () => {
    const built = await setUp({}, { lineMs: 20 });
    await built.listener.untilHealth('ready', null);
    built.simulator.onPaper(() => built.simulator.setFault({ kind: 'silent' }));
    built.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await built.listener.untilOutcome('one', 'uncertain P104');
  });
});

describe('the connection breaks in mid-ticket', () => {
  it.each([1, 4, 20, 40, 60, 100, 140, 200])(
    '[TK4] after byte %i: uncertain, not sent again, the next ticket is a paper of its own',
    async afterBytes => {
      const built = await setUp();
      await built.listener.untilHealth('ready', null);
      built.simulator.setFault({ kind: 'close-mid-ticket', afterBytes });
      built.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
      await built.listener.untilOutcome('one', 'uncertain P105');
      built.simulator.setFault(null);
      await built.listener.untilHealth('ready', null);
      built.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
      built.driver.print({ jobId: 'two', paper: sampleTicket('A002') });
      await built.listener.untilOutcome('two', 'printed');
      expect(built.listener.outcomesOf('one')).toEqual(['uncertain P105']);
      const lastPiece = built.simulator.paper().at(-1);
      expect(numbersOn(lastPiece)).toEqual(['A002']);
      expect(lastPiece?.items[0]).toMatchObject({ text: '示范银行 城中支行' });
      const copies = built.simulator
        .paper()
        .flatMap(numbersOn)
        .filter(number => number === 'A001');
      expect(copies.length).toBeLessThanOrEqual(1);
    },
  );
});

describe('stopping', () => {
  it('[HW2] ends every job: the one on its way is uncertain, waiting ones failed', async () => {
    const built = await setUp({ timings: { ...QUICK_TIMINGS, confirmMs: 10_000 } }, { lineMs: 50 });
    await built.listener.untilHealth('ready', null);
    const begun = new Promise<void>(resolve => built.simulator.onPaper(() => resolve()));
    built.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    built.driver.print({ jobId: 'two', paper: sampleTicket('A002') });
    await begun;
    await built.driver.stop();
    expect(built.listener.outcomesOf('one')).toEqual(['uncertain P105']);
    expect(built.listener.outcomesOf('two')).toEqual(['failed P105']);
  });

  it('[HW2] can be started again', async () => {
    const built = await setUp();
    await built.listener.untilHealth('ready', null);
    await built.driver.stop();
    built.driver.start();
    built.driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await built.listener.untilOutcome('one', 'printed');
  });
});
