import { Button } from 'antd';
import { useCallback, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandArgs, WindowCommandType } from '#core/wire/commands.ts';
import type { Result } from '#core/wire/result.ts';
import { deciderNames } from '../kit/decider-names.ts';
import { formatMinutes, wholeMinutes } from '../kit/format.ts';
import { useCommand, useHostNow, useLink } from '../kit/hooks.ts';
import { useErrorText, useLanguage, useLocalText } from '../kit/i18n.ts';
import { StatusCorner } from '../kit/StatusCorner.tsx';
import { isCallingHeld, useBranchLink } from '../kit/use-branch-link.ts';
import { useBriefly } from '../staff/use-briefly.ts';
import { ActionButtons, HELD_ID } from './ActionButtons.tsx';
import { stepFor } from './action-command.ts';
import { BarPanel } from './BarPanel.tsx';
import type { TellerAction, TellerView } from './bar-state.ts';
import { IS_SLIM_WINDOW, useBarMode, useShortcuts } from './bar-window.ts';
import { FullWindow } from './desk/FullWindow.tsx';
import { actionOfKey, PANEL_KEY } from './keys.ts';
import { isPanelValid, type PanelName } from './panels.ts';
import { RatingPart } from './RatingPart.tsx';
import { NumberPart, TicketPart, TimerPart } from './TicketPart.tsx';

/** How long a refusal stays readable beside the buttons. */
const ERROR_SHOWN_MS = 7000;
/** How long the bar says what was sent quietly. */
const DONE_SHOWN_MS = 4000;
const CLOCK_TICK_MS = 250;

/** The slim bar beside the core-banking screen: everything a teller does, by keyboard alone (CS11). */
export function TellerBar(props: {
  readonly view: TellerView;
  readonly onSignOut: () => Promise<Result<unknown>>;
}) {
  const { view, onSignOut } = props;
  const { counterId } = view.counter;
  const { t } = useTranslation('teller');
  const now = useHostNow(CLOCK_TICK_MS);
  const { run, busyType } = useCommand();
  const errorText = useErrorText();
  const isLinkLost = useLink() === 'lost';
  const [problem, showProblem] = useBriefly<string>(ERROR_SHOWN_MS);
  const [done, showDone] = useBriefly<string>(DONE_SHOWN_MS);
  const [opened, setOpened] = useState<{ panel: PanelName; ticketId: string | null } | null>(null);
  const [isFull, setFull] = useState(!IS_SLIM_WINDOW);
  const isBusy = busyType !== null;
  const held = useHeldWords();
  const isHeld = held !== null;
  const ticketId = view.ticket?.ticketId ?? null;
  const panel = opened && isPanelValid(opened.panel, opened.ticketId, ticketId) ? opened.panel : null;
  useBarMode(isFull ? 'full' : panel === null ? 'bar' : 'panel');

  /** Opens a panel for the customer now here; asking again closes it. */
  const toggle = useCallback(
    (name: PanelName) => setOpened(panel === name ? null : { panel: name, ticketId }),
    [panel, ticketId],
  );
  const close = useCallback(() => setOpened(null), []);

  const send = useCallback(
    async <T extends WindowCommandType>(type: T, args: CommandArgs<T>) => {
      showProblem(null);
      const answer = await run(type, args);
      if (!answer.ok) showProblem(errorText(answer.error));
      return answer.ok;
    },
    [run, errorText, showProblem],
  );

  const act = useCallback(
    (action: TellerAction) => {
      const step = isBusy ? null : stepFor(action, view, now, isHeld);
      if (step?.kind === 'send') {
        close();
        void send(step.type, step.args);
      } else if (step) toggle(step.kind === 'open' ? step.panel : 'pause');
    },
    [isBusy, view, now, isHeld, send, toggle, close],
  );
  useShortcuts(act);

  /** In a browser the full window is always there; F10 then only closes what lies over it. */
  const toggleFull = useCallback(() => {
    close();
    if (IS_SLIM_WINDOW) setFull(open => !open);
  }, [close]);

  // In the same moment as the picture: a key pressed on what is already shown must never meet the rules of before.
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        if (panel !== null) close();
        else if (IS_SLIM_WINDOW) setFull(false);
      }
      const action = actionOfKey(event);
      if (action === null) return;
      event.preventDefault();
      if (action === 'toggle-panel') toggleFull();
      else act(action);
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [act, panel, close, toggleFull]);

  return (
    <div className="teller">
      <main
        className="bar"
        data-phase={view.ticket?.status ?? view.counter.status}
        aria-label={t('bar.region')}
      >
        <CounterPart view={view} />
        <NumberPart view={view} />
        <TicketPart view={view} />
        <TimerPart view={view} now={now} />
        <RatingPart view={view} now={now} isHeld={isHeld} onUndo={() => act('undo-finish')} />
        <ActionButtons view={view} now={now} isBusy={isBusy} held={held} onAction={act} />
        <WaitingPart view={view} now={now} />
        {/* In the slim window the lines need the height of the panel. */}
        <div
          className="bar-status"
          role="presentation"
          onClickCapture={() => IS_SLIM_WINDOW && toggle('more')}
        >
          <StatusCorner devices={view.devices} upload={view.upload} />
        </div>
        <Button
          className="bar-more"
          type="text"
          aria-label={t('bar.panel')}
          aria-keyshortcuts={PANEL_KEY}
          title={`${t('bar.panel')} ${PANEL_KEY}`}
          onClick={toggleFull}
        >
          ⋯
        </Button>
        <HeldPart words={view.ticket === null && !isLinkLost ? held : null} />
        <div className="bar-problem bar-done" role="status" data-shown={done !== null && problem === null}>
          {done}
        </div>
        <div className="bar-problem" role="alert" data-shown={problem !== null || isLinkLost}>
          {problem ?? (isLinkLost ? t('link.lost') : null)}
        </div>
      </main>
      {panel !== null ? (
        <BarPanel
          panel={panel}
          view={view}
          isBusy={isBusy}
          isHeld={isHeld}
          send={send}
          onDone={showDone}
          onSignOut={() => void onSignOut()}
          onClose={close}
        />
      ) : (
        isFull && (
          <FullWindow
            view={view}
            now={now}
            isHeld={isHeld}
            onAction={act}
            onAddBusiness={() => toggle('add-business')}
            onStartBusiness={businessId =>
              ticketId && void send('start-next-business', { counterId, ticketId, businessId })
            }
            onRemoveBusiness={businessId =>
              ticketId && void send('remove-business', { ticketId, businessId })
            }
            onReady={parkedId => void send('ready-ticket', { ticketId: parkedId, returnTo: 'same-counter' })}
            onMore={() => toggle('more')}
            onFold={IS_SLIM_WINDOW ? toggleFull : null}
          />
        )
      )}
    </div>
  );
}

