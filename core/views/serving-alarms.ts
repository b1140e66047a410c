import type { ConfiguredState } from '../branch/decision.ts';
import { callableAt } from '../queue/next-call.ts';
import type { View } from '../wire/views.ts';
import type { ProgramFacts } from './program-facts.ts';
import { counterName } from './shared.ts';

type Alarm = View<'lobby'>['alarms'][number];

/**
 * CS13: what tellers asked for quietly. A report of suspicious behaviour is shown to the branch manager only, who
 * has the right to see the figures.
 */
export function cueAlarms(state: ConfiguredState, { rights }: ProgramFacts): Alarm[] {
  const { document } = state;
  return state.cueAlerts
    .filter(({ action }) => action !== 'report' || rights?.has('see-figures') === true)
    .map(({ alertId, cueId, action, counterId, ticketNumber, signIds, note, at }) => {
      const cue = document.serving.cues.find(({ id }) => id === cueId);
      const signs = cue?.signs.filter(({ id }) => signIds.includes(id)).map(({ text }) => text) ?? [];
      const name = cue?.name ?? { zh: cueId, en: cueId };
      const where = counterName(document, counterId);
      return {
        id: `cue:${alertId}`,
        level: action === 'call-help' ? 'orange' : 'yellow',
        kind: 'cue',
        since: at,
        facts: {
          alertId,
          action,
          number: ticketNumber,
          note,
          signsZh: signs.map(({ zh }) => zh).join('、'),
          signsEn: signs.map(({ en }) => en).join('; '),
        },
        subject: { zh: `${where.zh} ${name.zh}`, en: `${where.en}: ${name.en}` },
        code: null,
      };
    });
}

/** CS9: windows with somebody on them who call nobody while people wait for them. */
export function idleWindows(state: ConfiguredState, now: number): Alarm[] {
  const { document } = state;
  const { idleWindowMs } = document.serving;
  const alarms: Alarm[] = [];
  for (const { counterId, status, ticketId, statusSince, freedAt } of state.counters.values()) {
    if (status !== 'open' || ticketId !== null) continue;
    const waiting = callableAt(state, counterId);
    if (waiting.length === 0) continue;
    const someoneSince = Math.min(...waiting.map(ticket => ticket.statusSince));
    const since = Math.max(statusSince, freedAt, someoneSince);
    if (now - since < idleWindowMs) continue;
    alarms.push({
      id: `idle-window:${counterId}`,
      level: 'yellow',
      kind: 'idle-window',
      since: since + idleWindowMs,
      facts: { counterId, count: waiting.length, minutes: Math.floor((now - since) / 60_000) },
      subject: counterName(document, counterId),
      code: null,
    });
  }
  return alarms;
}
