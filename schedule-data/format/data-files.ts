/**
 * format/ is the format of the data files: their paths, reading one, changing one, writing a new one,
 * all as text. It never opens a file, and knows no more than one file at a time.
 */
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { editYaml } from './edit-yaml.ts';
import { fileSchemas, type FileKind, type FileValue } from './file-schemas.ts';
import { isPlanFile, planSizeExpected, readPlan } from './plan.ts';
import { issueSentence, type UnknownKey } from './schema-errors.ts';
import { isSlug, slugify } from '../text/slug.ts';
import { textOf } from '../text/text.ts';
import {
  isList,
  isMapOfPlain,
  readYaml,
  sizeExpected,
  writeBlock,
  YamlError,
  type Plain,
} from './yaml.ts';

/** What a path means: a data file, a file that is not ours, or a data file with a wrong name. */
export type PathKind =
  | { readonly kind: FileKind; readonly slug: string }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'misnamed'; readonly message: string };

export const eventFile = 'event.yaml';
export const announcementsFile = 'announcements.yaml';
export const roomFile = (slug: string) => `rooms/${slug}.yaml`;
export const trackFile = (slug: string) => `tracks/${slug}.yaml`;

/** Where something of the schedule stands; the slug of a plan is its path. */
export function pathOf({ kind, slug }: { readonly kind: FileKind; readonly slug: string }): string {
  if (kind === 'room') return roomFile(slug);
  if (kind === 'track') return trackFile(slug);
  if (kind === 'plan') return slug;
  return kind === 'event' ? eventFile : announcementsFile;
}

export function classifyPath(path: string): PathKind {
  if (path === eventFile) return { kind: 'event', slug: '' };
  if (path === announcementsFile) return { kind: 'announcements', slug: '' };
  if (isPlanFile(path)) return { kind: 'plan', slug: path };
  const [, folder, file] = /^(rooms|tracks)\/([^/]+)$/.exec(path) ?? [];
  if (folder === undefined || file === undefined || file.startsWith('.'))
    return { kind: 'foreign' };
  const slug = file.replace(/\.yaml$/, '');
  // As the track of a booking, null means a free slot.
  const isNull = folder === 'tracks' && slug === 'null';
  if (slug !== file && isSlug(slug) && !isNull)
    return { kind: folder === 'rooms' ? 'room' : 'track', slug };
  return { kind: 'misnamed', message: whyMisnamed(folder, file, slug) };
}

/** @param slug the name without `.yaml`, if it ends so */
function whyMisnamed(folder: string, file: string, slug: string): string {
  const example = folder === 'rooms' ? 'ballroom-a' : 'nova';
  if (slug === file) {
    const name = file.replace(/\.[^.]*$/, '');
    return `expected a file name that ends in .yaml, such as ${folder}/${isSlug(name) ? name : example}.yaml`;
  }
  if (slug === 'null') return 'expected another name: in a booking null means that it is free';
  const normal = slug.normalize('NFC');
  if (isSlug(normal))
    return `expected the letters of the name in Unicode form NFC, which macOS writes differently; rename it to: ${folder}/${normal}.yaml`;
  return `expected a lower-case file name such as ${folder}/${slugify(slug) ?? example}.yaml (letters, digits and . _ + -)`;
}

/** Something wrong in a file: where, from 1 and as far as it is known, and what was expected. */
export interface Fault {
  readonly line?: number;
  readonly message: string;
}

/** A data file, read: its value, or the first fault, and the others that show beside it. */
export type ReadFile<K extends FileKind = FileKind> =
  | { readonly ok: true; readonly value: FileValue<K> }
  | ({ readonly ok: false; readonly others?: readonly Fault[] } & Fault);

/** Where a data file should be. */
export const noFile = { ok: false, message: 'expected a file, not a link or a folder' } as const;
export const tooLarge = (kind: FileKind) =>
  ({ ok: false, message: kind === 'plan' ? planSizeExpected : sizeExpected }) as const;

/** What a data file holds. `text` is what of it people write by hand: nothing of a plan. */
export function readBytes(
  kind: FileKind,
  bytes: Uint8Array,
): { readonly text?: string; readonly read: ReadFile } {
  if (kind === 'plan') return { read: readPlan(bytes) };
  const text = textOf(bytes);
  return { text, read: readFile(kind, text) };
}

