import { colord, extend } from 'colord';
import lab from 'colord/plugins/lab';
import names from 'colord/plugins/names';

extend([lab, names]);

/** A colour that somebody wrote (`red`, `#27a`, `rgb(39 163 221)`) as `#rrggbb`; else undefined. */
export function colorHex(text: string): string | undefined {
  const color = colord(/^[0-9a-f]{6}$/i.test(text) ? `#${text}` : text.trim());
  return color.isValid() && color.alpha() === 1 ? color.toHex() : undefined;
}

/** Colours for badges: saturated, and neither close to white nor to black. */
const candidates = [30, 45, 65].flatMap((l) =>
  Array.from({ length: 24 }, (_, step) => colord({ h: step * 15, s: 60, l }).toHex()),
);

/** The candidate that differs most from the given colours. */
export function distinctColor(others: readonly string[]): string {
  const colors = others.map((color) => colord(color));
  let best = candidates[0]!;
  let farthest = -1;
  for (const candidate of candidates) {
    const distance = Math.min(1, ...colors.map((color) => color.delta(candidate)));
    if (distance > farthest) [best, farthest] = [candidate, distance];
  }
  return best;
}
