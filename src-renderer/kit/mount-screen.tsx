import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import type { WindowKind } from '#core/wire/port-messages.ts';
import './base.css';
import { FoyerApp } from './FoyerApp.tsx';
import { registerTexts, type SameKeys, startLanguages, type TextTree } from './i18n.ts';
import { createWindowPort } from './port.ts';
import type { ThemeName } from './theme.ts';

// The windows' content security policy forbids code made from text, which zod would otherwise use for speed.
z.config({ jitless: true });

export interface ScreenMount<Tree extends TextTree> {
  /** What kind of window the host sees. */
  readonly window: WindowKind;
  /** The screen's words; read with `useTranslation(screen)`. */
  readonly screen: string;
  readonly texts: { readonly zh: Tree; readonly en: SameKeys<Tree> };
  readonly theme?: ThemeName;
  readonly touch?: boolean;
}

/** Starts a screen in the page's `#root`: the whole `main.tsx` of a window. */
export function mountScreen<Tree extends TextTree>(mount: ScreenMount<Tree>, content: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  startLanguages();
  registerTexts(mount.screen, mount.texts);
  createRoot(root).render(
    <FoyerApp
      port={createWindowPort(mount.window)}
      theme={mount.theme ?? 'light'}
      touch={mount.touch ?? false}
    >
      {content}
    </FoyerApp>,
  );
}
