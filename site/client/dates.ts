import { weekday } from '../../schedule-data/text/clock.ts';
import { dateLabel, dateRangeOfDays } from '../view/times.ts';
import { eventDate } from '../../schedule-data/schedule/event-day.ts';
import { setText } from './set-text.ts';

/**
 * What the day of a schedule is for somebody in another zone: its times may be on other dates there.
 * @param date `2018-09-10`, at the event
 * @param starts of its rows
 */
export function dayIn(
  zone: string,
  eventZone: string,
  date: string,
  starts: readonly Date[],
): { readonly label: string; readonly isElsewhere: boolean; readonly weekdays: readonly string[] } {
  const dates = starts.map((start) => eventDate(start, zone));
  const isElsewhere = zone !== eventZone && dates.some((one) => one !== date);
  const first = isElsewhere ? dates[0] : date;
  return {
    label: isElsewhere ? dateRangeOfDays(dates) : dateLabel(date),
    isElsewhere,
    weekdays: starts.map((start, index) => (dates[index] === first ? '' : weekday(start, zone))),
  };
}

/** Writes the dates of days as they are in a zone; a weekday stands where a row is on another date. */
export function showDates(page: Document, zone: string, eventZone: string): void {
  for (const section of page.querySelectorAll<HTMLElement>('[data-date]')) {
    const rows = [...section.querySelectorAll<HTMLElement>('.weekday')];
    const starts = rows.map((row) => {
      return new Date(row.parentElement?.querySelector('time')?.dateTime ?? NaN);
    });
    const { date = '' } = section.dataset;
    const { label, isElsewhere, weekdays } = dayIn(zone, eventZone, date, starts);
    setText(section.querySelector('.day-name .date'), label);
    section.classList.toggle('elsewhere', isElsewhere);
    for (const [index, row] of rows.entries()) {
      const text = weekdays[index]!;
      setText(row, text && `${text} `);
    }
  }
}
