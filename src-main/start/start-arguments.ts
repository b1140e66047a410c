import { parseArgs } from 'node:util';
import { WindowKind } from '#core/wire/port-messages.ts';
import { fail, ok, type Result } from '#core/wire/result.ts';

/** What a person may ask for when starting Foyer. Null: not asked for, the default applies. */
export interface StartArguments {
  readonly browser: boolean;
  readonly dataFolder: string | null;
  /** 0 takes any free port. */
  readonly port: number | null;
  /** Null: upload is switched off by `--head-office off`. */
  readonly headOfficeUrl: string | null;
  readonly windows: readonly WindowKind[] | null;
  /** AS4: null unless the practice branch is asked for. */
  readonly practice: { readonly speed: number } | null;
}

const DEFAULT_HEAD_OFFICE_URL = 'http://127.0.0.1:8620';

const OPTIONS = {
  browser: { type: 'boolean' },
  data: { type: 'string' },
  port: { type: 'string' },
  'head-office': { type: 'string' },
  windows: { type: 'string' },
  practice: { type: 'boolean' },
  'practice-speed': { type: 'string' },
} as const;
type OptionName = keyof typeof OPTIONS;

/**
 * Reads `--browser --data DIR --port N --head-office URL|off --windows a,b --practice --practice-speed N`.
 * @param unknown what to do with anything else: `refuse` it, or `ignore` it, as Electron's own switches and the
 *   folder it was started with come in the same list
 * @returns C905 with the option at fault
 */
export function readStartArguments(
  args: readonly string[],
  unknown: 'refuse' | 'ignore',
): Result<StartArguments> {
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Partial<Record<OptionName, string>> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') {
      if (unknown === 'refuse')
        return fail('C905', { option: token.kind === 'positional' ? token.value : '--' });
    } else if (isOptionName(token.name)) {
      const takesValue = OPTIONS[token.name].type === 'string';
      // A value that looks like another option is a forgotten value, not a folder named like an option.
      const isMissing = !token.value || (!token.inlineValue && token.value.startsWith('-'));
      if (takesValue ? isMissing : token.value !== undefined) return fail('C905', { option: token.rawName });
      values[token.name] = token.value ?? '';
    } else if (unknown === 'refuse') {
      return fail('C905', { option: token.rawName });
    }
  }
  return checkValues(values);
}

function checkValues(values: Partial<Record<OptionName, string>>): Result<StartArguments> {
  const port = values.port === undefined ? null : textToPort(values.port);
  if (Number.isNaN(port)) return fail('C905', { option: '--port' });
  const headOfficeUrl = textToHeadOffice(values['head-office'] ?? DEFAULT_HEAD_OFFICE_URL);
  if (headOfficeUrl === undefined) return fail('C905', { option: '--head-office' });
  const windows = values.windows === undefined ? null : textToWindows(values.windows);
  if (windows === undefined) return fail('C905', { option: '--windows' });
  const speedText = values['practice-speed'];
  const speed = speedText === undefined ? 1 : textToSpeed(speedText);
  // A speed for something that was not asked for is a forgotten `--practice`, with which real figures would be touched.
  const isSpeedAlone = speedText !== undefined && values.practice === undefined;
  if (Number.isNaN(speed) || isSpeedAlone) return fail('C905', { option: '--practice-speed' });
  return ok({
    browser: values.browser !== undefined,
    dataFolder: values.data ?? null,
    port,
    headOfficeUrl,
    windows,
    practice: values.practice === undefined ? null : { speed },
  });
}

function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

function textToPort(text: string): number {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : Number.NaN;
}

/** Slower than a real branch makes no sense to learn from, nor does what no hand can follow. */
function textToSpeed(text: string): number {
  const speed = /^\d{1,2}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
  return speed >= 0.5 && speed <= 20 ? speed : Number.NaN;
}

/** Null for `off`, undefined when it is no web address. */
function textToHeadOffice(text: string): string | null | undefined {
  if (text === 'off') return null;
  if (!URL.canParse(text)) return undefined;
  return ['http:', 'https:'].includes(new URL(text).protocol) ? text : undefined;
}

function textToWindows(text: string): WindowKind[] | undefined {
  const kinds = text.split(',').map(name => WindowKind.safeParse(name.trim()));
  return kinds.every(kind => kind.success) ? [...new Set(kinds.map(kind => kind.data))] : undefined;
}
