import type { Command } from '#core/branch/commands.ts';
import type { OwnNumbers } from '#core/branch/decision.ts';
import type { BranchEvent } from '#core/branch/events.ts';
import { businessDayOf } from '#core/queue/business-day.ts';
import type { StationId } from '#core/replication/log.ts';
import type { WindowCommand } from '#core/wire/commands.ts';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { WindowKind } from '#core/wire/port-messages.ts';
import { type Failure, fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { Host, HostAnswer, Pretended } from '../host/host-contract.ts';
import { sessionActor } from '../host/session-tokens.ts';
import type { Journal } from '../journal/journal.ts';
import type { LinkConnection } from '../link/link-connection.ts';
import type { DeviceNews } from './device-news.ts';
import { createKeptCourier } from './kept-courier.ts';
import { DEEDS_AT_ONCE, type KeptDelivery, takeDelivery } from './kept-delivery.ts';
import { deliveryOf, doneOf, type Keeping, keptEvents, keptJobs, withKeptNumbers } from './kept-work.ts';
import type { Outbox } from './outbox.ts';
import type { OwnNumberBook } from './own-numbers.ts';
import type { WindowRelay } from './window-relay.ts';

/** What a PC does while it has no host, and gives to the next one (BR7). */
export interface KeptDesk {
  /** A window's command, carried out here. Failures: `U511` it is none a PC may give alone; `U571`, `U572`, `U573`. */
  forWindow(window: WindowKind, command: WindowCommand): Result<HostAnswer>;
  /** News that follow what is kept, or that nobody else can take now; undefined: they may go to the host as they are. */
  forNews(command: Command, news: DeviceNews, id: string): Result<HostAnswer> | undefined;
  /** What a window asked before and gets the same answer for. */
  answerOf(commandId: string): HostAnswer | undefined;
  /** Gives the host what waits for it; nothing new overtakes it. Null: nothing is on its way. */
  deliver(): Promise<void> | null;
  /** The host has said something about a delivery. @returns whether it was that */
  answered(commandId: string, code: string | null, facts: Readonly<Record<string, unknown>>): boolean;
  /** The host is another one, or gone: nobody answers any more. */
  drop(): void;
  /** What is to be shown on top of the journal. */
  events(): readonly BranchEvent[];
  jobs(): ReadonlySet<string>;
  /** All of this PC's journal is safe: what it says about its own numbers lasts. */
  rememberNumbers(): void;
  stop(): void;
}

export interface KeptDeskParts {
  readonly own: StationId;
  readonly clock: DriverClock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly outbox: Outbox;
  readonly ownNumbers: OwnNumberBook;
  readonly journal: Pick<Journal, 'seqOfCommand'>;
  readonly onTrouble: (trouble: Failure) => void;
  /** Null before everything is made. */
  readonly services: () => { readonly host: Host; readonly printers: () => number } | null;
  readonly isHost: () => boolean;
  readonly hostLink: () => LinkConnection | null;
  readonly isCutOff: () => boolean;
  /** How deeds of an earlier program, or for one, are given. */
  readonly giveCommand: WindowRelay['give'];
  readonly giveNews: (news: DeviceNews, id: string) => Promise<void>;
}

const KEPT_COMMANDS: ReadonlySet<WindowCommand['type']> = new Set([
  'start-service',
  'finish-service',
  'issue-ticket',
  'accept-self-service',
]);
const KEPT_NEWS: ReadonlySet<DeviceNews['type']> = new Set(['press-rating', 'close-rating']);
/** Nobody knows whether it was done: it is given again. */
const NOT_GIVEN: ReadonlySet<string> = new Set(['U511', 'U551', 'M606']);

/** A host that could not take what waits for it is asked again. */
const DELIVER_AGAIN_MS = 5_000;

export function createKeptDesk(parts: KeptDeskParts): KeptDesk {
  const { own, clock, now, newId, outbox, ownNumbers, services, isHost, hostLink } = parts;
  /** Of this run of the program, which times of deeds are compared with. */
  const runId = newId();
  const runNow = () => ({ id: runId, atMs: clock.nowMs() });
  let delivering: Promise<void> | null = null;
  let deliverOnceMore = false;
  let stopped = false;
  let cancelDeliver = () => {};

  const isLinked = () => !stopped && (isHost() || hostLink() !== null);

  const courier = createKeptCourier(clock, newId, (order, commandId) => {
    const message = { kind: 'device-command', commandId, deviceId: 'station', order } as const;
    return hostLink()?.send({ ...message, lifeMs: null }).ok === true;
  });

  const dayNow = () => {
    const { document } = services()?.host.shown() ?? {};
    return document ? businessDayOf(now(), document.branch.timeZone) : '';
  };

  /** On disk first, then shown and printed, and given to the host when there is one again. */
  const keep = (command: Command, deed: Keeping, numbers?: OwnNumbers): Result<HostAnswer> => {
    const { host } = services() ?? {};
    if (host === undefined) return fail('U511');
    const takeDown = (pretended: Pretended) => {
      const done = doneOf(command, pretended, runNow());
      if (done === null) return true;
      // The number is taken first: a crash in between gives it to nobody, and never to two.
      const isTaken = done.events.every(
        event => event.type !== 'ticket-issued' || ownNumbers.take(dayNow(), event.data.number),
      );
      return isTaken && outbox.add({ ...deed, done });
    };
    const kept = host.pretend(command, takeDown, numbers);
    if (kept.ok && isLinked()) deliver();
    return kept;
  };

  const deliver = (): Promise<void> | null => {
    cancelDeliver();
    if (outbox.count() === 0 && delivering === null) return null;
    deliverOnceMore = delivering !== null;
    delivering ??= deliverAll().finally(() => {
      delivering = null;
      if (deliverOnceMore && !stopped) return void deliver();
      if (outbox.count() > 0 && isLinked())
        cancelDeliver = clock.after(DELIVER_AGAIN_MS, () => void deliver());
    });
    return delivering;
  };

  const deliverAll = async () => {
    for (let deed = outbox.first(); deed !== null && isLinked(); deed = outbox.first()) {
      const together = await deliverTogether();
      if (together === 'again') return;
      if (together === 'done') continue;
      if (deed.kind === 'news') await parts.giveNews(deed.news, deed.id);
      else {
        const given = await parts.giveCommand(deed.window, deed.command);
        if (!given.ok && NOT_GIVEN.has(given.error.code)) return;
        // Its ticket may have been taken on by somebody else meanwhile.
        if (!given.ok) parts.onTrouble(given.error);
      }
      outbox.remove(deed.id);
    }
  };

  /** `one-by-one`: an earlier program kept the first, or is the host. */
  const deliverTogether = async (): Promise<'done' | 'again' | 'one-by-one'> => {
    const deeds = outbox.all().slice(0, DEEDS_AT_ONCE);
    const make = () => deliveryOf(deeds, runNow(), now());
    const delivery = make();
    if (delivery === null) return 'one-by-one';
    const word = isHost() ? takeHere(delivery) : await courier.give(make);
    if (word === null) return 'again';
    const taken = word.code === null ? delivery.deeds.length : word.taken;
    for (const { id } of delivery.deeds.slice(0, taken)) outbox.remove(id);
    if (word.code === null) return 'done';
    parts.onTrouble({ code: word.code as ErrorCode });
    // An earlier program takes what it knows of as it always did. No ticket is among that.
    if (word.code === 'M601' && delivery.deeds[0]?.order.type !== 'issue-ticket') return 'one-by-one';
    return taken > 0 ? 'done' : 'again';
  };

  const takeHere = (delivery: KeptDelivery) => {
    const { host } = services() ?? {};
    if (host === undefined) return null;
    const { taken, code } = takeDelivery(host, delivery, own);
    return { taken: taken.length, code };
  };

  return {
    forWindow(window, command) {
      const { host, printers } = services() ?? {};
      if (!KEPT_COMMANDS.has(command.type) || host === undefined) return fail('U511');
      const actor = sessionActor(host.shown(), command.session);
      if (!actor.ok) return actor;
      // Only a kiosk speaks for customers.
      if (actor.value.kind === 'customer' && window !== 'kiosk') return fail('S703');
      const { type, id } = command;
      if (command.type !== 'issue-ticket') {
        const order = { type, args: command.args, actor: actor.value, station: own } as Command;
        return keep(order, { kind: 'window', id, window, command });
      }
      if (printers?.() === 0) return fail('U572');
      const numbers = ownNumbers.numbersOf(dayNow());
      if (numbers === null) return fail('U573');
      // Only the host can read who it was; a number is given all the same (TK2).
      const { identification: _, ...args } = command.args;
      const order = { type, args, actor: actor.value, station: own } as Command;
      // A clock that jumps a day ahead begins no second A900 beside one on paper.
      const free = withKeptNumbers(numbers, outbox);
      const issued = keep(order, { kind: 'window', id, window, command: { ...command, args } }, free);
      return issued.ok ? ok({ ...issued.value, printing: true }) : issued;
    },
    forNews(command, news, id) {
      const { jobId } = news.args as { readonly jobId?: string };
      // The news of a ticket's paper follows the ticket, and a rating follows its prompt.
      const isOfKept = jobId !== undefined && keptJobs(outbox).has(jobId);
      const isKept = KEPT_NEWS.has(news.type) && (parts.isCutOff() || outbox.count() > 0);
      return isOfKept || isKept ? keep(command, { kind: 'news', id, news }) : undefined;
    },
    answerOf: commandId => outbox.find(commandId)?.done?.answer,
    deliver,
    answered: courier.answered,
    drop: courier.drop,
    events: () => keptEvents(outbox, own, id => parts.journal.seqOfCommand(id) !== null),
    jobs: () => keptJobs(outbox),
    rememberNumbers() {
      const { host } = services() ?? {};
      if (host) ownNumbers.remember(host.state().stations.ownNumbers.get(own) ?? null);
    },
    stop() {
      stopped = true;
      cancelDeliver();
      courier.drop();
    },
  };
}
