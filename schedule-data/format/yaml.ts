/**
 * The subset of YAML that data files use: the failsafe schema reads every scalar as a string, so that
 * `404`, `no` and `09:00` stay as written; what could give a file another meaning than it seems to
 * have (anchors, aliases, tags, keys given twice) is an error.
 */
import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type ErrorCode,
  type Node,
  type Pair,
  type YAMLError,
  type YAMLMap,
} from 'yaml';

/** The value of a YAML document: strings, lists and maps of them. */
export type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

/** The largest data file that is read, in bytes. */
export const mostBytes = 256 * 1024;
export const sizeExpected = `expected a file of at most ${mostBytes / 1024} kB`;

/** Thrown for text that is not such YAML; `line` counts from 1. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  readonly line: number | undefined;
  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}

export interface YamlText {
  readonly document: Document.Parsed;
  /** undefined when the text holds nothing but comments. */
  readonly plain: Plain | undefined;
  /** The line of the value at a path, or of its key; where nothing is, of the nearest around it. */
  lineOf(path: readonly PropertyKey[], which?: 'value' | 'key'): number;
}

/** Reads YAML text. @throws {YamlError} */
export function readYaml(text: string): YamlText {
  if (Buffer.byteLength(text) > mostBytes) throw new YamlError(sizeExpected);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    keepSourceTokens: true,
    prettyErrors: false,
    // Its own check compares each key with each other one; refuseUnsupported needs one pass.
    uniqueKeys: false,
  });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw new YamlError(sentenceFor(fault.code), lineAt(originOf(fault, document)));
  refuseUnsupported(document, lineAt);
  const offsetOf = offsets(document.contents);
  return {
    document,
    plain: document.contents === null ? undefined : (document.toJS() as Plain),
    lineOf: (path, which = 'value') => lineAt(offsetOf(path, which)),
  };
}

/** Tells where the value at a path begins, or its key; a block of lines begins with its key. */
function offsets(contents: Node | null) {
  const pairsOf = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairIn = (map: YAMLMap, name: string) => {
    const pairs =
      pairsOf.get(map) ??
      new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : '', pair]));
    pairsOf.set(map, pairs);
    return pairs.get(name);
  };
  return (path: readonly PropertyKey[], which: 'value' | 'key'): number => {
    let node: unknown = contents;
    let offset = contents?.range?.[0] ?? 0;
    for (const [depth, step] of path.entries()) {
      const pair = isMap(node) ? pairIn(node, String(step)) : undefined;
      node = isSeq(node) ? node.items[Number(step)] : pair?.value;
      if (!isNode(node) || !node.range) break;
      const isKeyWanted = which === 'key' && depth === path.length - 1;
      const isBlock = isCollection(node) && !node.flow;
      const key = isKeyWanted || isBlock ? pair?.key : undefined;
      offset = isNode(key) && key.range ? key.range[0] : node.range[0];
    }
    return offset;
  };
}

/** What is never closed was opened somewhere before the parser noticed: there it is to be mended. */
function originOf({ code, pos: [noticed] }: YAMLError, document: Document.Parsed): number {
  let origin = noticed;
  if (code !== 'MISSING_CHAR' && code !== 'BAD_INDENT') return origin;
  visit(document, {
    Node(_key, node) {
      const [from, , to] = node.range ?? [Infinity, 0, 0];
      const isOpened = isCollection(node) ? node.flow : isScalar(node) && /QUOTE/.test(node.type!);
      if (isOpened && from < noticed && noticed <= to) origin = from;
    },
  });
  return origin;
}

/** What is wrong with the YAML, by the codes of the parser. */
function sentenceFor(code: ErrorCode): string {
  const what = faults[code];
  return `expected valid YAML: ${what ?? 'here it is not, perhaps because of a missing quote, bracket or colon'}`;
}

