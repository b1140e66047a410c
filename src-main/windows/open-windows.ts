import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  type Session,
  screen,
  type WebContents,
} from 'electron';
import type { WindowKind } from '#core/wire/port-messages.ts';
import type { RunningBranch } from '#main/running-branch.ts';
import { pageAddress } from '#main/window-pages.ts';
import { APP_ORIGIN } from './app-origin.ts';
import { handle, sendToWindow } from './handle.ts';
import { createPageConnections, type PageConnections } from './page-connections.ts';
import type { PlaceMemory } from './place-memory.ts';
import { createRestartBudget } from './restart-budget.ts';
import { confineContents, safePreferences } from './security.ts';
import { createTellerBar, type TellerBar } from './teller-bar.ts';
import { type ShortcutAction, WINDOW_KIND_SWITCH } from './typed-ipc.ts';
import { placeWindow } from './window-places.ts';
import { planWindow, type WindowPlan } from './window-plan.ts';
import { workAreas } from './work-areas.ts';

export interface OpenWindowsSettings {
  readonly kinds: readonly WindowKind[];
  readonly branch: Pick<RunningBranch, 'servePort' | 'voiceZones' | 'needsDecision'>;
  readonly session: Session;
  /** Absolute path of the built preload. */
  readonly preloadFile: string;
  readonly memory: PlaceMemory;
  readonly isDevelopment: boolean;
  /** The last window a person can see was closed. */
  onAllClosed(): void;
  /** Something to look into that stops nobody: one line for the log. */
  onTrouble(trouble: string): void;
}

export interface OpenWindows {
  /** Loads every page anew: the branch behind them is another one. */
  reload(): void;
  /** Brings what a person can see to the front. */
  show(): void;
  /** Opens windows this PC has not open, and brings the others to the front. */
  open(kinds: readonly WindowKind[]): void;
  /** Hands a system-wide shortcut to the teller bar, or brings the bar to the front. */
  act(action: ShortcutAction | 'show-bar'): void;
}

interface FoyerWindow {
  readonly kind: WindowKind;
  readonly plan: WindowPlan;
  /** The zone a voice window speaks for; null for the other kinds. */
  readonly zoneId: string | null;
  readonly window: BrowserWindow;
  readonly connections: PageConnections;
  readonly bar: TellerBar | null;
}

/** A place is remembered when the window has lain still this long. */
const SETTLE_MS = 500;
const MAX_RELOADS_PER_MINUTE = 5;
/** How often the zones of the voice are looked at: each has a window of its own. */
const ZONES_EVERY_MS = 3_000;
/** Where a person decides who hosts (BR4). */
const DECISION_KINDS: readonly WindowKind[] = ['lobby', 'setup'];
const DECISION_EVERY_MS = 1_000;

/** Opens this PC's windows and resolves when their pages are loaded. */
export async function openWindows(settings: OpenWindowsSettings): Promise<OpenWindows> {
  const byContents = new Map<WebContents, FoyerWindow>();
  const windowOf = (contents: WebContents) => byContents.get(contents);
  const onRefused = (channel: string) => settings.onTrouble(`message refused on ${channel}`);
  handle('foyer:post', windowOf, (from, page, message) => from.connections.receive(page, message), onRefused);
  handle('foyer:set-bar-mode', windowOf, (from, mode) => from.bar?.setMode(mode), onRefused);

  const load = (kind: WindowKind, index: number, zoneId: string | null) => {
    const opened = openWindow(kind, index, zoneId, settings);
    const { window } = opened;
    const { webContents } = window;
    byContents.set(webContents, opened);
    window.on('closed', () => {
      byContents.delete(webContents);
      opened.connections.end();
      if (kind !== 'voice' && ![...byContents.values()].some(({ plan }) => canBeClosed(plan)))
        settings.onAllClosed();
    });
    const query = zoneId === null ? '' : `?zone=${encodeURIComponent(zoneId)}`;
    return window.loadURL(`${APP_ORIGIN}${pageAddress(kind)}${query}`).catch((error: unknown) => {
      settings.onTrouble(`${kind} page not loaded: ${String(error)}`);
    });
  };
  /** Opens a window for each new zone and closes those of zones that are gone. */
  const followZones = (): Promise<void>[] => {
    const zoneIds = settings.branch.voiceZones();
    const voices = [...byContents.values()].filter(({ kind }) => kind === 'voice');
    for (const { window, zoneId } of voices) if (!zoneIds.includes(zoneId ?? '')) window.destroy();
    const fresh = zoneIds.filter(zoneId => !voices.some(voice => voice.zoneId === zoneId));
    return fresh.map(zoneId => load('voice', 0, zoneId));
  };
  /** RT4: the screen beside goes with its monitor and comes back with it; it never covers the teller's. */
  const followMonitors = () => {
    const { form } = planWindow('rating-screen', settings.kinds, workAreas().length);
    const open = [...byContents.values()].find(({ kind }) => kind === 'rating-screen');
    if (open?.plan.form === 'beside' && form !== 'beside') open.window.destroy();
    if (!open && form === 'beside') void load('rating-screen', 0, null);
  };
  const isOpen = (kind: WindowKind) => [...byContents.values()].some(open => open.kind === kind);
  /** BR4: somebody must be able to decide here, also where no window of this PC's roles has a place for it. */
  const followDecision = () => {
    if (!DECISION_KINDS.some(isOpen) && settings.branch.needsDecision()) void load('lobby', 0, null);
  };
  const visibleKinds = settings.kinds.filter(kind => kind !== 'voice');
  const loading = visibleKinds.map((kind, index) => load(kind, index, null));
  if (settings.kinds.includes('rating-screen')) {
    screen.on('display-added', followMonitors);
    screen.on('display-removed', followMonitors);
  }
  const hasVoice = settings.kinds.includes('voice');
  await Promise.all([...loading, ...(hasVoice ? followZones() : [])]);
  if (hasVoice) setInterval(followZones, ZONES_EVERY_MS).unref();
  setInterval(followDecision, DECISION_EVERY_MS).unref();

  return {
    reload() {
      for (const { window, connections } of byContents.values()) {
        connections.end();
        if (!window.isDestroyed()) window.webContents.reload();
      }
    },
    show() {
      for (const { window, plan } of byContents.values())
        if (plan.form === 'beside') window.showInactive();
        else if (plan.form !== 'hidden') bringToFront(window);
    },
    open(kinds) {
      for (const kind of kinds)
        if (!isOpen(kind)) void load(kind, 0, null);
        else
          for (const { window, kind: open } of byContents.values()) if (open === kind) bringToFront(window);
    },
    act(action) {
      const teller = [...byContents.values()].find(({ kind }) => kind === 'teller');
      if (!teller) return;
      if (action === 'show-bar') bringToFront(teller.window);
      else sendToWindow(teller.window.webContents, 'foyer:shortcut', action);
    },
  };
}

