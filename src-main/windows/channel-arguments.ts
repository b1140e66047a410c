import { z } from 'zod';
import { MAX_MESSAGE_CHARACTERS } from '#core/wire/port-messages.ts';
import type { WindowToMain } from './typed-ipc.ts';

/** What each channel accepts. A window of ours never sends anything else, so anything else is dropped. */
export const CHANNEL_ARGUMENTS: { readonly [C in keyof WindowToMain]: z.ZodType<WindowToMain[C]> } = {
  'foyer:post': z.tuple([z.uuid(), z.string().max(MAX_MESSAGE_CHARACTERS)]),
  'foyer:set-bar-mode': z.tuple([z.enum(['bar', 'panel'])]),
};
