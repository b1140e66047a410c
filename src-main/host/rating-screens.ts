import type { Command } from '#core/branch/commands.ts';
import { counterOf } from '#core/branch/state.ts';
import { isKeypadUp, ratingScreenId } from '#core/rating/prompt.ts';
import type { CommandArgs } from '#core/wire/commands.ts';
import type { DeviceHealth } from '#core/wire/device-news.ts';
import type { Result } from '#core/wire/result.ts';
import type { DriverClock } from '#drivers/contract.ts';
import type { Host, HostAnswer } from './host-contract.ts';

export interface RatingScreensParts {
  readonly host: Pick<Host, 'state' | 'execute'>;
  readonly clock: DriverClock;
  readonly station: string;
}

/**
 * RT4: the rating screens that windows have open now. A counter's screens together are one device of the kind of a
 * keypad: while one is there, a finish can prompt (RT1), and without any the keypad alone counts (RT2).
 */
export interface RatingScreens {
  /** Reports screens that were there when the program ended last as gone. */
  start(): void;
  /** A window now follows this counter's screen. */
  arrived(counterId: string): void;
  left(counterId: string): void;
  /** Is a screen there that shows a prompt as soon as it is recorded? */
  isConnected(counterId: string): boolean;
  /**
   * RT1: a press on the open prompt, by whoever stands before the screen. Failures: `T815` no such prompt is open
   * (any more), `K306` no level of that position.
   */
  press(args: CommandArgs<'press-rating-screen'>, commandId: string): Result<HostAnswer>;
  stop(): void;
}

/** A page that is loaded again is back by then. */
const GRACE_MS = 5_000;

export function createRatingScreens({ host, clock, station }: RatingScreensParts): RatingScreens {
  const counts = new Map<string, number>();
  const leaving = new Map<string, () => void>();
  let stopped = false;

  const actorOf = (counterId: string) => ({ kind: 'device', deviceId: ratingScreenId(counterId) }) as const;
  const tell = (counterId: string, health: DeviceHealth) => {
    const actor = actorOf(counterId);
    const args = { deviceId: actor.deviceId, kind: 'keypad', counterId, health } as const;
    host.execute({ type: 'change-device-health', args, actor, station });
  };
  const tellGone = (counterId: string) => tell(counterId, { status: 'absent', code: 'K320' });
  /** RT2: a prompt that nobody can answer any more is no silence. */
  const closeUnanswerable = (counterId: string) => {
    const open = counterOf(host.state(), counterId).openRating;
    if (!open || isKeypadUp(host.state(), counterId)) return;
    const args = { counterId, ratingId: open.ratingId, keypadAbsent: true };
    host.execute({ type: 'close-rating', args, actor: actorOf(counterId), station });
  };
  const isConnected = (counterId: string) => (counts.get(counterId) ?? 0) > 0;

  return {
    start() {
      for (const { deviceId, counterId, health } of host.state().devices.values())
        if (counterId !== null && deviceId === ratingScreenId(counterId) && health.status === 'ready')
          tellGone(counterId);
    },
    arrived(counterId) {
      leaving.get(counterId)?.();
      leaving.delete(counterId);
      counts.set(counterId, (counts.get(counterId) ?? 0) + 1);
      tell(counterId, { status: 'ready', code: null });
    },
    left(counterId) {
      counts.set(counterId, Math.max(0, (counts.get(counterId) ?? 0) - 1));
      if (stopped || isConnected(counterId)) return;
      const cancel = clock.after(GRACE_MS, () => {
        leaving.delete(counterId);
        tellGone(counterId);
        closeUnanswerable(counterId);
      });
      leaving.set(counterId, cancel);
    },
    isConnected,
    press({ counterId, ratingId, position }, commandId) {
      const args = { counterId, ratingId, position };
      const command: Command<'press-rating'> = {
        type: 'press-rating',
        args,
        actor: actorOf(counterId),
        station,
      };
      return host.execute(command, commandId);
    },
    stop() {
      stopped = true;
      for (const cancel of leaving.values()) cancel();
      leaving.clear();
    },
  };
}
