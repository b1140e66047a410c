import { z } from 'zod';
import type { Command } from '#core/branch/commands.ts';
import { EVENT_DATA } from '#core/branch/events.ts';
import { DeviceHealth, DeviceKind } from '#core/wire/device-news.ts';
import { Id } from '#core/wire/fields.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';

/**
 * What the devices of a PC that is not the host tell the host, under the station's own name. The host believes which
 * station speaks by its certificate, and takes nothing but these.
 */
const deviceActor = z.strictObject({ kind: z.literal('device'), deviceId: Id });
const staffActor = z.strictObject({
  kind: z.literal('staff'),
  staffNumber: z.string().max(16),
  sessionId: Id,
});

export const DeviceNews = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('report-print'),
    args: EVENT_DATA['ticket-print-reported'],
    actor: deviceActor,
  }),
  z.strictObject({
    type: z.literal('press-rating'),
    args: z.strictObject({ counterId: Id, position: z.int().min(1).max(20), ratingId: Id.optional() }),
    actor: deviceActor,
  }),
  z.strictObject({
    type: z.literal('close-rating'),
    args: z.strictObject({ counterId: Id, ratingId: Id, keypadAbsent: z.boolean() }),
    actor: deviceActor,
  }),
  z.strictObject({
    type: z.literal('change-device-health'),
    args: z.strictObject({
      deviceId: Id,
      kind: DeviceKind,
      counterId: Id.nullable(),
      health: DeviceHealth,
    }),
    actor: deviceActor,
  }),
  z.strictObject({
    type: z.literal('record-device-settings'),
    args: EVENT_DATA['device-settings-changed'],
    actor: z.discriminatedUnion('kind', [staffActor, z.strictObject({ kind: z.literal('system') })]),
  }),
]);
export type DeviceNews = z.infer<typeof DeviceNews>;

/** The command that a station's news is to the host. Failure: `M601`. */
export function newsToCommand(order: unknown, station: string): Result<Command> {
  const news = DeviceNews.safeParse(order);
  return news.success ? ok({ ...news.data, station } as Command) : fail('M601');
}

/** News that waits until a host has it: sent again, under the same id, until it is answered. */
export interface NewsQueue {
  /** @param onDone called when a host has it */
  add(news: DeviceNews, commandId: string, onDone?: () => void): void;
  /** The host has answered. */
  answered(commandId: string): void;
  /** This PC is the host now: it carries them out itself. */
  takeAll(): readonly (readonly [string, DeviceNews])[];
  /** There is a host to talk with again. */
  sendAll(): void;
  count(): number;
  stop(): void;
}

const AGAIN_MS = 2_000;
/** The oldest news are of no use to anybody by then. */
const KEPT = 2_000;

/** @param send false: there is no host now */
export function createNewsQueue(
  clock: DriverClock,
  send: (news: DeviceNews, commandId: string) => boolean,
): NewsQueue {
  const waiting = new Map<string, DeviceNews>();
  const whenDone = new Map<string, () => void>();
  let cancel = () => {};
  let planned = false;

  const plan = () => {
    if (planned || waiting.size === 0) return;
    planned = true;
    cancel = clock.after(AGAIN_MS, () => {
      planned = false;
      sendAll();
      plan();
    });
  };
  const sendAll = () => {
    for (const [commandId, news] of waiting) if (!send(news, commandId)) return;
  };

  return {
    add(news, commandId, onDone) {
      waiting.set(commandId, news);
      if (onDone) whenDone.set(commandId, onDone);
      const [oldest] = waiting.keys();
      if (waiting.size > KEPT && oldest !== undefined) waiting.delete(oldest);
      send(news, commandId);
      plan();
    },
    answered(commandId) {
      waiting.delete(commandId);
      whenDone.get(commandId)?.();
      whenDone.delete(commandId);
    },
    takeAll() {
      const all = [...waiting];
      waiting.clear();
      whenDone.clear();
      return all;
    },
    sendAll,
    count: () => waiting.size,
    stop: () => cancel(),
  };
}
