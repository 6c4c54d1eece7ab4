import { expect, test } from 'vitest';
import { z } from 'zod';
import { readFile } from '../../../schedule-data/format/data-files.ts';
import { issueSentence } from '../../../schedule-data/format/schema-errors.ts';

const inner = z.strictObject({ first: z.string().optional(), second: z.string().optional() });

test.each<[string, z.ZodType]>([
  ['an optional object', inner.optional()],
  ['an object with a default', inner.default({})],
  ['an object with a default that is parsed', inner.prefault({})],
  ['a refined object', inner.refine(() => true)],
  ['an immutable object', inner.readonly()],
  ['an object that is transformed', inner.transform((value) => Object.keys(value))],
  ['one of several alternatives', z.union([z.string(), z.number(), inner])],
])('a wrong key in %s is answered with the keys known there', (_, schema) => {
  const whole = z.strictObject({ part: schema, firts: z.string().optional() });
  const issue = whole.safeParse({ part: { firts: 'x' } }).error!.issues[0]!;
  expect(
    issueSentence(
      issue,
      whole,
      ({ key, place, meant, known }) => `${place}: ${key}, ${meant}, ${known.join()}`,
    ),
  ).toBe('part: firts, first, first,second');
});

test.each([
  ['track', 'colour: blue', 'unknown key colour, expected color?'],
  [
    'track',
    'now: { topic: a, form: b }',
    'unknown key form in now, expected one of topic, since, by, with',
  ],
  ['track', 'now: soon', 'now: expected a topic such as { topic: "multi-attach" }'],
  [
    'event',
    'id: x\nname: y\ntimezone: UTC\ndays:\n  - { name: Monday, slot: [] }',
    'unknown key slot in days.0, expected slots?',
  ],
  [
    'announcements',
    '- { level: info, message: x, massage: y }',
    'unknown key massage in 0, expected message?',
  ],
] as const)('in a %s, %j is answered with: %s', (kind, text, sentence) => {
  expect(readFile(kind, text)).toMatchObject({ ok: false, message: sentence });
});
