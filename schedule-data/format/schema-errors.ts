/** What does not fit a schema, in one sentence for whoever wrote the value. */
import { z } from 'zod';
import { nearest } from '../text/nearest.ts';

/** A key that a schema does not know, most likely a typing error. */
export interface UnknownKey {
  readonly key: string;
  /** The keys on the way to it, `irc.rate`; empty at the top. */
  readonly place: string;
  /** The known key that was most likely meant. */
  readonly meant: string | undefined;
  /** All keys that are known there. */
  readonly known: readonly string[];
}

/** The sentence for an issue that `schema` raised; each format words unknown keys in its own way. */
export function issueSentence(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  unknownKey: (unknown: UnknownKey) => string,
): string {
  const place = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') {
    const isNoObject = issue.code === 'invalid_type' && issue.expected === 'object';
    const hasOwnWords = issue.message.startsWith('expected ');
    const message =
      isNoObject && !hasOwnWords
        ? `expected ${knownKeys(schema, issue.path).join(', ')}`
        : issue.message;
    return place ? `${place}: ${message}` : message;
  }
  const key = issue.keys[0]!;
  const known = knownKeys(schema, issue.path);
  return unknownKey({ key, place, meant: nearest(key, known), known });
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The keys that a schema knows at a path. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  // In a JSON Schema nothing is left of what is wrapped around objects: defaults, refinements, pipes.
  let nodes = alternatives(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  for (const step of path)
    nodes = nodes
      .map(
        ({ properties, additionalProperties, items }) =>
          (typeof step === 'number'
            ? items
            : (properties?.[String(step)] ?? additionalProperties)) as JsonSchema | undefined,
      )
      .flatMap(alternatives);
  return [...new Set(nodes.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

function alternatives(node: JsonSchema | boolean | undefined): JsonSchema[] {
  if (typeof node !== 'object') return [];
  return [node, ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap(alternatives)];
}
