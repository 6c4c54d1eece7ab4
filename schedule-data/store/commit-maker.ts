/** Commits as bytes: content with some changes, in the files that these concern. */
import { changedFile, changedInvalidFile, newFile } from '../format/data-files.ts';
import { commitObject, type CommitMessage } from '../git/commit.ts';
import { commitContent } from '../git/object-format.ts';
import type { Objects } from '../git/objects.ts';
import { folderEntry, treeContent, type TreeEntry } from '../git/tree.ts';
import type { Problem } from '../schedule/snapshot.ts';
import type { FileChange } from './changes.ts';
import type { Layout } from './layout.ts';
import type { Loaded, LoadedFile } from './loader.ts';

export interface CommitRequest {
  readonly message: CommitMessage;
  /** The files that change, where whoever decided compared already; else the store compares. */
  readonly changes?: readonly FileChange[];
  /** A commit beside the branch that this one brings in. */
  readonly mergedWith?: string;
  /** The commit becomes the first one: nothing of what was before is kept. */
  readonly forgetsPast?: boolean;
}

/** Makes commits of a repository; its objects are added, and not yet written. */
export class CommitMaker<C extends object> {
  readonly #objects: Objects;
  readonly #layout: Layout<C>;

  constructor(objects: Objects, layout: Layout<C>) {
    this.#objects = objects;
    this.#layout = layout;
  }

  /** The content with some changes. */
  commit(
    from: Loaded<C>,
    changes: readonly FileChange[],
    { message, mergedWith, forgetsPast = false }: CommitRequest,
  ): { readonly after: Loaded<C>; readonly setAside: readonly Problem[] } {
    const files = new Map(from.files);
    const setAside: Problem[] = [];
    const trees = new Map([...from.trees].map(([folder, entries]) => [folder, [...entries]]));
    for (const change of changes) {
      const file = this.file(change, from.files.get(change.path), setAside);
      if (file) files.set(change.path, file);
      else files.delete(change.path);
      const [name, folder = ''] = change.path.split('/').reverse() as [string, string?];
      setEntry(trees, folder, name, file && blobEntry(name, file));
    }
    const folders = new Set(changes.map(({ path }) => path.split('/').slice(0, -1).join('/')));
    for (const folder of folders) {
      if (folder === '') continue;
      const entries = trees.get(folder)!;
      const oid = entries.length ? this.#objects.add('tree', treeContent(entries)) : undefined;
      setEntry(trees, '', folder, oid === undefined ? undefined : folderEntry(folder, oid));
      if (oid === undefined) trees.delete(folder);
    }
    const tree = this.#objects.add('tree', treeContent(trees.get('')!));
    const parents = [from.commit, ...(mergedWith === undefined ? [] : [mergedWith])];
    const content = commitContent(commitObject(message, tree, forgetsPast ? [] : parents));
    const commit = this.#objects.add('commit', content);
    const isLeft = ({ path }: Problem) => !from.files.has(path) || files.get(path)?.problem;
    const problems = from.problems.filter(isLeft);
    const loaded = { ...this.#layout.assemble(files), commit, trees, files, problems };
    return { after: loaded, setAside };
  }

  /**
   * A file with another value; undefined where it goes.
   * @param setAside gets what was wrong with a file that could not be changed in part
   */
  file(
    change: FileChange,
    old: LoadedFile | undefined,
    setAside: Problem[],
  ): LoadedFile | undefined {
    const { kind, slug, before, after } = change;
    if (after === undefined) return undefined;
    // It may have been missing, a link or a folder.
    const mode = old?.mode.startsWith('100') ? old.mode : '100644';
    if (old?.problem) {
      const kept = before && changedInvalidFile(kind, old.text, before, after);
      if (kept) {
        const oid = this.#objects.add('blob', Buffer.from(kept.text));
        const { problem, ...rest } = old;
        const file = { ...rest, mode, text: kept.text, value: after, oid };
        return kept.isMended ? file : { ...file, problem };
      }
      setAside.push(old.problem);
    }
    const { text, read } =
      old && before && !old.problem
        ? changedFile(kind, old.text, before, after)
        : newFile(kind, after);
    // Commands check what people say; what arrives here is right, or a bug.
    if (!read.ok) throw new Error(`${change.path} would not be valid: ${read.message}`);
    const oid = this.#objects.add('blob', Buffer.from(text));
    return { kind, slug, text, value: read.value, oid, mode };
  }
}

function setEntry(
  trees: Map<string, TreeEntry[]>,
  folder: string,
  name: string,
  entry: TreeEntry | undefined,
): void {
  const others = (trees.get(folder) ?? []).filter(({ path }) => path !== name);
  trees.set(folder, entry ? [...others, entry] : others);
}

export function blobEntry(path: string, { oid, mode }: LoadedFile): TreeEntry {
  return { mode, path, oid, type: 'blob' };
}
