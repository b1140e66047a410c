import { useCallback } from 'react';
import type { CommandArgs, WindowCommandType } from '#core/wire/commands.ts';
import { useCommand } from '../kit/hooks.ts';
import { useErrorText } from '../kit/i18n.ts';
import { useBriefly } from '../staff/use-briefly.ts';

/** How long the outcome of a deed stays readable. */
const NOTICE_SHOWN_MS = 7000;

/** The outcome of the last deed, for the place where its button was. */
export interface Notice {
  readonly isGood: boolean;
  readonly text: string;
}

/**
 * A command with its outcome in words. `deed` resolves true when it was accepted; `doneText` says so, a refusal
 * says why.
 */
export function useDeed() {
  const { run, busyType } = useCommand();
  const errorText = useErrorText();
  const [notice, showNotice] = useBriefly<Notice>(NOTICE_SHOWN_MS);
  const deed = useCallback(
    async <T extends WindowCommandType>(type: T, args: CommandArgs<T>, doneText: string) => {
      const answer = await run(type, args);
      showNotice(
        answer.ok ? { isGood: true, text: doneText } : { isGood: false, text: errorText(answer.error) },
      );
      return answer.ok;
    },
    [run, errorText, showNotice],
  );
  return { deed, notice, isBusy: busyType !== null };
}
