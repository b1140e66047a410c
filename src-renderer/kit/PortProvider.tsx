import { createContext, type ReactNode, useContext } from 'react';
import type { PortClient } from './port-client.ts';

const PortContext = createContext<PortClient | null>(null);

/** Gives the window's one port to all that is inside. */
export function PortProvider({ port, children }: { port: PortClient; children: ReactNode }) {
  return <PortContext value={port}>{children}</PortContext>;
}

/** The window's port; for what `useView` and `useCommand` do not cover. */
export function usePort(): PortClient {
  const port = useContext(PortContext);
  if (!port) throw new Error('usePort needs a PortProvider around it');
  return port;
}
