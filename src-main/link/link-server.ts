import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import { MAX_LINK_FRAME_BYTES } from '#core/wire/link-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import { type AuthorityLink, exchangeAuthority } from './authority-exchange.ts';
import type { AuthorityHolder } from './authority-holder.ts';
import { judgePeer, type Peer } from './judge-peer.ts';
import {
  type InnerConnection,
  type LinkConnection,
  openConnection,
  type UnfitProgram,
} from './link-connection.ts';
import { LINK_LIMITS, type LinkLimits } from './link-limits.ts';
import type { Pairing } from './pairing.ts';
import { codeOfTlsError, TLS_1_3 } from './secure-socket.ts';
import { renewOwnCertificate, type StationIdentity } from './station-identity.ts';
import { limitStrangers } from './strangers.ts';
import { MAX_PAIRING_FRAME_BYTES } from './text-exchange.ts';

export interface LinkServerParts {
  /** 0 takes any free port. */
  readonly port: number;
  /** Address to listen on; all of this PC's when missing. */
  readonly host?: string;
  readonly identity: StationIdentity;
  /** The branch's authority, which may come while the server runs: without it nobody is renewed or paired. */
  readonly holder: AuthorityHolder;
  readonly pairing: Pairing;
  readonly programVersion: string;
  readonly clock: DriverClock;
  /** Milliseconds since 1970, for the validity of certificates. */
  readonly now: () => number;
  /** A station is connected; an older connection of the same station has been closed before. */
  readonly onStation: (connection: LinkConnection, authority: AuthorityLink) => void;
  /** Whether this station may have the authority itself: the standby, as long as it is that. */
  readonly mayHoldAuthority?: (station: string) => boolean;
  /** See `AuthorityExchangeParts`. */
  readonly isFellowHolder?: (station: string) => boolean;
  /** A station whose program is too far from this one was refused (`U515`). */
  readonly onUnfit?: (other: UnfitProgram) => void;
  /** A connection was refused or ended for this reason. For the log and the tests. */
  readonly onRefused?: (code: ErrorCode) => void;
  readonly limits?: LinkLimits;
  /** Tests play older and newer programs with it. */
  readonly protocol?: number;
}

export interface LinkServer {
  readonly port: number;
  /** Stations connected now. */
  stations(): readonly string[];
  /** Says goodbye to every station and stops listening. */
  stop(): Promise<void>;
}

/** Sockets that have not shown who they are are few in a branch: more is somebody knocking. */
const MAX_SOCKETS = 128;
const OWN_RENEWAL_EVERY_MS = 12 * 60 * 60_000;

/**
 * Listens for the stations of the branch (BR2): TLS 1.3, both sides' certificates. A station without a valid
 * certificate of this branch gets a code and nothing else; only `/pair` serves one that has none yet.
 * Failure: `C906` the port cannot be opened.
 */
