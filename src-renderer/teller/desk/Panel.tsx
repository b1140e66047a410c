import { Button } from 'antd';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import '../panel.css';
import './desk.css';

/** A panel below the bar: one question, answered by keyboard; Enter sends, Esc goes back. */
export function Panel(props: {
  readonly heading: string;
  readonly hint: string;
  /** Null: choosing from the list is the answer. */
  readonly submitLabel: string | null;
  readonly isComplete: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('teller');
  const body = useRef<HTMLDivElement>(null);
  // The arrow keys and Enter work at once.
  useEffect(() => body.current?.querySelector<HTMLElement>('input, button')?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (props.isComplete) props.onSubmit();
  };
  return (
    <section className="panel desk-panel" aria-label={props.heading}>
      <form onSubmit={submit}>
        <h2>{props.heading}</h2>
        <div className="desk-panel-body" ref={body}>
          {props.children}
        </div>
        <p className="panel-hint">{props.hint}</p>
        <div className="desk-panel-foot">
          {props.submitLabel !== null && (
            <Button type="primary" htmlType="submit" size="large" disabled={!props.isComplete}>
              {props.submitLabel} <kbd>↵</kbd>
            </Button>
          )}
          <Button size="large" onClick={props.onClose}>
            {t('action.back')} <kbd>Esc</kbd>
          </Button>
        </div>
      </form>
    </section>
  );
}

/** One line to choose or tick, with its digit. */
export function ChoiceLine(props: {
  readonly kind: 'radio' | 'checkbox';
  readonly name: string;
  readonly digit: number | null;
  readonly label: string;
  readonly detail?: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <label className="desk-choice" data-chosen={props.isChosen}>
      <input type={props.kind} name={props.name} checked={props.isChosen} onChange={props.onChoose} />
      {props.digit !== null && <kbd>{props.digit}</kbd>}
      <span className="desk-choice-label">{props.label}</span>
      {props.detail !== undefined && <span className="desk-choice-detail">{props.detail}</span>}
    </label>
  );
}

/** The digit of a place in a list, from 0; null beyond 9. */
export const digitOf = (index: number): number | null => (index < 9 ? index + 1 : null);
