import { describe, expect, it } from 'vitest';
import type { Shape } from '#renderer/setup/form/shape.ts';
import { FAMILIES, familyShape, NO_OFFERS, WEDGE_SHAPE } from '#renderer/setup/hardware/device-form.ts';
import { en } from '#renderer/setup/locales/en.ts';
import { zh } from '#renderer/setup/locales/zh.ts';

/** Every field of a shape and every choice that stands for a word. */
function wordsOf(shape: Shape): { fields: string[]; choices: string[] } {
  const none = { fields: [], choices: [] };
  const fieldsOf = (fields: readonly { name: string; shape: Shape }[]) =>
    merge([
      { fields: fields.map(({ name }) => name), choices: [] },
      ...fields.map(field => wordsOf(field.shape)),
    ]);
  switch (shape.kind) {
    case 'choice':
      return { ...none, choices: shape.options.filter(option => typeof option === 'string') };
    case 'object':
      return fieldsOf(shape.fields);
    case 'variants':
      return merge([
        { fields: [], choices: shape.variants.map(({ value }) => value) },
        ...shape.variants.map(({ fields }) => fieldsOf(fields)),
      ]);
    case 'list':
      return wordsOf(shape.item);
    case 'nullable':
      return wordsOf(shape.inner);
    default:
      return none;
  }
}

function merge(parts: readonly { fields: string[]; choices: string[] }[]) {
  return {
    fields: parts.flatMap(({ fields }) => fields),
    choices: parts.flatMap(({ choices }) => choices),
  };
}

/** Names that are the same in every language: formats of a line, registers of a model. */
const PLAIN_CHOICE = /^(?:\d[NEO]\d|dm\d+|armfly|embedded-art)$/;

describe('[HW7] the form of each kind of device', () => {
  const shapes = [
    ...FAMILIES.map(family => [family, familyShape(family, NO_OFFERS)] as const),
    ['wedge', WEDGE_SHAPE] as const,
  ];
  it.each(shapes)('%s has a name for every field and choice, in both languages', (family, shape) => {
    const { fields, choices } = wordsOf(shape);
    expect(fields.length).toBeGreaterThan(2);
    for (const texts of [zh, en]) {
      const fieldWords: Record<string, string> = texts.fields;
      const choiceWords: Record<string, string> = texts.choices;
      expect(fields.filter(name => !fieldWords[`${family}_${name}`] && !fieldWords[name])).toEqual([]);
      expect(choices.filter(name => !choiceWords[name] && !PLAIN_CHOICE.test(name))).toEqual([]);
    }
  });

  it('offers the Windows printers that were found', () => {
    const shape = familyShape('printers', { ...NO_OFFERS, spoolerPrinters: ['POS-80'] });
    expect(JSON.stringify(shape)).toContain('{"kind":"suggested","offers":["POS-80"],"most":220}');
  });

  it.each(shapes)('%s can be edited without writing JSON', (_, shape) => {
    expect(JSON.stringify(shape)).not.toContain('"kind":"json"');
  });
});
