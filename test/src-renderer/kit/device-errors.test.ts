import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#core/wire/error-codes.ts';
import { errors as en } from '#renderer/kit/locales/errors-en.ts';
import { errors as zh } from '#renderer/kit/locales/errors-zh.ts';

/** Codes a device can be down with: printers, boards, keypads and rating screens, voice, readers. */
const DEVICE_CODES = Object.keys(ERROR_CODES).filter(code => /^[PLKVR][123]\d\d$/.test(code));

/** Words that tell somebody to do something, as an English sentence or a part of one begins with. */
const TO_DO =
  /(?:^|[.:;,] |\b(?:and|then|or|please) )(?:add|adjust|allow|ask|bring|call|change|check|choose|clean|clear|close|come|connect|contact|correct|enter|get|give|go|hold|install|keep|let|load|look|lower|make|move|name|open|plug|press|put|raise|read|record|repeat|reconnect|remove|replace|reprint|restart|scan|select|set|speak|start|stop|switch|take|tell|test|treat|try|turn|type|unplug|update|use|wait|watch|write)\b/i;

describe('[LB1] [MO2] an alarm of a device', () => {
  it('has codes to look at', () => expect(DEVICE_CODES.length).toBeGreaterThan(25));

  it.each(DEVICE_CODES)('%s says in both languages what happened and what to do now', code => {
    const sentences: readonly Record<string, string>[] = [zh, en];
    const [chinese = '', english = ''] = sentences.map(one => one[code]);
    expect(chinese).toMatch(/\p{Script=Han}.*[。，；].*请.*。$/u);
    expect(english).not.toMatch(/\p{Script=Han}/u);
    expect(english).toMatch(/[.;:].+\.$/);
    expect(english.slice(english.search(/[.;:,] /))).toMatch(TO_DO);
  });
});
