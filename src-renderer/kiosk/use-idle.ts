import { useEffect, useState } from 'react';
import { IDLE_MS, idleWarningSeconds } from './visit.ts';

/**
 * Watches for touches and keys while `watching`; calls `onIdle` after 20 s without any.
 * @returns seconds left to warn of, or null.
 */
export function useIdle(watching: boolean, onIdle: () => void): number | null {
  const [warning, setWarning] = useState<number | null>(null);
  useEffect(() => {
    setWarning(null);
    if (!watching) return;
    let touchedAt = performance.now();
    const touch = () => {
      touchedAt = performance.now();
      setWarning(null);
    };
    const timer = setInterval(() => {
      const sinceTouchMs = performance.now() - touchedAt;
      if (sinceTouchMs >= IDLE_MS) onIdle();
      else setWarning(idleWarningSeconds(sinceTouchMs));
    }, 250);
    addEventListener('pointerdown', touch, { capture: true });
    addEventListener('keydown', touch, { capture: true });
    return () => {
      clearInterval(timer);
      removeEventListener('pointerdown', touch, { capture: true });
      removeEventListener('keydown', touch, { capture: true });
    };
  }, [watching, onIdle]);
  return warning;
}
