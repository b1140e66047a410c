import { z } from 'zod';
import { MAX_SET_UP_MESSAGE_CHARACTERS } from '#core/wire/port-messages.ts';
import type { WindowToMain } from './typed-ipc.ts';

/** What each channel accepts; the host holds every kind of window to its own message length. A window of ours never sends anything else, so anything else is dropped. */
export const CHANNEL_ARGUMENTS: { readonly [C in keyof WindowToMain]: z.ZodType<WindowToMain[C]> } = {
  'foyer:post': z.tuple([z.uuid(), z.string().max(MAX_SET_UP_MESSAGE_CHARACTERS)]),
  'foyer:set-bar-mode': z.tuple([z.enum(['bar', 'panel', 'full'])]),
};
