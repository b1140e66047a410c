import { type ReactNode, useId } from 'react';

/** A labelled field with room below it for a hint, or for what is wrong, so that nothing jumps. */
export function SeveralField(props: {
  /** Empty: what is in it has one of its own. */
  readonly label: string;
  /** Over the whole form: one line below it is enough. */
  readonly isWide?: boolean;
  readonly hint: string;
  /** What is wrong with it; null: nothing. */
  readonly problem: string | null;
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby': string }) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="several-field" data-wide={props.isWide === true} data-wrong={props.problem !== null}>
      {props.label !== '' && <label htmlFor={id}>{props.label}</label>}
      {props.children({ id, 'aria-describedby': `${id}hint` })}
      <small id={`${id}hint`} role={props.problem === null ? undefined : 'alert'}>
        {props.problem ?? props.hint}
      </small>
    </div>
  );
}
