import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BranchFeed } from '#head-office/console/branch-feed.ts';
import type { AskService, NewsListener } from '#head-office/console/console-client.ts';
import { lineOf, NOW } from './lines.ts';

const PAGE_SIZE = 2;

/** A service with these branches in pages of two, its stream, and what it was asked. */
class FakeService {
  ids: string[];
  isUp = true;
  asked: string[] = [];
  listener: NewsListener | undefined;

  constructor(ids: string[]) {
    this.ids = ids;
  }

  readonly ask: AskService = async <Value>(address: string) => {
    this.asked.push(address);
    if (!this.isUp) return { ok: false, problem: { kind: 'lost' } } as const;
    const after = new URLSearchParams(address.split('?')[1]).get('after') ?? '';
    const rest = this.ids.filter(id => id > after);
    const page = rest.slice(0, PAGE_SIZE);
    const next = rest.length > PAGE_SIZE ? (page.at(-1) ?? null) : null;
    const value = { branches: page.map(branch => lineOf({ branch })), next } as Value;
    return { ok: true, value, serverNow: NOW + 7_000 } as const;
  };

  readonly openStream = (listener: NewsListener) => {
    this.listener = listener;
    return () => {
      this.listener = undefined;
    };
  };
}

let service: FakeService;
let feed: BranchFeed;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  service = new FakeService(['a', 'b', 'c', 'd', 'e']);
  feed = new BranchFeed(service);
  stop = feed.start();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

const shown = () => feed.snapshot().branches?.map(({ branch }) => branch);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** What was asked since the last time. */
const newlyAsked = () => service.asked.splice(0);

describe('the list of branches', () => {
  it('[HO5] gathers all pages, with head office’s clock beside this one', async () => {
    await pass(2_000);
    expect(shown()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(feed.snapshot().clockOffsetMs).toBeGreaterThan(5_000);
  });

  it('[HO5] asks again only for the page of a branch that changed, and for all when told of many or a new one', async () => {
    service.listener?.onOpen();
    await pass(3_000);
    expect(feed.snapshot().link).toBe('live');
    newlyAsked();
    service.listener?.onBranches(['d', 'c']);
    await pass(3_000);
    expect(newlyAsked()).toEqual(['branches?after=b']);
    service.listener?.onBranches(['*']);
    await pass(3_000);
    expect(newlyAsked().sort()).toEqual(['branches?after=', 'branches?after=b', 'branches?after=d']);
    service.ids = ['a', 'a2', 'b', 'c', 'd', 'e'];
    service.listener?.onBranches(['a2']);
    await pass(6_000);
    expect(shown()).toEqual(['a', 'a2', 'b', 'c', 'd', 'e']);
  });

  it('[HO5] loses the pages that no longer exist', async () => {
    service.listener?.onOpen();
    await pass(3_000);
    service.ids = ['a'];
    service.listener?.onBranches(['a']);
    await pass(3_000);
    expect(shown()).toEqual(['a']);
  });

  it('[HO5] polls without a stream, tells of the change, and rests while the stream is open', async () => {
    const changes: (readonly string[])[] = [];
    feed.onChange(names => changes.push(names));
    await pass(3_000);
    newlyAsked();
    await pass(5_000);
    expect(newlyAsked().length).toBeGreaterThan(0);
    expect(changes).toContainEqual(['*']);
    service.listener?.onOpen();
    await pass(3_000);
    newlyAsked();
    await pass(20_000);
    expect(newlyAsked()).toEqual([]);
    service.listener?.onLost();
    expect(feed.snapshot().link).toBe('polling');
  });

  it('[HO5] keeps what it knew when the service is gone, says so, and comes back by itself', async () => {
    await pass(3_000);
    service.isUp = false;
    await pass(5_000);
    expect(feed.snapshot()).toMatchObject({ link: 'lost', problem: { kind: 'lost' } });
    expect(shown()).toHaveLength(5);
    service.isUp = true;
    await pass(8_000);
    expect(feed.snapshot()).toMatchObject({ link: 'polling', problem: null });
  });
});