const quotes = 'text with : or # or quotes in it goes in double quotes, such as "at 9: cells"';
const faults: Partial<Record<ErrorCode, string>> = {
  BAD_DQ_ESCAPE: 'in double quotes a \\ is written twice, such as "a\\\\b"',
  BAD_INDENT:
    'what belongs together begins in the same column, such as two spaces below its key, and what a bracket opens is closed',
  BAD_SCALAR_START: quotes,
  BLOCK_AS_IMPLICIT_KEY: quotes,
  BLOCK_IN_FLOW: 'what is in brackets goes on one line, such as [a, b]',
  KEY_OVER_1024_CHARS: 'a key has at most 1024 characters; perhaps a quote is missing',
  MISSING_CHAR: 'a quote, bracket, comma or colon is missing, such as the one that ends "text"',
  MULTILINE_IMPLICIT_KEY: quotes,
  MULTIPLE_DOCS: 'a file has one document, without lines of ---',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  TAB_AS_INDENT: 'lines are indented with spaces, not with tabs',
  UNEXPECTED_TOKEN: 'there is something unexpected here, such as a quote or bracket too many',
};

function refuseUnsupported(document: Document.Parsed, lineAt: (offset: number) => number): void {
  const refuse = (message: string, node: Node) => {
    throw new YamlError(message, node.range ? lineAt(node.range[0]) : undefined);
  };
  visit(document, {
    Node(_key, node) {
      if (isAlias(node) || ('anchor' in node && node.anchor !== undefined))
        refuse('expected no anchors and no aliases (& and *); write the value out', node);
      if (isScalar(node) && node.tag !== undefined) refuse('expected no tags (! and !!)', node);
      if (!isMap(node)) return;
      const seen = new Set<unknown>();
      for (const { key } of node.items) {
        if (!isScalar(key)) refuse('expected keys that are words', isNode(key) ? key : node);
        const name = isScalar(key) ? key.value : undefined;
        if (seen.has(name))
          refuse(`expected each key once, ${String(name)} is there twice`, key as Node);
        seen.add(name);
      }
    },
  });
}

/**
 * Values of these keys are never text from chat and are written without quotes; all others are
 * double-quoted, as in JSON. `slots` here are bookings: slot name → track.
 */
const unquotedFields = new Set([
  'order',
  'level',
  'icon',
  'room',
  'moderation',
  'adjacentSlots',
  'timezone',
  'slots',
]);
const unquotedWord = /^([\p{L}\p{N}][\p{L}\p{M}\p{N}._/+-]*)?$/u;

/** A scalar as it is written; `field` is the nearest key above it that names a field. */
export function writeScalar(field: string, value: string): string {
  return unquotedFields.has(field) && unquotedWord.test(value) ? value : JSON.stringify(value);
}

/** Writes a list or map as a YAML block, each line indented and ending with a newline. */
export function writeBlock(plain: Plain, field = '', indent = ''): string {
  if (typeof plain === 'string') return `${indent}${writeScalar(field, plain)}\n`;
  if (isList(plain))
    return plain
      .map(
        (item) => `${indent}- ${writeBlock(item, field, `${indent}  `).slice(indent.length + 2)}`,
      )
      .join('');
  return Object.entries(plain)
    .map(([key, value]) => writePair(key, value, field, indent))
    .join('');
}

/** Writes `key: value` as YAML lines; `field` is the field that holds the map. */
export function writePair(key: string, value: Plain, field: string, indent: string): string {
  const head = `${indent}${unquotedWord.test(key) ? key : JSON.stringify(key)}:`;
  const valueField = isBookings(field, value) ? field : key;
  if (typeof value !== 'string') return `${head}\n${writeBlock(value, valueField, `${indent}  `)}`;
  return `${head} ${writeScalar(valueField, value)}`.trimEnd() + '\n';
}

/** The keys of a map of bookings are names of slots, not of fields. */
export function isBookings(field: string, value: Plain): boolean {
  return field === 'slots' && typeof value === 'string';
}

/** A map of YAML. */
export type PlainMap = { readonly [key: string]: Plain };

export function isMapOfPlain(plain: Plain | undefined): plain is PlainMap {
  return typeof plain === 'object' && !isList(plain);
}

export function isList(plain: Plain): plain is readonly Plain[] {
  return Array.isArray(plain);
}
