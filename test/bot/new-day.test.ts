import { describe, expect, test } from 'vitest';
import { newDay } from '../../bot/new-day.ts';
import type { Person } from '../../schedule-data/format/file-schemas.ts';
import { toPlain } from '../../schedule-data/format/data-files.ts';
import { smallSchedule } from '../support/schedule.ts';

const now = (since: string) => `now: { topic: cells, since: "${since}" }`;
const ofTracks = (tracks: Record<string, string>, newday: string | undefined = '04:00') => {
  const schedule = smallSchedule(tracks);
  return { ...schedule, event: { ...schedule.event, newday } };
};
const ada: Person = {
  nick: 'ada',
  subscription: 'cells',
  checkIn: { track: 'nova', since: '2018-09-10T20:00:00Z' },
};
const people = new Map([['nick-ada', ada]]);
/** Tuesday, 04:30 in Denver. */
const tuesday = new Date('2018-09-11T10:30Z');

describe('a new day begins by itself', () => {
  test('where the event says when: topics, plans, places and check-ins of the day before go', () => {
    const schedule = ofTracks({
      nova: `${now('2018-09-11T05:00:00Z')}\nnext: [lunch]\nroom: aspen\nlocation: the bar`,
      cinder: now('2018-09-11T10:15:00Z'),
    });
    const begun = newDay({ schedule, people }, tuesday, undefined);
    const files = [...begun!.schedule.tracks].map(([slug, track]) => [slug, toPlain(track)]);
    expect(files).toEqual([
      ['cinder', { now: { topic: 'cells', since: '2018-09-11T10:15:00Z' } }],
      ['nova', {}],
    ]);
    expect([...begun!.people.values()]).toEqual([{ nick: 'ada', subscription: 'cells' }]);
  });

  test.each([
    ['not before its time', '2018-09-11T09:59Z', undefined, '04:00'],
    ['not where the event does not say when', '2018-09-11T10:30Z', undefined, undefined],
  ])('%s', (_, time, before, newday) => {
    const schedule = ofTracks({ nova: now('2018-09-11T05:00:00Z') });
    const event = { ...schedule.event, newday };
    const content = { schedule: { ...schedule, event }, people };
    expect(newDay(content, new Date(time), before)).toBeUndefined();
  });

  test('for what nobody knows the age of only when the day turns', () => {
    const content = { schedule: ofTracks({ nova: 'next: [lunch]' }), people: new Map() };
    expect(newDay(content, tuesday, new Date('2018-09-11T10:29Z'))).toBeUndefined();
    const begun = newDay(content, tuesday, new Date('2018-09-11T09:59Z'));
    expect(begun?.schedule.tracks.get('nova')?.next).toEqual([]);
  });
});
