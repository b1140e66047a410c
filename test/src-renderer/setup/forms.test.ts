import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BankDocument } from '#core/branch/bank-document.ts';
import { checkDocument } from '#core/documents/check-document.ts';
import { SAMPLE_BANK } from '#core/sample/sample-bank.ts';
import { copyItem, emptyValue, newItem } from '#renderer/setup/form/empty-value.ts';
import { listAt, moved, partAt, referenceList, withPart } from '#renderer/setup/form/parts.ts';
import { type Field, type Shape, schemaToShape } from '#renderer/setup/form/shape.ts';
import { textToMinute } from '#renderer/setup/form/times.ts';
import { en } from '#renderer/setup/locales/en.ts';
import { choices as choicesEnglish, fields as fieldsEnglish } from '#renderer/setup/locales/fields-en.ts';
import { choices as choicesChinese, fields as fieldsChinese } from '#renderer/setup/locales/fields-zh.ts';
import { zh } from '#renderer/setup/locales/zh.ts';
import { textKeys, textPlaceholders } from '../kit/text-tree.ts';

const DOCUMENT = schemaToShape(BankDocument);

/** Every field in a shape, however deep. */
function fieldsIn(shape: Shape): Field[] {
  switch (shape.kind) {
    case 'object':
      return shape.fields.flatMap(field => [field, ...fieldsIn(field.shape)]);
    case 'variants':
      return shape.variants.flatMap(({ fields }) =>
        fields.flatMap(field => [field, ...fieldsIn(field.shape)]),
      );
    case 'list':
      return fieldsIn(shape.item);
    case 'nullable':
      return fieldsIn(shape.inner);
    default:
      return [];
  }
}

/** Every shape in a shape, itself included. */
function shapesIn(shape: Shape): Shape[] {
  if (shape.kind === 'list') return [shape, ...shapesIn(shape.item)];
  if (shape.kind === 'nullable') return [shape, ...shapesIn(shape.inner)];
  const fields =
    shape.kind === 'object'
      ? shape.fields
      : shape.kind === 'variants'
        ? shape.variants.flatMap(one => one.fields)
        : [];
  return [shape, ...fields.flatMap(field => shapesIn(field.shape))];
}

