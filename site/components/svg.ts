import type { Shape } from '../../schedule-data/format/svg.ts';
import { address } from './address.ts';
import { escaped } from './xml.ts';

/** A shape as markup. Names are those that are known to draw (`readSvg`), or our own. */
export function svgMarkup({ name, attributes, children }: Shape): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(key === 'href' ? address(value) : value)}"`,
  );
  const inside = children.map((child) =>
    typeof child === 'string' ? escaped(child) : svgMarkup(child),
  );
  return `<${name}${written.join('')}>${inside.join('')}</${name}>`;
}
