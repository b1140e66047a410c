import { randomBytes } from 'node:crypto';
import type { BranchState } from '#core/branch/state.ts';
import { oldestSince, ticketsInState } from '#core/views/shared.ts';
import { type BranchStatus, UPLOAD_PROTOCOL_VERSION } from '#core/wire/upload.ts';
import type { View } from '#core/wire/views.ts';
import type { Journal } from '../journal/journal.ts';
import { type HeadOfficeCalls, headOfficeCalls } from './head-office-calls.ts';
import { createStatusSender } from './status-sender.ts';
import { createUploadClient } from './upload-client.ts';

type UploadLine = View<'lobby'>['upload'];

/** The branch's side of head office: the stream, the live message, and how it goes. */
export interface Uploading {
  line(): UploadLine;
  /** Since when it has been in its present state, milliseconds since 1970. */
  since(): number;
  /** The journal has grown. */
  notifyAppended(): void;
  start(): void;
  stop(): void;
}

export interface UploadingParts {
  /** Null: head office is not used. */
  readonly url: string | null;
  readonly journal: Journal;
  readonly state: () => BranchState;
  readonly now: () => number;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
  /** See `UploadParts`; both are left out by a branch of one PC. */
  readonly station?: () => string | null;
  readonly allowedSeq?: () => number;
}

/** Under which setting a PC keeps the branch's key; all PCs of a branch have the same one (BR4). */
export const KEY_SETTING = 'upload_key';
const CALL_TIME_OUT_MS = 15_000;

/** 256 random bits made at the first start; head office learns them at the first contact (HO1). */
export function branchKey(journal: Journal): string {
  const known = journal.settings.get(KEY_SETTING);
  if (known !== null) return known;
  const key = randomBytes(32).toString('base64url');
  journal.settings.set(KEY_SETTING, key);
  return key;
}

/** The requests of this PC's branch to head office, e.g. for `createClaimClient`. */
export function callsOf(url: string, journal: Journal): HeadOfficeCalls {
  const key = branchKey(journal);
  return headOfficeCalls({ url, branch: journal.branch, key, timeOutMs: CALL_TIME_OUT_MS, fetch });
}

export function createUploading(parts: UploadingParts): Uploading {
  const { url, journal, now } = parts;
  if (url === null) {
    const line: UploadLine = { state: 'off', durableSeq: 0, lastSeq: 0, code: null };
    return { line: () => line, since: () => 0, notifyAppended() {}, start() {}, stop() {} };
  }
  const calls = callsOf(url, journal);
  const client = createUploadClient({
    source: {
      read: (from, limit) =>
        [...journal.read({ from, limit })].flatMap(read => (read.ok ? [read.value] : [])),
      last: () => journal.last().seq,
      loadCursor: () => journal.settings.uploadCursor(),
      saveCursor({ durableSeq, durableHash }) {
        if (durableHash !== null) journal.settings.moveUploadCursor({ durableSeq, durableHash });
      },
    },
    calls,
    epoch: () => journal.epoch,
    random: Math.random,
    onError: parts.onError,
    ...(parts.station ? { station: parts.station } : {}),
    ...(parts.allowedSeq ? { allowedSeq: parts.allowedSeq } : {}),
  });
  const status = createStatusSender(calls, () => branchStatus(parts.state(), journal, now()));
  let since = now();
  let state = client.view().state;
  client.onState(view => {
    if (view.state !== state) since = now();
    state = view.state;
    parts.onChange();
  });
  return {
    line: () => client.view(),
    since: () => since,
    notifyAppended() {
      client.notifyAppended();
      status.notifyChanged();
    },
    start() {
      client.start().catch(parts.onError);
      status.start();
    },
    stop() {
      client.stop();
      status.stop();
    },
  };
}

/** HO2: the small live message. Null until the branch is configured. */
export function branchStatus(
  state: BranchState,
  journal: Pick<Journal, 'last' | 'epoch'>,
  now: number,
): BranchStatus | null {
  const { document } = state;
  if (document === null) return null;
  const waiting = ticketsInState(state, 'waiting');
  const oldest = oldestSince(waiting);
  return {
    protocol: UPLOAD_PROTOCOL_VERSION,
    at: now,
    epoch: journal.epoch,
    lastSeq: journal.last().seq,
    branchName: document.branch.name,
    timeZone: document.branch.timeZone,
    businessDay: state.businessDay,
    waiting: waiting.length,
    serving: ticketsInState(state, 'serving').length,
    openCounters: [...state.counters.values()].filter(counter => counter.status === 'open').length,
    counters: document.counters.length,
    longestWaitMs: oldest === null ? 0 : Math.max(0, now - oldest),
    devicesDown: [...state.devices.values()].filter(device => device.health.status === 'down').length,
  };
}
