/** The commits of a branch and the files that they changed, as `git log --raw` prints them. */
import type { Signature } from './commit.ts';
import { startGit } from './git.ts';
import { StorageError } from './storage-error.ts';
import { instantOf, oneLine } from '../text/text.ts';
import { exitOf } from './process-exit.ts';

/** One commit along first parents. */
export interface RawCommit {
  readonly oid: string;
  readonly parents: readonly string[];
  /** When it was committed, in UTC with seconds. */
  readonly time: string;
  readonly author: Signature;
  readonly subject: string;
  /** Its message without the subject. */
  readonly body: string;
  /** Files that differ from the first parent. */
  readonly changes: readonly RawChange[];
}

interface RawChange {
  readonly path: string;
  /** Its blob; undefined where no file is left. */
  readonly oid: string | undefined;
  /** What it was before; undefined where there was none. */
  readonly before: string | undefined;
}

/** What somebody may have configured for themselves must not change what is read here. */
const settings = ['log.showRoot=true', 'log.showSignature=false', 'log.diffMerges=first-parent'];

/** From the oldest to the newest, after `from` up to `to`. @throws {StorageError} */
export function readCommits(
  gitdir: string,
  from: string | undefined,
  to: string,
): AsyncGenerator<RawCommit> {
  return readLog(gitdir, '--reverse', from === undefined ? to : `${from}..${to}`);
}

/** From the newest back to the oldest; whoever has enough stops. @throws {StorageError} */
export function readCommitsBack(gitdir: string, from: string): AsyncGenerator<RawCommit> {
  return readLog(gitdir, from);
}

/** The same commits, so many at once; fewer where they changed many files. */
export async function* inBatches(
  commits: AsyncIterable<RawCommit> | Iterable<RawCommit>,
  size: number,
): AsyncGenerator<readonly RawCommit[]> {
  let waiting: RawCommit[] = [];
  let changes = 0;
  for await (const commit of commits) {
    waiting.push(commit);
    changes += commit.changes.length;
    if (waiting.length < size && changes < size) continue;
    yield waiting;
    waiting = [];
    changes = 0;
  }
  yield waiting;
}

/** Does a commit come after another along first parents? Not where there is no such commit. */
export async function comesAfter(gitdir: string, from: string, to: string): Promise<boolean> {
  try {
    for await (const { parents } of readCommits(gitdir, from, to)) return parents[0] === from;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
  return false;
}

async function* readLog(gitdir: string, ...range: readonly string[]): AsyncGenerator<RawCommit> {
  const child = startGit(
    ...settings.flatMap((setting) => ['-c', setting]),
    ...['--git-dir', gitdir, 'log', '--first-parent', '-m', '--encoding=UTF-8'],
    ...['--raw', '--no-renames', '--no-abbrev', '--no-ext-diff', '-z'],
    ...['--format=c%H %P%x09%ct%x09%ae%x09%an%n%s%n%b', ...range, '--'],
  );
  child.stdin.end();
  const exit = exitOf(child);
  exit.catch(() => undefined);
  try {
    child.stdout.setEncoding('utf8');
    yield* parseLog(child.stdout as AsyncIterable<string>);
    await exit;
  } finally {
    child.kill();
  }
}

/** Parses what `git log --raw -z` prints: fields that end with NUL. */
export async function* parseLog(chunks: AsyncIterable<string>): AsyncGenerator<RawCommit> {
  let commit: (RawCommit & { changes: RawChange[] }) | undefined;
  let header: string | undefined;
  for await (const field of fieldsOf(chunks)) {
    if (header !== undefined) {
      commit?.changes.push(...changeOf(header, field));
      header = undefined;
    } else if (/^\n?:/.test(field)) {
      header = field.trimStart();
    } else {
      if (commit) yield commit;
      commit = { ...headOf(field), changes: [] };
    }
  }
  if (commit) yield commit;
}

async function* fieldsOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const fields = (rest + chunk).split('\0');
    rest = fields.pop()!;
    yield* fields;
  }
}

function headOf(field: string): Omit<RawCommit, 'changes'> {
  const [, oid = '', parents = '', seconds = '', email = '', name = '', subject = '', body = ''] =
    /^c(\w+) ([\w ]*)\t(-?\d*)\t([^\t\n]*)\t([^\n]*)\n([^\n]*)\n?([^]*)$/.exec(field) ?? [];
  const lastSecond = Date.parse('9999-12-31T23:59:59Z') / 1000;
  const time = new Date(Math.min(Math.max(Number(seconds), 0), lastSecond) * 1000);
  return {
    oid,
    parents: parents.split(' ').filter(Boolean),
    time: instantOf(time),
    author: { name: oneLine(name), email },
    subject: oneLine(subject),
    body,
  };
}

/** `:100644 100644 OLD NEW M`: links and other things that are no files count as not valid. */
function changeOf(header: string, path: string): RawCommit['changes'] {
  const [oldMode = '', mode = '', old = '', oid = ''] = header.slice(1).split(' ');
  const before = oldMode.startsWith('100') ? old : undefined;
  if (mode === '000000') return [{ path, oid: undefined, before }];
  return mode.startsWith('100') ? [{ path, oid, before }] : [];
}
