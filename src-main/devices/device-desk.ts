import type { Command } from '#core/branch/commands.ts';
import type { ConfiguredState } from '#core/branch/decision.ts';
import type { BranchEvent } from '#core/branch/events.ts';
import type { DeviceHealth, DeviceKind } from '#core/wire/device-news.ts';
import type { Result } from '#core/wire/result.ts';

/** What every group of devices may use of the branch: look at the state, give news as commands. */
export interface DeviceDesk {
  state(): ConfiguredState;
  /** News from a device. A refusal changes nothing; the device carries on. */
  tell(command: DeviceCommand, deviceId: string): Result<unknown>;
  tellHealth(deviceId: string, kind: DeviceKind, counterId: string | null, health: DeviceHealth): void;
  /** Something a view shows has changed that is no event (the bench, the voice). */
  refreshViews(): void;
}

export type DeviceCommand = Pick<Command<'report-print' | 'press-rating' | 'close-rating'>, 'type' | 'args'>;

/** A group of devices that follows the events of the branch (architecture: "Devices follow events"). */
export interface DeviceGroup {
  start(): void;
  /** After events were recorded. Never waits for hardware. */
  follow(events: readonly BranchEvent[]): void;
  stop(): Promise<void>;
}
