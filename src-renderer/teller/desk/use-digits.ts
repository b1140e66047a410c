import { useEffect, useRef } from 'react';
import { choiceOfKey } from '../keys.ts';

/** Is somebody writing into a field, where digits and letters are text? */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['radio', 'checkbox'].includes(target.type);
}

/** Keys 1 to 9 choose from a list of `count`, wherever the focus is, except in a text field (CS11). */
export function useDigits(count: number, onChoose: (index: number) => void): void {
  const latest = useRef(onChoose);
  latest.current = onChoose;
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (isTyping(event.target)) return;
      const index = choiceOfKey(event, count);
      if (index === null) return;
      event.preventDefault();
      latest.current(index);
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [count]);
}
