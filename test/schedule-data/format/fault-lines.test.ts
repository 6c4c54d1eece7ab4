/** A problem is told for the line where it is to be mended. */
import { describe, expect, test } from 'vitest';
import { readFile } from '../../../schedule-data/format/data-files.ts';
import type { FileKind } from '../../../schedule-data/format/file-schemas.ts';

const event = 'id: x\nname: y\ntimezone: UTC\n';

test.each<[what: string, kind: FileKind, text: string, line: number, message: string]>([
  ['an unknown key', 'track', 'name: a\nnext: [b]\ncolour: red\n', 3, 'unknown key colour'],
  ['one with its value below', 'track', 'name: a\ncolour:\n  red\n', 2, 'unknown key colour'],
  ['one that holds others', 'track', 'name: a\ncolour:\n  a: red\n', 2, 'unknown key colour'],
  ['one that hides a required one', 'room', 'order: 1\nnmae: a\n', 2, 'unknown key nmae'],
  ['one of a list', 'announcements', '-\n-\n  level: info\n  mesage: a\n', 4, 'unknown key mesage'],
  ['a value', 'track', 'name: a\nurl: nowhere\n', 2, 'url: expected'],
  ['a value below its key', 'track', 'name: a\nurl:\n  nowhere\n', 3, 'url: expected'],
  ['a list that is a map', 'track', 'name: a\nnext:\n  a: b\n', 2, 'next: expected a list'],
  ['a list in a list', 'track', 'next:\n  - a\n  - - b\n', 3, 'next.1: expected'],
  ['behind blank items', 'track', 'next:\n  - a\n  -\n  -\n  - "\\u0007"\n', 5, 'next.1: expected'],
  ['a name of a slot', 'room', 'name: a\nslots:\n  A: b\n  "x y":\n    z\n', 4, 'slots.x y'],
  ['a missing field', 'track', '# c\nname: a\nnow:\n  by: x\n', 3, 'now.topic: expected'],
  [
    'one of a list item',
    'event',
    `${event}days:\n  - name: A\n  - date: 2018-09-10\n`,
    6,
    'days.1',
  ],
  ['a key given twice', 'track', 'name: a\nurl: b\nname: c\n', 3, 'each key once, name'],
  ['one further in', 'room', 'name: a\nslots:\n  A: b\n  B: c\n  A: d\n', 5, 'each key once, A'],
  [
    'a name of a slot given twice',
    'event',
    `${event}days:\n  - name: A\n    slots:\n      - { name: S, start: 09:00, end: 10:00 }\n      - { name: s, start: 09:00, end: 10:00 }\n`,
    8,
    'each slot name once',
  ],
  ['a quote that is never closed', 'track', 'name: a\nurl: "b\nnext: [c]\n', 2, 'valid YAML'],
  ['a bracket that is never closed', 'track', 'name: a\nnext: [b\nurl: c\n', 2, 'valid YAML'],
  ['a colon too many', 'track', 'name: a\nlocation: b: c\n', 2, 'valid YAML'],
  ['a tab', 'track', 'name: a\n\tlocation: b\n', 2, 'valid YAML'],
  ['a second document', 'track', 'name: a\n---\nname: b\n', 2, 'one document'],
  ['an alias', 'track', 'name: a\nlocation: *a\n', 2, 'expected'],
])('%s', (_, kind, text, line, message) => {
  expect(readFile(kind, text)).toMatchObject({
    ok: false,
    line,
    message: expect.stringContaining(message) as string,
  });
});

describe('all faults of a file are told', () => {
  test('each at its line', () => {
    const read = readFile('track', 'colour: red\nurl: nowhere\nroon: aspen\nnext: [a]\n');
    const { others, ...first } = read as typeof read & { ok: false };
    expect([first, ...others!]).toMatchObject([
      { line: 1, message: 'unknown key colour, expected color?' },
      { line: 3, message: 'unknown key roon, expected room?' },
      { line: 2, message: 'url: expected a web address such as https://example.org/' },
    ]);
  });

  test('but no more than anybody reads', () => {
    const keys = Array.from({ length: 5000 }, (_, index) => `k${index}: x\n`).join('');
    const read = readFile('track', keys);
    expect(read.ok ? [] : read.others).toHaveLength(9);
  });
});
