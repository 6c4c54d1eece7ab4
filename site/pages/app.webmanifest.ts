import type { APIRoute } from 'astro';
import { address } from '../components/address.ts';
import { appView, paper } from '../view/app.ts';

export const view = appView;

/** Lets browsers install the site like an app: https://www.w3.org/TR/appmanifest/ */
export const GET: APIRoute = ({ locals }) => {
  const { name, shortName, shortcuts } = appView(locals);
  const start = address('/');
  return Response.json({
    id: start,
    start_url: start,
    scope: start,
    name,
    short_name: shortName,
    description: `What is being discussed where, and what comes next: ${name}.`,
    lang: 'en',
    display: 'standalone',
    // With a way back and a way to reload, where there is that.
    display_override: ['minimal-ui'],
    theme_color: paper,
    background_color: paper,
    icons: [
      { src: address('/favicon.svg'), type: 'image/svg+xml', sizes: 'any' },
      { src: address('/icon-192.png'), type: 'image/png', sizes: '192x192' },
      { src: address('/icon-512.png'), type: 'image/png', sizes: '512x512' },
      {
        src: address('/icon-maskable-512.png'),
        type: 'image/png',
        sizes: '512x512',
        purpose: 'maskable',
      },
    ],
    shortcuts: shortcuts.map(({ path, label }) => ({ name: label, url: address(path) })),
  });
};
