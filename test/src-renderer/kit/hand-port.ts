import type { MessageConnection } from '#core/wire/branch-port.ts';
import { HostMessage, PORT_PROTOCOL_VERSION, WindowMessage } from '#core/wire/port-messages.ts';
import { createPortClient, type PortClient, type PortClock } from '#renderer/kit/port-client.ts';

/** A clock moved by hand; timers run in their order. */
export function createHandClock(startAt = 1_000_000) {
  let now = startAt;
  let timers: { at: number; callback: () => void }[] = [];
  const clock: PortClock = {
    now: () => now,
    setTimeout(callback, delayMs) {
      const timer = { at: now + delayMs, callback };
      timers.push(timer);
      return timer;
    },
    clearTimeout(handle) {
      timers = timers.filter(timer => timer !== handle);
    },
  };
  return {
    clock,
    advance(byMs: number) {
      const end = now + byMs;
      for (;;) {
        const due = timers.filter(timer => timer.at <= end).sort((one, other) => one.at - other.at)[0];
        if (!due) break;
        timers = timers.filter(timer => timer !== due);
        now = Math.max(now, due.at);
        due.callback();
      }
      now = end;
    },
    waiting: () => timers.length,
  };
}

/** One connection as the host sees it: what came, and the answers sent by hand. */
export interface HostEnd {
  readonly received: WindowMessage[];
  open: boolean;
  send(message: HostMessage): void;
  sendText(text: string): void;
  /** The network breaks. */
  break(): void;
}

/** A port client on in-memory connections, each checked against the wire's own schemas. */
export function setupPort(options: { autoWelcome?: boolean } = {}) {
  const hand = createHandClock();
  const hosts: HostEnd[] = [];
  const connect = (): MessageConnection => {
    let receive: (message: string) => void = () => {};
    let closed: () => void = () => {};
    const host: HostEnd = {
      received: [],
      open: true,
      send: message => receive(JSON.stringify(HostMessage.parse(message))),
      sendText: text => receive(text),
      break() {
        host.open = false;
        closed();
      },
    };
    hosts.push(host);
    return {
      post(text) {
        const message = WindowMessage.parse(JSON.parse(text));
        host.received.push(message);
        if (message.kind === 'hello' && options.autoWelcome !== false) queueMicrotask(() => welcome(host));
      },
      onMessage: listener => {
        receive = listener;
      },
      onClose: listener => {
        closed = listener;
      },
      close: () => host.break(),
    };
  };
  const welcome = (host: HostEnd, epoch = 1) =>
    host.send({
      kind: 'welcome',
      protocol: PORT_PROTOCOL_VERSION,
      branch: 'b1',
      epoch,
      station: 's1',
      now: hand.clock.now(),
    });
  const client: PortClient = createPortClient({
    window: 'voice',
    connect,
    clock: hand.clock,
    random: () => 0.5,
  });
  const newest = (): HostEnd => {
    const host = hosts.at(-1);
    if (!host) throw new Error('no connection yet');
    return host;
  };
  return { client, hand, hosts, newest, welcome };
}
