import { useEffect, useState } from 'react';
import type { View } from '#core/wire/views.ts';
import { usePort } from './PortProvider.tsx';

export type BranchLink = View<'link-state'>;

/** How the PC behind this window stands to its branch (BR4, BR7); the last known while it is not heard; null before. */
export function useBranchLink(): BranchLink | null {
  const port = usePort();
  const [state, setState] = useState<BranchLink | null>(null);
  useEffect(
    () =>
      port.subscribe('link-state', {}, undefined, update => {
        if (update.ok) setState(update.value.value);
      }),
    [port],
  );
  return state;
}

/** While it is so, nobody is called from this PC. */
export function isCallingHeld(link: BranchLink | null): boolean {
  const held = ['waiting', 'lost', 'undecided', 'cut-off', 'too-old'];
  return link !== null && held.includes(link.state);
}
