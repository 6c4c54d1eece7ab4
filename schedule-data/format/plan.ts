/** The plan of the venue: the one data file that is no YAML. */
import { textOf } from '../text/text.ts';
import { readSvg, SvgError, type Shape } from './svg.ts';

/** A drawing, of which pages know the parts, or a picture, which they only show. */
export type Plan =
  | { readonly kind: 'drawing'; readonly drawing: Shape }
  | { readonly kind: 'picture'; readonly type: PictureType; readonly bytes: Uint8Array };

export type PictureType = keyof typeof signatures;

/** Where it may stand. */
export const planFiles = ['plan.svg', 'plan.png', 'plan.jpg', 'plan.jpeg', 'plan.webp'] as const;
export const isPlanFile = (path: string) => (planFiles as readonly string[]).includes(path);

/** The largest plan that is read, in bytes. */
export const mostPlanBytes = 1024 * 1024;
export const planSizeExpected = `expected a plan of at most ${mostPlanBytes / 1024} kB`;

/** How files begin, byte by byte as Latin-1; in a WebP the size stands between. */
const signatures = {
  png: /^\x89PNG/,
  jpg: /^\xff\xd8\xff/,
  webp: /^RIFF[^]{4}WEBP/,
} as const;

/** What stands in the file of a plan; its content tells what it is. */
export function readPlan(
  bytes: Uint8Array,
):
  | { readonly ok: true; readonly value: Plan }
  | { readonly ok: false; readonly message: string; readonly line?: number } {
  if (bytes.length > mostPlanBytes) return { ok: false, message: planSizeExpected };
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const type = (Object.keys(signatures) as PictureType[]).find((one) => signatures[one].test(head));
  if (type) return { ok: true, value: { kind: 'picture', type, bytes } };
  const text = textOf(bytes);
  if (text === undefined)
    return { ok: false, message: 'expected a drawing (SVG) or a picture (PNG, JPEG, WebP)' };
  try {
    return { ok: true, value: { kind: 'drawing', drawing: readSvg(text) } };
  } catch (error) {
    if (!(error instanceof SvgError)) throw error;
    return { ok: false, message: error.message, ...(error.line && { line: error.line }) };
  }
}
