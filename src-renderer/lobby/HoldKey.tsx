import { type ReactNode, useEffect, useRef, useState } from 'react';

/** So long a touch, a mouse button or a key has to stay down: nothing starts by a sleeve or a slip. */
export const HOLD_MS = 1000;

/** A button that acts only after it was held for a second; letting go earlier does nothing. */
export function HoldKey(props: {
  readonly className: string;
  readonly title: string;
  readonly onHeld: () => void;
  readonly children: ReactNode;
}) {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const [isHeld, setHeld] = useState(false);
  const letGo = () => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    setHeld(false);
  };
  const hold = () => {
    if (timer.current !== null) return;
    setHeld(true);
    timer.current = setTimeout(() => {
      letGo();
      props.onHeld();
    }, HOLD_MS);
  };
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  return (
    <button
      type="button"
      className={props.className}
      title={props.title}
      data-held={isHeld}
      onPointerDown={hold}
      onPointerUp={letGo}
      onPointerLeave={letGo}
      onPointerCancel={letGo}
      onKeyDown={event => {
        if (event.key === 'Enter' || event.key === ' ') hold();
      }}
      onKeyUp={letGo}
      onBlur={letGo}
      onContextMenu={event => event.preventDefault()}
    >
      {props.children}
    </button>
  );
}
