import { describe, expect, it } from 'vitest';
import { failureSentence, inBothLanguages } from '#main/start/say.ts';
import { START_TEXTS } from '#main/start/start-texts.ts';

describe('what Foyer says while it starts', () => {
  it('speaks both languages about the same failures', () => {
    expect(Object.keys(START_TEXTS.en.failures)).toEqual(Object.keys(START_TEXTS.zh.failures));
  });

  it('fills in the facts and names the code in both', () => {
    const [zh, en] = failureSentence({ code: 'C906', facts: { port: 8610 } }).split('\n');
    expect(zh).toMatch(/端口 8610 .*\(C906\)$/);
    expect(en).toMatch(/Port 8610 .*\(C906\)$/);
  });

  it('has a sentence for a failure it does not know', () => {
    expect(failureSentence({ code: 'S703' })).toContain('(S703)');
  });

  it('leaves no fact unfilled', () => {
    expect(inBothLanguages(texts => texts.failures.C905 ?? '', { option: '--port' })).not.toMatch(/[{}]/);
  });
});
