/** What counts as discussed, commit by commit: an example for each way in which topics come and go. */
import { describe, expect, test } from 'vitest';
import {
  topicLogsOf,
  withTrackChanges,
  type TopicLogs,
} from '../../../schedule-data/history/topic-log.ts';
import { value } from '../../support/schedule.ts';

const day = '2018-09-10';
const at = (time: string) => `${day}T${time}:00Z`;
const said = (topic: string, since?: string, by = 'gibi') =>
  `now: { topic: ${topic}, by: ${by}${since ? `, since: "${at(since)}"` : ''} }`;

/** One commit: when, what it makes of which track (null for deleted), and whether it takes back others. */
type Commit = [time: string, tracks: Record<string, string | null>, ...reverts: string[]];

function logsAfter(commits: readonly Commit[]): TopicLogs {
  return commits.reduce<TopicLogs>(
    (logs, [time, tracks, ...reverts], index) =>
      withTrackChanges(logs, {
        commit: `c${index + 1}`,
        parent: index ? `c${index}` : undefined,
        time: at(time),
        reverts,
        tracks: new Map(
          Object.entries(tracks).map(([slug, text]) => [
            slug,
            text === null ? undefined : value('track', text),
          ]),
        ),
      }),
    new Map(),
  );
}

/** `cells 10:00–10:30`, without an end while it is on. */
function lines(logs: TopicLogs, slug = 'nova'): string[] {
  const clock = (time: string) => time.slice(11, 16);
  return (logs.get(slug) ?? []).map(
    ({ topic, since, until }) => `${topic} ${clock(since)}–${until ? clock(until) : ''}`,
  );
}

describe('the log of a track', () => {
  const cells = said('cells', '10:00');
  const lunch = said('lunch', '10:30');

  test.each<[string, Commit[], string[]]>([
    ['a topic that is on has no end', [['10:00', { nova: cells }]], ['cells 10:00–']],
    [
      'the next topic ends it',
      [
        ['10:00', { nova: cells }],
        ['10:30', { nova: lunch }],
      ],
      ['cells 10:00–10:30', 'lunch 10:30–'],
    ],
    [
      'cleaning ends it when that is committed',
      [
        ['10:00', { nova: cells }],
        ['10:45', { nova: '' }],
      ],
      ['cells 10:00–10:45'],
    ],
    [
      'what changes about a track without its topic changes nothing',
      [
        ['10:00', { nova: cells }],
        ['10:10', { nova: `${cells}\ncolor: "#000000"\nnext: [lunch]` }],
        ['10:20', { cinder: '' }],
      ],
      ['cells 10:00–'],
    ],
    [
      'the same topic, announced again, stands twice',
      [
        ['10:00', { nova: cells }],
        ['10:30', { nova: said('cells', '10:30') }],
      ],
      ['cells 10:00–10:30', 'cells 10:30–'],
    ],
    [
      'a deleted track ends its topic; added again, it goes on with its log',
      [
        ['10:00', { nova: cells }],
        ['10:45', { nova: null }],
        ['11:00', { nova: '' }],
        ['11:30', { nova: said('again', '11:30') }],
      ],
      ['cells 10:00–10:45', 'again 11:30–'],
    ],
    [
      'a track that never discussed anything has none',
      [
        ['10:00', { nova: '' }],
        ['10:10', { nova: null }],
      ],
      [],
    ],
  ])('%s', (_, commits, expected) => {
    expect(lines(logsAfter(commits))).toEqual(expected);
  });

  test.each<[string, Commit[], string[]]>([
    [
      'of an announcement takes it off the log, and what was on before goes on',
      [
        ['10:00', { nova: cells }],
        ['10:30', { nova: lunch }],
        ['10:31', { nova: cells }, 'c2'],
      ],
      ['cells 10:00–'],
    ],
    [
      'of an announcement, without saying so, does the same',
      [
        ['10:00', { nova: cells }],
        ['10:30', { nova: lunch }],
        ['10:31', { nova: cells }],
      ],
      ['cells 10:00–'],
    ],
    [
      'of the only announcement leaves nothing',
      [
        ['10:00', { nova: cells }],
        ['10:05', { nova: '' }, 'c1'],
      ],
      [],
    ],
    [
      'of the cleaning lets the topic go on as if nothing had happened',
      [
        ['10:00', { nova: cells }],
        ['10:45', { nova: '' }],
        ['10:46', { nova: cells }, 'c2'],
      ],
      ['cells 10:00–'],
    ],
    [
      'of a revert brings the announcement back',
      [
        ['10:00', { nova: cells }],
        ['10:30', { nova: lunch }],
        ['10:31', { nova: cells }, 'c2'],
        ['10:32', { nova: lunch }, 'c3'],
      ],
      ['cells 10:00–10:30', 'lunch 10:30–'],
    ],
    [
      'of an announcement that is long over takes out that one alone',
      [
        ['10:00', { nova: cells }],
        ['10:30', { nova: lunch }],
        ['11:00', { nova: said('placement', '11:00') }],
        ['11:05', {}, 'c2'],
      ],
      ['cells 10:00–10:30', 'placement 11:00–'],
    ],
  ])('a revert %s', (_, commits, expected) => {
    expect(lines(logsAfter(commits))).toEqual(expected);
  });

  test.each<[string, Commit[], string[]]>([
    [
      'that corrects a word of a topic leaves its time',
      [
        ['10:00', { nova: said('cels', '10:00') }],
        ['10:05', { nova: cells }],
      ],
      ['cells 10:00–'],
    ],
    [
      'without a time counts from its commit, and only once',
      [
        ['10:00', { nova: said('cells') }],
        ['10:10', { nova: `${said('cells')}\nlocation: bar` }],
        ['10:30', { nova: said('lunch') }],
      ],
      ['cells 10:00–10:30', 'lunch 10:30–'],
    ],
    [
      'that begins before what is on ends that when it is committed',
      [
        ['10:00', { nova: cells }],
        ['10:30', { nova: said('breakfast', '08:00') }],
      ],
      ['cells 10:00–10:30', 'breakfast 08:00–'],
    ],
    [
      'by a clock that is behind never ends a topic before its beginning',
      [
        ['10:00', { nova: cells }],
        ['09:00', { nova: '' }],
      ],
      ['cells 10:00–10:00'],
    ],
  ])('a hand edit %s', (_, commits, expected) => {
    expect(lines(logsAfter(commits))).toEqual(expected);
  });

  test('says who announced it, where it was at last, and by which commit', () => {
    const logs = logsAfter([
      ['10:00', { nova: `${cells}\nroom: aspen` }],
      ['10:05', { nova: `${cells}\nroom: aspen\nlocation: in the bar` }],
      ['10:30', { nova: `${said('lunch', '10:30', 'ada')}\nroom: aspen` }],
    ]);
    expect(logs.get('nova')).toEqual([
      {
        topic: 'cells',
        since: at('10:00'),
        until: at('10:30'),
        by: 'gibi',
        location: 'in the bar',
        commit: 'c1',
      },
      { topic: 'lunch', since: at('10:30'), by: 'ada', room: 'aspen', commit: 'c3' },
    ]);
  });

  test('ends all topics on a new day', () => {
    const logs = logsAfter([
      ['10:00', { nova: cells, cinder: cells }],
      ['18:00', { nova: '', cinder: '' }],
    ]);
    expect([lines(logs), lines(logs, 'cinder')]).toEqual([
      ['cells 10:00–18:00'],
      ['cells 10:00–18:00'],
    ]);
  });

  test('keeps the newest 200 topics', () => {
    const commits = Array.from({ length: 210 }, (_, index): Commit => [
      '10:00',
      {
        nova: `now: { topic: topic ${index}, since: "${new Date(index * 60_000).toISOString()}" }`,
      },
    ]);
    const entries = logsAfter(commits).get('nova')!;
    expect([entries.length, entries[0]?.topic, entries.at(-1)?.topic]).toEqual([
      200,
      'topic 10',
      'topic 209',
    ]);
  });

  test('is the same value while nothing happens to the track', () => {
    const before = logsAfter([['10:00', { nova: cells }]]);
    const changes = {
      commit: 'c2',
      parent: 'c1',
      time: at('10:01'),
      reverts: [],
      tracks: new Map(),
    };
    expect(withTrackChanges(before, changes)).toBe(before);
  });
});

