/** What calendars, and the other files for programs, of a very big event cost. */
import ical from 'ical-generator';
import { emptyCalendar, withSchedule } from '../schedule-data/history/calendar-log.ts';
import { noChanges } from '../schedule-data/history/changes-reader.ts';
import { withTrack } from '../schedule-data/schedule/schedule.ts';
import { compileSite } from '../site/build/compile.ts';
import type { SiteContent } from '../site/content/site-content.ts';
import { loadRenderer } from '../site/render/load.ts';
import { SitePlanner, type PlannedFile } from '../site/render/plan.ts';
import { bigEvent, bigHistory } from './big-event.ts';
import { median, ms, report } from './measure.ts';

const isFeed = ({ paths: [path] }: PlannedFile) => /\.(?:ics|xml|json|txt)$/.test(path);

export async function benchFeeds(): Promise<void> {
  const renderer = await loadRenderer(await compileSite());
  let schedule = bigEvent();
  const { entries } = withSchedule(emptyCalendar, schedule, '2018-09-01T12:00:00Z');
  const content = (): SiteContent => ({
    ...{ commit: '', schedule, problems: [], presence: [] },
    ...{ history: bigHistory(), changes: noChanges, calendar: entries },
  });
  const planned = async (planner: SitePlanner) => {
    const plan = await planner.plan(content());
    return [...plan.files, ...(await plan.later!()).files].filter(isFeed);
  };
  const render = async (files: readonly PlannedFile[]) => {
    let bytes = 0;
    for (const file of files) bytes += (await file.content()).length;
    return bytes;
  };
  const [all, peer]: [number[], number[]] = [[], []];
  let files: readonly PlannedFile[] = [];
  let bytes = 0;
  let planner = new SitePlanner(renderer, { site: 'https://ptg.example.org' });
  for (let run = 0; run < 5; run++) {
    planner = new SitePlanner(renderer, { site: 'https://ptg.example.org' });
    const begin = performance.now();
    files = await planned(planner);
    bytes = await render(files);
    all.push(performance.now() - begin);
    peer.push(libraryAlone(entries));
  }
  report('feeds, 500 × 100 × 10: all of them', ms(median(all)), '< 3000 ms', median(all) < 3000);
  report('  files, and what they weigh', `${files.length}, ${(bytes / 1e6).toFixed(1)} MB`);
  report('  the library alone, each entry once', ms(median(peer)));
  report('  ratio', `${(median(all) / median(peer)).toFixed(2)} ×`);

  const versions = new Map(files.map(({ paths: [path], version }) => [path, version]));
  const slug = 'team-13';
  const now = { topic: 'a new topic', since: '2018-09-10T15:30:00Z' };
  schedule = withTrack(schedule, slug, { ...schedule.tracks.get(slug)!, now });
  const begin = performance.now();
  const changed = (await planned(planner)).filter(
    ({ paths: [path], version }) => versions.get(path) !== version,
  );
  const size = await render(changed);
  report('feeds after one topic', ms(performance.now() - begin));
  report('  files, and what they weigh', `${changed.length}, ${(size / 1e6).toFixed(1)} MB`);
}

/** Writes a calendar of the entries with as much as it takes; how long that took, in milliseconds. */
function libraryAlone(entries: SiteContent['calendar'] & object): number {
  const begin = performance.now();
  const calendar = ical({ name: 'big' });
  for (const { id, start, end, track, room, sequence } of entries)
    calendar.createEvent({
      ...{ id, sequence, summary: track, location: room, description: track },
      ...{ start: new Date(start), end: new Date(end), stamp: new Date(start) },
      categories: [{ name: track }],
      url: 'https://ptg.example.org/',
    });
  calendar.toString();
  return performance.now() - begin;
}
