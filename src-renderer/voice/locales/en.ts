import type { SameKeys } from '../../kit/i18n.ts';
import type { zh } from './zh.ts';

/** Words of the speaker window, in English. */
export const en: SameKeys<typeof zh> = {
  title: 'Voice',
  on: 'The voice is on. Keep this window open.',
  off: 'The voice is off: calls make no sound.',
  turnOn: 'Turn the voice on',
  outputMissing: 'The loudspeaker “{{output}}” is not there; calls go to the standard one.',
  allowOutputs: 'Allow choosing it',
  silent: 'Waiting for calls',
  starting: 'Connecting…',
  failed: 'The last call was not spoken; please call by voice.',
};
