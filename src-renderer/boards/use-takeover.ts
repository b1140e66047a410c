import { useEffect, useRef, useState } from 'react';
import { usePort } from '../kit/hooks.ts';
import { advanceTakeover, type Call, NO_TAKEOVER } from './takeover.ts';

/** How soon a finished takeover gives way. */
const STEP_MS = 100;

/** The call that has the whole screen now, or null; `calls` undefined until the first view. */
export function useTakeover(calls: readonly Call[] | undefined): Call | null {
  const port = usePort();
  const state = useRef(NO_TAKEOVER);
  const [current, setCurrent] = useState<Call | null>(null);
  useEffect(() => {
    if (!calls) return;
    const step = () => {
      state.current = advanceTakeover(state.current, calls, port.hostNow());
      setCurrent(state.current.current);
    };
    step();
    const timer = setInterval(step, STEP_MS);
    return () => clearInterval(timer);
  }, [port, calls]);
  return current;
}
