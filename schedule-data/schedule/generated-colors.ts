/**
 * Colours for tracks to which nobody gave one. They are chosen in OKLab, where the same distance is the
 * same difference to the eye; around a circle of hues nearly a third would be green.
 */
import { hash } from 'node:crypto';
import { colord, extend, type Colord, type OklabColor } from 'colord';
import oklab from 'colord/plugins/oklab';
import oklch from 'colord/plugins/oklch';

extend([oklab, oklch]);

/** Neither close to white nor to black nor to grey. What no screen shows becomes what it can show. */
const lightness = { from: 0.38, to: 0.72 };
const chroma = { from: 0.05, to: 0.2 };
const hues = Array.from({ length: 24 }, (_, step) => step * 15);

/** The colour that belongs to a slug, `#rrggbb`, whatever other tracks there are: any of the range. */
export function colorOfSlug(slug: string): string {
  const bytes = hash('sha256', slug, 'buffer');
  const part = (index: number) => bytes.readUInt32BE(4 * index) / 2 ** 32;
  const between = (from: number, to: number, part: number) => from + (to - from) * part;
  return oklchColor(
    between(lightness.from, lightness.to, part(0)),
    // Further out there is more room for colours.
    Math.sqrt(between(chroma.from ** 2, chroma.to ** 2, part(1))),
    360 * part(2),
  ).toHex();
}

/** Steps through the range. The first is what the first track gets. */
const candidates = [0.55, 0.4, 0.7]
  .flatMap((l) => [0.13, 0.2, 0.06].flatMap((c) => hues.map((h) => oklchColor(l, c, h))))
  .map((color) => ({ hex: color.toHex(), point: color.toOklab() }));

/** The candidate that differs most from the given colours, `#rrggbb`. */
export function distinctColor(others: readonly string[]): string {
  const points = others.map((color) => colord(color).toOklab());
  let best = candidates[0]!;
  let farthest = -1;
  for (const candidate of candidates) {
    const nearest = Math.min(1, ...points.map((point) => distance(point, candidate.point)));
    if (nearest > farthest) [best, farthest] = [candidate, nearest];
  }
  return best.hex;
}

const distance = (one: OklabColor, other: OklabColor) =>
  Math.hypot(one.l - other.l, one.a - other.a, one.b - other.b);

function oklchColor(l: number, c: number, h: number): Colord {
  return colord({ l, c, h, a: 1, ok: true });
}
