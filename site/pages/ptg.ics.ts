import type { APIRoute } from 'astro';
import { icalendar } from '../components/icalendar.ts';
import { eventCalendar } from '../view/calendar.ts';

export const later = true;
export const view = eventCalendar;

export const GET: APIRoute = ({ locals }) => new Response(icalendar(eventCalendar(locals)));
