/** Which day of an event a moment belongs to; browsers use this, too. */

/**
 * The date (`2018-09-10`) of the event's day that a moment belongs to.
 * @param begins when its days begin, `04:00`: what is earlier is still the day before
 */
export function eventDate(moment: Date, timeZone: string, begins = '00:00'): string {
  const [date = '', time = ''] = formatIn(timeZone).format(moment).split(' ');
  if (time >= begins) return date;
  const before = new Date(`${date}T00:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return before.toISOString().slice(0, 10);
}

/** A formatter is dear, and few zones are ever asked for. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  // Swedish writes `2018-09-10 14:05`.
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  formats.set(timeZone, made);
  return made;
}
