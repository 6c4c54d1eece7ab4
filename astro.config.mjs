import { defineConfig, passthroughImageService } from 'astro/config';
import { ptgbotRenderer } from './site/renderer/integration.ts';

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
    environments: {
      client: {
        build: { rolldownOptions: { output: { entryFileNames: 'assets/site.[hash].js' } } },
      },
    },
  },
  adapter: ptgbotRenderer(),
});