function openWindow(
  kind: WindowKind,
  index: number,
  zoneId: string | null,
  settings: OpenWindowsSettings,
): FoyerWindow {
  const { branch, memory, onTrouble, isDevelopment } = settings;
  const areas = workAreas();
  const plan = planWindow(kind, settings.kinds, areas.length);
  const [, secondMonitor] = areas;
  const window = new BrowserWindow({
    ...(plan.form === 'beside' && secondMonitor
      ? secondMonitor
      : placeWindow(memory.placeOf(kind), plan.size, index, areas)),
    minWidth: plan.leastSize.width,
    minHeight: plan.leastSize.height,
    show: false,
    ...optionsOf(plan.form),
    webPreferences: {
      ...safePreferences(isDevelopment),
      session: settings.session,
      preload: settings.preloadFile,
      additionalArguments: [`${WINDOW_KIND_SWITCH}${kind}`],
      // Calls are spoken and screens move on while nobody touches them (DV3, DV5).
      autoplayPolicy: 'no-user-gesture-required',
      backgroundThrottling: false,
    },
  });
  const contents = window.webContents;
  confineContents(contents, isDevelopment);
  const connections = createPageConnections(
    (pageId, message) => sendToWindow(contents, 'foyer:message', pageId, message),
    connection => branch.servePort(connection, kind),
  );
  reloadAfterCrash(kind, window, connections, onTrouble);
  if (plan.form === 'window') rememberPlace(kind, window, memory);
  if (plan.form === 'beside') window.once('ready-to-show', () => window.showInactive());
  else if (plan.form !== 'hidden') window.once('ready-to-show', () => window.show());
  const bar = plan.form === 'bar' ? createTellerBar(window, memory) : null;
  return { kind, plan, zoneId, window, connections, bar };
}

/** Hidden windows and the rating screen beside the teller have no frame to close them by. */
function canBeClosed({ form }: WindowPlan): boolean {
  return form !== 'hidden' && form !== 'beside';
}

function optionsOf(form: WindowPlan['form']): BrowserWindowConstructorOptions {
  switch (form) {
    case 'bar':
      return { frame: false, resizable: false, maximizable: false, fullscreenable: false, alwaysOnTop: true };
    case 'full-screen':
      return { kiosk: true, frame: false };
    case 'beside':
      // A touch on it must not take the keyboard from the teller, whose digits would rate (RT1). Not tried on Windows.
      return { frame: false, fullscreen: true, focusable: false, skipTaskbar: true };
    case 'hidden':
      return { skipTaskbar: true, focusable: false };
    case 'window':
      return {};
  }
}

/** A page that crashed starts again; one that does nothing but crash is left, so that it eats no machine. */
function reloadAfterCrash(
  kind: WindowKind,
  window: BrowserWindow,
  connections: PageConnections,
  onTrouble: (trouble: string) => void,
): void {
  const mayReload = createRestartBudget(MAX_RELOADS_PER_MINUTE, 60_000, () => performance.now());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    connections.end();
    if (reason === 'clean-exit') return;
    const reloads = mayReload();
    onTrouble(`${kind} page gone (${reason})${reloads ? ', loaded again' : ''}`);
    if (reloads) window.webContents.reload();
  });
}

function rememberPlace(kind: WindowKind, window: BrowserWindow, memory: PlaceMemory): void {
  let settling: NodeJS.Timeout | undefined;
  const settle = () => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (!window.isDestroyed()) memory.remember(kind, window.getNormalBounds());
    }, SETTLE_MS);
  };
  window.on('move', settle);
  window.on('resize', settle);
  window.on('closed', () => clearTimeout(settling));
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
