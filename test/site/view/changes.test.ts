/** What the pages and feeds of changes say. */
import { describe, expect, test } from 'vitest';
import type { DescribedChange } from '../../../schedule-data/history/described-change.ts';
import type { NewestChanges } from '../../../schedule-data/history/changes-reader.ts';
import { changesFeed, trackFeed } from '../../../site/view/changes-feed.ts';
import {
  changePage,
  changePages,
  changesPage,
  numberedPage,
  numberedPages,
  type ChangesDay,
} from '../../../site/view/changes-page.ts';
import { schedule, type PlainSchedule } from '../../support/build-site.ts';
import { change, commitNumber, newestOf } from '../../support/changes.ts';

const locals = (changes: NewestChanges, plain: PlainSchedule = {}, site?: string) => ({
  schedule: schedule({ tracks: { nova: {}, cinder: {}, swift: {} }, ...plain }),
  changes,
  site,
});
const changesOf = ({ groups }: ChangesDay) => groups.flat();
const numbers = (views: readonly { commit: { id: string } }[]) =>
  views.map(({ commit }) => parseInt(commit.id.slice(0, 7), 16));

describe('the page of the newest changes', () => {
  test('has days of the event’s zone, the newest first', () => {
    const { days } = changesPage(
      locals(
        newestOf(2, { 1: { time: '2018-09-11T05:59:00Z' }, 2: { time: '2018-09-11T06:00:00Z' } }),
      ),
    );
    expect(days.map((day) => [day.name, day.zone, numbers(changesOf(day))])).toEqual([
      ['Tuesday', 'MDT', [2]],
      ['Monday', 'MDT', [1]],
    ]);
    expect(changesOf(days[1]!)[0]!.at.label).toBe('23:59');
  });

  test.each([
    [0, 0, undefined],
    [99, 99, undefined],
    [149, 149, undefined],
    [150, 50, '/changes/page/1/'],
    [200, 100, '/changes/page/1/'],
    [249, 149, '/changes/page/1/'],
    [299, 99, '/changes/page/2/'],
    [300, 100, '/changes/page/2/'],
  ])('of %i changes has %i, and leads on to %s', (count, shown, older) => {
    const page = changesPage(locals(newestOf(count)));
    expect(page.days.flatMap(changesOf)).toHaveLength(shown);
    expect(page.older).toBe(older);
  });

  test('tells who, what, where more of that is, and how to take it back', () => {
    const [day] = changesPage(locals(newestOf(1, { 1: { parent: commitNumber(0) } }))).days;
    expect(changesOf(day!)[0]).toMatchObject({
      by: { name: 'ada', path: '/changes/?by=ada' },
      sentences: [[{ text: 'nova now: topic 1 (was topic 0)' }]],
      tracks: [{ name: 'cinder', path: '/changes/?track=cinder' }],
      commit: { short: '0000001', path: `/changes/${commitNumber(1)}/` },
      takeBack: {
        channel: '~revert 0000001',
        git: 'npx ptgbot takeback 0000001 && git push',
      },
    });
  });

  test('does not say how to take back the first of all, which nobody can', () => {
    const [day] = changesPage(locals(newestOf(1))).days;
    expect(changesOf(day!)[0]!.takeBack).toBeUndefined();
  });

  test('marks what was taken back, and what did so', () => {
    const changes = newestOf(3, { 3: { reverts: [commitNumber(2)] } });
    const [day] = changesPage(locals(changes)).days;
    const [third, second] = changesOf(day!);
    expect(third!.reverts).toMatchObject([{ short: '0000002' }]);
    expect(second!.revertedBy).toMatchObject([{ short: '0000003' }]);
  });

  test('calls by its subject what changed nothing that could be told', () => {
    const changes = newestOf(1, { 1: { sentences: [], subject: 'a comment' } });
    expect(changesOf(changesPage(locals(changes)).days[0]!)[0]!.sentences).toEqual([
      [{ text: 'a comment' }],
    ]);
  });
});

describe('the pages by number', () => {
  test('are the full ones of the newest changes', () => {
    const pages = (count: number) =>
      numberedPages(newestOf(count)).map(({ params }) => params.page);
    expect(pages(0)).toEqual([]);
    expect(pages(99)).toEqual([]);
    expect(pages(100)).toEqual(['1']);
    expect(pages(230)).toEqual(['2']);
  });

  test('show the same whatever comes after them', () => {
    const early = locals(newestOf(230));
    const late = locals(newestOf(299, { 290: { reverts: [commitNumber(150)] } }));
    expect(numberedPage(late, { page: '2' })).toEqual(numberedPage(early, { page: '2' }));
    const { days, older } = numberedPage(early, { page: '2' });
    expect(numbers(days.flatMap(changesOf))).toEqual(
      Array.from({ length: 100 }, (_, index) => 200 - index),
    );
    expect(older).toBe('/changes/page/1/');
  });
});

