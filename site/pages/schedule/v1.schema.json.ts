import type { APIRoute } from 'astro';
import { z } from 'zod';
import { scheduleV1Schema } from '../../view/schedule-v1.ts';

export const later = true;
/** The same for every event. */
export const view = () => true;

export const GET: APIRoute = () => Response.json(z.toJSONSchema(scheduleV1Schema, { io: 'input' }));
