import type { APIRoute } from 'astro';
import { scheduleText } from '../view/plain-text.ts';

export const later = true;
export const view = scheduleText;

export const GET: APIRoute = ({ locals }) => new Response(scheduleText(locals));
