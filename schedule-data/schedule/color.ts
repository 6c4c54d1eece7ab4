import { colord, extend } from 'colord';
import names from 'colord/plugins/names';

extend([names]);

/** A colour that somebody wrote (`red`, `#27a`, `rgb(39 163 221)`) as `#rrggbb`; else undefined. */
export function colorHex(text: string): string | undefined {
  const color = colord(/^[0-9a-f]{6}$/i.test(text) ? `#${text}` : text.trim());
  return color.isValid() && color.alpha() === 1 ? color.toHex() : undefined;
}