export function startLinkServer(parts: LinkServerParts): Promise<Result<LinkServer>> {
  const { identity, holder, pairing, clock, limits = LINK_LIMITS } = parts;
  const connections = new Map<string, InnerConnection>();
  /** Open, and not yet a station's connection. */
  const strangers = new Set<WebSocket>();
  const webSockets = (maxPayload: number) =>
    new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  const sockets = webSockets(MAX_LINK_FRAME_BYTES);
  const pairingSockets = webSockets(MAX_PAIRING_FRAME_BYTES);
  const secure = () => {
    const { certificatePem, keyPem } = identity.keyed();
    return { cert: certificatePem, key: keyPem, ca: identity.authorityPem, ...TLS_1_3 };
  };
  const server = createServer(
    {
      ...secure(),
      requestCert: true,
      // Judged below, so that a station refused learns why; nothing is served before that.
      rejectUnauthorized: false,
      handshakeTimeout: limits.greetingMs,
      headersTimeout: limits.greetingMs,
      requestTimeout: limits.greetingMs,
    },
    (request, response) => {
      request.resume();
      response.writeHead(404, { 'content-type': 'application/json', connection: 'close' });
      response.end('{"code":"M609"}');
    },
  );
  server.maxConnections = MAX_SOCKETS;
  const known = limitStrangers(server, clock, limits.greetingMs);
  server.on('tlsClientError', (_error, socket) => {
    parts.onRefused?.('U512');
    socket.destroy();
  });

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    if (!(socket instanceof TLSSocket)) return refuse(socket, 'U512');
    const closed = request.url === '/pair' ? pairing.closed() : null;
    if (closed !== null) return refuse(socket, closed);
    if (request.url === '/pair')
      return pairingSockets.handleUpgrade(request, socket, head, guest => {
        watch(guest);
        known(socket);
        pairing.serve(guest, socket);
      });
    const peer = request.url === '/link' ? judge(socket) : fail('M609');
    if (!peer.ok) return refuse(socket, peer.error.code);
    // A copy of this PC's disk, or somebody with its key.
    if (peer.value.station === identity.station) return refuse(socket, 'U518');
    known(socket);
    sockets.handleUpgrade(request, socket, head, webSocket => void greet(webSocket, peer.value));
  });

  function judge(socket: TLSSocket): Result<Peer> {
    const { raw } = socket.getPeerCertificate(true);
    // A resumed session would skip the look at the certificate's dates and signature.
    if (!raw || socket.isSessionReused()) return fail('U512');
    const judged = judgePeer(raw, {
      branch: identity.branch,
      authorityPem: identity.authorityPem,
      isRevoked,
      nowMs: parts.now(),
    });
    if (!judged.ok || socket.authorized) return judged;
    const reason: unknown = socket.authorizationError;
    return fail(codeOfTlsError({ code: typeof reason === 'string' ? reason : undefined }));
  }

  function isRevoked(serial: string): boolean {
    return identity.isRevoked(serial) || holder.held()?.revocations().serials.includes(serial) === true;
  }

  async function greet(webSocket: WebSocket, peer: Peer): Promise<void> {
    watch(webSocket);
    const opened = await openConnection(webSocket, {
      own: {
        programVersion: parts.programVersion,
        branch: identity.branch,
        station: identity.station,
      },
      peerStation: peer.station,
      distrust: () => (isRevoked(peer.serial) ? 'U514' : parts.now() > peer.notAfterMs ? 'U513' : null),
      clock,
      limits,
      ...(parts.onUnfit ? { onUnfit: parts.onUnfit } : {}),
      ...(parts.protocol === undefined ? {} : { protocol: parts.protocol }),
    });
    if (!opened.ok) return parts.onRefused?.(opened.error.code);
    strangers.delete(webSocket);
    const connection = opened.value;
    connections.get(peer.station)?.close('U518');
    connections.set(peer.station, connection);
    connection.onClose(code => {
      if (connections.get(peer.station) === connection) connections.delete(peer.station);
      if (code !== null) parts.onRefused?.(code);
    });
    const authority = exchangeAuthority(connection, {
      ...{ identity, holder, clock, now: parts.now, isDialled: true },
      mayHold: () => parts.mayHoldAuthority?.(peer.station) === true,
      isFellowHolder: () => parts.isFellowHolder?.(peer.station) === true,
    });
    parts.onStation(connection, authority);
  }

  function watch(webSocket: WebSocket): void {
    strangers.add(webSocket);
    webSocket.once('close', () => strangers.delete(webSocket));
  }

  function refuse(socket: Duplex, code: ErrorCode): void {
    parts.onRefused?.(code);
    const body = JSON.stringify({ code });
    const head = ['HTTP/1.1 403 Forbidden', 'connection: close', 'content-type: application/json'];
    socket.end(`${head.join('\r\n')}\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  }

  const stopListening = [
    identity.onChange(() => server.setSecureContext(secure())),
    holder.onChange(() => {
      const list = holder.held()?.revocations();
      if (list !== undefined) identity.believe(list);
      renewNow();
    }),
  ];
  let cancelRenewal = () => {};
  /** The host is nobody's guest: it renews its own certificate itself. Where the disk refuses, the next time does. */
  const renewNow = () => {
    const authority = holder.acting();
    if (
      authority !== null &&
      identity.isRenewalDue(parts.now()) &&
      holder.mayRenew(identity.station, clock.nowMs())
    )
      void renewOwnCertificate(identity, authority, parts.now());
  };
  const renewOwn = () => {
    cancelRenewal = clock.after(OWN_RENEWAL_EVERY_MS, renewOwn);
    renewNow();
  };

  function stop(): Promise<void> {
    cancelRenewal();
    for (const stopOne of stopListening) stopOne();
    const closed = new Promise<void>(resolve => server.close(() => resolve()));
    for (const connection of [...connections.values()]) connection.close();
    for (const stranger of strangers) stranger.terminate();
    server.closeIdleConnections();
    const cut = () => {
      for (const socket of [...sockets.clients, ...pairingSockets.clients]) socket.terminate();
      server.closeAllConnections();
    };
    const cancelCut = clock.after(limits.closePatienceMs, cut);
    return closed.then(cancelCut);
  }

  return new Promise(resolve => {
    server.once('error', () => resolve(fail('C906', { port: parts.port })));
    server.listen(parts.port, parts.host, () => {
      renewOwn();
      const { port } = server.address() as AddressInfo;
      resolve(ok({ port, stations: () => [...connections.keys()], stop }));
    });
  });
}
