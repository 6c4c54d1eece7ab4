import { momentLabel, shortMoment, timeOfDay, weekday, zoneName } from '../view/times.ts';
import { settings } from './settings.ts';

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
  for (const element of page.querySelectorAll<HTMLElement>('[data-zone-at]'))
    setText(element, zoneName(zone, new Date(element.dataset.zoneAt || now)));
  showSwitch(page, now);
}

function label({ dateTime, dataset }: HTMLTimeElement, zone: string, now: Date): string {
  const instant = new Date(dateTime);
  if (dataset.moment === 'moment')
    return weekday(instant, zone) === weekday(now, zone) && Math.abs(+now - +instant) < 864e5
      ? shortMoment(instant, zone)
      : momentLabel(dateTime, zone);
  const time = timeOfDay(instant, zone);
  const day = weekday(instant, zone);
  // A slot of Tuesday at the event may be on Wednesday for the reader.
  return day === weekday(instant, eventZone()) ? time : `${day} ${time}`;
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

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
