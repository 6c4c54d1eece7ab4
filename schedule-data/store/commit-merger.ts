/** Merge commits: of files that one side changed, that side; of the others, what their values make together. */
import { isDeepStrictEqual } from 'node:util';
import { readFile, toPlain } from '../format/data-files.ts';
import { commitObject, type CommitMessage } from '../git/commit.ts';
import { mergeBases } from '../git/merge-base.ts';
import { mergeBlobs } from '../git/merge-blobs.ts';
import { mergeTrees, type Sides } from '../git/merge-trees.ts';
import { commitContent } from '../git/object-format.ts';
import type { Objects } from '../git/objects.ts';
import type { TreeEntry } from '../git/tree.ts';
import type { SnapshotOf } from '../schedule/snapshot.ts';
import { textOf } from '../text/text.ts';
import type { FileChange } from './changes.ts';
import { blobEntry, type CommitMaker } from './commit-maker.ts';
import type { Layout } from './layout.ts';
import type { Loaded, Loader } from './loader.ts';

/** Content in which what two sides did since a common ancestor is together, and how to commit it. */
type Merge<C extends object> = C & { readonly message: CommitMessage };

export type MergeSides<C extends object> = (
  base: SnapshotOf<C>,
  ours: SnapshotOf<C>,
  theirs: SnapshotOf<C>,
) => Merge<C>;

/** What the store has already. */
interface MergerParts<C extends object> {
  readonly gitdir: string;
  readonly objects: Objects;
  readonly loader: Loader<C>;
  readonly layout: Layout<C>;
  readonly maker: CommitMaker<C>;
}

export class CommitMerger<C extends object> {
  readonly #parts: MergerParts<C>;

  constructor(parts: MergerParts<C>) {
    this.#parts = parts;
  }

  /** The common ancestor. Where each merged the other meanwhile, there are several ancestors: then it is what merges these. */
  async base(ours: string, theirs: string, merge: MergeSides<C>): Promise<string | undefined> {
    const [first, ...others] = await mergeBases(this.#parts.gitdir, ours, theirs);
    let base = first;
    for (const other of others) {
      const older = await this.base(base!, other, merge);
      // Histories that have nothing else in common met twice.
      if (older !== undefined) base = await this.merge([older, base!, other], merge);
    }
    return base;
  }

  /** Writes a merge commit, and gives its id. */
  async merge(ids: Sides<string>, merge: MergeSides<C>): Promise<string> {
    const { objects, loader, layout } = this.#parts;
    const loaded: Loaded<C>[] = [];
    for (const id of ids) loaded.push(await loader.load(id));
    const [base, ours, theirs] = loaded as unknown as Sides<Loaded<C>>;
    const { message, ...content } = merge(base, ours, theirs);
    const changes = layout.changesBetween(theirs, content as unknown as C);
    const changeAt = new Map(changes.map((change) => [change.path, change]));
    const commits = await Promise.all(ids.map((id) => objects.commit(id)));
    const trees = commits.map(({ tree }) => tree) as unknown as Sides<string>;
    const tree = await mergeTrees(objects, trees, (path, entries) =>
      this.#mergeEntries(path, entries, [ours, theirs], changeAt.get(path)),
    );
    const commit = objects.add(
      'commit',
      commitContent(commitObject(message, tree, [ids[1], ids[2]])),
    );
    await objects.write();
    return commit;
  }

  /** What is to stand where both sides changed a file. @param change what its value is to be, if not theirs */
  async #mergeEntries(
    path: string,
    entries: Sides<TreeEntry | undefined>,
    sides: readonly [ours: Loaded<C>, theirs: Loaded<C>],
    change: FileChange | undefined,
  ): Promise<TreeEntry | undefined> {
    const { objects, maker } = this.#parts;
    const [, ourEntry, entry] = entries;
    const [ours, theirs] = sides.map(({ files }) => files.get(path));
    const both = await mergeBlobs(objects, entries);
    const withBytes = (bytes: Uint8Array) => ({
      ...(entry ?? ourEntry)!,
      oid: objects.add('blob', bytes),
    });
    const file = theirs ?? ours;
    // Of files that are not ours nothing goes, as nobody would notice; the bot writes no plans.
    if (!file || file.kind === 'plan') return both ? withBytes(both) : (entry ?? ourEntry);
    const wanted = change ? change.after : theirs?.value;
    const read = readFile(file.kind, both && textOf(both));
    if (both && wanted && read.ok && isDeepStrictEqual(toPlain(read.value), toPlain(wanted)))
      return withBytes(both);
    if (!change) return entry;
    // What was set aside is in the history of both.
    const written = maker.file(change, theirs, []);
    return written && blobEntry(path.split('/').at(-1)!, written);
  }
}
