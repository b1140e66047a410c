import type { WindowKind } from '#core/wire/port-messages.ts';

/** Where a window's page lives in the built renderer folder. Its address is `/<kind>/` in every carrier. */
export const PAGE_FILES: Readonly<Record<WindowKind, string>> = {
  kiosk: 'kiosk/index.html',
  teller: 'teller/index.html',
  lobby: 'lobby/index.html',
  'lobby-screen': 'boards/index.html',
  'rating-screen': 'rating-screen/index.html',
  voice: 'voice/index.html',
  bench: 'bench/index.html',
  setup: 'setup/index.html',
};

/** All kinds, in the order they are listed and opened. */
export const WINDOW_KINDS = Object.keys(PAGE_FILES) as readonly WindowKind[];

/** `/kiosk/` for `kiosk`. */
export function pageAddress(kind: WindowKind): string {
  return `/${kind}/`;
}
