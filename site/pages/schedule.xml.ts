import type { APIRoute } from 'astro';
import { scheduleXml } from '../components/schedule-xml.ts';
import { conference, whereDated } from '../view/conference.ts';

export const later = true;
export const paths = whereDated;
export const view = conference;

export const GET: APIRoute = ({ locals }) => new Response(scheduleXml(conference(locals)));
