import { dialog } from 'electron';
import type { Failure } from '#core/wire/result.ts';
import { failureSentence } from '#main/start/say.ts';
import { START_TEXTS } from '#main/start/start-texts.ts';

/** Tells why Foyer does not start, on screen and on the console. Resolves when the person has closed the box. */
export async function showRefusal(failure: Failure): Promise<void> {
  const message = failureSentence(failure);
  console.error(message);
  const title = `${START_TEXTS.zh.refusedTitle} ${START_TEXTS.en.refusedTitle}`;
  await dialog.showMessageBox({ type: 'error', title, message: title, detail: message });
}
