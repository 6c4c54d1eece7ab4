import { defineMiddleware } from 'astro/middleware';
import { picturePath } from '../view/plan-page.ts';
import { tracksCss as colors } from '../view/tracks-css.ts';
import { lookup } from 'mrmime';
import { loadContentForBuild } from './build-content.ts';

/** For `astro dev`: fills in what the renderer gives to pages; the colours and a picture of the plan come at their own paths. */
export const onRequest = defineMiddleware(async (context, next) => {
  const { commit: _, ...content } = await loadContentForBuild();
  const tracksCss = 'assets/tracks.css';
  if (context.url.pathname === `/${tracksCss}`) {
    return new Response(colors(content.schedule), { headers: { 'Content-Type': 'text/css' } });
  }
  const { plan } = content;
  if (plan?.kind === 'picture' && context.url.pathname === `/${picturePath(plan)}`)
    return new Response(Buffer.from(plan.bytes), {
      headers: { 'Content-Type': lookup(plan.type)! },
    });
  Object.assign(context.locals, { ...content, tracksCss } satisfies App.Locals);
  return next();
});
