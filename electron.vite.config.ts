import { defineConfig } from 'electron-vite';
import renderer from './renderer.vite.config.ts';

/**
 * Electron's three parts. What comes from node_modules stays outside the bundles of the main process (native parts
 * must be found as files); our own rooms (`#core/…`, `#drivers/…`) are bundled in.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20',
      minify: false,
      externalizeDeps: true,
      rolldownOptions: {
        input: { main: 'src-main/main.ts' },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20',
      minify: false,
      // A sandboxed preload cannot load other files, so it is one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'src-main/windows/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer,
});
