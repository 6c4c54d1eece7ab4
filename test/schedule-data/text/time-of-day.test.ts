import { describe, expect, test } from 'vitest';
import {
  readTimeRange,
  timeOfMinutes,
  minutesOf,
} from '../../../schedule-data/text/time-of-day.ts';

describe('from when to when', () => {
  test.each([
    ['09:00-10:45', '09:00', '10:45'],
    ['9:00 - 10:45', '09:00', '10:45'],
    ['09:00 – 10:00', '09:00', '10:00'],
    ['09:00—10:00', '09:00', '10:00'],
    ['9-10:30', '09:00', '10:30'],
    ['1400-1500', '14:00', '15:00'],
    ['900-1030', '09:00', '10:30'],
    ['9.00-10.45', '09:00', '10:45'],
    ['2pm-3pm', '14:00', '15:00'],
    ['2-3:30 p.m.', '14:00', '15:30'],
    ['9:00-5:00 PM', '09:00', '17:00'],
    ['11am - 1pm', '11:00', '13:00'],
    ['12am-1am', '00:00', '01:00'],
    ['12pm to 1pm', '12:00', '13:00'],
    ['22:00-01:00', '22:00', '01:00'],
    ['24:00-25:30', '24:00', '25:30'],
  ])('%j is %s to %s', (text, start, end) => {
    expect(readTimeRange(text)).toEqual({ start, end });
  });

  test.each(['', '14 UTC', 'morning', '09:00', '09:60-10:00', '48:00-49:00', '13pm-2pm', '09:00-'])(
    '%j is none',
    (text) => expect(readTimeRange(text)).toBeUndefined(),
  );

  test('minutes since the midnight before, and back', () => {
    for (const minutes of [0, 59, 60, 1439, 1440, 2879])
      expect(minutesOf(timeOfMinutes(minutes))).toBe(minutes);
  });
});
