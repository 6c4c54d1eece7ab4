/** The schedule for terminals and mail: lines of at most 80 columns. */
import stringWidth from 'string-width';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { offeredSlots } from '../../schedule-data/schedule/slots.ts';
import { memo } from '../content/memo.ts';
import { wallClock } from './slot-times.ts';
import { momentLabel } from '../../schedule-data/text/clock.ts';
import { dateLabel, dateRangeLabel } from './times.ts';
import { trackLabel } from './track-names.ts';

const columns = 80;

type Content = Pick<App.Locals, 'schedule'>;

/** Who has booked what, day by day. */
export const scheduleText = memo(({ schedule }: Content): string => {
  const { event } = schedule;
  const booked = offeredSlots(schedule).filter(({ track }) => track !== null);
  const days = event.days.flatMap((day) => {
    const heading = day.date === undefined ? day.name : `${day.name}, ${dateLabel(day.date)}`;
    const ofDay = booked.filter((one) => one.day === day);
    const lines = ofDay.flatMap(({ slot, room, track }, index) => {
      const { start, end } = wallClock(slot);
      const isNew = ofDay[index - 1]?.slot !== slot;
      const name = trackLabel(schedule, track!);
      return row([
        [isNew ? `${start}–${end}` : '', 13],
        [name, 32],
        [schedule.rooms.get(room)?.name ?? room, Infinity],
      ]);
    });
    return [heading, underline(heading), ...(lines.length ? lines : ['nothing booked yet']), ''];
  });
  return textOf(schedule, days.length ? days : ['There are no days yet.', '']);
});

/** What is discussed now and next. */
export const nowText = memo(({ schedule }: Content): string => {
  const { timezone } = schedule.event;
  const now = [...schedule.tracks].flatMap(([slug, track]) => {
    if (!track.now) return [];
    const { topic, since } = track.now;
    const room = track.room === undefined ? undefined : schedule.rooms.get(track.room)?.name;
    const where = track.location ?? room;
    const details = [where, since === undefined ? since : `since ${momentLabel(since, timezone)}`];
    return [
      ...row([
        [trackLabel(schedule, slug), 20],
        [topic, Infinity],
      ]),
      ...row([
        ['', 20],
        [details.filter(Boolean).join(', '), Infinity],
      ]).filter((line) => line.trim() !== ''),
    ];
  });
  const next = [...schedule.tracks].flatMap(([slug, track]) =>
    track.next.flatMap((topic, index) =>
      row([
        [index === 0 ? trackLabel(schedule, slug) : '', 20],
        [topic, Infinity],
      ]),
    ),
  );
  return textOf(schedule, [
    ...['Now', '---', ...(now.length ? now : ['nothing announced']), ''],
    ...['Next', '----', ...(next.length ? next : ['nothing planned']), ''],
  ]);
});

function textOf({ event }: Schedule, lines: readonly string[]): string {
  const dates = dateRangeLabel(event.days.flatMap(({ date }) => date ?? []));
  const title = wrapped(event.name, columns);
  return [
    ...title,
    '='.repeat(Math.max(...title.map(widthOf))),
    ...wrapped(dates === undefined ? event.timezone : `${dates}, ${event.timezone}`, columns),
    '',
    ...lines,
  ].join('\n');
}

const underline = (text: string) => '-'.repeat(Math.min(widthOf(text), columns));

const widthOf = (text: string) => stringWidth(text);

type Cell = readonly [text: string, width: number];

/** Cells beside each other, each wrapped to its width; the last one has what is left of the line. */
function row(cells: readonly Cell[]): string[] {
  let left = columns;
  const wrappedCells = cells.map(([text, width]) => {
    const own = Math.min(width, left);
    left -= own;
    // One column stays free before the next cell.
    return { own, lines: wrapped(text, width === Infinity ? own : own - 1) };
  });
  const height = Math.max(...wrappedCells.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, index) =>
    wrappedCells
      .map(({ own, lines }) => {
        const text = lines[index] ?? '';
        return text + ' '.repeat(Math.max(own - widthOf(text), 0));
      })
      .join('')
      .trimEnd(),
  );
}

/** Lines of words, each at most so wide; a longer word is cut. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => piecesOf(one, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

const graphemes = new Intl.Segmenter();

function piecesOf(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const pieces = [''];
  for (const { segment } of graphemes.segment(word))
    if (widthOf(pieces.at(-1)! + segment) <= width) pieces[pieces.length - 1] += segment;
    else pieces.push(segment);
  return pieces;
}
