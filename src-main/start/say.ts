import type { Failure } from '#core/wire/result.ts';
import { START_TEXTS, type StartTexts } from './start-texts.ts';

type Facts = Readonly<Record<string, string | number>>;

/** A sentence in Chinese and, on the next line, in English, with its facts filled in. */
export function inBothLanguages(sentenceOf: (texts: StartTexts) => string, facts: Facts = {}): string {
  return [START_TEXTS.zh, START_TEXTS.en].map(texts => fill(sentenceOf(texts), facts)).join('\n');
}

/** Why Foyer does not start, in both languages, with the code a person can read out on the telephone. */
export function failureSentence({ code, facts }: Failure): string {
  return inBothLanguages(texts => `${texts.failures[code] ?? texts.otherFailure} (${code})`, facts);
}

function fill(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
}
