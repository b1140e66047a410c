import type { z } from 'zod';
import { BankDocument } from '../branch/bank-document.ts';
import type { DeviceProblem } from './check-device-settings.ts';

/** One thing that is wrong with a document, for a sentence that names the field. */
export interface DocumentProblem {
  /** Where, as keys and positions from the top: `['queues', 0, 'prefix']`; never empty. */
  readonly path: readonly (string | number)[];
  readonly problem:
    | 'missing'
    | 'wrong-kind'
    | 'too-small'
    | 'too-large'
    | 'malformed'
    | 'not-a-choice'
    | 'unknown-field'
    | 'duplicate'
    | 'unknown-reference'
    | DeviceProblem['problem']
    | 'other';
  /** What the sentence needs besides the field: a limit, a duplicate value, or the words of the check itself. */
  readonly detail: string;
}

export type CheckedDocument =
  | { readonly ok: true; readonly document: BankDocument }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] };

/** More problems than this help nobody. */
const MAX_PROBLEMS = 200;

/** HO3: reads a document whole; refused whole, with every wrong field named. Defaults are filled in. */
export function checkDocument(value: unknown): CheckedDocument {
  const parsed = BankDocument.safeParse(value, { reportInput: true });
  if (parsed.success) return { ok: true, document: parsed.data };
  return { ok: false, problems: parsed.error.issues.slice(0, MAX_PROBLEMS).flatMap(issueToProblems) };
}

/** What keeps a value from fitting a schema; empty when it fits. */
export function valueProblems(schema: z.ZodType, value: unknown): readonly DocumentProblem[] {
  const parsed = schema.safeParse(value, { reportInput: true });
  return parsed.success ? [] : parsed.error.issues.slice(0, MAX_PROBLEMS).flatMap(issueToProblems);
}

/** As `checkDocument`, from JSON text: a file, or what a window sends. */
export function checkDocumentText(text: string): CheckedDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problems: [{ path: ['document'], problem: 'malformed', detail: '' }] };
  }
  return checkDocument(value);
}

/** `queues.0.prefix`, at most 100 characters: the name of a field in the facts of a failure. */
export function problemField({ path }: DocumentProblem): string {
  return path.join('.').slice(0, 100);
}

type Issue = z.core.$ZodIssue;

function issueToProblems(issue: Issue): DocumentProblem[] {
  const path = issue.path.map(key => (typeof key === 'number' ? key : String(key)));
  const at = (problem: DocumentProblem['problem'], detail = ''): DocumentProblem[] => [
    { path: path.length === 0 ? ['document'] : path, problem, detail },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({ path: [...path, key], problem: 'unknown-field', detail: '' }));
    case 'invalid_type':
      return issue.input === undefined ? at('missing') : at('wrong-kind', issue.expected);
    case 'too_small':
      return at('too-small', String(issue.minimum));
    case 'too_big':
      return at('too-large', String(issue.maximum));
    case 'invalid_format':
      return at('malformed');
    case 'invalid_value':
      return issue.input === undefined
        ? at('missing')
        : at('not-a-choice', issue.values.map(String).join(', ').slice(0, 200));
    case 'invalid_union':
      return at('not-a-choice');
    case 'custom':
      return customProblem(issue.message, at);
    default:
      return at('other', issue.message.slice(0, 200));
  }
}

/** The document's own checks say `duplicate: x` or `unknown: x`; anything else is shown as it is. */
function customProblem(
  message: string,
  at: (problem: DocumentProblem['problem'], detail: string) => DocumentProblem[],
): DocumentProblem[] {
  const [, kind, value = ''] = /^(duplicate|unknown): (.*)$/s.exec(message) ?? [];
  if (kind === 'duplicate') return at('duplicate', value);
  if (kind === 'unknown') return at('unknown-reference', value);
  return at('other', message.slice(0, 200));
}
