import type { APIRoute } from 'astro';
import { atom } from '../../../components/atom.ts';
import { trackFeed } from '../../../view/changes-feed.ts';

export const later = true;
export const paths = ({ schedule }: App.Locals) =>
  [...schedule.tracks.keys()].map((track) => ({ track }));
export const view = trackFeed;

export const GET: APIRoute = ({ locals, params }) =>
  new Response(atom(trackFeed(locals, params as Record<string, string>)), {
    headers: { 'Content-Type': 'application/atom+xml' },
  });
