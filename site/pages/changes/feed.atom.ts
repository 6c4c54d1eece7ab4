import type { APIRoute } from 'astro';
import { atom } from '../../components/atom.ts';
import { changesFeed } from '../../view/changes-feed.ts';

export const later = true;
export const view = changesFeed;

export const GET: APIRoute = ({ locals }) =>
  new Response(atom(changesFeed(locals)), { headers: { 'Content-Type': 'application/atom+xml' } });
