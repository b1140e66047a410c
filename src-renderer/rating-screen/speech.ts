import type { Language } from '#core/wire/fields.ts';

/** The part of the browser's speech that is used. */
export type Synthesis = Pick<SpeechSynthesis, 'getVoices' | 'speak' | 'cancel'>;

/**
 * Says `text` with a voice of its language, where this PC has one; else nothing. The newest sentence cuts off the
 * one before. A rating never waits for it.
 */
export function say(
  synthesis: Synthesis | undefined,
  makeUtterance: (text: string) => SpeechSynthesisUtterance,
  text: string,
  language: Language,
): void {
  const voices = synthesis?.getVoices().filter(voice => voice.lang.toLowerCase().startsWith(language)) ?? [];
  // A voice of this PC speaks at once, and without the network.
  const voice = voices.find(one => one.localService) ?? voices[0];
  if (!synthesis || !voice) return;
  const utterance = makeUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  synthesis.cancel();
  synthesis.speak(utterance);
}