describe('the forms of the bank document', () => {
  it('are made from its schema, so that no field is forgotten', () => {
    expect(DOCUMENT.kind === 'object' && DOCUMENT.fields.map(field => field.name)).toEqual(
      Object.keys(BankDocument.shape),
    );
    const profile = partOf('profiles');
    const gates = profile.find(field => field.name === 'gates')?.shape;
    expect(gates).toMatchObject({ kind: 'list', item: { kind: 'variants', tag: 'kind' } });
    expect(profile.find(field => field.name === 'queueIds')?.shape).toEqual({
      kind: 'references',
      base: 'queue',
      least: 1,
    });
  });

  it('every part has a form; none needs JSON', () => {
    expect(shapesIn(DOCUMENT).filter(shape => shape.kind === 'json')).toEqual([]);
  });

  it('every field and choice has a name in both languages', () => {
    for (const { name } of fieldsIn(DOCUMENT)) {
      expect(Object.keys(fieldsChinese)).toContain(name);
      expect(Object.keys(fieldsEnglish)).toContain(name);
    }
    const options = shapesIn(DOCUMENT).flatMap(shape =>
      shape.kind === 'choice' || shape.kind === 'choices'
        ? shape.options
        : shape.kind === 'variants'
          ? shape.variants.map(one => one.value)
          : [],
    );
    for (const option of options) {
      expect(Object.keys(choicesChinese)).toContain(String(option));
      expect(Object.keys(choicesEnglish)).toContain(String(option));
    }
  });

  it('every reference finds its list', () => {
    const bases = shapesIn(DOCUMENT).flatMap(shape =>
      shape.kind === 'reference' || shape.kind === 'references' ? [shape.base] : [],
    );
    expect(new Set(bases).size).toBeGreaterThan(5);
    for (const base of bases) expect(referenceList(SAMPLE_BANK, base).length, base).toBeGreaterThan(0);
    expect(referenceList(SAMPLE_BANK, 'careQueue')).toBe(SAMPLE_BANK.queues);
    expect(referenceList(SAMPLE_BANK, 'class')).toBe(SAMPLE_BANK.classes);
  });

  it('a new item has every field of its kind; what a person must write is named as wrong until it is there', () => {
    if (DOCUMENT.kind !== 'object') return;
    for (const { name, shape } of DOCUMENT.fields) {
      if (shape.kind !== 'list') continue;
      const list = partAt(SAMPLE_BANK, [name]) as unknown[];
      const checked = checkDocument({ ...SAMPLE_BANK, [name]: [...list, newItem(shape.item, list, name)] });
      const problems = checked.ok ? [] : checked.problems.map(one => one.problem);
      expect(problems, name).not.toContain('missing');
      expect(problems, name).not.toContain('wrong-kind');
      expect(problems, name).not.toContain('unknown-field');
    }
  });

  it('fit schemas they have never seen', () => {
    const shape = schemaToShape(
      z.strictObject({
        waitMs: z.int().default(5),
        note: z.string().max(10).nullable(),
        either: z.union([z.string(), z.number()]),
        table: z.record(z.string(), z.number()),
        rule: z.discriminatedUnion('how', [
          z.strictObject({ how: z.literal('a'), n: z.int() }),
          z.strictObject({ how: z.literal('b') }),
        ]),
      }),
    );
    expect(shape.kind === 'object' && shape.fields.map(field => [field.name, field.shape.kind])).toEqual([
      ['waitMs', 'number'],
      ['note', 'nullable'],
      ['either', 'json'],
      ['table', 'json'],
      ['rule', 'variants'],
    ]);
    expect(emptyValue(shape)).toEqual({
      waitMs: 5,
      note: null,
      either: null,
      table: null,
      rule: { how: 'a', n: expect.any(Number) },
    });
  });

  it('have the same words in both languages', () => {
    expect(textKeys(en)).toEqual(textKeys(zh));
    expect(textPlaceholders(en)).toEqual(textPlaceholders(zh));
  });
});

function partOf(name: string): readonly Field[] {
  const shape =
    DOCUMENT.kind === 'object' ? DOCUMENT.fields.find(field => field.name === name)?.shape : undefined;
  return shape?.kind === 'list' && shape.item.kind === 'object' ? shape.item.fields : [];
}

describe('parts of a document', () => {
  const document = { a: [{ id: 'x' }, { id: 'y' }], b: { c: 1 } };

  it('are changed by copying', () => {
    const changed = withPart(document, ['a', 1, 'id'], 'z');
    expect([partAt(changed, ['a', 1, 'id']), partAt(document, ['a', 1, 'id'])]).toEqual(['z', 'y']);
    expect(withPart(document, ['b', 'c', 'd'], 1)).toEqual(document);
    expect(partAt(document, ['a', '__proto__'])).toBeUndefined();
    expect(listAt(document, ['b'])).toEqual([]);
  });

  it('move within their list and not out of it', () => {
    expect(moved([1, 2, 3], 0, 2)).toEqual([2, 3, 1]);
    expect([moved([1, 2], 0, -1), moved([1, 2], 1, 2), moved([1, 2], 7, 0)]).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });

  it('a copy gets an id that nothing has', () => {
    const queues = [{ id: 'queue-3' }, { id: 'queue-2' }];
    expect(copyItem(queues[0], queues, 'queues')).toEqual({ id: 'queue-4' });
    expect(copyItem({ id: 'x' }, [], 'classes')).toEqual({ id: 'class-1' });
    expect(copyItem({ id: 'x' }, [], 'businesses')).toEqual({ id: 'business-1' });
    expect(copyItem('text', [], 'texts')).toBe('text');
  });

  it.each([
    ['9:00', 540],
    ['0930', 570],
    ['24:00', 1440],
    ['23:59 ', 1439],
    ['9', undefined],
    ['25:00', undefined],
    ['24:30', undefined],
    ['9:60', undefined],
    ['', undefined],
    ['九点', undefined],
  ])('%s is minute %s of the day', (text, minute) => {
    expect(textToMinute(text)).toBe(minute);
  });
});
