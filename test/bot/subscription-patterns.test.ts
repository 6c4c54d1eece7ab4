import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { compilePattern, matchesAll, subscribersOf } from '../../bot/subscription-patterns.ts';

const nicks = (line: string, patterns: Record<string, string>) =>
  subscribersOf(
    new Map(Object.entries(patterns).map(([nick, subscription]) => [nick, { nick, subscription }])),
    line,
  ).map(({ nick }) => nick);

test('those are told whose pattern is in the line, ignoring case', () => {
  const patterns = { ann: 'CELLS', bob: '^#nova', cat: 'cinder|swift', dan: 'nothing' };
  expect(nicks('#nova now cells with #Cinder', patterns)).toEqual(['ann', 'bob', 'cat']);
});

test('a pattern that cannot be compiled any more tells nobody, and stops nothing', () => {
  expect(nicks('#nova now cells', { ann: '(', bob: 'cells' })).toEqual(['bob']);
});

test.each(['.*', '', '#', 'n?'])('%j matches whatever is said', (text) => {
  const pattern = compilePattern(text);
  expect(pattern instanceof RE2JS && matchesAll(pattern)).toBe(true);
});

test.each(['cinder', '^#nova', 'next'])('%j does not match whatever is said', (text) => {
  const pattern = compilePattern(text);
  expect(pattern instanceof RE2JS && matchesAll(pattern)).toBe(false);
});

test.each([
  ['(?=a)', 'Perl syntax'],
  ['(a)\\1', 'escape sequence'],
  ['[', 'missing closing ]'],
  ['(a{30}){40}', 'repeat count'],
  [`(${'\\pL?'.repeat(60)}){16}`, 'too large'],
])('%s is refused: %s', (text, why) => {
  expect(compilePattern(text)).toMatchObject({ why: expect.stringContaining(why) as string });
});
