import { createApp } from 'astro/app/entrypoint';

/** The compiled site; the renderer calls it page by page, so there is nothing to stream. */
export const app = createApp({ streaming: false });
