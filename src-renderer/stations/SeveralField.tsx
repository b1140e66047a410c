import { type ReactNode, useId } from 'react';

/** A labelled field with room below it for a hint, or for what is wrong, so that nothing jumps. */
export function SeveralField(props: {
  readonly label: string;
  readonly hint: string;
  /** What is wrong with it; null: nothing. */
  readonly problem: string | null;
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby': string }) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="several-field" data-wrong={props.problem !== null}>
      <label htmlFor={id}>{props.label}</label>
      {props.children({ id, 'aria-describedby': `${id}hint` })}
      <small id={`${id}hint`} role={props.problem === null ? undefined : 'alert'}>
        {props.problem ?? props.hint}
      </small>
    </div>
  );
}
