/** The system's git, when it does not do what it should. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { commitObject } from '../../../schedule-data/git/commit.ts';
import { git, gitWithin } from '../../../schedule-data/git/git.ts';
import { parseCommit } from '../../../schedule-data/git/object-format.ts';
import { Objects } from '../../../schedule-data/git/objects.ts';
import { StorageError } from '../../../schedule-data/git/storage-error.ts';
import { Clone, git as gitIn, smallRepository, temporaryFolder } from '../../support/repository.ts';

test('one that hangs is ended, and that is said', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'git'), '#!/bin/sh\nexec sleep 60\n');
  chmodSync(join(folder, 'git'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(gitWithin(200, 'gc', '--auto')).rejects.toEqual(
    new StorageError('git did not answer within 0.2 s'),
  );
});

test('one that fails is quoted', async () => {
  await expect(git('frobnicate')).rejects.toThrow("'frobnicate' is not a git command");
});

const message = {
  subject: 'Revert "nova: now cells"',
  author: { name: 'gibi', email: 'gibi@nicks.oftc.invalid' },
  time: new Date('2018-09-10T15:04:05Z'),
  trailers: [['Irc-Channel', '#ptg']],
} as const;
const [ours, theirs] = ['1'.repeat(40), '2'.repeat(40)];

test.each([
  [undefined, 'Revert "nova: now cells"\n\nIrc-Channel: #ptg\n'],
  [
    'This reverts commit abc.\n\n# no comment\u0007\nas it was',
    'Revert "nova: now cells"\n\nThis reverts commit abc.\n\nno comment\nas it was\n\nIrc-Channel: #ptg\n',
  ],
  ['\n\n', 'Revert "nova: now cells"\n\nIrc-Channel: #ptg\n'],
])('a message with the body %j', (body, text) => {
  expect(commitObject({ ...message, body }, '0'.repeat(40), [ours]).message).toBe(text);
});

test('a merge has two parents, the first commit none', () => {
  expect(commitObject(message, '0'.repeat(40), [ours, theirs]).parent).toEqual([ours, theirs]);
  expect(commitObject(message, '0'.repeat(40), []).parent).toEqual([]);
});

test.each([
  ['Ada <ada@example.org> 1 +0200', 'Ada'],
  ['<ada@example.org> 1 +0000', ''],
  ['author <x> Ada <ada@example.org> 1 +0000', 'author <x> Ada'],
])('the author of a commit by %s', (author, authorName) => {
  const head = `tree ${ours}\nparent ${theirs}\nauthor ${author}\ncommitter B <b> 1 +0000`;
  const rest = `gpgsig -----BEGIN\n tree x\n\nSubject\n\nparent ${ours}\nauthor C <c> 1 +0000\n`;
  expect(parseCommit(Buffer.from(`${head}\n${rest}`))).toEqual({
    tree: ours,
    parent: [theirs],
    authorName,
  });
});

test('objects are read as git wrote them, loose and packed', async () => {
  const gitdir = await smallRepository();
  const commit = new Clone(gitdir).push('tracks/empty track', '');
  const objects = new Objects(gitdir);
  const read = async () => {
    const { tree } = await objects.commit(commit);
    const root = await objects.tree(tree);
    const tracks = await objects.tree(root.find(({ path }) => path === 'tracks')!.oid);
    const { oid } = tracks.find(({ path }) => path === 'empty track')!;
    expect((await objects.bytes(oid)).length).toBe(0);
    const listed = gitIn(gitdir, 'ls-tree', `${commit}:tracks`).split('\n');
    expect(tracks.map(({ mode, type, oid, path }) => `${mode} ${type} ${oid}\t${path}`)).toEqual(
      listed,
    );
    await expect(objects.bytes(tree)).rejects.toThrow('it is a tree; expected a blob');
    await expect(objects.tree(theirs)).rejects.toThrow('an object or ref is missing');
  };
  await read();
  gitIn(gitdir, 'gc', '--quiet');
  await read();
  expect(await objects.branch('main')).toBe(commit);
  expect(await objects.branch('other')).toBeUndefined();
  gitIn(gitdir, 'symbolic-ref', 'refs/heads/other', 'refs/heads/main');
  expect(await objects.branch('other')).toBe(commit);
  objects.endReading();
});
