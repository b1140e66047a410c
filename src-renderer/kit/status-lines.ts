import type { z } from 'zod';
import type { LinkState } from '#core/wire/branch-port.ts';
import type { DeviceLine, UploadLine } from '#core/wire/views.ts';
import type { Meaning } from './signs.tsx';
import type { BranchLink } from './use-branch-link.ts';

/** What the status corner is told; a screen that has no devices or upload in its view leaves them out. */
export interface StatusFacts {
  readonly link: LinkState;
  /** How this PC stands to its branch, and whom to ask while that is undecided. */
  readonly branch?:
    | {
        readonly state: BranchLink['state'];
        readonly who: string;
        readonly host?: Pick<BranchLink, 'isHost' | 'reachesHost' | 'host'>;
      }
    | undefined;
  readonly devices?: readonly z.infer<typeof DeviceLine>[];
  readonly upload?: z.infer<typeof UploadLine> | undefined;
}

/** One line of the status corner: text keys of the shared language files, not words. */
export interface StatusLine {
  readonly key: string;
  readonly meaning: Meaning;
  readonly labelKey: string;
  /** What people call it, instead of the label; '' where it has no name. */
  readonly name: string;
  readonly stateKey: string;
  readonly stateFacts: Readonly<Record<string, string | number>>;
  /** The error code that explains it, or null. */
  readonly code: string | null;
}

const DEVICE_MEANINGS = { ready: 'well', warning: 'soon', down: 'broken', absent: 'broken' } as const;
const BRANCH_MEANINGS = {
  'one-pc': 'well',
  whole: 'well',
  solo: 'soon',
  waiting: 'soon',
  lost: 'broken',
  undecided: 'broken',
  'cut-off': 'broken',
  'too-old': 'broken',
} as const;
const SEVERITY: Readonly<Record<Meaning, number>> = { broken: 0, late: 1, soon: 2, waiting: 3, well: 4 };

/** Link, devices and upload as lines, the worst first; equal ones keep their order. */
export function statusLines({ link, branch, devices = [], upload }: StatusFacts): StatusLine[] {
  const lines: StatusLine[] = [
    {
      key: 'link',
      meaning: link === 'connected' ? 'well' : link === 'lost' ? 'broken' : 'waiting',
      labelKey: 'status.link',
      name: '',
      stateKey: `link.${link}`,
      stateFacts: {},
      code: null,
    },
  ];
  if (branch && link === 'connected')
    lines.push({
      key: 'branch',
      meaning: BRANCH_MEANINGS[branch.state],
      labelKey: 'branchLink.label',
      name: '',
      stateKey: `branchLink.line.${branch.state}`,
      stateFacts: { who: branch.who },
      code: null,
    });
  if (branch?.host && branch.state !== 'one-pc' && link === 'connected') lines.push(hostLine(branch.host));
  for (const { deviceId, kind, name, health } of devices)
    lines.push({
      key: deviceId,
      meaning: DEVICE_MEANINGS[health.status],
      labelKey: `device.${kind}`,
      name,
      stateKey: `deviceStatus.${health.status}`,
      stateFacts: {},
      code: health.code,
    });
  if (upload)
    lines.push({
      key: 'upload',
      meaning: upload.state === 'waiting' ? 'soon' : 'well',
      labelKey: 'upload.label',
      name: '',
      stateKey: `upload.${upload.state}`,
      stateFacts: { count: Math.max(0, upload.lastSeq - upload.durableSeq) },
      code: upload.code,
    });
  return lines.sort((one, other) => SEVERITY[one.meaning] - SEVERITY[other.meaning]);
}

/** The branch's host, apart from the program behind this window: one may be well while the other is dead (BR7). */
function hostLine({
  isHost,
  reachesHost,
  host,
}: Pick<BranchLink, 'isHost' | 'reachesHost' | 'host'>): StatusLine {
  const state = isHost ? 'here' : host === null ? 'unknown' : reachesHost ? 'reached' : 'gone';
  return {
    key: 'host',
    meaning: isHost || reachesHost ? 'well' : 'broken',
    labelKey: 'branchLink.host.label',
    name: '',
    stateKey: `branchLink.host.${state}`,
    stateFacts: { host: host ?? '' },
    code: null,
  };
}

/** The lines somebody has to look at. */
export function statusProblems(lines: readonly StatusLine[]): StatusLine[] {
  return lines.filter(
    line => line.meaning === 'broken' || line.meaning === 'soon' || line.meaning === 'late',
  );
}

/** What the corner says of the branch, in two lines, whatever else there is to look at. */
export interface BranchSummary {
  readonly state: Exclude<BranchLink['state'], 'one-pc' | 'whole'>;
  /** Other lines to look at. */
  readonly others: number;
}

/** BR4: solo, a broken pair and a lost host are on every screen all the time; null: there is nothing to say. */
export function branchSummary(
  branch: StatusFacts['branch'],
  lines: readonly StatusLine[],
): BranchSummary | null {
  const isSaid = lines.some(({ key }) => key === 'branch');
  if (!branch || !isSaid || branch.state === 'one-pc' || branch.state === 'whole') return null;
  return {
    state: branch.state,
    others: statusProblems(lines).filter(({ key }) => key !== 'branch' && key !== 'host').length,
  };
}
