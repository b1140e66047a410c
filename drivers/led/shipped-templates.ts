import aaBbStrip from './templates/aa-bb-strip.json' with { type: 'json' };
import armflyAscii from './templates/armfly-ascii.json' with { type: 'json' };
import numeric4Byte from './templates/numeric-4-byte.json' with { type: 'json' };

/** The board templates that come with Foyer, by id, as read from JSON: hand them to `parseLedTemplate`. */
export const SHIPPED_LED_TEMPLATES: Readonly<Record<string, unknown>> = {
  'numeric-4-byte': numeric4Byte,
  'armfly-ascii': armflyAscii,
  'aa-bb-strip': aaBbStrip,
};
