/** The data format as JSON Schemas, for editors that complete and check YAML files by them. */
import { z } from 'zod';
import { fileSchemas, type FileKind } from './file-schemas.ts';

/** What people edit by hand. */
export type ScheduleFileKind = Exclude<FileKind, 'person'>;

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * A JSON Schema for each kind of data file. It accepts what `readFile` accepts, read as an editor
 * reads it, and refuses what JSON Schema can see to be wrong: unknown and missing keys, forms,
 * lengths. What only code can check, such as whether a time zone exists, is left to the bot.
 */
export function jsonSchemas(): Record<ScheduleFileKind, JsonSchema> {
  const { event, room, track, announcements } = fileSchemas;
  const entries = Object.entries({ event, room, track, announcements }).map(([kind, schema]) => [
    kind,
    // Draft 7 is the newest that all editors know.
    z.toJSONSchema(schema, { io: 'input', target: 'draft-7', override }),
  ]);
  return Object.fromEntries(entries) as Record<ScheduleFileKind, JsonSchema>;
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

const override: Override = ({ zodSchema, jsonSchema, path }) => {
  // It means that our values are immutable; to an editor, that nobody may change them.
  delete jsonSchema.readOnly;
  // Keys are strings, whatever they look like.
  if (jsonSchema.type !== 'string' || jsonSchema.enum || path.includes('propertyNames')) return;
  const others = otherTypes(zodSchema);
  if (others.length) Object.assign(jsonSchema, { type: ['string', ...others] });
};

/**
 * What else a text may be in the eyes of an editor, which reads YAML by the core schema: there 404,
 * true and nothing at all are no strings. We read all of them as text, and the zod schema knows
 * whether that text is welcome.
 */
function otherTypes(schema: z.core.$ZodType): string[] {
  const accepts = (text: string) => z.safeParse(schema, text).success;
  return [
    ...(accepts('1.5') || accepts('1e3') ? ['number'] : accepts('1') ? ['integer'] : []),
    ...(accepts('true') ? ['boolean'] : []),
    ...(accepts('') ? ['null'] : []),
  ];
}
