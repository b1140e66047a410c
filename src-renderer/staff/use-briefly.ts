import { useCallback, useEffect, useState } from 'react';

/** A value that goes away by itself `shownMs` after it was last shown; showing null takes it away at once. */
export function useBriefly<T>(shownMs: number): [T | null, (value: T | null) => void] {
  const [shown, setShown] = useState<{ readonly value: T } | null>(null);
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), shownMs);
    return () => clearTimeout(timer);
  }, [shown, shownMs]);
  const show = useCallback((value: T | null) => setShown(value === null ? null : { value }), []);
  return [shown === null ? null : shown.value, show];
}
