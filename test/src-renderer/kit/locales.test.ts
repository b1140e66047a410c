import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#core/wire/error-codes.ts';
import { en } from '#renderer/kit/locales/en.ts';
import { zh } from '#renderer/kit/locales/zh.ts';
import { textKeys, textPlaceholders } from './text-tree.ts';

describe('shared language files', () => {
  it('have the same keys in both languages, none empty', () => {
    expect(textKeys(en)).toEqual(textKeys(zh));
  });

  it('fill in the same facts in both languages', () => {
    expect(textPlaceholders(en)).toEqual(textPlaceholders(zh));
  });

  it('have a sentence for every error code and for no other', () => {
    expect(Object.keys(zh.errors).sort()).toEqual(Object.keys(ERROR_CODES).sort());
  });

  it('say what happened and what to do: each error has at least two clauses', () => {
    for (const [code, sentence] of Object.entries(zh.errors))
      expect(sentence.split(/[，。；、]/).length, code).toBeGreaterThan(2);
  });
});
