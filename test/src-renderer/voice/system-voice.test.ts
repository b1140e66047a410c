import { describe, expect, it } from 'vitest';
import { createPlayer } from '#renderer/voice/player.ts';
import {
  chooseVoice,
  createSystemVoice,
  type SpeechEngine,
  type SystemVoice,
} from '#renderer/voice/system-voice.ts';

const flush = () => new Promise<void>(resolve => setImmediate(resolve));
const voice = (lang: string, localService = true, isDefault = false): SystemVoice => ({
  lang,
  localService,
  default: isDefault,
});

/** An engine whose voices come when the test says so. */
function handEngine(voices: SystemVoice[] = []) {
  const listeners = new Set<() => void>();
  const said: string[] = [];
  let works = true;
  const engine: SpeechEngine = {
    getVoices: () => voices,
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
    say(text, { lang }) {
      said.push(`${lang} ${text}`);
      return Promise.resolve(works);
    },
  };
  return {
    engine,
    said,
    listeners,
    load(...loaded: SystemVoice[]) {
      voices.push(...loaded);
      for (const listener of listeners) listener();
    },
    fail() {
      works = false;
    },
  };
}
const never = () => new Promise<void>(() => {});
const atOnce = () => Promise.resolve();

describe('[HW5] a voice of the operating system', () => {
  it('is one installed here, of the language; the mainland’s Chinese first, then the system’s choice', () => {
    const taiwan = voice('zh-TW', true, true);
    const mainland = voice('zh_CN');
    const network = voice('zh-CN', false);
    expect(chooseVoice([taiwan, network, mainland, voice('en-US')], 'zh')).toBe(mainland);
    expect(chooseVoice([taiwan, network], 'zh')).toBe(taiwan);
    expect(chooseVoice([network, voice('en-US')], 'zh')).toBeNull();
    expect(chooseVoice([voice('cmn')], 'zh')?.lang).toBe('cmn');
    expect(chooseVoice([voice('en-US'), voice('en-GB', true, true)], 'en')?.lang).toBe('en-GB');
    expect(chooseVoice([], 'en')).toBeNull();
  });

  it('waits for voices that load late', async () => {
    const { engine, said, load, listeners } = handEngine();
    const speak = createSystemVoice(engine, never);
    const spoken = speak({ text: '您好', language: 'zh' });
    await flush();
    expect(said).toEqual([]);
    load(voice('zh-CN'));
    expect(await spoken).toBe('spoken');
    expect(said).toEqual(['zh-CN 您好']);
    expect(listeners.size).toBe(0);
  });

  it('says openly that there is none: no engine, no voices, none of the language, one that fails', async () => {
    const text = { text: '您好', language: 'zh' } as const;
    expect(await createSystemVoice(null, atOnce)(text)).toBe('no-voice');
    expect(await createSystemVoice(handEngine().engine, atOnce)(text)).toBe('no-voice');
    expect(await createSystemVoice(handEngine([voice('en-US')]).engine, atOnce)(text)).toBe('no-voice');
    const failing = handEngine([voice('zh-CN')]);
    failing.fail();
    expect(await createSystemVoice(failing.engine, atOnce)(text)).toBe('no-voice');
  });
});

describe('announcements with speech', () => {
  const setup = (spoken: 'spoken' | 'no-voice', plays = true) => {
    const log: string[] = [];
    const player = createPlayer({
      play: url => {
        log.push(`play ${url}`);
        return Promise.resolve(plays);
      },
      speak: ({ text }) => {
        log.push(`speak ${text}`);
        return Promise.resolve(spoken);
      },
      report: (id, played, reason) => log.push(`report ${id} ${played} ${reason ?? ''}`.trim()),
      memory: { has: () => false, add: () => {} },
    });
    const want = async (url: string | null) => {
      player.want({ id: 'a1', url, speech: { text: '请', language: 'zh' } });
      player.want(null);
      for (let turn = 0; turn < 5; turn += 1) await flush();
      return log;
    };
    return { want };
  };

  it('[DV3] the sound first, then the voice, one report at the end', async () => {
    expect(await setup('spoken').want('/voice/a1.wav')).toEqual([
      'play /voice/a1.wav',
      'speak 请',
      'report a1 true',
    ]);
    expect(await setup('spoken').want(null)).toEqual(['speak 请', 'report a1 true']);
  });

  it('[HW5] without a voice: not played, with the reason', async () => {
    expect(await setup('no-voice').want(null)).toEqual(['speak 请', 'report a1 false no-speech']);
  });

  it('[HW5] a loudspeaker that fails is no matter of voices', async () => {
    expect(await setup('spoken', false).want('/voice/a1.wav')).toEqual([
      'play /voice/a1.wav',
      'report a1 false',
    ]);
  });
});
