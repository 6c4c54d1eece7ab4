import type { APIRoute } from 'astro';
import { ptgJson } from '../view/ptg-json.ts';

export const view = ptgJson;

export const GET: APIRoute = ({ locals }) => Response.json(ptgJson(locals));
