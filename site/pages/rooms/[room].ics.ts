import type { APIRoute } from 'astro';
import { icalendar } from '../../components/icalendar.ts';
import { roomCalendar } from '../../view/calendar.ts';
import { roomPaths } from '../../view/room-page.ts';

export const later = true;
export const paths = roomPaths;
export const view = roomCalendar;

export const GET: APIRoute = ({ locals, params }) =>
  new Response(icalendar(roomCalendar(locals, params as Record<string, string>)));
