import { z } from 'zod';
import { BaudRate, DeviceSettings } from './device-settings.ts';
import { Id } from './fields.ts';

const Address = z.string().min(1).max(253);

/** HW7: finding, changing and trying out the devices of this station, from the set-up window. */
export const HARDWARE_COMMANDS = {
  'save-device-settings': z.strictObject({
    /** All devices as they shall be. */
    settings: DeviceSettings,
    /** The `revision` of the view the change was made on. */
    basedOn: z.string().min(1).max(64),
  }),
  'find-devices': z.strictObject({
    /** Ask every address of this PC's own network for a printer: only when a person wants it. */
    searchNetwork: z.boolean(),
    /** More addresses to ask for a network printer. */
    addresses: z.array(Address).max(32),
    /** XFS4IoT publishers to ask (HW6). */
    publishers: z.array(z.url({ protocol: /^wss?$/ }).max(300)).max(4),
  }),
  'forget-found-devices': z.strictObject({}),
  'test-device': z.strictObject({ deviceId: Id }),
  /** HW4: a found keypad no profile knows is learned key by key; its profile gets this id. */
  'learn-keypad': z.strictObject({
    address: z.string().min(1).max(400),
    profileId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    /** Of a keypad on a serial port, whose path is the address; null: a HID keypad. */
    baudRate: BaudRate.nullable(),
  }),
  'stop-learning': z.strictObject({}),
} as const;

/** What the commands of this file answer. */
export interface HardwareAnswers {
  'save-device-settings': { revision: string };
}
