/** A field for any zone that the browser knows; loaded when somebody wants it. */

interface Picker {
  readonly isTimezone: (text: string) => boolean;
  /** The zone of the moment. */
  readonly current: string;
  readonly choose: (zone: string) => void;
}

/**
 * The zone that somebody means: `Asia/Kolkata`, also `asia/kolkata`, `Kolkata` and `New York`.
 * @param names of zones, `Asia/Kolkata`; their areas are tried before what was typed
 */
export function zoneNamed(
  text: string,
  names: readonly string[],
  isTimezone: Picker['isTimezone'],
): string | undefined {
  const typed = text.trim().replace(/\s+/g, '_');
  const isTyped = (name: string) => name.toLowerCase() === typed.toLowerCase();
  const known = names.find((name) => isTyped(name) || isTyped(name.replace(/^.*\//, '')));
  const areas = new Set(names.map((name) => name.replace(/\/.*/, '')));
  return known ?? [typed, ...[...areas].map((area) => `${area}/${typed}`)].find(isTimezone);
}

/** Opens the field in its place beside the switch, once. */
export function openZonePicker({ isTimezone, current, choose }: Picker): void {
  const place = document.getElementById('other-zone');
  if (!place || place.firstChild) return;
  const names = Intl.supportedValuesOf('timeZone');
  const list = document.createElement('datalist');
  list.id = 'zone-names';
  list.append(...names.map((name) => new Option(name, name)));
  const field = document.createElement('input');
  field.setAttribute('list', list.id);
  field.setAttribute('aria-label', 'Time zone');
  Object.assign(field, { placeholder: current, autocomplete: 'off', spellcheck: false });
  field.addEventListener('input', () => field.setCustomValidity(''));
  field.addEventListener('change', () => {
    if (!field.value.trim()) return;
    const zone = zoneNamed(field.value, names, isTimezone);
    if (zone !== undefined) return choose(zone);
    field.setCustomValidity(`There is no zone ${field.value}; expected one such as Asia/Kolkata.`);
    field.reportValidity();
  });
  place.append(field, list);
}
