import { useEffect, useRef } from 'react';
import type { Scan } from '#core/wire/scan.ts';
import { usePort } from './hooks.ts';

/** Calls `onScan` with what a reader on a line of this PC has read for this window. */
export function useScan(onScan: (scan: Scan) => void): void {
  const port = usePort();
  const latest = useRef(onScan);
  latest.current = onScan;
  useEffect(() => port.onScan(scan => latest.current(scan)), [port]);
}