/** Reads the text of a data file, undefined if it is not UTF-8; never throws. */
export function readFile<K extends FileKind>(kind: K, text: string | undefined): ReadFile<K> {
  if (text === undefined) return { ok: false, message: 'expected text in UTF-8' };
  try {
    const yaml = readYaml(text);
    const plain = yaml.plain === undefined ? undefined : withoutBlanks(yaml.plain);
    const result = parseValue(kind, plain ?? (kind === 'announcements' ? [] : {}));
    if (result.ok) return result;
    const [first, ...others] = result.faults.map(({ path, which, message }) => ({
      line: yaml.lineOf(withBlanks(yaml.plain, path), which),
      message,
    }));
    return { ok: false, ...first!, ...(others.length && { others }) };
  } catch (error) {
    if (error instanceof YamlError)
      return { ok: false, message: error.message, ...(error.line && { line: error.line }) };
    // The parser ran out of stack.
    if (error instanceof RangeError) return { ok: false, message: 'expected simpler YAML' };
    throw error;
  }
}

/** Texts that may be any word. */
const textFields = new Set(
  'name description message topic title label location by nick account next subscription'.split(
    ' ',
  ),
);

/**
 * What somebody left blank is not there: undefined, for a value that is blank as a whole. In bookings
 * (a map of slots) nothing means a free slot.
 */
function withoutBlanks(plain: Plain, field = ''): Plain | undefined {
  if (typeof plain === 'string') {
    const isBlank = plain === '' || (!textFields.has(field) && (plain === '~' || plain === 'null'));
    return isBlank ? undefined : plain;
  }
  if (isList(plain)) {
    const items = plain
      .map((item) => withoutBlanks(item, field))
      .filter((item) => item !== undefined);
    return items.length || !plain.length ? items : undefined;
  }
  if (field === 'slots') return plain;
  const entries = Object.entries(plain).flatMap(([key, value]) => {
    const left = withoutBlanks(value, key);
    return left === undefined ? [] : [[key, left]];
  });
  return entries.length ? (Object.fromEntries(entries) as Plain) : undefined;
}

/** The path in the file of what has this path in the same without blanks. */
function withBlanks(
  plain: Plain | undefined,
  path: readonly PropertyKey[],
  field = '',
): PropertyKey[] {
  const [step, ...rest] = path;
  if (step === undefined || plain === undefined || typeof plain === 'string') return [...path];
  if (!isList(plain)) return [step, ...withBlanks(plain[String(step)], rest, String(step))];
  const written = [...plain.keys()].filter((at) => withoutBlanks(plain[at]!, field) !== undefined);
  const at = written[Number(step)] ?? step;
  return [at, ...withBlanks(plain[Number(at)], rest, field)];
}

/** Tells the lines of keys and list items in a text by their paths. */
export function keyLines(text: string): (path: readonly PropertyKey[]) => number | undefined {
  try {
    const yaml = readYaml(text);
    return (path) => yaml.lineOf(withBlanks(yaml.plain, path), 'key');
  } catch {
    // What counts of a file that cannot be read comes from an earlier version.
    return () => undefined;
  }
}

/** What is wrong with a value that is to stand in a data file; undefined when nothing is. */
export function whyInvalid(kind: FileKind, value: FileValue): string | undefined {
  const result = parseValue(kind, toPlain(value));
  return result.ok ? undefined : result.faults[0]!.message;
}

/** How many faults of a file are told at most: nobody reads more at once. */
const mostFaults = 10;

/** What does not fit, at a value or at a key that should not be there. */
interface ValueFault {
  readonly path: readonly PropertyKey[];
  readonly which: 'value' | 'key';
  readonly message: string;
}

/** The value of a data file from what stands in it; or all that is wrong, at least one. */
export function parseValue<K extends FileKind>(
  kind: K,
  plain: Plain,
):
  | { readonly ok: true; readonly value: FileValue<K> }
  | { readonly ok: false; readonly faults: readonly ValueFault[] } {
  const schema: z.ZodType = fileSchemas[kind];
  const result = schema.safeParse(plain);
  if (result.success) return { ok: true, value: result.data as FileValue<K> };
  const faults = result.error.issues
    .slice(0, mostFaults)
    .flatMap(faultsIn)
    .slice(0, mostFaults)
    .map(({ issue, ...fault }) => ({
      ...fault,
      message: issueSentence(issue, schema, unknownKey),
    }))
    // Several checks may expect the same.
    .filter(({ message }, index, all) => message !== all[index - 1]?.message);
  // A key misspelled is why another one is missing.
  return { ok: false, faults: faults.sort((a, b) => +(b.which === 'key') - +(a.which === 'key')) };
}

