import { defineConfig, passthroughImageService } from 'astro/config';
import { operatorCommands, personCommands, trackCommands } from './bot/commands/table.ts';
import { ptgbotRenderer } from './site/build/integration.ts';

// The bot and the site don't know each other; this is above both.
const commands = [...trackCommands, ...personCommands, ...operatorCommands].map(
  ({ kind, usage, summary, example }) => ({ kind, usage, summary, example }),
);

/** What client/main.ts consists of; of view/, what only later/ needs is left out. */
const mainScript =
  /\/site\/components\/HeadStart\.astro\?|\/(?:site\/client|site\/view|schedule-data\/\w+)\/(?!qr-code|track-class|calendar-of-tracks)[^/]+\.ts$/;

export default defineConfig({
  srcDir: './site',
  publicDir: './site/public',
  outDir: './dist/build',
  cacheDir: './dist/.astro',
  output: 'server',
  trailingSlash: 'ignore',
  compressHTML: true,
  build: { format: 'preserve', inlineStylesheets: 'never', assets: 'assets' },
  image: { service: passthroughImageService() },
  devToolbar: { enabled: false },
  vite: {
    build: { assetsInlineLimit: 0 },
    experimental: {
      // Scripts learn the base from the page: of the same sources they have the same names below any base.
      renderBuiltUrl: (path, { hostType }) =>
        hostType === 'js'
          ? { runtime: `document.documentElement.dataset.base+${JSON.stringify(path)}` }
          : undefined,
    },
    // Its folder is what a service worker may serve, and its name has to stay.
    worker: { rolldownOptions: { output: { entryFileNames: 'sw.js' } } },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: {
              entryFileNames: 'assets/site.[hash].js',
              // What scripts that are loaded later share with it stays in the one that each page loads.
              advancedChunks: { groups: [{ name: 'main', test: mainScript }] },
            },
          },
        },
      },
    },
  },
  adapter: ptgbotRenderer({ commands }),
});
