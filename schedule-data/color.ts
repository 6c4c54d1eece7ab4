import { colord, extend } from 'colord';
import names from 'colord/plugins/names';

extend([names]);

/** A colour that somebody wrote (`red`, `#27a`, `rgb(39 163 221)`) as `#rrggbb`; else undefined. */
export function colorHex(text: string): string | undefined {
  const color = colord(text.trim());
  return color.isValid() ? color.alpha(1).toHex() : undefined;
}
