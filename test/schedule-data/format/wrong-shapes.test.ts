/** Whatever stands in a field, people are told what is expected there, in our words, with an example. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readFile } from '../../../schedule-data/format/data-files.ts';
import { fileSchemas, type FileKind } from '../../../schedule-data/format/file-schemas.ts';

/** A file that is right, as JSON, which is YAML; every field is in it. */
const good: Record<Exclude<FileKind, 'plan'>, object> = {
  event: {
    id: 'denver-ptg',
    name: 'Denver',
    timezone: 'America/Denver',
    etherpads: 'https://pads.example.org/',
    format: '1',
    moderation: 'voiced',
    chat: {
      name: '#ptg',
      url: 'ircs://irc.oftc.net/ptg',
      web: 'https://webchat.oftc.net/?channels=ptg',
    },
    plan: 'plan.svg',
    newday: '04:00',
    adjacentSlots: 'separate',
    links: [{ title: 'Map', url: 'https://example.org/map' }],
    days: [
      {
        name: 'Monday',
        date: '2018-09-10',
        slots: [{ name: 'MonA1', start: '09:00', end: '10:45' }],
      },
    ],
  },
  room: {
    name: 'Aspen',
    order: '1',
    description: 'Large',
    url: 'https://meet.example.org/',
    full: '2018-09-10T15:04:05Z',
    equipment: [{ icon: 'video', label: 'Projector' }],
    slots: { MonA1: 'nova' },
  },
  track: {
    name: 'Nova',
    formerly: ['compute'],
    color: '#27a3dd',
    etherpad: 'https://pads.example.org/x',
    url: 'https://meet.example.org/',
    location: 'the bar',
    room: 'aspen',
    now: { topic: 'cells', since: '2018-09-10T15:04:05Z', by: 'gibi', with: ['cinder'] },
    next: ['lunch'],
  },
  announcements: [{ level: 'info', message: 'Lunch' }],
  person: {
    nick: 'ada',
    account: 'ada',
    checkIn: { track: 'nova', location: 'the bar', since: '2018-09-10T15:04:05Z' },
    checkOut: '2018-09-10T16:04:05Z',
    subscription: 'cells',
    also: 'bookings',
    reminders: ['nova'],
  },
};

/** What people write by mistake. */
const shapes: readonly unknown[] = [
  'some words: with, signs',
  '7',
  '-1.5',
  '2018-13-45',
  '25:61',
  'yes',
  [],
  ['a', 'b'],
  [['a'], [['b']]],
  {},
  { a: 'b' },
  { a: { b: { c: ['d'] } } },
  [{ a: 'b' }],
];
const blanks: readonly unknown[] = ['', '~', 'null', [''], { a: '' }];

type Path = readonly (string | number)[];

/** All values in a file, by their paths. */
function paths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const isList = Array.isArray(value);
  return [
    path,
    ...Object.entries(value).flatMap(([key, item]) =>
      paths(item, [...path, isList ? Number(key) : key]),
    ),
  ];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string | number, unknown> = Object.assign(
    Array.isArray(value) ? [] : {},
    value,
  );
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const kinds = Object.keys(good) as (keyof typeof good)[];
const problem = (kind: FileKind, value: unknown) => {
  const read = readFile(kind, JSON.stringify(value));
  return read.ok ? undefined : read.message;
};

describe.each(kinds)('in a file of kind %s', (kind) => {
  test('the example is good, and has every field', () => {
    expect(problem(kind, good[kind])).toBeUndefined();
    const json = z.toJSONSchema(fileSchemas[kind], { io: 'input', unrepresentable: 'any' });
    const fields = Object.keys(json.properties ?? {});
    expect(Object.keys(good[kind])).toEqual(expect.arrayContaining(fields));
  });

  test.each(paths(good[kind]).map((path) => [path.join('.') || 'all of it', path] as const))(
    '%s is explained whatever stands there',
    (_, path) => {
      for (const shape of shapes) {
        const message = problem(kind, replaced(good[kind], path, shape));
        if (message === undefined) continue;
        expect(message).toMatch(
          /expected .*(such as|one of|at most|slots\?|everyone or voiced|joined or separate|info, success|calendar has|a time that exists)|^unknown key/,
        );
        expect(message).not.toMatch(/invalid|received|undefined|object|array|maximum|stack/i);
      }
    },
  );
});

describe('blank means none', () => {
  const optional = (['event', 'room', 'track', 'person'] as const).flatMap((kind) => {
    const required = z.toJSONSchema(fileSchemas[kind], {
      io: 'input',
      unrepresentable: 'any',
    }).required;
    return Object.keys(good[kind])
      .filter((field) => !required?.includes(field))
      .map((field) => [kind, field] as const);
  });
  const asText = ['name', 'description', 'location', 'next'];
  test.each(optional)('in a %s: %s', (kind, field) => {
    for (const blank of blanks) {
      if (asText.includes(field) && blank !== '') continue;
      // A map of bookings has any keys.
      if (field === 'slots' && typeof blank === 'object') continue;
      const file = { ...good[kind], [field]: blank };
      expect([blank, problem(kind, file)]).toEqual([blank, undefined]);
    }
  });

  test.each([
    ['track', 'next:\nnow:\nurl: ""\n# nothing yet\ncolor: ~\n', undefined],
    ['track', 'now:\n  topic:\n  since:\n', undefined],
    ['track', 'next:\n  - \n', undefined],
    ['event', 'id: x\nname: x\ntimezone: UTC\nlinks:\n  -\ndays:\n', undefined],
    ['event', 'id: x\nname: x\ntimezone: UTC\ndays: [{ name: A, slots: }]\n', undefined],
    ['event', 'id:\nname: x\ntimezone: UTC\n', 'id: expected one word such as denver-ptg'],
    ['room', 'name: Aspen\nslots:\n', undefined],
    ['announcements', '-\n', undefined],
  ] as const)('in a %s %j', (kind, text, message) => {
    const read = readFile(kind, text);
    if (message === undefined) expect(read).toMatchObject({ ok: true });
    else expect(read).toMatchObject({ message: expect.stringContaining(message) as string });
  });
});

test.each([
  ['a: "b', /missing|closed/],
  ['a: b: c', /double quotes/],
  ['\ta: b', /spaces, not with tabs|valid YAML/],
  ['a: [b', /closed/],
  ['a: "\\q"', /double quotes/],
  ['a:\n  b: c\n d: e', /column/],
  ['---\na: b\n---\nc: d', /one document/],
  ['['.repeat(50_000), /valid YAML|simpler YAML/],
  [`${'a:\n '.repeat(3)}`, /./],
  ['{'.repeat(5000) + '}'.repeat(5000), /./],
])('what is no YAML is explained in our words: %s', (text, sentence) => {
  const read = readFile('track', text);
  expect(read).toMatchObject({ ok: false, message: expect.stringMatching(sentence) as string });
  expect((read as { message: string }).message).not.toMatch(/maximum|stack|flow|scalar|implicit/i);
});
