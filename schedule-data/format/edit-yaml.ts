/**
 * Changing values in the text of a YAML file: only the lines of a changed value are replaced; all
 * others, with comments, order, spacing and quotes, stay byte for byte. The parser tells at which
 * offsets the nodes are.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type CST,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import {
  isBookings,
  isList,
  readYaml,
  writeBlock,
  writePair,
  writeScalar,
  type Plain,
  type PlainMap,
} from './yaml.ts';

/** Replace text[from, to) with `text`. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** YAML that cannot be edited in part; the file is written anew. */
class NotEditable extends Error {}

/**
 * The text of a file whose value changes.
 * @param before the value that `text` holds now, as `toPlain` gives it
 * @param after the value that it is to hold
 */
export function editYaml(text: string, before: Plain, after: Plain): string {
  if (isDeepStrictEqual(before, after)) return text;
  const { contents } = readYaml(text).document;
  try {
    const edits: Edit[] = [];
    if (isCollection(contents) && contents.flow && !contents.items.length) {
      const [from, to] = rangeOf(contents);
      edits.push({ from, to, text: writeBlock(after).trimEnd() });
    } else if (contents === null) {
      edits.push(appended(text, text.length, writeBlock(after)));
    } else {
      new Editor(text, edits).change(contents, '', before, after);
    }
    // From the end to the start, so that offsets stay valid; of two insertions at one offset the
    // later one first, so that they end up in order.
    edits.reverse().sort((a, b) => b.from - a.from || b.to - a.to);
    const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
    return edits.reduce((changed, edit) => {
      const inserted = edit.text.replaceAll('\n', lineBreak);
      return changed.slice(0, edit.from) + inserted + changed.slice(edit.to);
    }, text);
  } catch (error) {
    if (error instanceof NotEditable) return writeBlock(after);
    throw error;
  }
}

/** Inserts whole lines after the line that ends at `at`. */
function appended(text: string, at: number, lines: string): Edit {
  const needsBreak = at > 0 && text[at - 1] !== '\n';
  return { from: at, to: at, text: needsBreak ? `\n${lines}` : lines };
}

class Editor {
  readonly #text: string;
  readonly #edits: Edit[];

  constructor(text: string, edits: Edit[]) {
    this.#text = text;
    this.#edits = edits;
  }

  change(node: Node, field: string, before: Plain, after: Plain): void {
    if (isDeepStrictEqual(before, after)) return;
    if (typeof before === 'string' || typeof after === 'string') {
      if (typeof before !== typeof after) throw new NotEditable();
      this.#replace(node, writeScalar(field, after as string));
    } else if (isCollection(node) && node.flow) {
      this.#changeFlow(node, field, before, after);
    } else if (isMap(node) && !isList(before) && !isList(after)) {
      this.#changeMap(node, field, before, after);
    } else if (isSeq(node) && isList(before) && isList(after)) {
      this.#changeList(node, field, before, after);
    } else {
      throw new NotEditable();
    }
  }

