import { describe, expect, test } from 'vitest';
import {
  driftOf,
  driftWords,
  type Drift,
  type Booked,
} from '../../../schedule-data/schedule/drift.ts';

const at = (time: string) => `2018-09-10T${time}:00Z`;
const booked = (room: string, start: string, end: string) => ({
  room,
  start: at(start),
  end: at(end),
});

const morning = booked('aspen', '09:00', '10:45');
const late = booked('aspen', '11:00', '12:30');
const elsewhere = booked('birch', '11:00', '12:30');
const next = booked('birch', '10:45', '12:30');
const evening = booked('aspen', '16:00', '17:00');

/** `not-started 5 aspen → birch`: kind, minutes, the room of the meeting, that of the next one. */
function drift(meetings: Parameters<typeof driftOf>[0], since: string | undefined, now: string) {
  const said = since === undefined ? undefined : since === '?' ? {} : { since: at(since) };
  const found = driftOf(meetings, said, new Date(at(now)));
  return [
    found.kind,
    ...('minutes' in found ? [found.minutes] : []),
    ...('meeting' in found ? [found.meeting.room] : []),
    ...(found.next ? [`→ ${found.next.room}`] : []),
  ].join(' ');
}

describe('a track that said its topic at a time, at another one', () => {
  test.each<[string, Parameters<typeof driftOf>[0], string | undefined, string, string]>([
    ['nothing is booked', [], '09:00', '09:10', 'apart'],
    ['before it begins', [morning], undefined, '08:59', 'apart → aspen'],
    ['it begins', [morning], undefined, '09:00', 'not-started 0 aspen'],
    ['it has begun', [morning], undefined, '09:12', 'not-started 12 aspen'],
    [
      'what was said hours before is not about it',
      [morning],
      '08:00',
      '09:12',
      'not-started 12 aspen',
    ],
    [
      'what was said 16 minutes before neither',
      [morning],
      '08:44',
      '09:12',
      'not-started 12 aspen',
    ],
    ['what was said 15 minutes before is', [morning], '08:45', '09:12', 'on-time aspen'],
    ['what was said in it is', [morning], '09:05', '09:12', 'on-time aspen'],
    ['nobody knows when it was said', [morning], '?', '09:12', 'on-time aspen'],
    ['it is said by a clock that is fast', [morning], '09:13', '09:12', 'on-time aspen'],
    ['the last word is an hour old', [morning], '09:05', '10:05', 'quiet 60 aspen'],
    ['just before the end', [morning], '10:00', '10:44', 'on-time aspen'],
    ['at the end', [morning], '10:00', '10:45', 'apart'],
    ['a minute after it', [morning], '10:00', '10:46', 'over 1 aspen'],
    ['an hour after it', [morning], '10:00', '11:45', 'over 60 aspen'],
    ['for longer nobody stays', [morning], '10:00', '11:46', 'apart'],
    ['but who spoke after the end, from then on', [morning], '10:55', '11:50', 'over 65 aspen'],
    ['what was said long after the end is something else', [morning], '11:00', '11:10', 'apart'],
    ['who said nothing in it does not run over', [morning], '08:00', '10:50', 'apart'],
    ['nor who cleared the topic', [morning], undefined, '10:50', 'apart'],
    ['nor who said it nobody knows when', [morning], '?', '10:50', 'apart'],
    [
      'the same room again soon: that is a break',
      [morning, late],
      '10:00',
      '10:50',
      'apart → aspen',
    ],
    [
      'another room soon: that is not',
      [morning, elsewhere],
      '10:00',
      '10:50',
      'over 5 aspen → birch',
    ],
    [
      'the same room hours later: neither',
      [morning, evening],
      '10:00',
      '10:50',
      'over 5 aspen → aspen',
    ],
    ['it went on', [morning, elsewhere], '10:00', '11:05', 'not-started 5 birch'],
    [
      'it went on, and said so in the break',
      [morning, elsewhere],
      '10:50',
      '11:05',
      'on-time birch',
    ],
    [
      'what was said in the one before is not about this one',
      [morning, next],
      '10:40',
      '10:50',
      'not-started 5 birch',
    ],
    [
      'two rooms at once: the one that began last',
      [morning, booked('birch', '09:30', '10:00')],
      '09:35',
      '09:40',
      'on-time birch',
    ],
    ['in any order', [evening, morning], '09:05', '09:10', 'on-time aspen → aspen'],
  ])('%s', (_what, meetings, since, now, expected) => {
    expect(drift(meetings, since, now)).toBe(expected);
  });
});

describe('in words', () => {
  const meeting = morning;
  const next = undefined;
  test.each<[Drift<Booked>, string]>([
    [{ kind: 'not-started', meeting, minutes: 12, next }, 'not started yet'],
    [{ kind: 'on-time', meeting, next }, ''],
    [{ kind: 'quiet', meeting, minutes: 95, next }, 'last word 95 min ago'],
    [{ kind: 'quiet', meeting, minutes: 120, next }, 'last word 2 h ago'],
    [{ kind: 'over', meeting, minutes: 20, next }, 'running 20 min over'],
    [{ kind: 'apart', last: meeting, next }, ''],
  ])('%o', (drift, words) => {
    expect(driftWords(drift)).toBe(words);
  });
});

test('apart from its meetings the last one is told', () => {
  expect(driftOf([evening, morning], undefined, new Date(at('12:00')))).toEqual({
    kind: 'apart',
    last: morning,
    next: evening,
  });
});
