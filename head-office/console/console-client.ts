/** Why the service gave no answer the console can show. */
export type ConsoleProblem =
  /** No answer at all: stopped, or the network is down. */
  | { readonly kind: 'lost' }
  /** The console key is missing or wrong (U504). */
  | { readonly kind: 'key' }
  /** Without a key the console is for head office's own machine only (M605). */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'refused'; readonly code: string };

export type ConsoleAnswer<Value> =
  | {
      readonly ok: true;
      readonly value: Value;
      /** Head office's clock when it answered, to the second, in ms since 1970; null when it did not say. */
      readonly serverNow: number | null;
    }
  | { readonly ok: false; readonly problem: ConsoleProblem };

/** Asks one of the console's addresses, e.g. `branches?after=`. Never rejects. */
export type AskService = <Value>(address: string) => Promise<ConsoleAnswer<Value>>;

const PATIENCE_MS = 15_000;

/** `AskService` by fetch. The browser itself asks for the console key, once, when the service wants one. */
export const askService: AskService = async <Value>(address: string): Promise<ConsoleAnswer<Value>> => {
  try {
    const response = await fetch(`/v1/console/${address}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) return { ok: false, problem: await readProblem(response) };
    const value: Value = await response.json();
    const serverNow = Date.parse(response.headers.get('date') ?? '');
    return { ok: true, value, serverNow: Number.isNaN(serverNow) ? null : serverNow };
  } catch {
    return { ok: false, problem: { kind: 'lost' } };
  }
};

async function readProblem(response: Response): Promise<ConsoleProblem> {
  if (response.status === 401) return { kind: 'key' };
  const refusal: unknown = await response.json().catch(() => null);
  const code = (refusal as { code?: unknown } | null)?.code;
  if (code === 'M605') return { kind: 'elsewhere' };
  return { kind: 'refused', code: typeof code === 'string' ? code : String(response.status) };
}

/** What a stream of news tells its listener. */
export interface NewsListener {
  onOpen(): void;
  /** The stream broke; it tries again by itself. */
  onLost(): void;
  /** Names of branches that changed, or `['*']` for many. */
  onBranches(names: readonly string[]): void;
}

export type OpenNewsStream = (listener: NewsListener) => () => void;

/** A browser gives up for good when the service answers with an error; then we open anew. */
const REOPEN_MS = 5_000;

/** `OpenNewsStream` by server-sent events. */
export const openNewsStream: OpenNewsStream = listener => {
  let source: EventSource;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource('/v1/console/stream');
    source.onopen = () => listener.onOpen();
    source.onerror = () => {
      listener.onLost();
      if (source.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    };
    source.addEventListener('branches', ({ data }) => listener.onBranches(JSON.parse(data)));
  };
  open();
  return () => {
    clearTimeout(reopening);
    source.close();
  };
};
