import { useMemo } from 'react';
import { qrPath } from './qr-path.ts';

/** A QR code that a telephone can read from the screen; the payload in words when it is too long for one. */
export function QrCode({ payload }: { readonly payload: string }) {
  const code = useMemo(() => qrPath(payload), [payload]);
  if (!code) return <span>{payload}</span>;
  return (
    <svg
      className="qr"
      viewBox={`-2 -2 ${code.size + 4} ${code.size + 4}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={payload}
    >
      <title>{payload}</title>
      <path d={code.path} fill="currentColor" />
    </svg>
  );
}
