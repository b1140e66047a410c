import type { Command } from '#core/branch/commands.ts';
import type { NewEvent } from '#core/branch/events.ts';
import type { StationId } from '#core/replication/log.ts';
import type { MessageConnection } from '#core/wire/branch-port.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import { isAlone } from '../host/alone-events.ts';
import type { Host, HostAmongStations } from '../host/host-contract.ts';
import type { JournalBatch } from '../journal/check-batches.ts';
import type { Journal } from '../journal/journal.ts';
import type { LinkConnection } from '../link/link-connection.ts';
import { carryWindows, serveWindows, type WindowCarrier } from '../link/window-channels.ts';
import { connectInProcess } from '../simulate/in-process-connection.ts';
import { createBranchLog } from './branch-log.ts';
import { createNewsQueue, DeviceNews, newsToCommand } from './device-news.ts';
import { KeptDelivery, takeDelivery } from './kept-delivery.ts';
import { createKeptDesk } from './kept-desk.ts';
import type { OtherMessage } from './link-network.ts';
import { createReplicator } from './replicator.ts';
import type { Replicator } from './replicator-contract.ts';
import type { StationRuntime, StationRuntimeParts, StationServices } from './runtime-contract.ts';
import type { Secrets } from './secrets.ts';
import { createSureDay } from './sure-day.ts';
import { createWindowRelay } from './window-relay.ts';

/** Commands about this PC alone: its devices, and a decision that is made where no host is. */
const OWN_COMMANDS: ReadonlySet<WindowCommand['type']> = new Set([
  'save-device-settings',
  'find-devices',
  'forget-found-devices',
  'test-device',
  'learn-keypad',
  'stop-learning',
  'decide-host',
]);

/** A little longer than a take-over takes, and shorter than windows wait for an answer. */
const CUT_OFF_MS = 8_000;

