import type { BranchPort, LinkState, MessageConnection, ViewUpdate } from '#core/wire/branch-port.ts';
import type { CommandAnswer, WindowCommand, WindowCommandType } from '#core/wire/commands.ts';
import { ERROR_CODES, type ErrorCode } from '#core/wire/error-codes.ts';
import {
  type AudioOutputs,
  type BenchOrder,
  HostMessage,
  PORT_PROTOCOL_VERSION,
  type WindowKind,
  type WindowMessage,
} from '#core/wire/port-messages.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { Scan } from '#core/wire/scan.ts';
import { VIEWS, type View, type ViewArgs, type ViewName } from '#core/wire/views.ts';

/**
 * The window's end of the port protocol over any carrier of messages. It keeps what the window wants (views,
 * unanswered commands) and brings it to the host again after every reconnect; a command is re-sent with its own
 * id, so it has one effect.
 */
export interface PortClient extends BranchPort {
  /** The host's clock as far as its last message tells, in ms since 1970; this window's own until the first. */
  hostNow(): number;
  /** The id of the branch behind this port; empty until its first welcome. Changes only together with the link. */
  branch(): string;
  /** Ends the connection for good; commands still unanswered end with M610. */
  close(): void;
}

/** Timers and clock, passed in so that tests own the time. */
export interface PortClock {
  now(): number;
  setTimeout(callback: () => void, delayMs: number): unknown;
  clearTimeout(handle: unknown): void;
}

export interface PortClientOptions {
  readonly window: WindowKind;
  /** Opens a new connection; messages posted before it is open must be kept by the carrier. */
  readonly connect: () => MessageConnection;
  readonly clock: PortClock;
  /** 0 ≤ value < 1; spreads the reconnects of many windows. */
  readonly random: () => number;
  readonly times?: Partial<PortTimes>;
}

export interface PortTimes {
  /** A command without an answer for this long ends with M610. */
  readonly answerMs: number;
  /** A new connection without a welcome for this long is given up. */
  readonly welcomeMs: number;
  /** After this long without a message the host is asked for a sign of life. */
  readonly silenceMs: number;
  /** Without that sign for this long the link counts as lost (DV5: a dead host must not look alive). */
  readonly probeMs: number;
  readonly firstReconnectMs: number;
  readonly longestReconnectMs: number;
}

export const PORT_TIMES: PortTimes = {
  answerMs: 10_000,
  welcomeMs: 4_000,
  silenceMs: 3_000,
  probeMs: 4_000,
  firstReconnectMs: 250,
  longestReconnectMs: 5_000,
};

/** The number of the probing subscription; ordinary ones stay below it. */
const PROBE_SUBSCRIPTION = 1_000_000;
/** Reports of played announcements kept while the link is down; the host has long moved on from older ones. */
const KEPT_REPORTS = 20;

interface Subscription {
  readonly view: ViewName;
  readonly args: ViewArgs;
  readonly session: string | undefined;
  readonly deliver: (update: Result<ViewUpdate<ViewName>>) => void;
}

interface PendingCommand {
  readonly command: WindowCommand;
  readonly answered: Promise<Result<Record<string, unknown>>>;
  readonly answer: (result: Result<Record<string, unknown>>) => void;
}

/** Pause before reconnect number `attempt` (0, 1, …): doubles up to the longest, the last half of it at random. */
export function reconnectDelayMs(attempt: number, random: number, times: PortTimes = PORT_TIMES): number {
  const full = Math.min(times.longestReconnectMs, times.firstReconnectMs * 2 ** Math.min(attempt, 20));
  return full / 2 + (full / 2) * random;
}

