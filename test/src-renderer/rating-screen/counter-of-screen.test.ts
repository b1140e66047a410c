import { describe, expect, it } from 'vitest';
import { counterOfScreen, withCounter } from '#renderer/rating-screen/counter-of-screen.ts';
import { type Synthesis, say } from '#renderer/rating-screen/speech.ts';

describe('which counter a rating screen belongs to', () => {
  it('[RT4] the one of its address, else that of the teller’s window on the same PC', () => {
    expect(counterOfScreen('?counter=counter-2&lang=en', 'counter-1')).toBe('counter-2');
    expect(counterOfScreen('?lang=en', 'counter-1')).toBe('counter-1');
    expect(counterOfScreen('', null)).toBeNull();
  });

  it('nothing that cannot be a counter is asked for', () => {
    for (const name of ['', ' ', 'a b', '窗口', 'a'.repeat(65), '<b>'])
      expect(counterOfScreen(`?counter=${encodeURIComponent(name)}`, null), name).toBeNull();
  });

  it('a choice is kept in the address with what was there', () => {
    expect(withCounter('?lang=en', 'vip-room')).toBe('?lang=en&counter=vip-room');
    expect(counterOfScreen(withCounter('?counter=counter-1', 'care-counter'), null)).toBe('care-counter');
  });
});

describe('speech', () => {
  const voice = (lang: string, localService = true) => ({ lang, localService }) as SpeechSynthesisVoice;
  function synthesisWith(voices: SpeechSynthesisVoice[]) {
    const said: string[] = [];
    const synthesis: Synthesis = {
      getVoices: () => voices,
      speak: ({ text, lang }) => void said.push(`${lang} ${text}`),
      cancel: () => void said.push('cancel'),
    };
    return { synthesis, said };
  }
  const make = (text: string) => ({ text }) as SpeechSynthesisUtterance;

  it('[RT4] speaks with a voice of the language, best one of this PC, and cuts off what came before', () => {
    const { synthesis, said } = synthesisWith([voice('en-GB'), voice('zh-TW', false), voice('zh-CN')]);
    say(synthesis, make, '谢谢', 'zh');
    expect(said).toEqual(['cancel', 'zh-CN 谢谢']);
  });

  it('[RT4] without such a voice, or any speech at all, stays silent', () => {
    const { synthesis, said } = synthesisWith([voice('en-GB')]);
    say(synthesis, make, '谢谢', 'zh');
    say(undefined, make, '谢谢', 'zh');
    expect(said).toEqual([]);
  });
});