export function createStationRuntime(parts: StationRuntimeParts): StationRuntime {
  const { settings, journal, clock, newId, outbox } = parts;
  const own = settings.stationId;
  let services: Parameters<StationRuntime['start']>[0] | null = null;
  let serveWindow: StationServices['serveWindow'] = connection => connection.close();
  let replicator: Replicator | null = null;
  let linkedMs = clock.nowMs();
  const carriers = new Map<LinkConnection, WindowCarrier>();
  const servers = new Map<LinkConnection, ReturnType<typeof serveWindows>>();
  const served = new Set<MessageConnection>();
  let takeSecrets: (from: StationId, secrets: Secrets) => void = () => {};

  /** The link to whoever decides; null: there is none, or this PC decides. */
  const hostLink = (): LinkConnection | null => {
    const host = replicator?.isHost() ? null : (replicator?.status().host ?? null);
    return host === null ? null : (services?.network.connectionTo(host) ?? null);
  };

  const news = createNewsQueue(clock, (order, commandId) => {
    const link = hostLink();
    const deviceId = 'deviceId' in order.actor ? order.actor.deviceId : 'station';
    const message = { kind: 'device-command', commandId, deviceId, order, lifeMs: null } as const;
    return link?.send(message).ok === true;
  });

  const relay = createWindowRelay(clock, window => {
    if (replicator?.isHost()) {
      // What was meant for the host that is gone.
      const [hostEnd, end] = connectInProcess();
      serveWindow(hostEnd, [window], own);
      return end;
    }
    const link = hostLink();
    if (link === null) return null;
    let carrier = carriers.get(link);
    if (carrier === undefined) {
      carrier = carryWindows(link);
      carriers.set(link, carrier);
      link.onClose(() => carriers.delete(link));
    }
    return carrier.open([window]);
  });

  const isLinked = () => replicator?.isHost() === true || hostLink() !== null;
  const isCutOff = () => !isLinked() && clock.nowMs() - linkedMs >= (parts.cutOffMs ?? CUT_OFF_MS);

  const desk = createKeptDesk({
    ...{
      own,
      clock,
      now: parts.now,
      newId,
      outbox,
      ownNumbers: parts.ownNumbers,
      journal,
      hostLink,
      isCutOff,
    },
    onTrouble: parts.onTrouble,
    services: () => services,
    isHost: () => replicator?.isHost() === true,
    giveCommand: relay.give,
    giveNews(order, id) {
      if (replicator?.isHost()) return Promise.resolve(carryOut(order, id));
      // Also when the link is lost once more: then the next round begins with it.
      return new Promise<void>(done => news.add(order, id, done));
    },
  });
  const carryOut = (order: DeviceNews, commandId: string) => {
    const command = newsToCommand(order, own);
    if (command.ok) services?.host.execute(command.value, commandId);
  };

  /** The journal's batch in which a command lies. */
  const isCommandAlone = (commandId: string): boolean => {
    const seq = journal.seqOfCommand(commandId);
    const batch = seq === null ? undefined : journal.batches({ after: seq - 1, maxBytes: 1 })[0];
    return batch !== undefined && isAlone(batch.events);
  };

  const among: HostAmongStations = {
    isHost: () => replicator?.isHost() === true,
    mayFollowUnread() {
      if (replicator !== null) return !replicator.isHost();
      const seen = journal.seenEpoch();
      return seen !== null && seen.host !== null && seen.host !== own;
    },
    hostBlock: createSureDay(journal.settings, () => replicator?.status() ?? null),
    refuse(events: readonly NewEvent[]) {
      return replicator?.mayCall() === false && !isAlone(events) ? { code: 'U552' } : undefined;
    },
    passOn(command: Command, commandId) {
      const { type, args, actor } = command;
      const order = DeviceNews.safeParse({ type, args, actor });
      if (!order.success) return fail('U551');
      const id = commandId ?? newId();
      const kept = desk.forNews(command, order.data, id);
      if (kept) return kept;
      news.add(order.data, id);
      return ok({});
    },
    recorded(batch: JournalBatch, commandId) {
      replicator?.recorded(batch, commandId ?? placeId(batch.lastSeq), isAlone(batch.events));
    },
    repeated: commandId => replicator?.askedAgain(commandId, isCommandAlone(commandId)),
    kept: desk.events,
  };

  const whenSafe = (commandId: string) =>
    replicator?.whenSafe(commandId) ?? replicator?.whenSafe(placeId(journal.last().seq)) ?? null;

  /** A device of another PC has news. */
  const takeNews = (
    connection: LinkConnection,
    { commandId, order }: Extract<OtherMessage, { kind: 'device-command' }>,
  ) => {
    if (!among.isHost() || services === null) return;
    if (order.type === 'kept-deeds') return takeKept(connection, commandId, order, services.host);
    const command = newsToCommand(order, connection.station);
    const done = command.ok ? services.host.execute(command.value, commandId) : command;
    const say = (code: string | null) =>
      void connection.send({ kind: 'device-answer', commandId, code, facts: {} });
    if (!done.ok) return say(done.error.code);
    const safe = whenSafe(commandId);
    if (safe === null) return say(null);
    // Not safe in the end: its sender asks the next host.
    void safe.then(result => result.ok && say(null));
  };

  /** BR7: what another PC did without a host. Answered when all of it is safe (BR3). */
  const takeKept = (connection: LinkConnection, commandId: string, order: unknown, host: Host) => {
    const delivery = KeptDelivery.safeParse(order);
    const { taken, code } = delivery.success
      ? takeDelivery(host, delivery.data, connection.station)
      : { taken: [], code: 'M601' };
    const facts = { taken: taken.length };
    void Promise.all(taken.map(id => whenSafe(id))).then(safe => {
      // Not safe in the end: its sender asks the next host.
      if (safe.every(one => one === null || one.ok))
        connection.send({ kind: 'device-answer', commandId, code, facts });
    });
  };

  const hear = (connection: LinkConnection, message: OtherMessage) => {
    switch (message.kind) {
      case 'window': {
        // Both ends number their own windows: whose they are follows from who decides.
        if (!among.isHost()) return carriers.get(connection)?.take(message);
        let server = servers.get(connection);
        if (server === undefined) {
          server = serveWindows(connection, (window, allowed) => {
            served.add(window);
            window.onClose(() => served.delete(window));
            serveWindow(afterTelling(window), allowed, connection.station);
          });
          servers.set(connection, server);
          connection.onClose(() => servers.delete(connection));
        }
        return server(message);
      }
      case 'device-command':
        return takeNews(connection, message);
      case 'secrets': {
        const { kind: _, ...secrets } = message;
        return takeSecrets(connection.station, secrets);
      }
      case 'device-answer':
        if (desk.answered(message.commandId, message.code, message.facts)) return;
        if (message.code !== 'U551') news.answered(message.commandId);
    }
  };

  /** Everything that waits for a host is given to it as soon as there is one. */
  const turnTo = () => {
    desk.drop();
    relay.restart();
    news.sendAll();
    void desk.deliver();
  };

  return {
    among,
    start(given) {
      services = given;
      const { host, network } = given;
      // The first start of the PC that begins the branch; every later one finds who decides in its journal.
      if (settings.host === null && journal.seenEpoch() === null) {
        const begun = beginBranch(host, journal, own);
        if (!begun.ok) return begun;
      }
      const made = createReplicator({
        station: own,
        seen: journal.seenEpoch() ?? { epoch: 0, host: null, asked: false },
        log: createBranchLog(host, journal, parts.onTrouble, parts.isRemoved),
        network,
        headOffice: parts.headOffice,
        clock,
        ...(parts.timings ? { timings: parts.timings } : {}),
      });
      replicator = made;
      let link: LinkConnection | null = null;
      const look = () => {
        const present = hostLink();
        if (present !== null || made.isHost()) linkedMs = clock.nowMs();
        if (present === link) return;
        link = present;
        linkedMs = clock.nowMs();
        if (present !== null) turnTo();
        else desk.drop();
      };
      // Numbers are this PC's own once that is safe: no take-over takes them back, and it lasts without a link.
      made.onSafe(seq => {
        if (seq === journal.last().seq) desk.rememberNumbers();
      });
      network.onOther(hear);
      network.onChange(look);
      made.onRole(({ isHost }) => {
        look();
        if (isHost) {
          for (const [commandId, order] of news.takeAll()) carryOut(order, commandId);
          relay.restart();
          desk.drop();
          return void desk.deliver();
        }
        for (const window of [...served]) window.close();
        servers.clear();
      });
      made.start();
      return ok(made);
    },
    open(serve) {
      serveWindow = serve;
    },
    forward(window, command) {
      if (among.isHost() || OWN_COMMANDS.has(command.type)) return undefined;
      const before = desk.answerOf(command.id);
      if (before) return Promise.resolve(ok(before));
      if (isCutOff()) return Promise.resolve(desk.forWindow(window, command));
      return desk.deliver()?.then(() => relay.give(window, command)) ?? relay.give(window, command);
    },
    whenSafe,
    keptDeeds: outbox.count,
    keptJobs: desk.jobs,
    onSecrets(listener) {
      takeSecrets = listener;
    },
    isCutOff,
    isOurs(event) {
      if (event.station === own) return true;
      if (!among.isHost()) return false;
      // Its own printer does it, if it has one and is there.
      return (services?.network.aboutOf(event.station)?.printers ?? 0) === 0;
    },
    stop() {
      desk.stop();
      relay.stop();
      news.stop();
      replicator?.stop();
    },
  };
}

/**
 * A window of another PC, which shows what its PC has been told is safe: that word goes out right after answers have
 * left for the windows here, and the answer for that window after it.
 */
function afterTelling(window: MessageConnection): MessageConnection {
  return {
    ...window,
    post: text => queueMicrotask(() => window.post(text)),
    close: () => queueMicrotask(() => window.close()),
  };
}

/** Stands for the id of work that no sender asked for. */
function placeId(seq: number): string {
  return `place:${seq}`;
}

/** Says in the journal who decides, for those who will copy it. */
function beginBranch(host: Host, journal: Journal, station: StationId): Result<unknown> {
  const roles = host.roles();
  if (roles.host === null) {
    const epoch = Math.max(journal.epoch, 1);
    const data = { epoch, host: station, by: 'start', tookOver: false, over: null } as const;
    const begun = host.record([{ type: 'epoch-raised', data }]);
    if (!begun.ok) return begun;
  }
  const { epoch, host: decider } = host.roles();
  return decider === station ? journal.rememberSeen({ epoch, host: station, asked: false }) : ok(undefined);
}
