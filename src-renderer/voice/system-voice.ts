import type { Speech } from './player.ts';

/** The little of `speechSynthesis` that is used, so that tests need no browser. */
export interface SpeechEngine {
  getVoices(): readonly SystemVoice[];
  addEventListener(type: 'voiceschanged', listener: () => void): void;
  removeEventListener(type: 'voiceschanged', listener: () => void): void;
  /** Says it to its end; false when the engine gave up. */
  say(text: string, voice: SystemVoice): Promise<boolean>;
}

export interface SystemVoice {
  /** `zh-CN`, on some systems `zh_CN`. */
  readonly lang: string;
  /** Installed on this PC: works with no network (DV3). */
  readonly localService: boolean;
  readonly default: boolean;
}

/** Voices load late, and on some systems never; asked once, then known. */
const VOICES_MS = 2_000;

/**
 * A voice of this PC for a language: installed ones only, for one on the network would fall silent with it; the
 * spoken Chinese of the mainland before others, the system's own choice before the rest. Null when there is none.
 */
export function chooseVoice(
  voices: readonly SystemVoice[],
  language: Speech['language'],
): SystemVoice | null {
  const score = (voice: SystemVoice) => {
    const tag = voice.lang.replace('_', '-').toLowerCase();
    if (tag.split('-')[0] !== language && !(language === 'zh' && tag.startsWith('cmn'))) return -1;
    if (!voice.localService) return -1;
    return (/^(zh-(hans-)?cn|cmn)/.test(tag) ? 2 : 0) + (voice.default ? 1 : 0);
  };
  const [best] = [...voices].sort((one, other) => score(other) - score(one));
  return best && score(best) >= 0 ? best : null;
}

/**
 * @param wait resolves after so many milliseconds
 * @returns says a text with a voice of this PC, or tells that there is none. Never rejects
 */
export function createSystemVoice(
  engine: SpeechEngine | null,
  wait: (waitMs: number) => Promise<void>,
): (speech: Speech) => Promise<'spoken' | 'no-voice'> {
  const loaded = engine ? voicesLoaded(engine, wait) : Promise.resolve();
  return async ({ text, language }) => {
    if (!engine) return 'no-voice';
    try {
      await loaded;
      const voice = chooseVoice(engine.getVoices(), language);
      return voice && (await engine.say(text, voice)) ? 'spoken' : 'no-voice';
    } catch {
      return 'no-voice';
    }
  };
}

/** Resolves when the list of voices is there, or will not come. */
async function voicesLoaded(engine: SpeechEngine, wait: (waitMs: number) => Promise<void>): Promise<void> {
  if (engine.getVoices().length > 0) return;
  let onChange = () => {};
  const changed = new Promise<void>(resolve => {
    onChange = resolve;
  });
  engine.addEventListener('voiceschanged', onChange);
  await Promise.race([changed, wait(VOICES_MS)]);
  engine.removeEventListener('voiceschanged', onChange);
}

/** The browser's own engine, or null where it has none. An utterance that neither ends nor fails is given up. */
export function browserSpeechEngine(): SpeechEngine | null {
  if (!('speechSynthesis' in window)) return null;
  const { speechSynthesis } = window;
  return {
    getVoices: () => speechSynthesis.getVoices(),
    addEventListener: (type, listener) => speechSynthesis.addEventListener(type, listener),
    removeEventListener: (type, listener) => speechSynthesis.removeEventListener(type, listener),
    say: (text, voice) =>
      new Promise(resolve => {
        const utterance = new SpeechSynthesisUtterance(text);
        utterance.voice = voice as SpeechSynthesisVoice;
        utterance.lang = voice.lang;
        const patience = setTimeout(
          () => {
            speechSynthesis.cancel();
            resolve(false);
          },
          2000 + [...text].length * 400,
        );
        const end = (spoken: boolean) => {
          clearTimeout(patience);
          resolve(spoken);
        };
        utterance.onend = () => end(true);
        utterance.onerror = () => end(false);
        speechSynthesis.speak(utterance);
      }),
  };
}
