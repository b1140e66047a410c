import type { ProgressStage, ProgressView } from '#core/views/progress-view.ts';
import type { Language } from '#core/wire/fields.ts';
import { PROGRESS_WORDS } from '../locales/progress-words.ts';
import { progressHtml } from './progress-html.ts';

type WordKey = keyof typeof PROGRESS_WORDS;

/** What the page says about one ticket. */
export interface TicketPage {
  readonly view: ProgressView;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: number;
  /** The branch has not been heard of since; null while it is live. */
  readonly staleSince: number | null;
}

/** The progress page of a ticket as HTML (TK11): no script, and nothing about the person. */
export function ticketPage({ view, now, staleSince }: TicketPage, language: Language): string {
  const { stage, number, timeZone } = view;
  const isFinal = stage.kind === 'done' || stage.kind === 'over';
  const clock = (at: number) => clockTime(at, timeZone);
  const { state, notes } = stageWords(stage, language, clock);
  return progressHtml({
    language,
    otherLanguage: words('otherLanguage', language),
    stage: stage.kind === 'waiting' && stage.ahead === 0 ? 'next' : stage.kind,
    pageTitle: `${number} · ${state}`,
    bank: view.bankName[language],
    heading: view.branchName[language],
    number: { label: words('yourNumber', language), text: number },
    state,
    notes,
    stale: staleSince === null || isFinal ? null : words('stale', language, { time: clock(staleSince) }),
    updated: words(isFinal ? 'asOf' : 'updated', language, { time: clock(now) }),
    refreshes: !isFinal,
  });
}

/** The page for a token nobody knows, and the one for a moment in which nothing can be said. */
export function noticePage(kind: 'unknown' | 'busy', language: Language): string {
  return progressHtml({
    language,
    otherLanguage: words('otherLanguage', language),
    stage: kind,
    pageTitle: words(kind, language),
    bank: '',
    heading: words('title', language),
    number: null,
    state: words(kind, language),
    notes: [words(`${kind}Note`, language)],
    stale: null,
    updated: '',
    refreshes: true,
  });
}

function stageWords(
  stage: ProgressStage,
  language: Language,
  clock: (at: number) => string,
): { state: string; notes: string[] } {
  switch (stage.kind) {
    case 'waiting': {
      const { ahead, estimate } = stage;
      const key = ahead === 0 ? 'next' : 'waiting';
      const state = words(key, language, { ahead });
      // Nobody needs to come back to the hall before a window opens.
      if (estimate === null)
        return { state, notes: [words('noEstimate', language), words('waitingNote', language)] };
      const minutes = minuteRange(estimate.fromMinutes, estimate.toMinutes);
      return { state, notes: [words('estimate', language, { minutes }), words(`${key}Note`, language)] };
    }
    case 'called':
    case 'serving': {
      const state = words(stage.kind, language, { counter: stage.counterName[language] });
      return { state, notes: stage.kind === 'called' ? [words('calledNote', language)] : [] };
    }
    case 'passed':
      return {
        state: words('passed', language),
        notes: [words('passedNote', language, { time: clock(stage.returnUntil) })],
      };
    case 'parked':
    case 'done':
    case 'over':
      return { state: words(stage.kind, language), notes: [words(`${stage.kind}Note`, language)] };
  }
}

function words(
  key: WordKey,
  language: Language,
  facts: Readonly<Record<string, string | number>> = {},
): string {
  return PROGRESS_WORDS[key][language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(facts[name] ?? whole),
  );
}

function minuteRange(from: number, to: number): string {
  return from >= to ? String(to) : `${from}–${to}`;
}

/** `09:05` on the branch's wall. */
function clockTime(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
}