describe('the page of a change', () => {
  test('is another one only when something reverts it', () => {
    const params = { commit: commitNumber(150) };
    const before = newestOf(230);
    const shows = (changes: NewestChanges) =>
      changePages(changes).find((file) => file.params.commit === params.commit)?.shows;
    const change = before.newest.find(({ commit }) => commit === params.commit)!;
    expect(shows(before)).toEqual([change, undefined]);
    const reverted = { ...before, revertedBy: new Map([[params.commit, [commitNumber(231)]]]) };
    expect(shows(reverted)).toEqual([change, [commitNumber(231)]]);
    expect(changePage(locals(reverted), params).change.revertedBy).toMatchObject([
      { short: '00000e7' },
    ]);
  });

  test('is there for an older one that a newer one reverts', () => {
    const older = change(7);
    const changes = { ...newestOf(230), reverted: [older] };
    expect(changePages(changes).map(({ params }) => params.commit)).toContain(older.commit);
    expect(changePage(locals(changes), { commit: older.commit })).toMatchObject({
      date: '10 September 2018',
      when: { label: 'Mon 09:10 MDT' },
      files: older.files,
    });
  });
});

describe('the feed', () => {
  const site = 'https://ptg.example.org/stein';
  /** A few changes at given seconds. */
  const said = (...all: [seconds: number, more: Partial<DescribedChange>][]): NewestChanges =>
    newestOf(
      all.length,
      Object.fromEntries(
        all.map(([seconds, more], index) => {
          const time = new Date(Date.parse('2018-09-10T15:00:00Z') + seconds * 1000);
          const tracks = ['nova'];
          return [
            index + 1,
            { author: 'gibi', tracks, time: time.toISOString().replace('.000', ''), ...more },
          ];
        }),
      ),
    );

  test('has the newest first, with ids that stay', () => {
    const feed = changesFeed(locals(newestOf(230), {}, site));
    expect(feed).toMatchObject({
      id: 'tag:ptgbot.invalid,2026:denver-ptg:changes',
      self: `${site}/changes/feed.atom`,
      alternate: `${site}/changes/`,
      updated: feed.entries[0]!.updated,
    });
    expect(feed.entries).toHaveLength(50);
    expect(feed.entries[0]).toMatchObject({
      id: `tag:ptgbot.invalid,2026:commit:${commitNumber(230)}`,
      alternate: `${site}/changes/${commitNumber(230)}/`,
      title: 'nova now: topic 230 (was topic 229)',
    });
  });

  test('has no links where the address of the site is not known, as they have to be absolute', () => {
    const feed = changesFeed(locals(newestOf(3)));
    expect([feed.self, feed.alternate, feed.entries[0]!.alternate]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('has one entry for what somebody corrected within two minutes', () => {
    const { entries } = changesFeed(
      locals(
        said(
          [0, { sentences: ['nova now: multi-atach'] }],
          [120, { sentences: ['nova now: multi-attach (was multi-atach)'] }],
        ),
      ),
    );
    expect(entries).toMatchObject([
      {
        id: `tag:ptgbot.invalid,2026:commit:${commitNumber(1)}`,
        title: 'nova now: multi-attach (was multi-atach)',
        published: '2018-09-10T15:00:00Z',
        updated: '2018-09-10T15:02:00Z',
        content: 'nova now: multi-atach\nnova now: multi-attach (was multi-atach)',
      },
    ]);
  });

  test.each<[string, [number, Partial<DescribedChange>]]>([
    ['later', [121, {}]],
    ['by somebody else', [10, { author: 'ada' }]],
    ['of another track', [10, { tracks: ['cinder'] }]],
    ['of another track as well', [10, { tracks: ['cinder', 'nova'] }]],
  ])('has an entry of its own for a change %s', (_, second) => {
    expect(changesFeed(locals(said([0, {}], second))).entries).toHaveLength(2);
  });

  test('has two where somebody else spoke in between', () => {
    const feed = changesFeed(locals(said([0, {}], [5, { author: 'ada' }], [10, {}])));
    expect(feed.entries).toHaveLength(3);
  });

  test('leaves out what may have begun before the changes that are known', () => {
    const { entries } = changesFeed(locals({ ...newestOf(3), count: 203 }));
    expect(entries).toHaveLength(2);
  });

  test('of a track has its own changes, under former names too', () => {
    const tracks = { placement: { formerly: ['nova'] } };
    const feed = trackFeed(locals(newestOf(9), { tracks }, site), { track: 'placement' });
    expect(feed).toMatchObject({
      id: 'tag:ptgbot.invalid,2026:denver-ptg:changes:placement',
      self: `${site}/tracks/placement/feed.atom`,
      alternate: `${site}/tracks/placement/`,
    });
    expect(feed.entries.map(({ title }) => title)).toEqual([
      'nova now: topic 9 (was topic 8)',
      'nova now: topic 6 (was topic 5)',
      'nova now: topic 3 (was topic 2)',
    ]);
  });
});
