import { z } from 'zod';
import { DeviceKind } from '../wire/device-news.ts';
import { Id } from '../wire/fields.ts';

/** HW7: what an administrator changed about the devices of a station; ports and addresses are not recorded. */
export const HARDWARE_EVENTS = {
  'device-settings-changed': z.strictObject({
    changes: z
      .array(
        z.strictObject({
          deviceId: Id,
          /** `wedge`: the readers that type like a keyboard. */
          kind: z.enum([...DeviceKind.options, 'wedge']),
          change: z.enum(['added', 'changed', 'removed']),
          /** As it was called; may be empty. */
          name: z.string().max(60),
        }),
      )
      .min(1)
      .max(700),
  }),
} as const;
