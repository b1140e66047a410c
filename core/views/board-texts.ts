import type { ConfiguredState } from '../branch/decision.ts';
import { markPractice } from '../branch/practice.ts';
import { counterOf } from '../branch/state.ts';
import { fillText } from '../locales/fill-text.ts';
import type { LocalText } from '../wire/fields.ts';
import { counterName } from './shared.ts';

/** One text for a board: what to show, and whether it is a call that must not wait behind idle texts. */
export interface BoardContent {
  readonly text: LocalText;
  readonly priority: 'call' | 'idle';
  readonly effect: 'still' | 'flash' | 'scroll';
}

/** DV1: what the board above a counter shows for its present state. */
export function windowBoardContent(state: ConfiguredState, counterId: string): BoardContent {
  const content = windowContent(state, counterId);
  return { ...content, text: markPractice(state.document.branch.id, content.text) };
}

function windowContent(state: ConfiguredState, counterId: string): BoardContent {
  const { texts } = state.document;
  const counter = counterOf(state, counterId);
  if (counter.status === 'closed') return { text: texts.boardClosed, priority: 'idle', effect: 'still' };
  const ticket = counter.ticketId === null ? undefined : state.tickets.get(counter.ticketId);
  if (ticket?.status === 'called')
    return { text: fillText(texts.boardCall, { number: ticket.number }), priority: 'call', effect: 'flash' };
  // CS9: a walk-in has no number to show.
  if (ticket?.number === '') return { text: texts.boardBusy, priority: 'idle', effect: 'still' };
  if (ticket)
    return {
      text: fillText(texts.boardServing, { number: ticket.number }),
      priority: 'idle',
      effect: 'still',
    };
  const idle = counter.status === 'paused' ? texts.boardPaused : texts.boardIdle;
  return { text: idle, priority: 'idle', effect: 'still' };
}

/**
 * DV2: the lines of the main board, newest call first, one line a window, then the scrolling notice in the last
 * line. With more windows than lines it turns pages: `page` counts up, so that no call is ever missing.
 */
export function mainBoardLines(state: ConfiguredState, lineCount: number, page: number): BoardContent[] {
  const { document } = state;
  const callLines = Math.max(1, lineCount - 1);
  const current = state.recentCalls.filter(
    call => counterOf(state, call.counterId).ticketId === call.ticketId,
  );
  const pages = Math.max(1, Math.ceil(current.length / callLines));
  const first = (page % pages) * callLines;
  const lines: BoardContent[] = [];
  for (let line = 0; line < callLines; line++) {
    const call = current[first + line];
    const text = call
      ? markPractice(
          document.branch.id,
          fillText(document.texts.mainBoardCall, {
            number: call.number,
            counter: counterName(document, call.counterId),
          }),
        )
      : line === 0 && current.length === 0
        ? markPractice(document.branch.id, document.texts.boardIdle)
        : { zh: ' ', en: ' ' };
    lines.push({
      text,
      priority: call ? 'call' : 'idle',
      effect: 'still',
    });
  }
  const notice = markPractice(document.branch.id, document.texts.notice);
  if (lineCount > 1) lines.push({ text: notice, priority: 'idle', effect: 'scroll' });
  return lines;
}
