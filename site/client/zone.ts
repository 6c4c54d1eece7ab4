import { eventDate } from '../../schedule-data/schedule/event-day.ts';
import {
  dayAndMonth,
  momentLabel,
  shortMoment,
  timeOfDay,
  weekday,
  zoneName,
} from '../view/times.ts';
import { showDates } from './dates.ts';
import { settings } from './settings.ts';
import { setText } from './set-text.ts';

const eventZone = () => document.documentElement.dataset.timezone ?? 'UTC';
const readersZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** The zone that the reader chose, as IANA names it. */
export function chosenZone(): string {
  const { zone } = settings();
  return zone === 'mine' ? readersZone() : zone === 'utc' ? 'UTC' : eventZone();
}

/** Writes all times of a page in the chosen zone. */
export function showTimes(page: Document, now: Date): void {
  const zone = chosenZone();
  for (const element of page.querySelectorAll<HTMLTimeElement>('time[data-moment]'))
    setText(element, label(element, zone, now));
  for (const element of page.querySelectorAll<HTMLTimeElement>('.since > span + time'))
    setText(element.previousElementSibling, relativeDay(new Date(element.dateTime), zone, now));
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
  const zones = { event: eventZone(), mine: readersZone(), utc: 'UTC' };
  const same = zones.mine === zones.event || zones.mine === 'UTC';
  for (const input of page.querySelectorAll<HTMLInputElement>('.zones input')) {
    const value = input.value as keyof typeof zones;
    input.checked = settings().zone === value;
    const name = input.parentElement?.querySelector('[data-zone-name]');
    if (name && value !== 'utc') setText(name, zoneName(zones[value], now));
    input.parentElement?.toggleAttribute('hidden', value === 'mine' && same && !input.checked);
  }
}
