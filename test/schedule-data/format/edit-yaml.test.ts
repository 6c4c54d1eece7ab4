import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editYaml } from '../../../schedule-data/format/edit-yaml.ts';
import { readYaml, writeBlock, type Plain } from '../../../schedule-data/format/yaml.ts';

const read = (text: string): Plain => readYaml(text).plain ?? {};

/** Changes a text so that it holds `after`, starting from what it holds. */
const edited = (text: string, after: Plain) => editYaml(text, read(text), after);

describe('editYaml changes only the lines that must change', () => {
  const file = `# Nova meets all week.
color:   '#27a3dd'   # the blue of the badge

now:
    topic: "cells"  # from chat
    since: "2018-09-10T15:04:05Z"
next:
    # first thing
    - one
    - "two" # second

    - three
`;
  const value = read(file) as Record<string, Plain>;
  const cases: [what: string, after: Plain, lines: Record<number, string | undefined>][] = [
    [
      'replaces a scalar and keeps its comment',
      { ...value, color: 'red' },
      {
        2: 'color:   "red"   # the blue of the badge',
      },
    ],
    [
      'replaces a nested scalar',
      { ...value, now: { topic: 'a "quoted" #topic', since: '2018-09-10T15:04:05Z' } },
      {
        5: '    topic: "a \\"quoted\\" #topic"  # from chat',
      },
    ],
    ['removes one item of a list', { ...value, next: ['one', 'three'] }, { 10: undefined }],
    [
      'changes one item of a list',
      { ...value, next: ['one', '2', 'three'] },
      {
        10: '    - "2" # second',
      },
    ],
    [
      'appends to a list',
      { ...value, next: ['one', 'two', 'three', 'no'] },
      {
        12: '    - three\n    - "no"',
      },
    ],
    [
      'puts an item in front of a list',
      { ...value, next: ['zero', 'one', 'two', 'three'] },
      {
        9: '    - "zero"\n    - one',
      },
    ],
    [
      'removes a key with all below it',
      without(value, 'now'),
      {
        4: undefined,
        5: undefined,
        6: undefined,
      },
    ],
    [
      'adds a key behind the one that comes before it',
      {
        color: '#27a3dd',
        room: 'aspen',
        now: value['now']!,
        next: value['next']!,
      },
      { 2: "color:   '#27a3dd'   # the blue of the badge\nroom: aspen" },
    ],
    [
      'adds a key in front when it comes first',
      { name: 'Nova', ...value },
      {
        2: 'name: "Nova"\ncolor:   \'#27a3dd\'   # the blue of the badge',
      },
    ],
  ];
  test.each(cases)('%s', (_what, after, lines) => {
    const expected = file.split('\n').flatMap((line, index) => {
      if (!(index + 1 in lines)) return [line];
      const replacement = lines[index + 1];
      return replacement === undefined ? [] : [replacement];
    });
    expect(edited(file, after)).toBe(expected.join('\n'));
  });

  test.each<[what: string, text: string, after: Plain, result: string]>([
    [
      'books a free slot',
      'slots:\n  A1:\n  A2: ~ # after lunch\n',
      { slots: { A1: 'nova', A2: '~' } },
      'slots:\n  A1: nova\n  A2: ~ # after lunch\n',
    ],
    [
      'frees a booked slot',
      'slots:\n  A1: nova # all day\n',
      { slots: { A1: '' } },
      'slots:\n  A1: # all day\n',
    ],
    [
      'books a slot that has a comment',
      'slots:\n  A1: # quiet\n',
      { slots: { A1: 'nova' } },
      'slots:\n  A1: nova # quiet\n',
    ],
    [
      'keeps a list in one line',
      'next: [a, b] # short\n',
      { next: ['a'] },
      'next: ["a"] # short\n',
    ],
    [
      'keeps a map in braces over several lines, and its comments',
      'slots: {\n  A1: nova, # agreed with joe\n  A2: swift,\n}\n',
      { slots: { A1: 'nova', A2: 'cinder' } },
      'slots: {\n  A1: nova, # agreed with joe\n  A2: cinder,\n}\n',
    ],
    [
      'keeps the line breaks of other systems',
      'color: "#111111"\r\nnext:\r\n  - a\r\n',
      { color: '#111111', room: 'aspen', next: ['a', 'b'] },
      'color: "#111111"\r\nroom: aspen\r\nnext:\r\n  - a\r\n  - "b"\r\n',
    ],
    [
      'replaces a block of text',
      'topic: |\n  long\n  text\nurl: x\n',
      { topic: 'short', url: 'x' },
      'topic: "short"\nurl: x\n',
    ],
    ['fills an empty file', '# nothing yet\n', { next: ['a'] }, '# nothing yet\nnext:\n  - "a"\n'],
    ['fills an empty map', '{}\n', { next: ['a'] }, 'next:\n  - "a"\n'],
    [
      'mends a missing line break at the end',
      'color: "#111111"',
      { color: '#111111', room: 'aspen' },
      'color: "#111111"\nroom: aspen\n',
    ],
    ['leaves nothing of the only key', '# kept\ncolor: red\n', {}, '# kept\n'],
    [
      'edits below a list of maps',
      '- level: info\n  message: a\n- level: info\n  message: b\n',
      [
        { level: 'info', message: 'a' },
        { level: 'danger', message: 'b' },
      ],
      '- level: info\n  message: a\n- level: danger\n  message: b\n',
    ],
  ])('%s', (_what, text, after, result) => {
    expect(edited(text, after)).toBe(result);
  });
});

/** Values of the shapes that data files have. */
const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('404', 'no', '~', '# x', 'a: b', "it's", '- x', '"'),
);
const words = fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9]{0,4}$/), scalar, {
  maxKeys: 4,
  minKeys: 1,
});
const file = fc.record(
  {
    color: scalar,
    url: scalar,
    slots: words,
    now: fc.record({ topic: scalar, since: scalar }),
    next: fc.array(scalar, { minLength: 1, maxLength: 5 }),
    links: fc.array(fc.record({ title: scalar, url: scalar }), { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: [] },
);

describe('for any two values', () => {
  test('writing one gives a text that reads as it', () => {
    fc.assert(
      fc.property(file, (value) => {
        expect(read(writeBlock(value))).toEqual(value);
      }),
    );
  });

  test('changing one into the other gives a text that reads as the other, and all comments stay', () => {
    fc.assert(
      fc.property(file, file, (before, after) => {
        const text = `# top\n${writeBlock(before)}# end\n`;
        const result = editYaml(text, read(text), after);
        expect(read(result)).toEqual(after);
        expect(result).toMatch(/^# top\n/);
        expect(result).toMatch(/# end\n/);
      }),
      { numRuns: 500 },
    );
  });
});

function without(value: Record<string, Plain>, key: string): Plain {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
