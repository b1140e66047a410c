import { OURS } from './call-policies.ts';
import type { KindFigures, PolicyFigures } from './measure.ts';
import { CLASS_IDS, COUNTERS } from './traces.ts';

/** Days of each kind in the document; the same seeds give the same document to the last digit. */
export const DOCUMENT_SEEDS: readonly number[] = Array.from({ length: 20 }, (_, index) => index + 1);

const HEAD = [
  'Policy',
  ...CLASS_IDS.flatMap(id => [`${id} mean`, 'p95', 'longest']),
  'over 15 min',
  '20',
  '30',
  'most overtakes',
  'idle min/day',
];

/** `docs/policies.md`: the reading on top, then a table for each kind of day. */
export function policiesDocument(kinds: readonly KindFigures[], days: number): string {
  return [
    READING,
    `Figures: ${days} seeded days of each kind, ${COUNTERS} windows, 8:30 to 17:00, the same customers, service times and`,
    'missed calls for every policy. Waits in minutes, to the call that was answered. `npm run bench:policies` writes this',
    'file anew; a test compares it.',
    '',
    ...kinds.flatMap(kindSection),
  ].join('\n');
}

function kindSection({ kind, policies }: KindFigures): string[] {
  return [
    `## ${kind.zh} · ${kind.en}`,
    `${kind.customers} customers, ${percent(kind.gold)} gold, ${percent(kind.platinum)} platinum, ${percent(kind.noShows)} miss their first call.`,
    '',
    row(HEAD),
    row(HEAD.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...policies.map(policyRow),
    '',
  ];
}

function policyRow({
  policy,
  byClass,
  over,
  mostOvertakes,
  idleCounterMinutesPerDay,
}: PolicyFigures): string {
  const name = `${policy.zh} · ${policy.en}`;
  return row([
    policy.id === OURS ? `**${name}**` : name,
    ...CLASS_IDS.flatMap(id => [byClass[id].mean, byClass[id].p95, byClass[id].longest].map(oneDigit)),
    ...over.map(percent),
    String(mostOvertakes),
    idleCounterMinutesPerDay.toFixed(0),
  ]);
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const oneDigit = (minutes: number) => minutes.toFixed(1);
const percent = (share: number) => `${(100 * share).toFixed(0)}%`;

const READING = `# Calling policies compared
Which customer a free window calls next, played on the same days under Foyer's policy (CS1, CS2; the sample bank's gates)
and under plain tellings of the usual ones.

**What ours gives.** Nobody is overtaken more than the cap, 5, on any day; under every other policy that prefers some
customers, somebody is passed 13 to 135 times. The longest wait of ordinary customers is shorter than under strict class
priority, sort weights, green channels and ratios on every kind of day. Gold and platinum customers always wait less
than in order of arrival, and on days that are not overfull 95 of 100 of them are called sooner than under the weighted
policy.

**Where ours loses, and why.**
- Strict priority, sort weights and green channels give gold and platinum customers far shorter waits, most of all in a
  full hall, and so do ratios for platinum. Ordinary customers pay with their longest wait and are overtaken without
  end. A cap on overtaking and a free way for a whole class cannot both be had: with 40 people in line, each to be
  passed at most 5 times, there is little to give. For the same reason the weighted policy is ahead for priority
  customers on the salary day and the VIP-heavy day.
- Arrival order keeps the longest wait lowest or nearly so. Preference of any kind costs somebody. On three kinds of day
  the weighted policy, too, is ahead of ours there, by up to ten minutes when many miss their calls: a no-show that
  returns lets three others go first with us (CS3) and takes its old place there.
- Sort weights leave the fewest people over 15 minutes by letting a few wait two or three hours. The share over a limit
  alone is a poor measure of a policy.

**What a bank can do.** Raise the cap (the second row), or give a window to those queues alone: tickets it cannot serve
are not overtaken by it. The gates matter more than the cap: with close limits (20, 15 and 12 minutes) nearly everybody
in a full hall is over the limit, the oldest overrun goes first, and the policy turns into arrival order. The sample
bank's limits are far apart (40, 10 and 6 minutes) for that reason. No policy replaces an open window: idle minutes are
the same under all of them, as none here leaves a window free while somebody waits.

`;
