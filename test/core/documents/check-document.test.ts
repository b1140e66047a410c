import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '#core/documents/check-document.ts';
import { utf8Bytes } from '#core/documents/utf8-bytes.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { SEED } from '../../seed.ts';

type Json = Record<string, unknown>;

/** The path of every part of a value, as lists of keys. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

/** The value with the part at `path` changed; `undefined` takes it out. */
function changeAt(value: unknown, [key, ...rest]: string[], change: (part: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const part = changeAt((value as Json)[key], rest, change);
  if (Array.isArray(value))
    return value.flatMap((item, at) => (String(at) === key ? (part === undefined ? [] : [part]) : [item]));
  const { [key]: _, ...others } = value as Json;
  return part === undefined ? others : { ...others, [key]: part };
}

const PATHS = pathsOf(SAMPLE_BANK).filter(path => path.length > 0);
const NASTY = [
  null,
  undefined,
  '',
  ' ',
  '😀',
  '号'.repeat(10_000),
  '\u0000',
  '__proto__',
  -1,
  0,
  1.5,
  2 ** 53,
  1e300,
  true,
  {},
  [],
  [null],
];

describe('a bank document', () => {
  it('[HO3] damaged in any way is taken whole or refused with every field named, never thrown', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom(...PATHS),
            fc.oneof(fc.constantFrom<unknown>(...NASTY), fc.jsonValue({ maxDepth: 2 })),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        damages => {
          let document: unknown = SAMPLE_BANK;
          for (const [path, value] of damages) {
            try {
              document = changeAt(document, path, () => value);
            } catch {
              // An earlier damage took the place away.
            }
          }
          const checked = checkDocument(document);
          if (checked.ok) return;
          expect(checked.problems.length).toBeGreaterThan(0);
          for (const { path } of checked.problems) expect(path.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 4000, seed: SEED },
    );
  });

  it('[HO3] every required field taken out alone is named itself', () => {
    const listItem = (path: string[]) => /^\d+$/.test(path.at(-1) ?? '');
    let refused = 0;
    for (const path of PATHS.filter(path => !listItem(path))) {
      const checked = checkDocument(changeAt(SAMPLE_BANK, path, () => undefined));
      // A part with a default may be missing; what points into it is named then.
      if (checked.ok || checked.problems[0]?.problem === 'unknown-reference') continue;
      refused++;
      expect(checked.problems[0]).toMatchObject({
        path: path.map(key => (/^\d+$/.test(key) ? Number(key) : key)),
        // What kind a gate is decides what else it has, so its absence is told as a wrong choice.
        problem: path.at(-1) === 'kind' && path.includes('gates') ? 'not-a-choice' : 'missing',
      });
    }
    expect(refused).toBeGreaterThan(500);
  });

  it.each([
    [
      'queues.1',
      'duplicate',
      'personal-cash',
      (d: Json) => changeAt(d, ['queues', '1', 'id'], () => 'personal-cash'),
    ],
    [
      'businesses.0.queueId',
      'unknown-reference',
      'none',
      (d: Json) => changeAt(d, ['businesses', '0', 'queueId'], () => 'none'),
    ],
    [
      'staff.0.colour',
      'unknown-field',
      '',
      (d: Json) => changeAt(d, ['staff', '0'], one => ({ ...(one as Json), colour: 1 })),
    ],
    ['limits.recalls', 'too-large', '10', (d: Json) => changeAt(d, ['limits', 'recalls'], () => 11)],
    ['ratingLevels', 'too-small', '3', (d: Json) => changeAt(d, ['ratingLevels'], () => [])],
    ['queues.0.prefix', 'malformed', '', (d: Json) => changeAt(d, ['queues', '0', 'prefix'], () => 'ab')],
    [
      'counters.0.number',
      'wrong-kind',
      'number',
      (d: Json) => changeAt(d, ['counters', '0', 'number'], () => '1'),
    ],
    [
      'profiles.0.gates.0.kind',
      'not-a-choice',
      '',
      (d: Json) => changeAt(d, ['profiles', '0', 'gates', '0', 'kind'], () => 'luck'),
    ],
    ['texts', 'missing', '', (d: Json) => changeAt(d, ['texts'], () => undefined)],
  ] as const)('[HO3] %s: %s %s', (path, problem, detail, change) => {
    const checked = checkDocument(change(SAMPLE_BANK as unknown as Json));
    expect(checked.ok).toBe(false);
    const found = checked.ok
      ? []
      : checked.problems.map(one => [one.path.join('.'), one.problem, one.detail]);
    expect(found).toContainEqual([
      path,
      problem,
      problem === 'not-a-choice' ? found.find(([at]) => at === path)?.[2] : detail,
    ]);
  });

  it.each([null, undefined, 7, 'text', [], {}])('[HO3] %j is none', value => {
    expect(checkDocument(value)).toMatchObject({ ok: false });
  });
});

describe('the size of a document', () => {
  it('counts bytes as UTF-8 does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
      }),
      { seed: SEED },
    );
  });
});
