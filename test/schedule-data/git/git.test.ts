/** The system's git, when it does not do what it should. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { commitObject } from '../../../schedule-data/git/commit.ts';
import { git, gitWithin } from '../../../schedule-data/git/git.ts';
import { StorageError } from '../../../schedule-data/git/storage-error.ts';
import { temporaryFolder } from '../../support/repository.ts';

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
