import { describe, expect, test } from 'vitest';
import { meetingsOf } from '../../../site/client/drift.ts';
import { toNotify, wordsOf, type Moment, type Said } from '../../../site/client/later/to-notify.ts';

const instant = (time: string) => `2026-11-30T${time}:00Z`;

/** What stands on the page at `08:50`: `nova 08:45 quotas` on the board, `nova Aspen 09:00-10:30` in the schedule. */
function moment(now: string, board: readonly string[], slots: readonly string[] = []): Moment {
  const said = board.map((text): Said => {
    const [, tracks = '', since, topic = ''] = /^(\S+) (\S+) (.*)/.exec(text)!;
    return {
      tracks: tracks.split('+'),
      topic,
      place: 'Aspen',
      since: since === '-' ? undefined : instant(since!),
    };
  });
  const booked = slots.map((text) => {
    const [track = '', room = '', times = ''] = text.split(' ');
    const [start = '', end = ''] = times.split('-').map(instant);
    return { track, room, start, end };
  });
  return { said, meetings: meetingsOf(booked), now: new Date(instant(now)) };
}

const labelOf = (track: string) => track.toUpperCase();
const told = (before: Moment, after: Moment, stars: readonly string[] = ['nova']) =>
  toNotify(before, after, stars).map((one) => {
    const { title, body } = wordsOf(one, labelOf, 'America/Denver');
    return `${title}: ${body.replace('\n', ', ')}`;
  });

describe('a topic', () => {
  test.each<[string, string[], string[], string[]]>([
    ['is told when it is new', [], ['nova 08:49 quotas'], ['NOVA now: quotas, Aspen']],
    [
      'is told when it takes the place of another',
      ['nova 08:40 quotas'],
      ['nova 08:49 cells'],
      ['NOVA now: cells, Aspen'],
    ],
    [
      'is told of a track that is the second one',
      [],
      ['cinder+nova 08:49 multi-attach'],
      ['CINDER, NOVA now: multi-attach, Aspen'],
    ],
    ['is told without its time', [], ['nova - quotas'], ['NOVA now: quotas, Aspen']],
    ['is not told when it was there before', ['nova 08:49 quotas'], ['nova 08:49 quotas'], []],
    ['is not told when it was corrected', ['nova 08:49 qoutas'], ['nova 08:49 quotas'], []],
    ['is not told of the tracks of others', [], ['cinder 08:49 quotas'], []],
    ['is not told when it is old', [], ['nova 08:40 quotas'], []],
    ['is not told when it is over', ['nova 08:49 quotas'], [], []],
  ])('%s', (_, before, after, expected) => {
    expect(told(moment('08:49', before), moment('08:50', after))).toEqual(expected);
  });
});

describe('a meeting', () => {
  const slot = 'nova Aspen 09:00-10:30';
  test.each<[string, string, string[], string, string[], string[]]>([
    [
      'is told ten minutes before',
      '08:49',
      [slot],
      '08:50',
      [slot],
      ['NOVA begins at 02:00: Aspen'],
    ],
    [
      'is told late rather than not',
      '08:30',
      [slot],
      '08:59',
      [slot],
      ['NOVA begins at 02:00: Aspen'],
    ],
    [
      'is told when it was just booked',
      '08:55',
      [],
      '08:56',
      [slot],
      ['NOVA begins at 02:00: Aspen'],
    ],
    [
      'is told when it moved',
      '08:55',
      [slot],
      '08:56',
      ['nova Birch 09:00-10:30'],
      ['NOVA begins at 02:00: Birch'],
    ],
    ['is not told earlier', '08:48', [slot], '08:49', [slot], []],
    ['is not told again', '08:50', [slot], '08:51', [slot], []],
    ['is not told when it has begun', '08:30', [slot], '09:00', [slot], []],
    [
      'is not told of the tracks of others',
      '08:49',
      ['cinder Aspen 09:00-10:30'],
      '08:50',
      ['cinder Aspen 09:00-10:30'],
      [],
    ],
    [
      'is not told when it merely goes on',
      '08:49',
      ['nova Aspen 08:00-09:00', slot],
      '08:50',
      ['nova Aspen 08:00-09:00', slot],
      [],
    ],
  ])('%s', (_, then, before, now, after, expected) => {
    expect(told(moment(then, [], before), moment(now, [], after))).toEqual(expected);
  });
});

test('without marked tracks nothing is told', () => {
  const after = moment('08:50', ['nova 08:49 quotas'], ['nova Aspen 09:00-10:30']);
  expect(told(moment('08:49', []), after, [])).toEqual([]);
});

test('where nobody knows the place, the topic stands alone', () => {
  const [one] = toNotify(moment('08:49', []), moment('08:50', ['nova 08:49 quotas']), ['nova']);
  expect(wordsOf({ ...one!, place: '' } as typeof one & object, labelOf, 'UTC').body).toBe(
    'quotas',
  );
});
