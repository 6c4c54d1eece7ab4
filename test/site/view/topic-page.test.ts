import { describe, expect, test } from 'vitest';
import type { TopicLogEntry } from '../../../schedule-data/history/topic-log.ts';
import { topicGroups, topicPage } from '../../../site/view/topic-page.ts';
import { snapshot, type PlainSchedule } from '../../support/build-site.ts';

const cells: TopicLogEntry = {
  topic: 'cells with #cinder',
  since: '2018-09-10T16:05:00Z',
  by: 'gibi',
  room: 'aspen',
  commit: 'c',
};
const quotas: TopicLogEntry = { topic: 'quotas', since: '2018-09-10T17:00:00.250Z', commit: 'd' };
const over = { ...cells, until: quotas.since };

const content = (entries: readonly TopicLogEntry[], plain: PlainSchedule = {}) =>
  snapshot(
    { tracks: { nova: {}, cinder: {} }, rooms: { aspen: { name: 'Aspen' } }, ...plain },
    [],
    [],
    new Map([['nova', entries]]),
  );
const page = (entries: readonly TopicLogEntry[], plain?: PlainSchedule, track = 'nova') =>
  topicPage(content(entries, plain), { track, topic: '20180910T160500Z' });

describe('the page of a topic', () => {
  test('says what, whose, since when, where and by whom, and leads to its track', () => {
    expect(page([cells])).toEqual({
      kind: 'topic',
      title: 'cells with #cinder',
      description: 'nova · since Mon 10 Sept 10:05 MDT · Aspen',
      path: '/tracks/nova/20180910T160500Z/',
      track: { label: 'nova', track: 'nova', className: 'track-nova', url: '/tracks/nova/' },
      date: '10 September 2018',
      topic: [
        { text: 'cells with ' },
        { text: '#cinder', className: 'track-cinder', url: '/tracks/cinder/' },
      ],
      since: { iso: cells.since, label: 'Mon 10:05 MDT', form: 'dated' },
      until: undefined,
      by: 'gibi',
      place: [{ text: 'Aspen', url: '/rooms/aspen/' }],
      log: '/tracks/nova/#log-20180910T160500Z',
    });
  });

  test('stays where it is when the topic is over, and says until when it was on', () => {
    expect(page([over, quotas])).toMatchObject({
      path: '/tracks/nova/20180910T160500Z/',
      description: 'nova · Mon 10 Sept 10:05 MDT – 11:00 · Aspen',
      until: { label: '11:00' },
    });
  });

  test('has a title of a length that previews show', () => {
    const { title = '' } = page([{ ...cells, topic: '👩‍💻'.repeat(150) }]) as { title?: string };
    expect(title.length).toBeLessThanOrEqual(150);
    expect(title).toMatch(/^(👩‍💻)+…$/u);
  });

  test('throws where there is no such topic', () => {
    expect(() => topicPage(content([cells]), { track: 'nova', topic: 'x' })).toThrow(
      'There is no topic x of nova.',
    );
    expect(() => page([cells], {}, 'swift')).toThrow();
  });
});

describe('the addresses of topics', () => {
  const paths = (entries: readonly TopicLogEntry[], tracks?: Record<string, unknown>) =>
    topicGroups(content(entries, tracks && { tracks }))
      .flat()
      .map(({ params: { track, topic } }) => `${track}/${topic}`);

  test('are made of the track and of the instant since when it is on', () => {
    expect(paths([over, quotas])).toEqual(['nova/20180910T170000.250Z', 'nova/20180910T160500Z']);
    expect(paths([])).toEqual([]);
  });

  test('are one where two topics are said to have begun at once: that of the newer', () => {
    const other = { ...cells, topic: 'corrected' };
    expect(paths([cells, other])).toEqual(['nova/20180910T160500Z']);
    expect(page([cells, other])).toMatchObject({ title: 'corrected' });
  });

  test('lead on from the names that the track had before, unless another track has them now', () => {
    const nova = { formerly: ['compute', 'cinder'] };
    expect(paths([cells], { nova, cinder: {} })).toEqual([
      'nova/20180910T160500Z',
      'compute/20180910T160500Z',
    ]);
    expect(page([cells], { tracks: { nova } }, 'compute')).toEqual({
      kind: 'former',
      label: 'nova',
      path: '/tracks/nova/20180910T160500Z/',
    });
  });
});
