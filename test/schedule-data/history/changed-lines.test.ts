import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedLines } from '../../../schedule-data/history/changed-lines.ts';

const lines = (...numbers: number[]) => numbers.map((number) => `line ${number}\n`).join('');
const shown = (before: string | undefined, after: string | undefined) =>
  changedLines(before, after).map(([kind, text]) => (kind === 'gap' ? '…' : `${kind}${text}`));

test('tells what went and what came, with two lines around, and where some are left out', () => {
  expect(
    shown(lines(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), lines(1, 2, 3, 5, 6, 7, 8, 9, 11, 10)),
  ).toEqual([
    ' line 2',
    ' line 3',
    '-line 4',
    ' line 5',
    ' line 6',
    '…',
    ' line 8',
    ' line 9',
    '+line 11',
    ' line 10',
  ]);
});

test('tells a new file and a removed one, and nothing of one that is the same', () => {
  expect(shown(undefined, 'a\nb')).toEqual(['+a', '+b']);
  expect(shown('a\n', undefined)).toEqual(['-a']);
  expect(shown('a\n', 'a\n')).toEqual([]);
});

test('does not compare what is too long to be compared', () => {
  const long = lines(...Array.from({ length: 1500 }, (_, index) => index));
  expect(shown(long, long)).toHaveLength(3000);
});

test('tells all of it, whatever the texts are', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((all) => all.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const told = changedLines(before, after);
      const count = (wanted: string) => told.filter(([kind]) => kind === wanted).length;
      const length = (text: string) =>
        text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
      expect(count('+') - count('-')).toBe(length(after) - length(before));
    }),
  );
});
