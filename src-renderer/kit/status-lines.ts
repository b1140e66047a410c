import type { z } from 'zod';
import type { LinkState } from '#core/wire/branch-port.ts';
import type { DeviceLine, UploadLine } from '#core/wire/views.ts';
import type { Meaning } from './signs.tsx';

/** What the status corner is told; a screen that has no devices or upload in its view leaves them out. */
export interface StatusFacts {
  readonly link: LinkState;
  readonly devices?: readonly z.infer<typeof DeviceLine>[];
  readonly upload?: z.infer<typeof UploadLine> | undefined;
}

/** One line of the status corner: text keys of the shared language files, not words. */
export interface StatusLine {
  readonly key: string;
  readonly meaning: Meaning;
  readonly labelKey: string;
  readonly stateKey: string;
  readonly stateFacts: Readonly<Record<string, string | number>>;
  /** The error code that explains it, or null. */
  readonly code: string | null;
}

const DEVICE_MEANINGS = { ready: 'well', warning: 'soon', down: 'broken', absent: 'broken' } as const;
const SEVERITY: Readonly<Record<Meaning, number>> = { broken: 0, late: 1, soon: 2, waiting: 3, well: 4 };

/** Link, devices and upload as lines, the worst first; equal ones keep their order. */
export function statusLines({ link, devices = [], upload }: StatusFacts): StatusLine[] {
  const lines: StatusLine[] = [
    {
      key: 'link',
      meaning: link === 'connected' ? 'well' : link === 'lost' ? 'broken' : 'waiting',
      labelKey: 'status.link',
      stateKey: `link.${link}`,
      stateFacts: {},
      code: null,
    },
  ];
  for (const { deviceId, kind, health } of devices)
    lines.push({
      key: deviceId,
      meaning: DEVICE_MEANINGS[health.status],
      labelKey: `device.${kind}`,
      stateKey: `deviceStatus.${health.status}`,
      stateFacts: {},
      code: health.code,
    });
  if (upload)
    lines.push({
      key: 'upload',
      meaning: upload.state === 'waiting' ? 'soon' : 'well',
      labelKey: 'upload.label',
      stateKey: `upload.${upload.state}`,
      stateFacts: { count: Math.max(0, upload.lastSeq - upload.durableSeq) },
      code: upload.code,
    });
  return lines.sort((one, other) => SEVERITY[one.meaning] - SEVERITY[other.meaning]);
}

/** The lines somebody has to look at. */
export function statusProblems(lines: readonly StatusLine[]): StatusLine[] {
  return lines.filter(
    line => line.meaning === 'broken' || line.meaning === 'soon' || line.meaning === 'late',
  );
}
