/** The private repository, with real git. */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Person } from '../../../schedule-data/format/file-schemas.ts';
import { PeopleStore } from '../../../schedule-data/people/people-store.ts';
import { withoutPresence, type People } from '../../../schedule-data/people/person.ts';
import { git, message, temporaryFolder } from '../../support/repository.ts';

const since = '2018-09-10T09:00:00Z';

async function opened(): Promise<{ gitdir: string; store: PeopleStore }> {
  const gitdir = join(temporaryFolder(), 'people.git');
  await PeopleStore.make(gitdir, message('Begin'));
  return { gitdir, store: await PeopleStore.open(gitdir) };
}

const put = (store: PeopleStore, subject: string, people: People, forgetsPast = false) =>
  store.update(() => ({
    result: undefined,
    change: { people, message: message(subject), forgetsPast },
  }));

/** The text of every object in a repository, packed or not, reachable or not. */
function everything(gitdir: string): string {
  const objects = git(gitdir, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname)');
  return objects
    .split('\n')
    .map((oid) => git(gitdir, 'cat-file', '-p', oid))
    .join('\n');
}

const gibi: Person = {
  nick: 'gibi',
  checkIn: { location: 'hideaway', since },
  subscription: 'cells',
};
const ann: Person = { nick: 'ann', checkIn: { location: 'hideaway', since } };

test('nobody but its user may read it', async () => {
  const { gitdir, store } = await opened();
  expect(statSync(gitdir).mode & 0o777).toBe(0o700);
  await store.close();
});

test('what people say is a commit, and read back as it was', async () => {
  const { gitdir, store } = await opened();
  const people = new Map([['nick-gibi', gibi]]);
  await put(store, 'in hideaway', people);
  const again = await PeopleStore.open(gitdir);
  expect((await again.current()).people).toEqual(people);
  expect(git(gitdir, 'log', '--format=%s', 'main')).toBe('in hideaway\nBegin');
  await Promise.all([store.close(), again.close()]);
});

test.each([
  ['loose objects', () => undefined],
  ['packed objects', (gitdir: string) => git(gitdir, 'gc', '--quiet')],
  [
    'a reflog that somebody switched on',
    (gitdir: string) => git(gitdir, 'config', 'core.logAllRefUpdates', 'always'),
  ],
])('a new day leaves no trace of where people were: %s', async (_what, prepare) => {
  const { gitdir, store } = await opened();
  prepare(gitdir);
  const people = new Map([
    ['nick-gibi', gibi],
    ['nick-ann', ann],
  ]);
  await put(store, 'in hideaway', people);
  await put(store, 'out', new Map([['nick-gibi', { ...gibi, checkOut: since }]]));
  prepare(gitdir);
  expect(everything(gitdir)).toContain('hideaway');

  await put(store, 'newday', withoutPresence(people), true);
  expect(everything(gitdir)).not.toMatch(/hideaway|2018-09-10T09|nick-ann/);
  expect(git(gitdir, 'log', '--format=%s', 'main')).toBe('newday');
  expect(git(gitdir, 'fsck', '--strict', '--full')).toBe('');
  expect((await store.current()).people).toEqual(
    new Map([['nick-gibi', { nick: 'gibi', subscription: 'cells' }]]),
  );

  await put(store, 'in again', people);
  expect(git(gitdir, 'log', '--format=%s', 'main')).toBe('in again\nnewday');
  await store.close();
});

test('what a crash left of a new day is swept up', async () => {
  const { gitdir, store } = await opened();
  const begin = git(gitdir, 'rev-parse', 'main');
  await put(store, 'in', new Map([['nick-ann', ann]]));
  git(gitdir, 'update-ref', 'refs/heads/main', begin);
  expect(everything(gitdir)).toContain('hideaway');
  const pack = join(gitdir, 'objects/pack/.tmp-123-pack-456.pack');
  writeFileSync(pack, 'hideaway');
  await store.forgetUnreachable();
  expect(everything(gitdir)).not.toContain('hideaway');
  expect(existsSync(pack)).toBe(false);
  await store.close();
});

test('a new day on which nobody was anywhere forgets the past as well', async () => {
  const { gitdir, store } = await opened();
  await put(store, 'in', new Map([['nick-ann', ann]]));
  await put(store, 'out', new Map());
  await put(store, 'newday', new Map(), true);
  expect(everything(gitdir)).not.toContain('hideaway');
  await store.close();
});

test('a new day while the repository is packed leaves no trace either', async () => {
  const { gitdir, store } = await opened();
  for (let round = 0; round < 5; round++) {
    await put(store, 'in', new Map([['nick-ann', ann]]));
    const packed = store.pack();
    const forgotten = put(store, 'newday', new Map(), true);
    const packedAgain = store.pack();
    await Promise.all([packed, forgotten, packedAgain]);
    expect(everything(gitdir)).not.toContain('hideaway');
    expect(git(gitdir, 'fsck', '--strict', '--full')).toBe('');
  }
  await store.close();
});
