import { defineMiddleware } from 'astro/middleware';
import { tracksCss as colors } from '../view/tracks-css.ts';
import { loadContentForBuild } from './build-content.ts';

/** For `astro dev`: fills in what the renderer gives to pages; the colours come at their own path. */
export const onRequest = defineMiddleware(async (context, next) => {
  const { commit: _, ...content } = await loadContentForBuild();
  const tracksCss = 'assets/tracks.css';
  if (context.url.pathname === `/${tracksCss}`) {
    return new Response(colors(content.schedule), { headers: { 'Content-Type': 'text/css' } });
  }
  Object.assign(context.locals, { ...content, tracksCss } satisfies App.Locals);
  return next();
});
