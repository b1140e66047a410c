import type { SameKeys } from '../../kit/i18n.ts';
import type { recording as zh } from './recording-zh.ts';

/** Words of the recording page, in English. */
export const recording: SameKeys<typeof zh> = {
  intro:
    'Let calls be spoken by a voice of your own: go on with a pack, or make a new one (Mandarin, a dialect, English). It is some fifty clips of a word or two, a quarter of an hour in all. Stop whenever you like and go on later.',
  use: 'When it is done, choose the pack for a voice zone on the Devices page. What it lacks is spoken by the pack that came with Foyer. A pack named zh-CN or en stands in for the one that came with Foyer. New recordings are spoken after the zone is changed, or from the next start.',
  title: 'Title, e.g. Sichuanese',
  name: 'Folder name, e.g. sichuan',
  language: 'Sentence',
  languages: { zh: 'Chinese sentence', en: 'English sentence' },
  make: 'Make a pack',
  clips: '{{count}} clips',
  list: 'What to record',
  progress: '{{done}} of {{count}} recorded',
  level: 'Level of the microphone',
  open: 'Open the microphone',
  record: 'Record (space)',
  stop: 'Stop (space)',
  again: 'Record again (space)',
  play: 'Play back',
  playKept: 'Play what is kept',
  keep: 'Keep, next (Enter)',
  done: 'All clips are recorded.',
  hint: {
    closed: 'In a quiet room, a hand’s length from the microphone.',
    opening: 'Opening the microphone…',
    ready: 'Press space, wait a moment, then read the text above.',
    recording: 'Read now, then press space.',
    taken: 'Play it back if you like; Enter keeps it.',
  },
};
