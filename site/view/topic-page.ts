import { memoEach } from '../content/memo.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { badge, type Badge } from './badge.ts';
import type { PageGroup } from './page-file.ts';
import { clipped, plainText } from './preview.ts';
import type { RouteParams } from './route-params.ts';
import { datedMoment } from '../../schedule-data/text/clock.ts';
import { moment, type Moment } from './times.ts';
import { logAnchor, topicUrl } from './topic-address.ts';
import { trackLog, type LogLine } from './track-log.ts';
import { trackFinder, trackUrl } from './track-names.ts';

/** A topic under a former name of its track leads to its own page. */
interface FormerTopic {
  readonly kind: 'former';
  readonly label: string;
  readonly path: string;
}

/** Everything that the page of one topic shows. */
export interface TopicPage extends Pick<LogLine, 'topic' | 'until' | 'by' | 'place'> {
  readonly kind: 'topic';
  readonly title: string;
  /** Whose it is, when and where, for previews of links. */
  readonly description: string;
  readonly path: string;
  readonly track: Badge & { readonly url: string };
  /** `12 September 2018`. */
  readonly date: string;
  readonly since: Moment;
  /** Where it stands among the others of its track. */
  readonly log: string;
}

type Content = Pick<App.Locals, 'schedule' | 'history'>;

/** What is no title of a page any more is too long for a preview as well. */
const longestTitle = 150;

/** The pages of a track's topics by their ids, each made once: what was said stays as it was. */
const pagesOf = memoEach((content: Content, slug): ReadonlyMap<string, TopicPage> => {
  const pageOf = pageMaker(content.schedule, slug);
  const pages = new Map<string, TopicPage>();
  for (const { date, entries } of trackLog(content, slug))
    for (const line of entries) if (line.id) pages.set(line.id, pageOf(line, line.id, date.label));
  return pages;
});

/** A page for each topic of each track, and a small one under each name that the track had before. */
export function topicGroups(content: Content): readonly PageGroup[] {
  return [...content.schedule.tracks.keys()].map((slug) => groupOf(content, slug));
}

const groupOf = memoEach((content: Content, slug): PageGroup => {
  const { tracks } = content.schedule;
  const find = trackFinder(content.schedule);
  const former = (tracks.get(slug)?.formerly ?? []).filter(
    (name) => !tracks.has(name) && find(name)?.slug === slug,
  );
  return [...pagesOf(content, slug)].flatMap(([topic, page]) => [
    { params: { track: slug, topic }, shows: [page] },
    ...[...new Set(former)].map((track) => ({
      params: { track, topic },
      shows: [page.track.label, page.path],
    })),
  ]);
});

/** Throws when there is no such topic. */
export function topicPage(
  content: Content,
  { track: name = '', topic: id = '' }: RouteParams,
): TopicPage | FormerTopic {
  const track = trackFinder(content.schedule)(name);
  const page = track && pagesOf(content, track.slug).get(id);
  if (!page) throw new Error(`There is no topic ${id} of ${name}.`);
  if (track.slug !== name) return { kind: 'former', label: track.label, path: page.path };
  return page;
}

type MakePage = (line: LogLine, id: string, date: string) => TopicPage;

const pageMaker = memoEach((schedule: Schedule, slug): MakePage => {
  const { timezone } = schedule.event;
  const find = trackFinder(schedule);
  const pages = new WeakMap<LogLine, TopicPage>();
  return (line, id, date) => {
    let page = pages.get(line);
    if (!page) pages.set(line, (page = topicPageOf(line, id, date)));
    return page;
  };

  function topicPageOf(
    { topic, since: { iso }, until, by, place }: LogLine,
    id: string,
    date: string,
  ): TopicPage {
    const track = { ...badge(slug, find), url: trackUrl(slug) };
    const when = datedMoment(new Date(iso), timezone);
    return {
      kind: 'topic',
      title: clipped(plainText(topic), longestTitle),
      description: [
        track.label,
        until ? `${when} – ${until.label}` : `since ${when}`,
        ...(place ? [plainText(place)] : []),
      ].join(' · '),
      path: topicUrl(slug, iso),
      track,
      date,
      topic,
      since: { ...moment(iso, timezone), form: 'dated' },
      until,
      by,
      place,
      log: `${trackUrl(slug)}#${logAnchor(id)}`,
    };
  }
});