/** BR4, BR7: why nobody can be called from this PC; null: somebody can. */
function useHeldWords(): string | null {
  const { t } = useTranslation('teller');
  const { language } = useLanguage();
  const branch = useBranchLink();
  if (branch === null || !isCallingHeld(branch)) return null;
  return t(`branchLink.line.${branch.state}`, {
    who: deciderNames(branch.deciders, language, t('branchLink.somebody')),
  });
}

/** While nobody is here; with somebody here there is work to finish. */
function HeldPart({ words }: { readonly words: string | null }) {
  return (
    <div id={HELD_ID} className="bar-problem bar-held" role="status" data-shown={words !== null}>
      {words}
    </div>
  );
}

function CounterPart({ view }: { readonly view: TellerView }) {
  const local = useLocalText();
  return (
    <div className="bar-counter">
      <div className="bar-line-1">{local(view.counter.name)}</div>
      <div className="bar-line-2">{local(view.counter.staffName)}</div>
    </div>
  );
}

/** How many wait for this counter and how long the first of them has, late with a sign. */
function WaitingPart({ view, now }: { readonly view: TellerView; readonly now: number }) {
  const { t } = useTranslation('teller');
  const { language } = useLanguage();
  const { count, oldestSince, limitMs } = view.waiting;
  const oldestMs = oldestSince === null ? 0 : Math.max(0, now - oldestSince);
  const isLate = oldestMs > limitMs;
  return (
    <div className="bar-waiting" data-late={isLate}>
      <div className="bar-line-1">{t('bar.waiting', { count })}</div>
      <div className="bar-line-2">
        {oldestSince === null
          ? ''
          : `${isLate ? '▲ ' : ''}${t('bar.oldest', { minutes: formatMinutes(wholeMinutes(oldestMs), language) })}`}
      </div>
    </div>
  );
}
