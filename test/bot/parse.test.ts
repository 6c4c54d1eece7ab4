import { describe, expect, test } from 'vitest';
import { parsedFor, parseLine } from '../../bot/parse.ts';

const isTrack = (slug: string) => ['nova', 'k8s-sig', '日本'].includes(slug);

/** The line as the bot takes it: command, track and text; a mistake's reply; or talk. */
function read(line: string, isPrivate = false): string {
  const parsed = parsedFor(parseLine(line, isPrivate), isTrack);
  if (parsed.kind !== 'invocation') return parsed.kind;
  const { invocation } = parsed;
  const slug = 'slug' in invocation ? invocation.slug : '-';
  return `${invocation.command.name}|${slug}|${invocation.text}`;
}

describe('a line in the channel is', () => {
  test.each([
    ['#nova now cells', 'now|nova|cells'],
    ['  #nova   now   cells  and  lunch ', 'now|nova|cells  and  lunch'],
    ['#Nova NOW Cells', 'now|nova|Cells'],
    ['#nova: now cells', 'now|nova|cells'],
    ['#nova now', 'now|nova|'],
    ['#nova clear', 'clean|nova|'],
    ['#nova colour red', 'color|nova|red'],
    ['#日本 next 昼食', 'next|日本|昼食'],
    ['#unheard-of book aspen-MonA1', 'book|unheard-of|aspen-MonA1'],
    ['#nova now\ttabs\u0007and bells', 'now|nova|tabs and bells'],
    ['+help', 'help|-|'],
    ['#help book', 'help|-|book'],
    ['+HELP book', 'help|-|book'],
  ])('a command: %j', (line, expected) => {
    expect(read(line)).toBe(expected);
  });

  test.each(['#nova', '#nova is great', '#nova nwo cells', '+hel', '+helps'])(
    'a mistake that deserves an answer: %j',
    (line) => {
      expect(read(line)).toBe('mistake');
    },
  );

  test.each([
    'hello',
    '',
    ' ',
    '#',
    '#1',
    '#1 next time',
    '+1',
    '+',
    '~',
    '~ ~',
    '~lots of things',
    '# nova now',
    '#openinfra is a channel',
    '+1 to that',
    'help',
    'nova now cells',
    '##nova now cells',
    '-help',
    'ptgbot: #nova now cells',
    '#-- now what',
  ])('talk: %j', (line) => {
    expect(read(line)).toBe('talk');
  });
});

describe('a line in private', () => {
  test.each([
    ['help', 'help|-|'],
    ['+help now', 'help|-|now'],
    ['#nova now cells', 'now|nova|cells'],
    ['thanks!', 'talk'],
  ])('%j is %s', (line, expected) => {
    expect(read(line, true)).toBe(expected);
  });
});

describe('a mistake gets the nearest right word', () => {
  test.each([
    ['#nova nwo cells', '#nova does not know "nwo". Did you mean now?'],
    ['#nova colr red', 'Did you mean color?'],
    ['#nova', 'What about nova? #nova knows: now, next,'],
    ['+hel', 'There is no +hel. Did you mean +help?'],
  ])('%j: %s', (line, expected) => {
    const parsed = parsedFor(parseLine(line, false), isTrack);
    expect(parsed).toMatchObject({
      kind: 'mistake',
      reply: expect.stringContaining(expected) as string,
    });
  });
});