  /** In `{…}` and `[…]` values change in place; with members added or removed it is written anew. */
  #changeFlow(node: YAMLMap | YAMLSeq, field: string, before: Plain, after: Plain): void {
    const items = node.items as unknown[];
    const [keys, values] = [Object.keys(before), Object.values<Plain>(after)];
    const isSameShape =
      isList(before) === isList(after) &&
      keys.length === items.length &&
      isDeepStrictEqual(keys, Object.keys(after));
    const nodes = items.map((item, index) => {
      const value = isPair(item) ? item.value : item;
      const isThere = isNode(value) && !isEmptyScalar(value) && values[index] !== '';
      return isPair(item) && keyOf(item).value !== keys[index] ? undefined : isThere && value;
    });
    // JSON is valid YAML, and keeps the collection in one line.
    if (!isSameShape || !nodes.every(Boolean)) return this.#replace(node, JSON.stringify(after));
    nodes.forEach((value, index) => {
      const key = keys[index]!;
      const old = (before as Record<string, Plain>)[key]!;
      const valueField = isList(before) || isBookings(field, old) ? field : key;
      if (value) this.change(value, valueField, old, values[index]!);
    });
  }

  #replace(node: Node, written: string): void {
    const [from, to] = rangeOf(node);
    // A block scalar ends behind its last line break.
    const lineBreak = this.#text.slice(from, to).endsWith('\n') ? '\n' : '';
    this.#edits.push({ from, to, text: written + lineBreak });
  }

  #changeMap(node: Node & { items: Pair[] }, field: string, before: PlainMap, after: PlainMap) {
    const pairs = new Map(node.items.map((pair) => [String(keyOf(pair).value), pair]));
    const first = node.items[0];
    if (!first) throw new NotEditable();
    const indent = ' '.repeat(this.#column(keyOf(first)));
    let previous: Pair | undefined;
    for (const key of Object.keys({ ...after, ...before })) {
      const pair = pairs.get(key);
      if (!(key in after)) {
        if (pair) this.#remove(this.#span(pair));
        continue;
      }
      const value = after[key]!;
      if (!isDeepStrictEqual(before[key], value)) {
        if (pair) this.#changePair(pair, field, before[key], value);
        else this.#insert(previous, first, writePair(key, value, field, indent), indent);
      }
      previous = pair ?? previous;
    }
  }

  /** `before` is undefined where the file has an empty value, such as `[]`. */
  #changePair(pair: Pair, field: string, before: Plain | undefined, after: Plain): void {
    const key = keyOf(pair);
    const valueField = isBookings(field, after) ? field : String(key.value);
    const { value } = pair;
    if (
      isNode(value) &&
      !isEmptyScalar(value) &&
      before !== undefined &&
      before !== '' &&
      after !== ''
    )
      return this.change(value, valueField, before, after);
    const colon = this.#text.indexOf(':', rangeOf(key)[1]) + 1;
    const to = isNode(value) && !isEmptyScalar(value) ? this.#end(value) : colon;
    const column = ' '.repeat(this.#column(key));
    const written =
      typeof after === 'string'
        ? ` ${writeScalar(valueField, after)}`.trimEnd()
        : `\n${writeBlock(after, valueField, `${column}  `)}`.trimEnd();
    this.#edits.push({ from: colon, to, text: written });
  }

  #changeList(
    node: Node & { items: unknown[] },
    field: string,
    before: readonly Plain[],
    after: readonly Plain[],
  ) {
    const items = node.items.map((item) => (isNode(item) ? item : fail()));
    const dashes = dashesOf(node);
    if (items.length !== before.length || items.length !== dashes.length) throw new NotEditable();
    let head = 0;
    while (head < before.length && isDeepStrictEqual(before[head], after[head])) head++;
    let tail = 0;
    while (
      tail < Math.min(before.length, after.length) - head &&
      isDeepStrictEqual(before[before.length - 1 - tail], after[after.length - 1 - tail])
    )
      tail++;
    const changed = Math.min(before.length, after.length) - head - tail;
    for (let i = head; i < head + changed; i++)
      this.change(items[i]!, field, before[i]!, after[i]!);
    for (let i = head + changed; i < before.length - tail; i++)
      this.#remove({ from: dashes[i]!, to: this.#end(items[i]!) });
    const added = after.slice(head + changed, after.length - tail);
    if (!added.length) return;
    const indent = ' '.repeat(this.#columnAt(dashes[0]!));
    const lines = writeBlock(added, field, indent);
    const at = head + changed;
    if (at > 0)
      this.#edits.push(appended(this.#text, this.#lineEnd(this.#end(items[at - 1]!)), lines));
    else this.#before(dashes[0]!, lines, indent);
  }

  #insert(previous: Pair | undefined, first: Pair, lines: string, indent: string): void {
    if (previous)
      this.#edits.push(appended(this.#text, this.#lineEnd(this.#span(previous).to), lines));
    else this.#before(rangeOf(keyOf(first))[0], lines, indent);
  }

  /** Inserts lines before what begins at `at`, perhaps after the dash of a list item. */
  #before(at: number, lines: string, indent: string): void {
    const lineStart = at - this.#columnAt(at);
    if (this.#text.slice(lineStart, at).trim() === '')
      this.#edits.push({ from: lineStart, to: lineStart, text: lines });
    else this.#edits.push({ from: at, to: at, text: lines.slice(indent.length) + indent });
  }

  /** Removes the lines of a span; comments above it stay. */
  #remove({ from, to }: { from: number; to: number }): void {
    const lineStart = from - this.#columnAt(from);
    if (this.#text.slice(lineStart, from).trim() !== '') throw new NotEditable();
    this.#edits.push({ from: lineStart, to: this.#lineEnd(to), text: '' });
  }

  #span(pair: Pair): { from: number; to: number } {
    const [from, keyEnd] = rangeOf(keyOf(pair));
    return { from, to: isNode(pair.value) ? Math.max(keyEnd, this.#end(pair.value)) : keyEnd };
  }

  /** Where the text of a node ends, without the space and comments behind it. */
  #end(node: Node): number {
    if (isCollection(node) && !node.flow) {
      const last = node.items.at(-1);
      if (isNode(last)) return this.#end(last);
      if (last) return this.#span(last as Pair).to;
    }
    const [from, to] = rangeOf(node);
    return from + this.#text.slice(from, to).trimEnd().length;
  }

  /** The offset behind the line break that ends the line of `at`. */
  #lineEnd(at: number): number {
    const lineBreak = this.#text.indexOf('\n', at);
    return lineBreak < 0 ? this.#text.length : lineBreak + 1;
  }

  #column(node: Node): number {
    return this.#columnAt(rangeOf(node)[0]);
  }

  #columnAt(offset: number): number {
    return offset - (this.#text.lastIndexOf('\n', offset - 1) + 1);
  }
}

function dashesOf(node: Node): number[] {
  const token = node.srcToken as { items?: CST.BlockSequence['items'] } | undefined;
  return (token?.items ?? []).flatMap((item) =>
    item.start.filter((part) => part.type === 'seq-item-ind').map((part) => part.offset),
  );
}

function isEmptyScalar(node: Node): boolean {
  const [from, to] = rangeOf(node);
  return isScalar(node) && from === to;
}

function keyOf(pair: Pair) {
  return isScalar(pair.key) ? pair.key : fail();
}

function rangeOf(node: Node): [number, number] {
  return node.range ? [node.range[0], node.range[1]] : fail();
}

function fail(): never {
  throw new NotEditable();
}
