import type { LibraryHandle } from 'koffi';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { RawSpooler } from './spooler-transport.ts';

/**
 * The part of Windows' `winspool.drv` that raw printing needs (Microsoft: "Sending data directly to a printer").
 * Not tried on a real Windows yet: only the declarations and the order of the calls are tested.
 */
export const WINSPOOL_STRUCT = {
  name: 'FOYER_DOC_INFO_1W',
  members: { documentName: 'str16', outputFile: 'str16', dataType: 'str16' },
} as const;

/** `PRINTER_INFO_4W`: the level that asks no print server and opens no printer, so it needs no rights and no time. */
export const PRINTER_INFO_STRUCT = {
  name: 'FOYER_PRINTER_INFO_4W',
  members: { printerName: 'str16', serverName: 'str16', attributes: 'uint32_t' },
} as const;

/** Declarations of the functions, by their names in the library. */
export const WINSPOOL_FUNCTIONS = {
  OpenPrinterW: 'int __stdcall OpenPrinterW(str16 name, _Out_ void **handle, void *defaults)',
  ClosePrinter: 'int __stdcall ClosePrinter(void *handle)',
  StartDocPrinterW:
    'uint32_t __stdcall StartDocPrinterW(void *handle, uint32_t level, FOYER_DOC_INFO_1W *document)',
  EndDocPrinter: 'int __stdcall EndDocPrinter(void *handle)',
  WritePrinter:
    'int __stdcall WritePrinter(void *handle, const uint8_t *bytes, uint32_t count, _Out_ uint32_t *written)',
  EnumPrintersW:
    'int __stdcall EnumPrintersW(uint32_t flags, str16 name, uint32_t level, void *memory, uint32_t size, _Out_ uint32_t *needed, _Out_ uint32_t *returned)',
} as const;

/** Calls one function of the library on a worker thread; resolves with what it returned. */
export type CallWinspool = (name: keyof typeof WINSPOOL_FUNCTIONS, ...values: unknown[]) => Promise<number>;

/** Memory that Windows fills: it holds pointers into itself, so it must stay where it is. */
export interface WinspoolMemory {
  allocate(bytes: number): unknown;
  /** The names in `count` printer structures at the beginning of the memory. */
  printerNames(memory: unknown, count: number): readonly (string | null)[];
  free(memory: unknown): void;
}

/** `PRINTER_ENUM_LOCAL` and `PRINTER_ENUM_CONNECTIONS`: the two that need no right. */
const LOCAL_AND_CONNECTED = 2 + 4;
/** Printers may be added between the question how much memory is needed and the next. */
const LIST_TRIES = 3;

/**
 * @returns the spooler of this PC; P105 where there is none (not Windows, or the library cannot be loaded). The
 * native helper is loaded only here.
 */
export async function openWindowsSpooler(
  platform: NodeJS.Platform = process.platform,
): Promise<Result<RawSpooler>> {
  if (platform !== 'win32') return fail('P105', { field: 'spooler' });
  try {
    const { call, memory } = await loadWinspool();
    return ok(createRawSpooler(call, memory));
  } catch {
    return fail('P105', { field: 'spooler' });
  }
}

/** Raw printing by the calls of `winspool.drv`, whoever carries them out. */
export function createRawSpooler(call: CallWinspool, memory: WinspoolMemory): RawSpooler {
  return {
    list: () => listPrinters(call, memory),
    find: printer => withPrinter(printer, call, async () => ok(undefined)),
    printRaw: (printer, documentName, bytes) =>
      withPrinter(printer, call, async handle => {
        const document = { documentName, outputFile: null, dataType: 'RAW' };
        const jobNumber = await call('StartDocPrinterW', handle, 1, document);
        if (jobNumber === 0) return fail('P114', { printer, bytesTaken: 0 });
        const isWritten = await writeAll(handle, bytes, call);
        const isEnded = await call('EndDocPrinter', handle);
        return isWritten && isEnded !== 0 ? ok(undefined) : fail('P105', { printer });
      }),
  };
}

async function listPrinters(call: CallWinspool, memory: WinspoolMemory): Promise<Result<readonly string[]>> {
  let size = 0;
  for (let attempt = 0; attempt < LIST_TRIES; attempt += 1) {
    const [needed, returned] = [[0], [0]];
    const room = size === 0 ? null : memory.allocate(size);
    try {
      const isListed = await call(
        'EnumPrintersW',
        LOCAL_AND_CONNECTED,
        null,
        4,
        room,
        size,
        needed,
        returned,
      );
      if (isListed !== 0) {
        const names = room === null ? [] : memory.printerNames(room, returned[0] ?? 0);
        return ok(names.filter(name => name !== null && name !== '') as string[]);
      }
    } finally {
      if (room !== null) memory.free(room);
    }
    // It failed for another reason than too little memory.
    if ((needed[0] ?? 0) <= size) break;
    size = needed[0] ?? 0;
  }
  return fail('P105', { field: 'spooler' });
}

async function withPrinter(
  printer: string,
  call: CallWinspool,
  work: (handle: unknown) => Promise<Result<void>>,
): Promise<Result<void>> {
  const handle: unknown[] = [null];
  // No right to a printer shows at StartDocPrinter; here it is nearly always the name.
  if ((await call('OpenPrinterW', printer, handle, null)) === 0)
    return fail('P113', { printer, bytesTaken: 0 });
  try {
    return await work(handle[0]);
  } finally {
    await call('ClosePrinter', handle[0]);
  }
}

/** The spooler may take a document in several pieces. */
async function writeAll(handle: unknown, bytes: Uint8Array, call: CallWinspool): Promise<boolean> {
  let taken = 0;
  while (taken < bytes.length) {
    const written = [0];
    const rest = bytes.subarray(taken);
    if ((await call('WritePrinter', handle, rest, rest.length, written)) === 0) return false;
    if ((written[0] ?? 0) <= 0) return false;
    taken += written[0] ?? 0;
  }
  return true;
}

/** Once in a process: the helper keeps the declared types by name. */
let winspool: Promise<{ readonly call: CallWinspool; readonly memory: WinspoolMemory }> | null = null;

function loadWinspool(): NonNullable<typeof winspool> {
  winspool ??= import('koffi').then(({ default: koffi }) => {
    const library: LibraryHandle = koffi.load('winspool.drv');
    koffi.struct(WINSPOOL_STRUCT.name, WINSPOOL_STRUCT.members);
    const functions = new Map(
      Object.entries(WINSPOOL_FUNCTIONS).map(([name, declaration]) => [name, library.func(declaration)]),
    );
    const call: CallWinspool = (name, ...values) =>
      new Promise((resolve, reject) => {
        functions.get(name)?.async(...values, (error: Error | null, result: number) => {
          if (error) reject(error);
          else resolve(result);
        });
      });
    return { call, memory: koffiMemory(koffi) };
  });
  return winspool;
}

/** Declares the printer structure: once in a process. */
export function koffiMemory(koffi: typeof import('koffi').default): WinspoolMemory {
  koffi.struct(PRINTER_INFO_STRUCT.name, PRINTER_INFO_STRUCT.members);
  const size = koffi.sizeof(PRINTER_INFO_STRUCT.name);
  return {
    allocate: bytes => koffi.alloc('uint8_t', bytes),
    printerNames: (memory, count) =>
      Array.from(
        { length: count },
        (_, index) =>
          (koffi.decode(memory, index * size, PRINTER_INFO_STRUCT.name) as { printerName: string | null })
            .printerName,
      ),
    free: memory => koffi.free(memory),
  };
}
