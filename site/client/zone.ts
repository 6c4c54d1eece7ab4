import { eventDate } from '../../schedule-data/schedule/event-day.ts';
import {
  dayAndMonth,
  momentLabel,
  shortMoment,
  timeOfDay,
  weekday,
  zoneName,
} from '../../schedule-data/text/clock.ts';
import { showDates } from './dates.ts';
import { readZone, settings } from './settings.ts';
import { setText } from './set-text.ts';

const eventZone = () => document.documentElement.dataset.timezone ?? 'UTC';
const readersZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Those of the switch. */
const zones = (): Readonly<Record<string, string>> => ({
  event: eventZone(),
  mine: readersZone(),
  utc: 'UTC',
});

/** What counts: the zone in the address, else what the reader chose; what hangs on a wall has no reader. */
function choice(): string {
  const isSign = document.body.matches('.bare');
  return (
    readZone(new URLSearchParams(location.search).get('zone')) ??
    (isSign ? 'event' : settings().zone)
  );
}

/** The zone in which times are shown, as IANA names it. */
export function chosenZone(): string {
  const chosen = choice();
  return zones()[chosen] ?? chosen;
}

/** From now on the address says nothing of a zone: the reader chooses. */
export function leaveZoneInAddress(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('zone')) return;
  address.searchParams.delete('zone');
  history.replaceState(null, '', address);
}

/** Writes all times of a page in the chosen zone. */
export function showTimes(page: Document, now: Date): void {
  const zone = chosenZone();
  // For the clock of big screens, whose script shares nothing with this one.
  document.documentElement.dataset.zone = zone;
  for (const element of page.querySelectorAll<HTMLTimeElement>('time[data-moment]'))
    setText(element, label(element, zone, now));
  for (const day of page.querySelectorAll('.since > span')) {
    const time = day.parentElement?.querySelector('time');
    if (time) setText(day, relativeDay(new Date(time.dateTime), zone, now));
  }
  for (const element of page.querySelectorAll<HTMLElement>('[data-zone-at]'))
    setText(element, zoneName(zone, new Date(element.dataset.zoneAt || now)));
  showDates(page, zone, eventZone());
  showSwitch(page, now);
}

function label({ dateTime, dataset }: HTMLTimeElement, zone: string, now: Date): string {
  const instant = new Date(dateTime);
  if (dataset.moment === 'time') return timeOfDay(instant, zone);
  return dataset.moment === 'dated'
    ? momentLabel(dateTime, zone)
    : `${relativeDay(instant, zone, now)} ${shortMoment(instant, zone)}`.trim();
}

/** Nothing for today, `yesterday`, `Wed`; the date of what is a week away. */
export function relativeDay(instant: Date, zone: string, now: Date): string {
  const days = daysBetween(eventDate(instant, zone), eventDate(now, zone));
  if (days === 0) return '';
  if (days === 1) return 'yesterday';
  return Math.abs(days) < 7 ? weekday(instant, zone) : dayAndMonth(instant, zone);
}

function daysBetween(date: string, later: string): number {
  return Math.round((Date.parse(later) - Date.parse(date)) / 864e5);
}

function showSwitch(page: Document, now: Date): void {
  const ofSwitch = zones();
  const chosen = choice();
  const { event, mine = '' } = ofSwitch;
  const same = mine === event || mine === 'UTC';
  for (const input of page.querySelectorAll<HTMLInputElement>('.zones [type="radio"]')) {
    const { value } = input;
    const isOther = value === 'other';
    input.checked = isOther ? !(chosen in ofSwitch) : chosen === value;
    const zone = isOther ? input.checked && chosen : ofSwitch[value];
    const name = input.parentElement?.querySelector('[data-zone-name]');
    if (name) setText(name, zone ? ` ${zoneName(zone, now)}` : '…');
    input.parentElement?.toggleAttribute('hidden', value === 'mine' && same && !input.checked);
  }
}
