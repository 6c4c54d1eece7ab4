import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { filesOfDirectory } from '../../../schedule-data/store/directory.ts';
import { classifyPath, readFile } from '../../../schedule-data/format/data-files.ts';
import { jsonSchemas, type ScheduleFileKind } from '../../../schedule-data/format/json-schemas.ts';

const data = join(import.meta.dirname, '../../../schedule-data');
const schemas = jsonSchemas();

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

/** The errors that an editor shows for a file: it reads YAML by the core schema. */
function editorErrors(kind: ScheduleFileKind, text: string): string[] {
  ajv.validate(schemas[kind], parse(text, { schema: 'core' }));
  return (ajv.errors ?? []).map(
    ({ instancePath, keyword, params }) =>
      `${instancePath}: ${keyword} ${Object.values(params).flat().join(', ')}`,
  );
}
const botAccepts = (kind: ScheduleFileKind, text: string) => readFile(kind, text).ok;

describe('the JSON Schemas for editors', () => {
  test.each(Object.entries(schemas))('are current: %s', (kind, schema) => {
    const file = JSON.parse(
      readFileSync(join(data, `schemas/${kind}.schema.json`), 'utf8'),
    ) as unknown;
    expect(file, 'run: npm run generate').toEqual(JSON.parse(JSON.stringify(schema)));
  });

  test('have nothing against the example event', async () => {
    const files = await filesOfDirectory(join(data, 'example'));
    expect(files.size).toBeGreaterThan(10);
    for (const [path, text] of files) {
      if (!path.endsWith('.yaml')) continue;
      const { kind } = classifyPath(path) as { kind: ScheduleFileKind };
      expect(editorErrors(kind, String(text)), path).toEqual([]);
    }
  });

  test.each<[what: string, kind: ScheduleFileKind, text: string]>([
    ['a whole number as order', 'room', 'name: Aspen\norder: 2'],
    ['an order in quotes', 'room', 'name: Aspen\norder: "2"'],
    ['a number as free text', 'room', 'name: 404\ndescription: 1e3'],
    ['words that YAML takes for truth values', 'track', 'name: true\nnext: [false]'],
    ['nothing as a free slot', 'room', 'name: A\nslots:\n  MonA1:\n  MonA2: ~\n  MonA3: null'],
    ['a slot whose name is a number', 'room', 'name: A\nslots:\n  101: nova'],
    ['letters of any script', 'room', 'name: Пекин\nslots:\n  ПтА1: нова'],
    ['times and dates without quotes', 'event', eventWith('date: 2018-09-10', '09:00')],
    ['what is left blank', 'track', 'next:\ncolor: #27a3dd\nnow:\n  topic: a\n  by:\n'],
    ['a whole discussion', 'track', 'now: { topic: 7, since: 2018-09-10T15:04:05Z, by: a }'],
  ])('accept what the bot accepts: %s', (_what, kind, text) => {
    expect(botAccepts(kind, text)).toBe(true);
    expect(editorErrors(kind, String(text))).toEqual([]);
  });

  test.each<[what: string, kind: ScheduleFileKind, text: string, error: string]>([
    ['an unknown key', 'track', 'colour: "#27a3dd"', ': additionalProperties colour'],
    [
      'an unknown key further in',
      'track',
      'now: { topic: a, form: b }',
      '/now: additionalProperties form',
    ],
    ['a missing name', 'room', 'order: 2', ': required name'],
    ['half an order', 'room', 'name: A\norder: 1.5', '/order: type string, integer, null'],
    ['text of nothing', 'room', 'name:', '/name: type string, number, boolean'],
    ['one text for a list', 'track', 'next: lunch', '/next: type array, null'],
    [
      'an hour that no day has',
      'event',
      eventWith('', '58:00'),
      String.raw`/days/0/slots/0/start: pattern ^([0-3]\d|4[0-7]):[0-5]\d$`,
    ],
    [
      'a level that does not exist',
      'announcements',
      '- { level: loud, message: a }',
      '/0/level: enum info, success, warning, danger',
    ],
  ])('flag what the bot refuses: %s', (_what, kind, text, error) => {
    expect(botAccepts(kind, text)).toBe(false);
    expect(editorErrors(kind, String(text))).toEqual([error]);
  });
});

function eventWith(date: string, start: string): string {
  return `id: a\nname: A\ntimezone: UTC\ndays:\n  - name: Monday\n    ${date}\n    slots: [{ name: MonA1, start: ${start}, end: 10:45 }]\n`;
}
