import type { AstroIntegration } from 'astro';
import { fileURLToPath } from 'node:url';
import { newPlaceholder } from './base.ts';

/** Set by `compileSite`, which wants the renderer and not the site that it could write. */
export const compileOnly = 'PTGBOT_COMPILE_ONLY';

/**
 * Makes Astro compile a renderer instead of a server: an entry that needs no node_modules. After
 * a plain `astro build`, that renderer writes the complete static site to `dist/site`.
 */
export function ptgbotRenderer(): AstroIntegration {
  let output = '';
  return {
    name: 'ptgbot-renderer',
    hooks: {
      'astro:config:setup': ({ command, updateConfig, addMiddleware }) => {
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
