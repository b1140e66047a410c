import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const rendererFolder = fileURLToPath(new URL('./src-renderer', import.meta.url));
/** One folder with its own index.html for each window; `src-main/window-pages.ts` says who opens which. */
const SCREENS = ['kiosk', 'teller', 'lobby', 'boards', 'rating-screen', 'voice', 'bench', 'setup'];

/** The windows' pages, the same for Electron and for the browser carrier: `out/renderer/<screen>/index.html`. */
export default defineConfig({
  root: rendererFolder,
  // Relative, because the pages are served under several schemes and addresses.
  base: './',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('./out/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome130',
    minify: true,
    // The content security policy allows no scripts or fonts written into the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: Object.fromEntries(SCREENS.map(screen => [screen, `${rendererFolder}/${screen}/index.html`])),
    },
  },
});
