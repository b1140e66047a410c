import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { Result } from '#core/wire/result.ts';
import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { type Authority, makeAuthority } from '#main/link/authority.ts';
import { type AuthorityHolder, createAuthorityHolder } from '#main/link/authority-holder.ts';
import { makeStationRequest } from '#main/link/certificates.ts';
import { PLAIN_KEY_STORE, type TextFile } from '#main/link/key-store.ts';
import {
  createLinkClient,
  type LinkClient,
  type LinkClientParts,
  type LinkClientState,
} from '#main/link/link-client.ts';
import type { LinkConnection } from '#main/link/link-connection.ts';
import { LINK_LIMITS } from '#main/link/link-limits.ts';
import { type LinkServer, type LinkServerParts, startLinkServer } from '#main/link/link-server.ts';
import { createPairing } from '#main/link/pairing.ts';
import { makeHostIdentity, makeIdentity, type StationIdentity } from '#main/link/station-identity.ts';

export const LOOPBACK = '127.0.0.1';
export const DAY_MS = 24 * 60 * 60_000;
/** Generous: machines that run tests are slow at times. */
export const PATIENT = { ...LINK_LIMITS, silenceMs: 60_000, greetingMs: 60_000 };

/** A file in memory; `broken` refuses to be written. */
export function memoryFile(): TextFile & { text: string | null; broken: boolean } {
  return {
    text: null,
    broken: false,
    read() {
      return this.text;
    },
    write(text) {
      if (this.broken) throw new Error('disk full');
      this.text = text;
    },
  };
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.error.code}`);
  return result.value;
}

export interface TestBranch {
  readonly authority: Authority;
  /** Of the host, which acts by it. */
  readonly holder: AuthorityHolder;
  readonly host: StationIdentity;
  /** A paired station; `atMs`: when its certificate was made. */
  station(name: string, atMs?: number): Promise<StationIdentity>;
  /** Called for what the authority takes for now. */
  clock: { nowMs: number };
}

export async function makeBranch(branch = 'branch-1', nowMs = Date.now()): Promise<TestBranch> {
  const clock = { nowMs };
  const parts = { branch, file: memoryFile(), keyStore: PLAIN_KEY_STORE, now: () => clock.nowMs };
  const authority = must(await makeAuthority(parts));
  const identityParts = () => ({ file: memoryFile(), keyStore: PLAIN_KEY_STORE });
  return {
    authority,
    holder: createAuthorityHolder(authority, () => true),
    clock,
    host: must(await makeHostIdentity(identityParts(), authority, 'host-1')),
    async station(name, atMs = clock.nowMs) {
      const before = clock.nowMs;
      clock.nowMs = atMs;
      const { request, keyPem } = await makeStationRequest(name);
      const issued = must(await authority.issue(request, name));
      clock.nowMs = before;
      return must(
        makeIdentity(identityParts(), {
          branch,
          station: name,
          certificatePem: issued.certificatePem,
          authorityPem: authority.certificatePem,
          keyPem,
        }),
      );
    },
  };
}

/** Servers and clients of one test, and what they said. */
export function createBench() {
  const ends: (() => unknown)[] = [];
  return {
    async serve(branch: TestBranch, parts: Partial<LinkServerParts> = {}) {
      const connections: LinkConnection[] = [];
      const refused: ErrorCode[] = [];
      const holder = parts.holder ?? branch.holder;
      const pairing = parts.pairing ?? createPairing({ holder, identity: branch.host, clock: REAL_CLOCK });
      const server: LinkServer = must(
        await startLinkServer({
          port: 0,
          host: LOOPBACK,
          identity: branch.host,
          holder,
          pairing,
          programVersion: '1.0.0',
          clock: REAL_CLOCK,
          now: Date.now,
          limits: PATIENT,
          onStation: connection => connections.push(connection),
          onRefused: code => refused.push(code),
          ...parts,
        }),
      );
      ends.push(() => server.stop());
      return { server, connections, refused, pairing, address: { host: LOOPBACK, port: server.port } };
    },
    connect(
      identity: StationIdentity,
      address: LinkClientParts['address'],
      parts: Partial<LinkClientParts> = {},
    ) {
      const client = createLinkClient({
        address,
        identity,
        programVersion: '1.0.0',
        clock: REAL_CLOCK,
        now: Date.now,
        random: () => 0,
        limits: PATIENT,
        ...parts,
      });
      ends.push(() => client.stop());
      return client;
    },
    onEnd(end: () => unknown) {
      ends.push(end);
    },
    async end() {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}

/** Resolves with the first state the client has, from now on, that `isIt`. */
export function untilState<S extends LinkClientState>(
  client: LinkClient,
  isIt: (state: LinkClientState) => state is S,
): Promise<S> {
  return new Promise(resolve => {
    let done = false;
    const stop = client.onState(state => {
      if (done || !isIt(state)) return;
      done = true;
      resolve(state);
      queueMicrotask(() => stop());
    });
  });
}

export const isConnected = (
  state: LinkClientState,
): state is Extract<LinkClientState, { kind: 'connected' }> => state.kind === 'connected';
export const isConnecting = (
  state: LinkClientState,
): state is Extract<LinkClientState, { kind: 'connecting' }> => state.kind === 'connecting';
export const isWaiting = (state: LinkClientState): state is Extract<LinkClientState, { kind: 'waiting' }> =>
  state.kind === 'waiting';

/** Why a client is not connected, once it knows. @throws when it does connect */
export async function refusalOf(client: LinkClient): Promise<ErrorCode | null> {
  const state = await untilState(client, (one): one is LinkClientState => isConnected(one) || isWaiting(one));
  if (state.kind !== 'waiting') throw new Error('it connected');
  return state.code;
}

/** Looks again after every turn of the event loop until `check` gives something; the test's own limit ends it. */
export async function until<T>(check: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const found = check();
    if (found !== null && found !== undefined && found !== false) return found;
    await new Promise(resolve => setTimeout(resolve, 2));
  }
}

/** A clock moved by hand; tasks run in the order of their times while it goes on. */
export function handClock() {
  let nowMs = 0;
  let tasks: { readonly atMs: number; readonly task: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    after(delayMs: number, task: () => void) {
      const one = { atMs: nowMs + delayMs, task };
      tasks.push(one);
      return () => {
        tasks = tasks.filter(other => other !== one);
      };
    },
    advance(byMs: number) {
      const endMs = nowMs + byMs;
      for (;;) {
        const [next] = tasks.filter(({ atMs }) => atMs <= endMs).sort((one, other) => one.atMs - other.atMs);
        if (next === undefined) break;
        tasks = tasks.filter(one => one !== next);
        nowMs = next.atMs;
        next.task();
      }
      nowMs = endMs;
    },
    /** As after a sleep of the PC: the time is later at once, and what was due meanwhile runs now, once. */
    jump(byMs: number) {
      nowMs += byMs;
      const due = tasks.filter(({ atMs }) => atMs <= nowMs);
      tasks = tasks.filter(one => !due.includes(one));
      for (const { task } of due) task();
    },
  };
}
