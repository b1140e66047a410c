import { useTranslation } from 'react-i18next';
import { formatClock } from '../kit/format.ts';
import { useCommand } from '../kit/hooks.ts';
import { useLocalText } from '../kit/i18n.ts';
import { Sign } from '../kit/signs.tsx';
import type { TellerView } from './bar-state.ts';
import './ask-note.css';

/** LB2: what a colleague asks for, quietly in the bar's second line, until it is answered. */
export function AskNote(props: { readonly ask: TellerView['asks'][number]; readonly timeZone: string }) {
  const { ask } = props;
  const { t } = useTranslation('teller');
  const local = useLocalText();
  const { run, busyType } = useCommand();
  const { askId } = ask;
  const words = [t(`ask.${ask.kind}`, { by: local(ask.by) }), ask.note].filter(Boolean).join(' · ');
  // A paused window answers "yes" by opening.
  const answers = ask.kind === 'come' ? (['coming', 'cannot'] as const) : (['cannot'] as const);
  return (
    <span className="bar-ask" title={words} role="status">
      <Sign meaning="waiting" />
      <span>
        <time>{formatClock(ask.at, props.timeZone)}</time> {words}
      </span>
      {answers.map(answer => (
        <button
          key={answer}
          type="button"
          disabled={busyType !== null}
          onClick={() => void run('answer-ask', { askId, answer })}
        >
          {t(`ask.${answer}`)}
        </button>
      ))}
    </span>
  );
}
