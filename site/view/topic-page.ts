import { memoEach } from '../content/memo.ts';
import type { RouteParams } from './route-params.ts';
import { badge, type Badge } from './badge.ts';
import { clipped, plainText } from './preview.ts';
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

interface Found {
  readonly line: LogLine;
  readonly date: string;
}

/** The topics of a track by their ids. */
const topicsOf = memoEach((content: Content, slug): ReadonlyMap<string, Found> => {
  const topics = new Map<string, Found>();
  for (const { date, entries } of trackLog(content, slug))
    for (const line of entries) if (line.id) topics.set(line.id, { line, date: date.label });
  return topics;
});

/** A page for each topic that a track discussed, and a small one under each name that it had before. */
export function topicPaths(content: Content): readonly RouteParams[] {
  const { tracks } = content.schedule;
  const find = trackFinder(content.schedule);
  return [...tracks].flatMap(([slug, { formerly }]) => {
    const former = formerly.filter((name) => !tracks.has(name) && find(name)?.slug === slug);
    return [...topicsOf(content, slug).keys()].flatMap((topic) =>
      [slug, ...new Set(former)].map((track) => ({ track, topic })),
    );
  });
}

/** Throws when there is no such topic. */
export function topicPage(
  content: Content,
  { track: name = '', topic: id = '' }: RouteParams,
): TopicPage | FormerTopic {
  const { schedule } = content;
  const { timezone } = schedule.event;
  const find = trackFinder(schedule);
  const track = find(name);
  const found = track && topicsOf(content, track.slug).get(id);
  if (!found) throw new Error(`There is no topic ${id} of ${name}.`);
  const { slug, label } = track;
  const { line, date } = found;
  const { topic, until, by, place } = line;
  const { iso } = line.since;
  const path = topicUrl(slug, iso);
  if (slug !== name) return { kind: 'former', label, path };

  const when = datedMoment(new Date(iso), timezone);
  return {
    kind: 'topic',
    title: clipped(plainText(topic), longestTitle),
    description: [
      label,
      until ? `${when} – ${until.label}` : `since ${when}`,
      ...(place ? [plainText(place)] : []),
    ].join(' · '),
    path,
    track: { ...badge(slug, find), url: trackUrl(slug) },
    date,
    topic,
    since: { ...moment(iso, timezone), form: 'dated' },
    until,
    by,
    place,
    log: `${trackUrl(slug)}#${logAnchor(id)}`,
  };
}
