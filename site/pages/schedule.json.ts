import type { APIRoute } from 'astro';
import { scheduleJson } from '../components/schedule-json.ts';
import { conference, whereDated } from '../view/conference.ts';

export const later = true;
export const paths = whereDated;
export const view = conference;

export const GET: APIRoute = ({ locals }) => Response.json(scheduleJson(conference(locals)));
