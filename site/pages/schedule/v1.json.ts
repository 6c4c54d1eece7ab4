import type { APIRoute } from 'astro';
import { scheduleV1 } from '../../view/schedule-v1.ts';

export const later = true;
export const view = scheduleV1;

export const GET: APIRoute = ({ locals }) => Response.json(scheduleV1(locals));
