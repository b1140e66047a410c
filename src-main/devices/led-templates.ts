import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '#core/wire/result.ts';
import type { LedTemplates } from '#drivers/led/led-families.ts';

/** A bank's own board templates, one JSON file each, named by its id: `<data>/led-templates/our-board.json`. */
export const LED_TEMPLATE_FOLDER = 'led-templates';

const MAX_FILE_BYTES = 256 * 1024;

/**
 * The bank's own template of this id as read from JSON, not yet checked; nothing when it has none.
 * @returns L208 with `file` and `reason` for a file that cannot be read as JSON
 */
export function readLedTemplate(dataFolder: string, templateId: string): Result<LedTemplates> {
  const file = `${templateId}.json`;
  const path = join(dataFolder, LED_TEMPLATE_FOLDER, file);
  let text: string;
  try {
    if (statSync(path).size > MAX_FILE_BYTES) return fail('L208', { file, reason: 'too_big' });
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok({});
    return fail('L208', { file, reason: 'not-readable' });
  }
  try {
    // Editors on Windows like to write a byte order mark.
    return ok({ [templateId]: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown });
  } catch {
    return fail('L208', { file, reason: 'not-json' });
  }
}
