import { z } from 'zod';

/** How well a device is, in the words of the set-up and lobby screens. */
export const DeviceStatus = z.enum(['ready', 'warning', 'down', 'absent']);
export type DeviceStatus = z.infer<typeof DeviceStatus>;

export const DeviceKind = z.enum(['printer', 'led-board', 'keypad', 'voice', 'reader']);
export type DeviceKind = z.infer<typeof DeviceKind>;

/** A device's health: the worst thing that is true of it now, `code` null when nothing is. */
export const DeviceHealth = z.strictObject({
  status: DeviceStatus,
  /** A code of `error-codes.ts`, or null when all is well. */
  code: z.string().max(8).nullable(),
});
export type DeviceHealth = z.infer<typeof DeviceHealth>;

/**
 * Where a ticket is on its way to paper (hardware-protocols 2.6). `uncertain`: it may or may not be on paper, so
 * it is never printed again without the reprint mark.
 */
export const PrintOutcome = z.enum(['sent', 'processed', 'printed', 'uncertain', 'failed']);
export type PrintOutcome = z.infer<typeof PrintOutcome>;
