import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsedFor, parseLine, tracksOf } from '../../bot/parse.ts';

const isTrack = (name: string) =>
  ['nova', 'cinder', 'k8s-sig', '日本', 'a/b', 'x&y', 'public cloud sig'].includes(name);

/** The line as the bot takes it: command, track and text; a mistake's reply; or talk. */
function read(line: string, isPrivate = false): string {
  const parsed = parsedFor(
    parseLine(line, {
      isPrivate,
      nick: 'ptgbot',
      channels: ['#openinfra-events'],
    }),
    isTrack,
  );
  if (parsed.kind !== 'invocation') return parsed.kind;
  const { invocation } = parsed;
  const slug = 'slug' in invocation ? tracksOf(invocation).join('+') : '-';
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
    ['#nova, now cells', 'now|nova|cells'],
    ['# nova now cells', 'now|nova|cells'],
    ['* #nova now fixed', 'now|nova|fixed'],
    ['#a/b now cells', 'now|a/b|cells'],
    ['#A/B: now cells', 'now|a/b|cells'],
    ['#x&y book aspen-MonA1', 'book|x&y|aspen-MonA1'],
    ['#c/d now cells', 'now|c/d|cells'],
    ['#Public Cloud SIG now next steps', 'now|public cloud sig|next steps'],
    ['#Public Cloud now next steps', 'talk'],
    ['#nova #cinder now cells', 'now|nova+cinder|cells'],
    ['#nova,#cinder now cells', 'now|nova+cinder|cells'],
    ['#nova/#cinder now cells', 'now|nova+cinder|cells'],
    ['#nova, #cinder and #swift: next lunch', 'next|nova+cinder+swift|lunch'],
    ['#nova & #cinder now cells with #swift', 'now|nova+cinder|cells with #swift'],
    ['ptgbot: #nova now cells', 'now|nova|cells'],
    ['PTGbot, help', 'help|-|'],
    ['@ptgbot: help now', 'help|-|now'],
    ['ptgbot: in #nova', 'in|-|#nova'],
    ['~help', 'help|-|'],
    ['!help book', 'help|-|book'],
    ['#日本 next 昼食', 'next|日本|昼食'],
    ['#unheard-of book aspen-MonA1', 'book|unheard-of|aspen-MonA1'],
    ['#nova now\ttabs\u0007and bells', 'now|nova|tabs and bells'],
    ['+help', 'help|-|'],
    ['#help', 'help|-|'],
    ['+HELP book', 'help|-|book'],
    ['+when #nova', 'when|-|#nova'],
    ['#nova when', 'when|-|nova'],
    ['#Nova: WHERE', 'where|-|nova'],
  ])('a command: %j', (line, expected) => {
    expect(read(line)).toBe(expected);
  });

  test.each(['#nova', '#nova rocks', '#nova nwo cells', '+hel', '+helps'])(
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
    '# unheard-of now',
    '#openinfra is a channel',
    '+1 to that',
    'help',
    'nova now cells',
    '##nova now cells',
    '-help',
    'ptgbot #nova now cells',
    'ptgbotx: help',
    'ptgbot: what is up',
    '#nova #cinder',
    '#nova #cinder folks, hurry up',
    '#-- now what',
    '#nova when do we meet?',
    '#nova where are you all',
    '#nova when?',
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
    ['#nova nwo cells', '#nova does not know "nwo". Did you mean #nova now cells?'],
    ['#nova colr red', 'Did you mean #nova color red?'],
    ['#nova', 'What about nova? #nova knows: now, next,'],
    ['+hel', 'There is no +hel. Did you mean +help?'],
  ])('%j: %s', (line, expected) => {
    const parsed = parsedFor(parseLine(line, { isPrivate: false }), isTrack);
    expect(parsed).toMatchObject({
      kind: 'mistake',
      reply: expect.stringContaining(expected) as string,
    });
  });
});

/** What people and other bots write in such channels, sorted by what we make of it. */
describe('of lines in real channels', () => {
  const text = readFileSync(join(import.meta.dirname, 'lines.txt'), 'utf8');
  const sections = text
    .split(/^== /mu)
    .slice(1)
    .map((section) => {
      const [name = '', ...lines] = section.trim().split('\n');
      return [name, lines] as const;
    });

  test('there are at least sixty of each sort', () => {
    expect(sections.map(([name]) => name)).toEqual(['talk', 'for other bots', 'for us']);
    for (const [, lines] of sections) expect(lines.length).toBeGreaterThanOrEqual(60);
  });

  test.each(sections.flatMap(([name, lines]) => lines.map((line) => [name, line] as const)))(
    '%s: %s',
    (name, line) => {
      const isForUs = read(line) !== 'talk';
      expect(isForUs).toBe(name === 'for us');
    },
  );
});
