import type { APIRoute } from 'astro';
import { nowText } from '../view/plain-text.ts';

export const later = true;
export const view = nowText;

export const GET: APIRoute = ({ locals }) => new Response(nowText(locals));