/** Starts speaking with the host at once and keeps trying until `close()`. */
export function createPortClient(options: PortClientOptions): PortClient {
  const { clock } = options;
  const times = { ...PORT_TIMES, ...options.times };
  const subscriptions = new Map<number, Subscription>();
  const pending = new Map<string, PendingCommand>();
  const linkListeners = new Set<(state: LinkState) => void>();
  let unsentReports: WindowMessage[] = [];
  /** Said again to every host that is connected to: it knows nothing of what another was told. */
  let lastOutputs: AudioOutputs | null = null;
  let connection: MessageConnection | null = null;
  let link: LinkState = 'connecting';
  let attempts = 0;
  let lastSubscription = 0;
  let clockOffsetMs = 0;
  let source = { branch: '', epoch: 0 };
  let closed = false;
  // One timer at a time: awaiting the welcome, silence, the probe's answer, or the next attempt.
  let timer: unknown = null;

  function wait(delayMs: number, then: () => void): void {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(then, delayMs);
  }

  function post(message: WindowMessage): void {
    connection?.post(JSON.stringify(message));
  }

  function setLink(state: LinkState): void {
    if (link === state) return;
    link = state;
    for (const listener of [...linkListeners]) listener(state);
  }

  function open(): void {
    const opened = options.connect();
    connection = opened;
    opened.onMessage(text => {
      if (connection === opened) receive(text);
    });
    opened.onClose(() => {
      if (connection === opened) lose();
    });
    post({ kind: 'hello', protocol: PORT_PROTOCOL_VERSION, window: options.window });
    wait(times.welcomeMs, lose);
  }

  function lose(): void {
    const lost = connection;
    connection = null;
    lost?.close();
    if (closed) return;
    setLink('lost');
    wait(reconnectDelayMs(attempts, options.random(), times), open);
    attempts += 1;
  }

  function awaitSilence(): void {
    wait(times.silenceMs, () => {
      const first = subscriptions.values().next().value;
      // Without a view nothing on screen depends on the host, and nothing needs checking.
      if (first) {
        post(subscribeMessage(PROBE_SUBSCRIPTION, first));
        wait(times.probeMs, lose);
      } else awaitSilence();
    });
  }

  const scanListeners = new Set<(scan: Scan) => void>();

  function receive(text: string): void {
    const message = readHostMessage(text);
    if (!message) return;
    if (link === 'connected') awaitSilence();
    if (message.kind === 'welcome') welcome(message);
    else if (message.kind === 'answer') {
      const { commandId, value, error } = message;
      pending.get(commandId)?.answer(error ? { ok: false, error: toFailure(error) } : ok(value ?? {}));
    } else if (message.kind === 'refused') {
      // A refusal names no message; before the welcome it can only mean the hello.
      if (link !== 'connected') refuseLink(toFailure(message.error));
    } else if (message.kind === 'scan') {
      for (const listener of scanListeners) listener(message.scan);
    } else receiveView(message);
  }

  function receiveView(message: HostMessage & { kind: 'view' | 'view-refused' }): void {
    const { subscription: number } = message;
    if (number === PROBE_SUBSCRIPTION) post({ kind: 'unsubscribe', subscription: number });
    const subscription = subscriptions.get(number);
    if (message.kind === 'view') {
      clockOffsetMs = message.now - clock.now();
      subscription?.deliver(readView(subscription.view, message));
    } else subscription?.deliver({ ok: false, error: toFailure(message.error) });
  }

  function welcome(message: HostMessage & { kind: 'welcome' }): void {
    const superseded = message.branch === source.branch && message.epoch < source.epoch;
    if (message.protocol !== PORT_PROTOCOL_VERSION || superseded) {
      // BR5: a host that has been succeeded by another is not listened to.
      refuseLink({ code: superseded ? 'U505' : 'M604' });
      return;
    }
    source = { branch: message.branch, epoch: message.epoch };
    clockOffsetMs = message.now - clock.now();
    if (link === 'connected') return;
    attempts = 0;
    setLink('connected');
    for (const [number, subscription] of subscriptions) post(subscribeMessage(number, subscription));
    for (const { command } of pending.values()) post({ kind: 'command', command });
    for (const report of unsentReports) post(report);
    unsentReports = [];
    if (lastOutputs) post({ kind: 'audio-outputs', ...lastOutputs });
    awaitSilence();
  }

  /** The host answers but will not serve this window: say why on screen, and try again later. */
  function refuseLink(error: Failure): void {
    for (const subscription of [...subscriptions.values()]) subscription.deliver({ ok: false, error });
    lose();
  }

  open();
  return {
    send<T extends WindowCommandType>(command: WindowCommand<T>) {
      type Answer = Promise<Result<CommandAnswer<T>>>;
      const already = pending.get(command.id);
      if (already) return already.answered as Answer;
      if (closed) return Promise.resolve(fail('M610'));
      let resolve: (result: Result<Record<string, unknown>>) => void = () => {};
      const answered = new Promise<Result<Record<string, unknown>>>(settle => {
        resolve = settle;
      });
      const timeout = clock.setTimeout(() => pending.get(command.id)?.answer(fail('M610')), times.answerMs);
      const answer = (result: Result<Record<string, unknown>>) => {
        clock.clearTimeout(timeout);
        pending.delete(command.id);
        resolve(result);
      };
      const anyCommand = command as WindowCommand;
      pending.set(command.id, { command: anyCommand, answered, answer });
      if (link === 'connected') post({ kind: 'command', command: anyCommand });
      return answered as Answer;
    },

    subscribe<V extends ViewName>(
      view: V,
      args: ViewArgs,
      session: string | undefined,
      listener: (update: Result<ViewUpdate<V>>) => void,
    ) {
      do lastSubscription = (lastSubscription % (PROBE_SUBSCRIPTION - 1)) + 1;
      while (subscriptions.has(lastSubscription));
      const number = lastSubscription;
      const subscription = { view, args, session, deliver: listener as Subscription['deliver'] };
      subscriptions.set(number, subscription);
      if (link === 'connected') post(subscribeMessage(number, subscription));
      return () => {
        if (subscriptions.delete(number) && link === 'connected')
          post({ kind: 'unsubscribe', subscription: number });
      };
    },

    onLink(listener) {
      linkListeners.add(listener);
      listener(link);
      return () => void linkListeners.delete(listener);
    },

    reportAnnouncementPlayed(id, played, reason) {
      const report = { kind: 'announcement-played', id, played, ...(reason && { reason }) } as const;
      if (link === 'connected') post(report);
      else unsentReports = [...unsentReports, report].slice(-KEPT_REPORTS);
    },

    reportAudioOutputs(report) {
      lastOutputs = report;
      if (link === 'connected') post({ kind: 'audio-outputs', ...report });
    },

    sendBenchOrder(order: BenchOrder) {
      // Not kept while the link is down: a key pressed then must not act later.
      if (link === 'connected') post({ kind: 'bench', order });
    },

    onScan(listener) {
      scanListeners.add(listener);
      return () => void scanListeners.delete(listener);
    },

    hostNow: () => clock.now() + clockOffsetMs,
    branch: () => source.branch,

    close() {
      closed = true;
      clock.clearTimeout(timer);
      lose();
      setLink('lost');
      for (const command of [...pending.values()]) command.answer(fail('M610'));
    },
  };
}

function subscribeMessage(number: number, { view, args, session }: Subscription): WindowMessage {
  const message = { kind: 'subscribe', subscription: number, view, args } as const;
  return session === undefined ? message : { ...message, session };
}

/** Null for what is no message of the host's: it is skipped, as nothing on screen could answer it. */
function readHostMessage(text: string): HostMessage | null {
  try {
    const parsed = HostMessage.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function readView<V extends ViewName>(
  view: V,
  message: HostMessage & { kind: 'view' },
): Result<ViewUpdate<ViewName>> {
  const parsed = VIEWS[view].safeParse(message.value);
  if (!parsed.success) return fail('M601', { view });
  return ok({ value: parsed.data as View<ViewName>, version: message.version, now: message.now });
}

/** A code from a newer host that this window does not know reads as "message is not valid". */
function toFailure(error: { code: string; facts?: Record<string, string | number> | undefined }): Failure {
  const code: ErrorCode = Object.hasOwn(ERROR_CODES, error.code) ? (error.code as ErrorCode) : 'M601';
  return error.facts === undefined ? { code } : { code, facts: error.facts };
}
