import { describe, expect, test } from 'vitest';
import { driftWords, type Booked, type Drift } from '../../../schedule-data/schedule/drift.ts';
import { driftToTell, meetingsOf } from '../../../site/client/drift.ts';

const slot = (track: string, room: string, start: string, end: string) => ({
  track,
  room,
  start: `2018-09-10T${start}:00Z`,
  end: `2018-09-10T${end}:00Z`,
});

describe('slots that stand on a page are meetings', () => {
  const meetings = (...slots: ReturnType<typeof slot>[]) =>
    [...meetingsOf(slots)].map(([track, booked]) =>
      [
        track,
        ...booked.map(
          ({ room, start, end }) => `${room} ${start.slice(11, 16)}-${end.slice(11, 16)}`,
        ),
      ].join(', '),
    );

  test('one where the same room goes on without a break, whatever stands between', () => {
    expect(
      meetings(
        slot('nova', 'Aspen', '09:00', '10:45'),
        slot('cinder', 'Vail', '09:00', '10:45'),
        slot('nova', 'Aspen', '10:45', '12:30'),
        slot('cinder', 'Aspen', '10:45', '12:30'),
      ),
    ).toEqual(['nova, Aspen 09:00-12:30', 'cinder, Vail 09:00-10:45, Aspen 10:45-12:30']);
  });

  test('two where there is a break', () => {
    expect(
      meetings(slot('nova', 'Aspen', '09:00', '10:30'), slot('nova', 'Aspen', '10:45', '12:30')),
    ).toEqual(['nova, Aspen 09:00-10:30, Aspen 10:45-12:30']);
  });
});

describe('what is told without being asked', () => {
  const meeting = (room: string): Booked => slot('', room, '09:00', '10:45');
  const over = (minutes: number): Drift<Booked> => ({
    kind: 'over',
    meeting: meeting('Aspen'),
    minutes,
    next: undefined,
  });
  const notStarted = (minutes: number): Drift<Booked> =>
    ({ ...over(minutes), kind: 'not-started' }) as Drift<Booked>;
  const quiet: Drift<Booked> = { ...over(95), kind: 'quiet' } as Drift<Booked>;
  const onTime = (room: string): Drift<Booked> => ({
    kind: 'on-time',
    meeting: meeting(room),
    next: undefined,
  });
  const apart: Drift<Booked> = { kind: 'apart', last: undefined, next: undefined };

  test.each<[string, string, Record<string, Drift<Booked>>, string]>([
    ['nothing of who has nothing booked', 'nova', {}, ''],
    ['nothing of who is on time', 'nova', { nova: onTime('Aspen') }, ''],
    ['nothing of who has a free hour', 'nova', { nova: apart }, ''],
    ['who says nothing any more', 'nova', { nova: quiet }, 'last word 95 min ago'],
    ['not who may come yet', 'nova', { nova: notStarted(14) }, ''],
    ['who does not come', 'nova', { nova: notStarted(15) }, 'not started yet'],
    ['not who is about to end', 'nova', { nova: over(14) }, ''],
    ['who does not end', 'nova', { nova: over(15) }, 'running 15 min over'],
    [
      'not who left the room to another track',
      'nova',
      { nova: over(15), cinder: onTime('Aspen') },
      '',
    ],
    [
      'another one elsewhere makes no difference',
      'nova',
      { nova: over(15), cinder: onTime('Vail') },
      'running 15 min over',
    ],
    [
      'not who meets with another one now',
      'nova cinder',
      { nova: over(15), cinder: onTime('Vail') },
      '',
    ],
    [
      'with that one, what is to be told of it',
      'nova cinder',
      { nova: apart, cinder: quiet },
      'last word 95 min ago',
    ],
  ])('%s', (_what, tracks, drifts, words) => {
    const told = driftToTell(tracks.split(' '), new Map(Object.entries(drifts)));
    expect(told ? driftWords(told) : '').toBe(words);
  });
});
