import bootKeyboardF13 from './profiles/boot-keyboard-f13.json' with { type: 'json' };
import networkEvaluator from './profiles/network-evaluator.json' with { type: 'json' };
import numpad from './profiles/numpad.json' with { type: 'json' };
import serialAa55 from './profiles/serial-aa55.json' with { type: 'json' };
import serialAscii from './profiles/serial-ascii.json' with { type: 'json' };
import serialStx from './profiles/serial-stx.json' with { type: 'json' };
import shortcutF13 from './profiles/shortcut-f13.json' with { type: 'json' };
import streamDeck15 from './profiles/stream-deck-15.json' with { type: 'json' };
import vendorPage from './profiles/vendor-page.json' with { type: 'json' };
import xKeys24 from './profiles/x-keys-24.json' with { type: 'json' };

/** The profiles that come with Foyer, by id, as read from JSON: hand them to `parseKeypadProfile`. */
export const SHIPPED_KEYPAD_PROFILES: Readonly<Record<string, unknown>> = {
  numpad,
  'vendor-page': vendorPage,
  'stream-deck-15': streamDeck15,
  'x-keys-24': xKeys24,
  'serial-aa55': serialAa55,
  'serial-ascii': serialAscii,
  'serial-stx': serialStx,
  'boot-keyboard-f13': bootKeyboardF13,
  'shortcut-f13': shortcutF13,
  'network-evaluator': networkEvaluator,
};
