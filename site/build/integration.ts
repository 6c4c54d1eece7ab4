import type { AstroIntegration, ViteUserConfig } from 'astro';
import { fileURLToPath } from 'node:url';
import type { CommandReference } from '../view/commands.ts';
import { newPlaceholder } from '../render/base.ts';

/** Set by `compileSite`, which wants the renderer and not the site that it could write. */
export const compileOnly = 'PTGBOT_COMPILE_ONLY';

export interface RendererOptions {
  /** What the page of help explains. */
  readonly commands: readonly CommandReference[];
}

/**
 * Makes Astro compile a renderer instead of a server: an entry that needs no node_modules. After
 * a plain `astro build`, that renderer writes the complete static site to `dist/site`.
 */
export function ptgbotRenderer({ commands }: RendererOptions): AstroIntegration {
  let output = '';
  return {
    name: 'ptgbot-renderer',
    hooks: {
      'astro:config:setup': ({ command, updateConfig, addMiddleware }) => {
        // A variable of this name would win over the base that is configured here.
        delete process.env.BASE_URL;
        const plugins = [dataModule('virtual:ptgbot/commands', commands), plainImports];
        updateConfig({ vite: { plugins } });
        if (command === 'build')
          updateConfig({ base: newPlaceholder(), vite: { ssr: { noExternal: true } } });
        if (command === 'dev')
          addMiddleware({ order: 'pre', entrypoint: new URL('dev-locals.ts', import.meta.url) });
      },
      'astro:config:done': ({ config, setAdapter }) => {
        output = fileURLToPath(config.outDir);
        setAdapter({
          name: 'ptgbot-renderer',
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('entry.ts', import.meta.url),
          supportedAstroFeatures: { serverOutput: 'stable', staticOutput: 'unsupported' },
        });
      },
      'astro:build:done': async ({ logger }) => {
        if (process.env[compileOnly]) return;
        const { writeStaticSite } = await import('./static-site.ts');
        const { directory, written, problems } = await writeStaticSite(output);
        for (const problem of problems) logger.warn(`${problem.path}: ${problem.message}`);
        logger.info(`${written} files written to ${directory}`);
      },
    },
  };
}

/** A module of that name whose default export is the data. */
function dataModule(name: string, data: unknown): NonNullable<ViteUserConfig['plugins']>[number] {
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? `export default ${JSON.stringify(data)};` : undefined),
  };
}

/**
 * Scripts that are loaded later have no style sheets of their own: what would look for these first costs
 * every page 0.7 kB.
 */
const plainImports: NonNullable<ViteUserConfig['plugins']>[number] = {
  name: 'ptgbot-plain-imports',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js'
      ? 'export const __vitePreload = (load) => load();'
      : undefined,
};
