import type { ErrorCode } from '#core/wire/error-codes.ts';
import { fail, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { Authority, AuthorityParts } from './authority.ts';
import { type AuthorityLink, exchangeAuthority } from './authority-exchange.ts';
import { type AuthorityHolder, createAuthorityHolder } from './authority-holder.ts';
import { serverName } from './certificates.ts';
import { judgePeer, type Peer } from './judge-peer.ts';
import {
  type InnerConnection,
  type LinkConnection,
  openConnection,
  type UnfitProgram,
} from './link-connection.ts';
import { type BackOff, backOffMs, LINK_BACK_OFF, LINK_LIMITS, type LinkLimits } from './link-limits.ts';
import { connectSecurely, type LinkAddress, upgradeSocket } from './secure-socket.ts';
import type { StationIdentity } from './station-identity.ts';

export interface LinkClientParts {
  /** Asked before each try, so that a configured address or a fresh hint can change; null: none is known. */
  readonly address: LinkAddress | (() => LinkAddress | null);
  readonly identity: StationIdentity;
  /** The branch's authority where this PC has it; missing: it never does. */
  readonly holder?: AuthorityHolder;
  /** See `LinkServerParts`. */
  readonly mayHoldAuthority?: (station: string) => boolean;
  readonly isFellowHolder?: (station: string) => boolean;
  readonly onUnfit?: (other: UnfitProgram) => void;
  /** The station that must answer there; null: any station of the branch. */
  readonly peer?: string | null;
  readonly programVersion: string;
  readonly clock: DriverClock;
  /** Milliseconds since 1970, for the validity of certificates. */
  readonly now: () => number;
  /** In [0, 1), for the spread of reconnections. */
  readonly random: () => number;
  readonly limits?: LinkLimits;
  readonly backOff?: BackOff;
  /** Tests play older and newer programs with it. */
  readonly protocol?: number;
}

/** How the link is. `waiting`: it tries again by itself; `code` says why the last try failed or ended. */
export type LinkClientState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly connection: LinkConnection; readonly authority: AuthorityLink }
  | { readonly kind: 'waiting'; readonly code: ErrorCode | null; readonly waitMs: number }
  | { readonly kind: 'stopped' };

export interface LinkClient {
  state(): LinkClientState;
  /** Calls `listener` now and after each change. @returns how to stop listening */
  onState(listener: (state: LinkClientState) => void): () => void;
  /** Does not wait any longer: the address has changed, or a person asked. */
  retryNow(): void;
  /** See `AuthorityLink`; `U528` while not connected. */
  askForAuthority(parts: AuthorityParts): Promise<Result<Authority>>;
  stop(): void;
}

/** Trying again at once would change nothing; a person has to do something first. */
const SLOW_CODES: ReadonlySet<ErrorCode> = new Set(['U512', 'U513', 'U514', 'U515', 'U518', 'U526']);

/** Keeps a link to another station of the branch (BR2) until it is stopped; starts at once. */
export function createLinkClient(parts: LinkClientParts): LinkClient {
  const { identity, clock, limits = LINK_LIMITS, backOff = LINK_BACK_OFF } = parts;
  const holder = parts.holder ?? createAuthorityHolder(null);
  const listeners = new Set<(state: LinkClientState) => void>();
  const stopped = new AbortController();
  let state: LinkClientState = { kind: 'connecting' };
  let authority: AuthorityLink | null = null;
  let open: InnerConnection | null = null;
  let failures = 0;
  let cancelWait = () => {};

  const show = (next: LinkClientState) => {
    state = next;
    for (const listener of [...listeners]) listener(next);
  };

  const wait = (code: ErrorCode | null) => {
    if (stopped.signal.aborted) return;
    const waitMs = backOffMs(failures, code !== null && SLOW_CODES.has(code), parts.random(), backOff);
    failures += 1;
    cancelWait = clock.after(waitMs, connect);
    show({ kind: 'waiting', code, waitMs });
  };

  function connect(): void {
    if (stopped.signal.aborted) return;
    show({ kind: 'connecting' });
    void tryOnce().then(opened => {
      if (stopped.signal.aborted) {
        if (opened.ok) opened.value.close();
      } else if (opened.ok) use(opened.value);
      else wait(opened.error.code);
    });
  }

  async function tryOnce(): Promise<Result<InnerConnection>> {
    const address = typeof parts.address === 'function' ? parts.address() : parts.address;
    if (address === null) return fail('U511');
    const { certificatePem, keyPem } = identity.keyed();
    const { branch, authorityPem } = identity;
    const secure = await connectSecurely(
      address,
      {
        cert: certificatePem,
        key: keyPem,
        ca: authorityPem,
        servername: serverName({ branch, station: parts.peer ?? 'host' }),
        // The name in the certificate is judged below, against the station and not against the address.
        checkServerIdentity: () => undefined,
      },
      clock,
      limits.greetingMs,
      stopped.signal,
    );
    if (!secure.ok) return secure;
    const peer = judgePeer(secure.value.getPeerCertificate(true).raw, {
      branch,
      authorityPem,
      isRevoked: serial => identity.isRevoked(serial),
      nowMs: parts.now(),
    });
    const refused = refusalOf(peer);
    if (!peer.ok || refused !== null) {
      secure.value.destroy();
      return fail(refused ?? 'U512');
    }
    const socket = await upgradeSocket(secure.value, '/link', clock, limits.greetingMs);
    if (!socket.ok) return socket;
    const { serial, station, notAfterMs } = peer.value;
    return openConnection(socket.value, {
      own: { programVersion: parts.programVersion, branch, station: identity.station },
      peerStation: station,
      distrust: () => (identity.isRevoked(serial) ? 'U514' : parts.now() > notAfterMs ? 'U513' : null),
      clock,
      limits,
      ...(parts.onUnfit ? { onUnfit: parts.onUnfit } : {}),
      ...(parts.protocol === undefined ? {} : { protocol: parts.protocol }),
    });
  }

  /** A station never links with itself, nor with another one than it was told. */
  function refusalOf(peer: Result<Peer>): ErrorCode | null {
    if (!peer.ok) return peer.error.code;
    const { station } = peer.value;
    const isWanted = (parts.peer ?? station) === station && station !== identity.station;
    return isWanted ? null : 'U512';
  }

  function use(connection: InnerConnection): void {
    const sinceMs = clock.nowMs();
    open = connection;
    authority = exchangeAuthority(connection, {
      ...{ identity, holder, clock, now: parts.now, isDialled: false },
      mayHold: () => parts.mayHoldAuthority?.(connection.station) === true,
      isFellowHolder: () => parts.isFellowHolder?.(connection.station) === true,
    });
    show({ kind: 'connected', connection, authority });
    connection.onClose(code => {
      open = null;
      authority = null;
      if (clock.nowMs() - sinceMs >= backOff.goodAfterMs) failures = 0;
      wait(code);
    });
  }

  connect();
  return {
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      listener(state);
      return () => {
        listeners.delete(listener);
      };
    },
    retryNow() {
      if (state.kind !== 'waiting') return;
      cancelWait();
      connect();
    },
    askForAuthority: authorityParts =>
      authority === null ? Promise.resolve(fail('U528')) : authority.askForAuthority(authorityParts),
    stop() {
      if (stopped.signal.aborted) return;
      stopped.abort();
      cancelWait();
      open?.close();
      show({ kind: 'stopped' });
    },
  };
}
