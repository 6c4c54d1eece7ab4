import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { filesOfDirectory } from '../../../schedule-data/store/directory.ts';
import { classifyPath, readFile } from '../../../schedule-data/format/data-files.ts';
import { jsonSchemas, type ScheduleFileKind } from '../../../schedule-data/format/json-schemas.ts';

const data = join(import.meta.dirname, '../../../schedule-data');
const schemas = jsonSchemas();

interface Schema {
  readonly type: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly maxLength?: number;
}

/** The places of a value that a schema complains about; knows the keywords of our schemas only. */
function complaints(schema: Schema, value: unknown, place = ''): string[] {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const types = [type, ...(Number.isInteger(value) ? ['integer'] : [])];
  if (!types.some((one) => [schema.type].flat().includes(one))) return [`${place} is ${type}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${place} is none of the enum`];
  if (typeof value === 'string') {
    const isForm = schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value);
    return isForm && value.length <= (schema.maxLength ?? Infinity) ? [] : [`${place} has no form`];
  }
  if (Array.isArray(value))
    return value.flatMap((item, index) => complaints(schema.items!, item, `${place}.${index}`));
  if (typeof value !== 'object' || value === null) return [];
  const missing = (schema.required ?? []).filter((key) => !(key in value));
  return [
    ...missing.map((key) => `${place}.${key} is missing`),
    ...Object.entries(value).flatMap(([key, item]) => {
      const names = schema.propertyNames ? complaints(schema.propertyNames, key, place) : [];
      const inner = schema.properties?.[key] ?? schema.additionalProperties;
      if (!inner) return [`${place}.${key} is unknown`];
      return [...names, ...complaints(inner, item, `${place}.${key}`)];
    }),
  ];
}

/** What an editor says of a file: it reads YAML by the core schema. */
const editorSays = (kind: ScheduleFileKind, text: string) =>
  complaints(schemas[kind] as Schema, parse(text, { schema: 'core' }));
const botAccepts = (kind: ScheduleFileKind, text: string) => readFile(kind, text).ok;

describe('the JSON Schemas for editors', () => {
  it.each(Object.entries(schemas))('are current: %s', (kind, schema) => {
    const file = JSON.parse(
      readFileSync(join(data, `schemas/${kind}.schema.json`), 'utf8'),
    ) as unknown;
    expect(file, 'run: npm run generate').toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it('have nothing against the example event', async () => {
    const files = await filesOfDirectory(join(data, 'example'));
    expect(files.size).toBeGreaterThan(10);
    for (const [path, text] of files) {
      const { kind } = classifyPath(path) as { kind: ScheduleFileKind };
      expect(editorSays(kind, String(text)), path).toEqual([]);
    }
  });

  it.each<[what: string, kind: ScheduleFileKind, text: string]>([
    ['a whole number as order', 'room', 'name: Aspen\norder: 2'],
    ['an order in quotes', 'room', 'name: Aspen\norder: "2"'],
    ['a number as free text', 'room', 'name: 404\ndescription: 1e3'],
    ['words that YAML takes for truth values', 'track', 'name: true\nnext: [false]'],
    ['nothing as a free slot', 'room', 'name: A\nslots:\n  MonA1:\n  MonA2: ~\n  MonA3: null'],
    ['a slot whose name is a number', 'room', 'name: A\nslots:\n  101: nova'],
    ['letters of any script', 'room', 'name: Пекин\nslots:\n  ПтА1: нова'],
    ['times and dates without quotes', 'event', eventWith('date: 2018-09-10', '09:00')],
    ['a whole discussion', 'track', 'now: { topic: 7, since: 2018-09-10T15:04:05Z, by: a }'],
  ])('accept what the bot accepts: %s', (_what, kind, text) => {
    expect(botAccepts(kind, text)).toBe(true);
    expect(editorSays(kind, String(text))).toEqual([]);
  });

  it.each<[what: string, kind: ScheduleFileKind, text: string, complaint: string]>([
    ['an unknown key', 'track', 'colour: "#27a3dd"', '.colour is unknown'],
    ['an unknown key further in', 'track', 'now: { topic: a, form: b }', '.now.form is unknown'],
    ['a missing name', 'room', 'order: 2', '.name is missing'],
    ['half an order', 'room', 'name: A\norder: 1.5', '.order is number'],
    ['text of nothing', 'room', 'name:', '.name is null'],
    ['one text for a list', 'track', 'next: lunch', '.next is string'],
    ['a colour without quotes, a comment', 'track', 'color: #27a3dd', '.color is null'],
    [
      'an hour that no day has',
      'event',
      eventWith('', '29:00'),
      '.days.0.slots.0.start has no form',
    ],
    [
      'a level that does not exist',
      'announcements',
      '- { level: loud, message: a }',
      '.0.level is none of the enum',
    ],
  ])('flag what the bot refuses: %s', (_what, kind, text, complaint) => {
    expect(botAccepts(kind, text)).toBe(false);
    expect(editorSays(kind, String(text))).toEqual([complaint]);
  });
});

function eventWith(date: string, start: string): string {
  return `id: a\nname: A\ntimezone: UTC\ndays:\n  - name: Monday\n    ${date}\n    slots: [{ name: MonA1, start: ${start}, end: 10:45 }]\n`;
}