/** An issue, one for each of its keys. */
function faultsIn(
  issue: z.core.$ZodIssue,
): (Omit<ValueFault, 'message'> & { issue: typeof issue })[] {
  if (issue.code !== 'unrecognized_keys')
    return [{ issue, path: issue.path, which: issue.code === 'invalid_key' ? 'key' : 'value' }];
  return issue.keys.slice(0, mostFaults).map((key) => ({
    issue: { ...issue, keys: [key] },
    path: [...issue.path, key],
    which: 'key',
  }));
}

function unknownKey({ key, place, meant, known }: UnknownKey): string {
  const where = place ? ` in ${place}` : '';
  return `unknown key ${key}${where}, expected ${meant ? `${meant}?` : `one of ${known.join(', ')}`}`;
}

/** A value as it is written: keys in the order of the schema, empty lists and maps left out. */
export function toPlain(value: FileValue): Plain {
  return plainOf(value) ?? {};
}

/** The text of a new data file. */
export function newText(value: FileValue): string {
  return writeBlock(toPlain(value));
}

/** The text of a data file whose value changes, and that text read again. */
export function changedFile<K extends FileKind>(
  kind: K,
  text: string,
  before: FileValue<K>,
  after: FileValue<K>,
): { text: string; read: ReadFile<K> } {
  const wanted = toPlain(after);
  const edited = editYaml(text, toPlain(before), wanted);
  const read = readFile(kind, edited);
  const isRight = read.ok && isDeepStrictEqual(toPlain(read.value), wanted);
  return isRight ? { text: edited, read } : newFile(kind, after);
}

/**
 * What counts of a file that is not valid: each field that is, and the others as they were in `last`.
 * Undefined where the text holds no fields at all.
 */
export function salvagedValue<K extends FileKind>(
  kind: K,
  text: string,
  last: FileValue<K>,
): FileValue<K> | undefined {
  let given: Plain | undefined;
  try {
    const { plain } = readYaml(text);
    given = plain && withoutBlanks(plain);
  } catch {
    return undefined;
  }
  const before = toPlain(last);
  if (given === undefined || !isMapOfPlain(given) || !isMapOfPlain(before)) return undefined;
  let fields = before;
  for (const key of new Set([...Object.keys(before), ...Object.keys(given)])) {
    const { [key]: _, ...others } = fields;
    const candidate = given[key] === undefined ? others : { ...fields, [key]: given[key] };
    if (parseValue(kind, candidate).ok) fields = candidate;
  }
  const read = parseValue(kind, fields);
  return read.ok ? read.value : undefined;
}

/**
 * The text of a file that is not valid, whose value changes: what is wrong in it stays as somebody wrote
 * it. Undefined where that is not possible.
 */
export function changedInvalidFile<K extends FileKind>(
  kind: K,
  text: string,
  before: FileValue<K>,
  after: FileValue<K>,
): { readonly text: string; readonly isMended: boolean } | undefined {
  const wanted = toPlain(after);
  const isWanted = (value: FileValue<K> | undefined) =>
    value !== undefined && isDeepStrictEqual(toPlain(value), wanted);
  try {
    const edited = editYaml(text, toPlain(before), wanted);
    // Nothing of what was written is left.
    if (edited === writeBlock(wanted)) return undefined;
    const read = readFile(kind, edited);
    if (read.ok) return isWanted(read.value) ? { text: edited, isMended: true } : undefined;
    return isWanted(salvagedValue(kind, edited, after))
      ? { text: edited, isMended: false }
      : undefined;
  } catch (error) {
    if (error instanceof YamlError || error instanceof RangeError) return undefined;
    throw error;
  }
}

export function newFile<K extends FileKind>(
  kind: K,
  value: FileValue<K>,
): { text: string; read: ReadFile<K> } {
  const text = newText(value);
  const read = readFile(kind, text);
  // What was read has its keys in the order of the schema.
  return { text: read.ok ? newText(read.value) : text, read };
}

function plainOf(value: unknown): Plain | undefined {
  if (value === undefined) return undefined;
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((item) => plainOf(item) ?? '');
  const entries =
    value instanceof Map
      ? [...(value as ReadonlyMap<string, unknown>)]
      : typeof value === 'object'
        ? Object.entries(value)
        : undefined;
  if (!entries) return typeof value === 'number' ? String(value) : (value as string);
  const plain: Record<string, Plain> = {};
  for (const [key, item] of entries) {
    const written = plainOf(item);
    const isEmptyField =
      written !== undefined && typeof written !== 'string' && !Object.keys(written).length;
    if (written !== undefined && !isEmptyField) plain[key] = written;
  }
  return plain;
}
