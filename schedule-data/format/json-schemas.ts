/** The data format as JSON Schemas, for editors that complete and check YAML files by them. */
import { z } from 'zod';
import { fileSchemas, type FileKind } from './file-schemas.ts';

/** What people edit by hand. */
export type ScheduleFileKind = Exclude<FileKind, 'person' | 'plan'>;

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * A JSON Schema for each kind of data file. It accepts what `readFile` accepts, parsed as an editor
 * parses it, and refuses what JSON Schema can express: unknown and missing keys, patterns, lengths.
 * What only code can check, such as whether a time zone exists, is left to the bot.
 */
export function jsonSchemas(): Record<ScheduleFileKind, JsonSchema> {
  const { event, room, track, announcements } = fileSchemas;
  const entries = Object.entries({ event, room, track, announcements }).map(([kind, schema]) => [
    kind,
    // Draft 7 is the newest that all editors know.
    withBlanks(z.toJSONSchema(schema, { io: 'input', target: 'draft-7', override })),
  ]);
  return Object.fromEntries(entries) as Record<ScheduleFileKind, JsonSchema>;
}

/** What need not be there may also be left blank, which an editor reads as null. */
function withBlanks(node: JsonSchema): JsonSchema {
  const { properties = {}, required = [], items } = node;
  for (const [name, property] of Object.entries(properties)) {
    if (typeof property !== 'object') continue;
    withBlanks(property);
    if (!required.includes(name)) allowNull(property);
  }
  if (items && typeof items === 'object' && !Array.isArray(items)) allowNull(withBlanks(items));
  return node;
}

function allowNull(node: JsonSchema): void {
  const types = [node.type ?? []].flat();
  if (types.length && !types.includes('null')) Object.assign(node, { type: [...types, 'null'] });
  if (node.enum) node.enum = [...node.enum, null];
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

const override: Override = ({ zodSchema, jsonSchema, path }) => {
  // zod means that the parsed value is immutable; an editor would say that nobody may change it.
  delete jsonSchema.readOnly;
  // Keys are strings, whatever they look like.
  if (jsonSchema.type !== 'string' || jsonSchema.enum || path.includes('propertyNames')) return;
  const others = otherTypes(zodSchema);
  if (others.length) Object.assign(jsonSchema, { type: ['string', ...others] });
};

/**
 * Which other types a text may have in an editor, which parses YAML by the core schema: there 404,
 * true and an empty value are no strings. We read all of them as text, and the zod schema tells
 * whether it accepts that text.
 */
function otherTypes(schema: z.core.$ZodType): string[] {
  const accepts = (text: string) => z.safeParse(schema, text).success;
  return [
    ...(accepts('1.5') || accepts('1e3') ? ['number'] : accepts('1') ? ['integer'] : []),
    ...(accepts('true') ? ['boolean'] : []),
    ...(accepts('') ? ['null'] : []),
  ];
}
