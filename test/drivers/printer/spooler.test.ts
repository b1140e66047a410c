import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { createPrinterDriver } from '#drivers/printer/printer-driver.ts';
import { STANDARD_SETTINGS } from '#drivers/printer/settings.ts';
import { createSpoolerTransport, type RawSpooler } from '#drivers/printer/spooler-transport.ts';
import {
  type CallWinspool,
  createRawSpooler,
  koffiMemory,
  openWindowsSpooler,
  WINSPOOL_FUNCTIONS,
  WINSPOOL_STRUCT,
  type WinspoolMemory,
} from '#drivers/printer/windows-spooler.ts';
import { createHandClock } from '../hand-clock.ts';
import { hexOf, Listener, sampleTicket } from './set-up.ts';

/** A spooler that keeps what was printed. */
class FakeSpooler implements RawSpooler {
  readonly documents: { printer: string; name: string; bytes: Uint8Array }[] = [];
  finds: Result<void> = ok(undefined);
  prints: Result<void> = ok(undefined);

  async find(): Promise<Result<void>> {
    return this.finds;
  }

  async printRaw(printer: string, name: string, bytes: Uint8Array): Promise<Result<void>> {
    if (this.prints.ok) this.documents.push({ printer, name, bytes });
    return this.prints;
  }

  async list(): Promise<Result<readonly string[]>> {
    return ok(['取号机']);
  }
}

function setUp() {
  const clock = createHandClock();
  const spooler = new FakeSpooler();
  const { timings } = STANDARD_SETTINGS;
  const driver = createPrinterDriver(createSpoolerTransport('取号机', 'Foyer', spooler), clock, {
    ...STANDARD_SETTINGS,
    answers: false,
    confirmation: 'sent',
    timings: { ...timings, settleMs: 0 },
  });
  return { clock, spooler, driver, listener: new Listener(driver) };
}

describe('a printer behind the Windows spooler', () => {
  it('[HW2] a ticket is one document with nothing asked of the printer, and ends in sent', async () => {
    const { clock, spooler, driver, listener } = setUp();
    driver.start();
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await clock.advance(10_000);
    expect(listener.outcomesOf('one')).toEqual(['sent']);
    expect(listener.healths).toEqual([{ status: 'ready', code: null }]);
    expect(spooler.documents).toHaveLength(1);
    const [document] = spooler.documents;
    expect(document).toMatchObject({ printer: '取号机', name: 'Foyer' });
    expect(hexOf(document?.bytes ?? new Uint8Array())).toMatch(/^1B 40 1C 26 .* 1D 56 42 00$/);
  });

  it('[HW2] no printer of that name: P113, tickets fail at once, and it is found when it comes', async () => {
    const { clock, spooler, driver, listener } = setUp();
    spooler.finds = fail('P113');
    driver.start();
    await clock.advance(100);
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    expect(listener.outcomesOf('one')).toEqual(['failed P113']);
    expect(listener.healths).toEqual([{ status: 'down', code: 'P113' }]);
    spooler.finds = ok(undefined);
    await clock.advance(20_000);
    expect(listener.healths.at(-1)).toEqual({ status: 'ready', code: null });
  });

  it('[HW2] removed from Windows while the branch works: told without a ticket', async () => {
    const { clock, spooler, driver, listener } = setUp();
    driver.start();
    await clock.advance(100);
    spooler.finds = fail('P113');
    await clock.advance(5_000);
    expect(listener.healths.at(-1)).toEqual({ status: 'down', code: 'P113' });
  });

  it('[TK4] refused before a byte left: failed; broken off later: uncertain', async () => {
    const { clock, spooler, driver, listener } = setUp();
    driver.start();
    await clock.advance(100);
    spooler.prints = fail('P114', { bytesTaken: 0 });
    driver.print({ jobId: 'one', paper: sampleTicket('A001') });
    await clock.advance(100);
    expect(listener.outcomesOf('one')).toEqual(['failed P114']);
    spooler.prints = fail('P105');
    driver.print({ jobId: 'two', paper: sampleTicket('A002') });
    await clock.advance(100);
    expect(listener.outcomesOf('two')).toEqual(['uncertain P105']);
  });
});

const NO_MEMORY: WinspoolMemory = {
  allocate: () => {
    throw new Error('no memory is needed');
  },
  printerNames: () => [],
  free: () => {},
};

/** A library of printers; `grows` adds one after the first question. */
function printersInWindows(names: (string | null)[], grows = false) {
  const memory = { allocated: 0, freed: 0 };
  const asked: unknown[][] = [];
  const call: CallWinspool = async (name, ...values) => {
    if (name !== 'EnumPrintersW') throw new Error(name);
    asked.push(values.slice(0, 3));
    const [, , , , size, needed, returned] = values as [0, 0, 0, 0, number, number[], number[]];
    needed[0] = names.length * 100;
    if (size < needed[0]) {
      if (grows && asked.length === 1) names.push('POS-58');
      return 0;
    }
    returned[0] = names.length;
    return 1;
  };
  const spooler = createRawSpooler(call, {
    allocate: bytes => {
      memory.allocated += 1;
      return { bytes };
    },
    printerNames: (_, count) => names.slice(0, count),
    free: () => {
      memory.freed += 1;
    },
  });
  return { spooler, memory, asked };
}

