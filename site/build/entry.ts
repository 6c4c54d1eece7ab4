import { createApp } from 'astro/app/entrypoint';

/** The compiled site; the renderer calls it page by page, so there is nothing to stream. */
export const app = createApp({ streaming: false });

/** What shares its memory with the pages; a module of the same name outside of the bundle would not. */
export { LiveLocals } from '../content/live-locals.ts';
export { memo, memoEach } from '../content/memo.ts';
export { frame, lastingFrame } from '../view/frame.ts';
export { tracksCss } from '../view/tracks-css.ts';
