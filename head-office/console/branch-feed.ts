import type { BranchLine, BranchPage } from '#head-office/console-data/list-branches.ts';
import type { AskService, ConsoleProblem, OpenNewsStream } from './console-client.ts';

/** Pages asked for in a row keep this distance: 40,000 branches report every few seconds. */
const BETWEEN_PAGES_MS = 500;
/** Without a stream, everything is asked for again this often. */
const POLL_MS = 5_000;

/** The branches as the console knows them. */
export interface FeedSnapshot {
  /** In the order of their ids; null before the first answer. */
  readonly branches: readonly BranchLine[] | null;
  /** `live`: told of every change; `polling`: asks every few seconds; `lost`: no answer. */
  readonly link: 'live' | 'polling' | 'lost';
  readonly problem: ConsoleProblem | null;
  /** Head office's clock less this PC's, in ms. */
  readonly clockOffsetMs: number;
}

export interface FeedParts {
  readonly ask: AskService;
  readonly openStream: OpenNewsStream;
  /** This PC's clock, ms since 1970. */
  readonly clock?: () => number;
}

interface Page {
  /** Id before its first branch. */
  readonly after: string;
  readonly branches: readonly BranchLine[];
  /** Where the page behind it begins; null at the end. */
  readonly next: string | null;
}

/** Keeps the list of branches: all of it at first, then the pages whose branches changed. */
export class BranchFeed {
  readonly #parts: FeedParts;
  readonly #clock: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #changeListeners = new Set<(names: readonly string[]) => void>();
  #pages: Page[] = [];
  /** `after` of the pages to ask for. */
  readonly #wanted = new Set<string>();
  #isAsking = false;
  #isStreamOpen = false;
  #snapshot: FeedSnapshot = { branches: null, link: 'polling', problem: null, clockOffsetMs: 0 };

  constructor(parts: FeedParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? Date.now;
  }

  /** @returns how to stop */
  start(): () => void {
    const closeStream = this.#parts.openStream({
      onOpen: () => {
        this.#isStreamOpen = true;
        this.#wantAll();
      },
      onLost: () => {
        this.#isStreamOpen = false;
        this.#publish({ link: this.#link() });
      },
      onBranches: names => {
        this.#want(names);
        for (const listener of this.#changeListeners) listener(names);
      },
    });
    const polling = setInterval(() => {
      if (this.#isStreamOpen && this.#snapshot.problem === null) return;
      this.#wantAll();
      for (const listener of this.#changeListeners) listener(['*']);
    }, POLL_MS);
    this.#wantAll();
    return () => {
      clearInterval(polling);
      closeStream();
    };
  }

  /** For `useSyncExternalStore`: calls back when the snapshot changed. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): FeedSnapshot => this.#snapshot;

  /** Calls back with the names of branches that changed, or `['*']`. */
  onChange(listener: (names: readonly string[]) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  #wantAll(): void {
    this.#wanted.add('');
    for (const { after } of this.#pages) this.#wanted.add(after);
    void this.#askWanted();
  }

  #want(names: readonly string[]): void {
    for (const name of names) {
      const page = this.#pages.find(({ branches }) => branches.some(({ branch }) => branch === name));
      // A new branch may belong to any page: the order is the database's.
      if (page === undefined) {
        this.#wantAll();
        return;
      }
      this.#wanted.add(page.after);
    }
    void this.#askWanted();
  }

  async #askWanted(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    for (const after of this.#wanted) {
      this.#wanted.delete(after);
      if (!this.#hasPlace(after)) continue;
      const answer = await this.#parts.ask<BranchPage>(`branches?after=${encodeURIComponent(after)}`);
      if (!answer.ok) {
        this.#publish({ link: 'lost', problem: answer.problem });
        this.#wanted.clear();
        break;
      }
      this.#place(after, answer.value);
      const { serverNow } = answer;
      this.#publish({
        branches: this.#pages.flatMap(({ branches }) => branches),
        problem: null,
        link: this.#isStreamOpen ? 'live' : 'polling',
        ...(serverNow === null ? {} : { clockOffsetMs: serverNow - this.#clock() }),
      });
      await new Promise(resolve => setTimeout(resolve, BETWEEN_PAGES_MS));
    }
    this.#isAsking = false;
  }

  /** Whether a page that begins here is one of ours, or the one behind the last. */
  #hasPlace(after: string): boolean {
    return (this.#pages.at(-1)?.next ?? '') === after || this.#pages.some(page => page.after === after);
  }

  /** Puts a page in its place; what is behind it is asked for anew when it now begins elsewhere. */
  #place(after: string, { branches, next }: BranchPage): void {
    const index = this.#pages.findIndex(page => page.after === after);
    const at = index === -1 ? this.#pages.length : index;
    const isEndKept = next !== null && this.#pages[at + 1]?.after === next;
    const behind = isEndKept ? this.#pages.slice(at + 1) : [];
    this.#pages = [...this.#pages.slice(0, at), { after, branches, next }, ...behind];
    if (next !== null && !isEndKept) this.#wanted.add(next);
  }

  #link(): FeedSnapshot['link'] {
    if (this.#snapshot.problem !== null) return 'lost';
    return this.#isStreamOpen ? 'live' : 'polling';
  }

  #publish(change: Partial<FeedSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}