describe('the log of a renamed track', () => {
  const tracks = (files: Record<string, string>) =>
    new Map(Object.entries(files).map(([slug, text]) => [slug, value('track', text)]));
  const commits: Commit[] = [
    ['09:00', { compute: said('cells', '09:00') }],
    ['10:00', { compute: said('lunch', '10:00') }],
    ['10:30', { compute: null, nova: `${said('lunch', '10:00')}\nformerly: [compute]` }],
    ['11:00', { nova: `${said('placement', '11:00')}\nformerly: [compute]` }],
  ];

  test('holds what it discussed under its former name, and what was on meanwhile once', () => {
    const logs = topicLogsOf(logsAfter(commits), tracks({ nova: 'formerly: [compute]' }));
    expect(lines(logs)).toEqual(['cells 09:00–10:00', 'lunch 10:00–11:00', 'placement 11:00–']);
    expect(logs.has('compute')).toBe(false);
  });

  test('goes back with the name when the renaming is reverted', () => {
    const back: Commit = ['10:40', { compute: said('lunch', '10:00'), nova: null }, 'c3'];
    const logs = topicLogsOf(logsAfter([...commits.slice(0, 3), back]), tracks({ compute: '' }));
    expect(lines(logs, 'compute')).toEqual(['cells 09:00–10:00', 'lunch 10:00–']);
  });

  test('leaves a track that has its former name now what is its own', () => {
    const logs = logsAfter([...commits, ['12:00', { compute: said('other', '12:00') }]]);
    const now = tracks({ nova: 'formerly: [compute]', compute: '' });
    expect(lines(topicLogsOf(logs, now))).toEqual(['lunch 10:00–11:00', 'placement 11:00–']);
    expect(lines(topicLogsOf(logs, now), 'compute').at(-1)).toBe('other 12:00–');
  });
});
