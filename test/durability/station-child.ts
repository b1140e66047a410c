import { fileURLToPath } from 'node:url';
import { type ProgramChild, startProgramChild } from './program-child.ts';
import type { FromStation, StationNow, StationOrder } from './station-messages.ts';

/** One life of a PC in its own process. */
export interface StationChild extends ProgramChild<StationOrder> {
  /** What it said about itself last. */
  now(): StationNow | null;
  /** A new pairing code. */
  code(): Promise<string>;
  nameStandby(station: string): void;
}

const SCRIPT = fileURLToPath(new URL('./station-process.ts', import.meta.url));

/** Starts a PC on its data folder. */
export function startStationChild(options: {
  readonly dataFolder: string;
  /** Empty: there is none. */
  readonly headOfficeUrl: string;
  readonly scale: number;
  readonly newId: () => string;
  readonly onFault: (fault: string) => void;
}): StationChild {
  const { dataFolder, headOfficeUrl, scale, newId, onFault } = options;
  let now: StationNow | null = null;
  let tellCode = (_code: string) => {};
  const program = startProgramChild<StationOrder, FromStation>(
    SCRIPT,
    [dataFolder, headOfficeUrl, String(scale)],
    {
      ...{ newId, onFault },
      onMessage(message) {
        if (message.kind === 'code') tellCode(message.code);
        if (message.kind === 'now') now = message.now;
      },
    },
  );
  return {
    ...program,
    now: () => now,
    code() {
      return new Promise(resolve => {
        tellCode = resolve;
        program.send({ kind: 'code' });
      });
    },
    nameStandby: station => program.send({ kind: 'name-standby', station }),
  };
}
