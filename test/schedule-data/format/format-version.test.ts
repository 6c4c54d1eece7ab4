import { expect, test } from 'vitest';
import { readFile } from '../../../schedule-data/format/data-files.ts';
import { newerFormat } from '../../../schedule-data/format/format-version.ts';

test.each([
  ['id: denver', undefined],
  ['format: 1\nid: denver', undefined],
  ['format: 2', 2],
  ['id: denver\nformat: 12 # of next year\n', 12],
  ['format : 3\r\nid: denver', 3],
  ['name: "format: 2"', undefined],
  ['  format: 2', undefined],
  ['format: two', undefined],
])('data that says %j is of the newer format %s', (text, format) => {
  expect(newerFormat(text)).toBe(format);
});

const event = (format: string) =>
  readFile('event', `format: ${format}\nid: denver\nname: Denver\ntimezone: America/Denver\n`);

test('a file may say that it is in the format that this program knows', () => {
  expect(event('1')).toMatchObject({ ok: true, value: { format: 1 } });
});

test.each(['2', '0', 'one', '[1]'])('a file that says format %s cannot be used', (format) => {
  expect(event(format)).toMatchObject({
    ok: false,
    line: 1,
    message: expect.stringMatching(
      /^format: expected a format such as 1: newer data needs a newer ptgbot/,
    ) as string,
  });
});