/** Records the calls; `answers` gives what each returns, 1 when left out. */
function scriptedCalls(answers: Partial<Record<keyof typeof WINSPOOL_FUNCTIONS, number>> = {}) {
  const calls: string[] = [];
  const written: number[] = [];
  const call: CallWinspool = async (name, ...values) => {
    calls.push(name);
    if (name === 'OpenPrinterW') (values[1] as unknown[])[0] = 'handle';
    else if (values[0] !== 'handle') throw new Error(`${name} without the handle`);
    if (name === 'WritePrinter') {
      const taken = Math.min(4, values[2] as number);
      written.push(...(values[1] as Uint8Array).subarray(0, taken));
      (values[3] as number[])[0] = taken;
    }
    return answers[name] ?? 1;
  };
  return { calls, written, spooler: createRawSpooler(call, NO_MEMORY) };
}

describe('calls of winspool.drv', () => {
  it('[HW2] a document is opened, written in as many pieces as it takes, ended, and let go', async () => {
    const { calls, written, spooler } = scriptedCalls();
    expect(await spooler.printRaw('P', 'Foyer', Uint8Array.of(1, 2, 3, 4, 5, 6))).toEqual({
      ok: true,
      value: undefined,
    });
    expect(written).toEqual([1, 2, 3, 4, 5, 6]);
    expect(calls).toEqual([
      'OpenPrinterW',
      'StartDocPrinterW',
      'WritePrinter',
      'WritePrinter',
      'EndDocPrinter',
      'ClosePrinter',
    ]);
  });

  it.each([
    ['OpenPrinterW', { code: 'P113', facts: { printer: 'P', bytesTaken: 0 } }, false],
    ['StartDocPrinterW', { code: 'P114', facts: { printer: 'P', bytesTaken: 0 } }, true],
    ['WritePrinter', { code: 'P105', facts: { printer: 'P' } }, true],
    ['EndDocPrinter', { code: 'P105', facts: { printer: 'P' } }, true],
  ] as const)('[HW2] %s refuses', async (name, error, closes) => {
    const { calls, spooler } = scriptedCalls({ [name]: 0 });
    expect(await spooler.printRaw('P', 'Foyer', Uint8Array.of(1))).toEqual({ ok: false, error });
    expect(calls.includes('ClosePrinter')).toBe(closes);
  });

  it('[HW2] the declarations are ones that the native helper understands', () => {
    koffi.struct(WINSPOOL_STRUCT.name, WINSPOOL_STRUCT.members);
    for (const [name, declaration] of Object.entries(WINSPOOL_FUNCTIONS)) {
      expect(koffi.proto(declaration.replace(name, `Test${name}`)).primitive).toBe('Prototype');
    }
  });

  it('[HW7] lists the printers of this PC and those it is connected to, and frees what it took', async () => {
    const { spooler, memory, asked } = printersInWindows(['取号机', '\\\\server\\POS-80', null]);
    expect(await spooler.list()).toEqual({ ok: true, value: ['取号机', '\\\\server\\POS-80'] });
    expect(asked).toEqual([
      [6, null, 4],
      [6, null, 4],
    ]);
    expect(memory).toEqual({ allocated: 1, freed: 1 });
  });

  it('[HW7] a printer added between two questions is asked for again; no printer is an empty list', async () => {
    const grown = printersInWindows(['POS-80'], true);
    expect(await grown.spooler.list()).toEqual({ ok: true, value: ['POS-80', 'POS-58'] });
    expect(grown.memory).toEqual({ allocated: 2, freed: 2 });
    expect(await printersInWindows([]).spooler.list()).toEqual({ ok: true, value: [] });
  });

  it('[HW7] a spooler that is not running lists nothing and says so', async () => {
    const spooler = createRawSpooler(async () => 0, NO_MEMORY);
    expect(await spooler.list()).toEqual({ ok: false, error: { code: 'P105', facts: { field: 'spooler' } } });
  });

  it('[HW7] names are read out of the memory as Windows lays it out', () => {
    const memory = koffiMemory(koffi);
    const struct = koffi.sizeof('FOYER_PRINTER_INFO_4W');
    const room = memory.allocate(2 * struct);
    koffi.encode(room, 0, 'FOYER_PRINTER_INFO_4W', {
      printerName: '取号机',
      serverName: null,
      attributes: 64,
    });
    koffi.encode(room, struct, 'FOYER_PRINTER_INFO_4W', {
      printerName: 'POS-80',
      serverName: 'S',
      attributes: 0,
    });
    expect(memory.printerNames(room, 2)).toEqual(['取号机', 'POS-80']);
    memory.free(room);
    expect(struct).toBe(process.arch === 'ia32' || process.arch === 'arm' ? 12 : 24);
  });

  it('[HW2] where there is no Windows there is no spooler', async () => {
    expect(await openWindowsSpooler('linux')).toEqual({
      ok: false,
      error: { code: 'P105', facts: { field: 'spooler' } },
    });
  });
});
