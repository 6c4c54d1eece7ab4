import type { APIRoute } from 'astro';
import { ptgJson, type PtgJson } from '../view/ptg-json.ts';

export function view({ schedule, presence }: App.Locals): PtgJson {
  return ptgJson(schedule, presence);
}

export const GET: APIRoute = ({ locals }) => Response.json(view(locals));
