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

/** Declarations of the functions, by their names in the library. */
export const WINSPOOL_FUNCTIONS = {
  OpenPrinterW: 'int __stdcall OpenPrinterW(str16 name, _Out_ void **handle, void *defaults)',
  ClosePrinter: 'int __stdcall ClosePrinter(void *handle)',
  StartDocPrinterW:
    'uint32_t __stdcall StartDocPrinterW(void *handle, uint32_t level, FOYER_DOC_INFO_1W *document)',
  EndDocPrinter: 'int __stdcall EndDocPrinter(void *handle)',
  WritePrinter:
    'int __stdcall WritePrinter(void *handle, const uint8_t *bytes, uint32_t count, _Out_ uint32_t *written)',
} as const;

/** Calls one function of the library on a worker thread; resolves with what it returned. */
export type CallWinspool = (name: keyof typeof WINSPOOL_FUNCTIONS, ...values: unknown[]) => Promise<number>;

/**
 * @returns the spooler of this PC; P105 where there is none (not Windows, or the library cannot be loaded). The
 * native helper is loaded only here.
 */
export async function openWindowsSpooler(
  platform: NodeJS.Platform = process.platform,
): Promise<Result<RawSpooler>> {
  if (platform !== 'win32') return fail('P105', { field: 'spooler' });
  try {
    return ok(createRawSpooler(await loadWinspool()));
  } catch {
    return fail('P105', { field: 'spooler' });
  }
}

/** Raw printing by the calls of `winspool.drv`, whoever carries them out. */
export function createRawSpooler(call: CallWinspool): RawSpooler {
  return {
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
let winspool: Promise<CallWinspool> | null = null;

function loadWinspool(): Promise<CallWinspool> {
  winspool ??= import('koffi').then(({ default: koffi }) => {
    const library: LibraryHandle = koffi.load('winspool.drv');
    koffi.struct(WINSPOOL_STRUCT.name, WINSPOOL_STRUCT.members);
    const functions = new Map(
      Object.entries(WINSPOOL_FUNCTIONS).map(([name, declaration]) => [name, library.func(declaration)]),
    );
    return (name, ...values) =>
      new Promise((resolve, reject) => {
        functions.get(name)?.async(...values, (error: Error | null, result: number) => {
          if (error) reject(error);
          else resolve(result);
        });
      });
  });
  return winspool;
}
