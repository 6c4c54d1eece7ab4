import { expect, test } from 'vitest';
import { spanAt, timeAt } from '../../bot/time-text.ts';

/** Monday, 18:30 in Denver. */
const now = new Date('2018-09-11T00:30:00Z');

test.each([
  ['2018-09-10T16:45:00Z', '10:45 MDT', 'today in the zone of the event'],
  ['2018-09-11T15:00:00Z', 'Tue 09:00 MDT', 'tomorrow'],
  ['2018-09-09T15:00:00Z', 'Sun 09:00 MDT', 'yesterday'],
  ['2018-09-16T15:00:00Z', 'Sun 09:00 MDT', 'in six days'],
  ['2018-09-17T15:00:00Z', 'Mon 17 Sept 09:00 MDT', 'in a week'],
  ['2018-11-12T16:00:00Z', 'Mon 12 Nov 09:00 MST', 'when clocks are others'],
])('%s is %s: %s', (time, text) => {
  expect(timeAt(time, 'America/Denver', now)).toBe(text);
});

test('a span has its day once', () => {
  const span = { start: '2018-09-12T04:30:00Z', end: '2018-09-12T06:30:00Z' };
  expect(spanAt(span, 'America/Denver', now)).toBe('Tue 22:30-00:30 MDT');
});
