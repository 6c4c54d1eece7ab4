import type { APIRoute } from 'astro';
import { icalendar } from '../components/icalendar.ts';
import { trackCalendar } from '../view/calendar.ts';
import { trackPaths } from '../view/track-page.ts';

export const later = true;
export const paths = trackPaths;
export const view = trackCalendar;

export const GET: APIRoute = ({ locals, params }) =>
  new Response(icalendar(trackCalendar(locals, params as Record<string, string>)));
