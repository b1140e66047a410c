import type { WindowKind } from '#core/wire/port-messages.ts';
import type { StationRole } from '#core/wire/views-stations.ts';
import type { Size } from './rectangles.ts';

/** How one kind of window opens. The teller bar has no size of its own: see `bar-place.ts`. */
export interface WindowPlan {
  readonly size: Size;
  readonly leastSize: Size;
  /**
   * `bar`: the slim bar. `hidden`: never shown. `full-screen`: a device of its own. `beside`: fills the second monitor
   * and never takes the keyboard from who works at the first. `window`: a plain one.
   */
  readonly form: 'bar' | 'hidden' | 'full-screen' | 'beside' | 'window';
}

const SIZES: Readonly<Record<WindowKind, readonly [size: Size, leastSize: Size]>> = {
  kiosk: [
    { width: 1000, height: 720 },
    { width: 480, height: 600 },
  ],
  teller: [
    { width: 1366, height: 64 },
    { width: 640, height: 64 },
  ],
  lobby: [
    { width: 1366, height: 768 },
    { width: 1024, height: 600 },
  ],
  'lobby-screen': [
    { width: 1120, height: 630 },
    { width: 640, height: 360 },
  ],
  'rating-screen': [
    { width: 1024, height: 600 },
    { width: 480, height: 480 },
  ],
  voice: [
    { width: 320, height: 240 },
    { width: 1, height: 1 },
  ],
  bench: [
    { width: 1000, height: 720 },
    { width: 640, height: 480 },
  ],
  setup: [
    { width: 1366, height: 768 },
    { width: 1024, height: 600 },
  ],
};

/** Windows for customers: alone on a PC they fill its screen. */
const PUBLIC_KINDS: readonly WindowKind[] = ['kiosk', 'lobby-screen', 'rating-screen'];

/**
 * Plans a window. A PC that has only windows for customers (and perhaps the voice) is a kiosk or a screen of its
 * own: they open full-screen there, and as plain windows wherever staff work or try things out (BR1).
 * @param kinds all windows of this PC
 * @param monitorCount a teller's PC shows the rating screen to the customer on its second monitor (RT4)
 */
export function planWindow(kind: WindowKind, kinds: readonly WindowKind[], monitorCount = 1): WindowPlan {
  const [size, leastSize] = SIZES[kind];
  return { size, leastSize, form: formOf(kind, kinds, monitorCount) };
}

/** BR1: what a PC of several opens for each of its roles. Customers hear the voice where they see the calls. */
const WINDOWS_OF: Readonly<Record<StationRole, readonly WindowKind[]>> = {
  host: [],
  teller: ['teller', 'rating-screen'],
  lobby: ['lobby'],
  kiosk: ['kiosk'],
  board: ['lobby-screen', 'voice'],
  manager: ['lobby', 'setup'],
};

/**
 * The windows a PC opens when nobody names any: those of its roles (BR1), the rating screen only where it has a monitor
 * of its own (RT4).
 * @param roles empty: every window
 */
export function usualWindows(
  kinds: readonly WindowKind[],
  monitorCount: number,
  roles: readonly StationRole[] = [],
): readonly WindowKind[] {
  const isWanted = (kind: WindowKind) =>
    roles.length === 0 || roles.some(role => WINDOWS_OF[role].includes(kind));
  return kinds.filter(kind => isWanted(kind) && (kind !== 'rating-screen' || monitorCount > 1));
}

function formOf(kind: WindowKind, kinds: readonly WindowKind[], monitorCount: number): WindowPlan['form'] {
  if (kind === 'teller') return 'bar';
  if (kind === 'voice') return 'hidden';
  const isPublicPc = kinds.every(other => other === 'voice' || PUBLIC_KINDS.includes(other));
  if (kind === 'rating-screen' && !isPublicPc && monitorCount > 1) return 'beside';
  return isPublicPc && PUBLIC_KINDS.includes(kind) ? 'full-screen' : 'window';
}
