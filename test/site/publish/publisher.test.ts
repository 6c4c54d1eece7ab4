import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Publisher } from '../../../site/publish/publisher.ts';
import type { Revision } from '../../../site/view/revision.ts';
import { planOf as site, snapshot } from '../../support/build-site.ts';

let root: string;
let output: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ptgbot-publish-'));
  output = join(root, 'www');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const read = (path: string) => readFile(join(output, path), 'utf8');
const identity = async (path: string) => {
  const { ino, mtimeMs } = await stat(join(output, path));
  return `${ino} ${mtimeMs}`;
};
const visible = async () =>
  (await readdir(output, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(output.length + 1))
    .sort();

describe('publishing', () => {
  test('writes all of it again when somebody emptied the folder', async () => {
    const publisher = await Publisher.open(output);
    const all = site({ 'index.html': 'a', 'assets/site.css': 'b' });
    await publisher.publish(snapshot({}), all);
    await rm(output, { recursive: true });
    await publisher.publish(snapshot({}), all);
    expect(await visible()).toEqual(['assets/site.css', 'index.html', 'revision.json']);
  });

  test('makes the folder and everything in it', async () => {
    const publisher = await Publisher.open(output);
    const done = await publisher.publish(
      snapshot({}),
      site({ 'index.html': 'a', 'tracks/nova/index.html': 'b' }),
    );
    expect(done).toEqual({ files: 2, written: 2, removed: 0, problems: [] });
    expect(await visible()).toEqual(['index.html', 'revision.json', 'tracks/nova/index.html']);
    expect(await read('tracks/nova/index.html')).toBe('b');
  });

  test('tells commit, time and problems in revision.json, also when no page changed', async () => {
    const times = ['2018-09-10T15:00:00.000Z', '2018-09-10T15:00:01.000Z'];
    const publisher = await Publisher.open(output, () => new Date(times.shift() ?? 0));
    const problem = { path: 'tracks/nova.yaml', line: 1, message: 'expected more' };
    const [first, second] = [snapshot({}), snapshot({}, [problem])];
    await publisher.publish(first, site({ 'index.html': 'a' }));
    const before = await identity('index.html');
    expect(await publisher.publish(second, site({ 'index.html': 'a' }))).toMatchObject({
      written: 0,
      removed: 0,
    });
    expect(JSON.parse(await read('revision.json'))).toEqual({
      commit: second.commit,
      time: '2018-09-10T15:00:01.000Z',
      problems: [problem],
    } satisfies Revision);
    expect(await identity('index.html')).toBe(before);
  });

  test('gives each version of a file a second of its own, where its size is that of the one before', async () => {
    const publisher = await Publisher.open(output);
    const seconds = new Map<string, number[]>([
      ['index.html', []],
      ['revision.json', []],
    ]);
    for (const content of ['a', 'b', 'c', 'd']) {
      await publisher.publish(snapshot({}), site({ 'index.html': content }));
      for (const [path, known] of seconds)
        known.push(Math.floor((await stat(join(output, path))).mtimeMs / 1000));
    }
    for (const [path, known] of seconds) expect(new Set(known).size, path).toBe(4);
  });

  test('touches only files that changed, also after a new start', async () => {
    await (
      await Publisher.open(output)
    ).publish(snapshot({}), site({ 'a.html': '1', 'b.html': '1' }));
    const [a, b] = [await identity('a.html'), await identity('b.html')];
    const publisher = await Publisher.open(output);
    expect(
      await publisher.publish(snapshot({}), site({ 'a.html': '1', 'b.html': '2' })),
    ).toMatchObject({ written: 1 });
    expect(await identity('a.html')).toBe(a);
    expect(await identity('b.html')).not.toBe(b);
    expect(await read('b.html')).toBe('2');
  });

  test('puts right at a new start what somebody changed or removed', async () => {
    const files = { 'a.html': '1', 'b.html': '2' };
    await (await Publisher.open(output)).publish(snapshot({}), site(files));
    await writeFile(join(output, 'a.html'), 'vandalised');
    await rm(join(output, 'b.html'));
    await (await Publisher.open(output)).publish(snapshot({}), site(files));
    expect([await read('a.html'), await read('b.html')]).toEqual(['1', '2']);
  });

  test('removes pages that are gone, their empty folders too, and nothing of others', async () => {
    await (
      await Publisher.open(output)
    ).publish(
      snapshot({}),
      site({ 'index.html': 'a', 'tracks/nova/index.html': 'b', 'tracks/cinder/index.html': 'c' }),
    );
    await writeFile(join(output, 'tracks/cinder/mine.txt'), 'mine');
    await writeFile(join(output, 'robots.txt'), 'mine');
    const publisher = await Publisher.open(output);
    expect(await publisher.publish(snapshot({}), site({ 'index.html': 'a' }))).toMatchObject({
      written: 0,
      removed: 2,
    });
    expect(await visible()).toEqual([
      'index.html',
      'revision.json',
      'robots.txt',
      'tracks/cinder/mine.txt',
    ]);
    expect(await readdir(join(output, 'tracks'))).toEqual(['cinder']);
  });

  test('keeps old style sheets for an hour, for pages that are in caches', async () => {
    let time = Date.parse('2018-09-10T15:00:00Z');
    const publisher = await Publisher.open(output, () => new Date(time));
    await publisher.publish(snapshot({}), site({ 'assets/old.css': 'a' }));
    await publisher.publish(snapshot({}), site({}));
    expect(await visible()).toContain('assets/old.css');
    time += 61 * 60_000;
    await publisher.publish(snapshot({}), site({}));
    expect(await visible()).toEqual(['revision.json']);
  });

  test('asks only for what shows something else than before', async () => {
    const made: string[] = [];
    const publisher = await Publisher.open(output);
    await publisher.publish(snapshot({}), site({ 'a.html': '1', 'b.html': '1' }, [], made));
    expect(made.splice(0)).toEqual(['a.html', 'b.html']);
    await publisher.publish(snapshot({}), site({ 'a.html': '1', 'b.html': '2' }, [], made));
    expect(made.splice(0)).toEqual(['b.html']);
    await publisher.publish(snapshot({}), site({ 'a.html': '1', 'b.html': '2' }, [], made));
    expect(made).toEqual([]);
  });

  test('asks for all of it after a new start, and writes nothing that is there already', async () => {
    const files = { 'a.html': '1', 'b.html': '2' };
    await (await Publisher.open(output)).publish(snapshot({}), site(files));
    const before = [await identity('a.html'), await identity('b.html')];
    const made: string[] = [];
    const publisher = await Publisher.open(output);
    expect(await publisher.publish(snapshot({}), site(files, [], made))).toMatchObject({
      written: 0,
    });
    expect(made.splice(0)).toEqual(['a.html', 'b.html']);
    expect([await identity('a.html'), await identity('b.html')]).toEqual(before);
    await publisher.publish(snapshot({}), site(files, [], made));
    expect(made).toEqual([]);
  });

  test('asks once for a page with several names', async () => {
    const made: string[] = [];
    const [file] = site({ 'index.html': 'a' }, [], made).files;
    const plan = {
      files: [{ ...file!, paths: ['index.html', 'ptg.html'] as const }],
      first: [],
      problems: [],
    };
    const publisher = await Publisher.open(output);
    expect(await publisher.publish(snapshot({}), plan)).toMatchObject({ files: 2, written: 2 });
    expect(made).toEqual(['index.html']);
    expect([await read('index.html'), await read('ptg.html')]).toEqual(['a', 'a']);
  });

  test('has what people look at first in its place before it makes anything else', async () => {
    const publisher = await Publisher.open(output);
    const plan = site({ 'assets/a.css': '1', 'b.html': '1', 'index.html': '1', 'ptg.html': '1' });
    const seen: string[] = [];
    const files = plan.files.map((file) => ({
      ...file,
      content: async () => {
        seen.push(
          `${file.paths[0]} after ${(await visible()).filter((path) => !path.startsWith('.')).join()}`,
        );
        return file.content();
      },
    }));
    await publisher.publish(snapshot({}), { ...plan, files });
    expect(seen).toEqual([
      'assets/a.css after ',
      'index.html after ',
      'ptg.html after ',
      'b.html after assets/a.css,index.html,ptg.html',
    ]);
  });

  test('keeps the last good version of a page that failed, tells the problem, and tries again', async () => {
    const publisher = await Publisher.open(output);
    await publisher.publish(snapshot({}), site({ 'a.html': '1', 'b.html': '1' }));
    const newer = site({ 'a.html': '2', 'b.html': '2' });
    const outOfInk = () => Promise.reject(new Error('out of ink'));
    const failing = newer.files.map((file) =>
      file.paths[0] === 'b.html' ? { ...file, content: outOfInk } : file,
    );
    const problem = { path: 'b.html', message: 'The page could not be made: out of ink' };
    expect(await publisher.publish(snapshot({}), { ...newer, files: failing })).toMatchObject({
      problems: [problem],
    });
    expect([await read('a.html'), await read('b.html')]).toEqual(['2', '1']);
    expect((JSON.parse(await read('revision.json')) as Revision).problems).toEqual([problem]);
    await publisher.publish(snapshot({}), newer);
    expect(await read('b.html')).toBe('2');
    expect((JSON.parse(await read('revision.json')) as Revision).problems).toEqual([]);
  });

  test('does not take a page that could not be planned for one that is gone', async () => {
    const publisher = await Publisher.open(output);
    await publisher.publish(snapshot({}), site({ 'a.html': '1', 'b.html': '1' }));
    const problem = { path: 'b.html', message: 'The page could not be made: no idea' };
    await publisher.publish(snapshot({}), site({ 'a.html': '1' }, [problem]));
    expect(await visible()).toContain('b.html');
    await publisher.publish(snapshot({}), site({ 'a.html': '1' }));
    expect(await visible()).toEqual(['a.html', 'revision.json']);
  });
});

describe('a publisher that fails', () => {
  test('leaves pages and revision as they were when there is no place for new ones', async () => {
    const publisher = await Publisher.open(output);
    await publisher.publish(snapshot({}), site({ 'a.html': '1', 'b.html': '1' }));
    const revision = await read('revision.json');
    // Where contents are put aside stands a file, which stops root too.
    await writeFile(join(output, '.ptgbot-aside'), '');
    const failing = publisher.publish(snapshot({}), site({ 'a.html': '2', 'b.html': '2' }));
    await expect(failing).rejects.toThrow(`The site can't be written to ${output}`);
    expect([await read('a.html'), await read('b.html'), await read('revision.json')]).toEqual([
      '1',
      '1',
      revision,
    ]);
    await publisher.publish(snapshot({}), site({ 'a.html': '2', 'b.html': '2' }));
    expect([await read('a.html'), await read('b.html')]).toEqual(['2', '2']);
  });

  test('does not tell a new revision before the pages are in place', async () => {
    const publisher = await Publisher.open(output);
    await publisher.publish(snapshot({}), site({ 'a.html': '1' }));
    const revision = await read('revision.json');
    await mkdir(join(output, 'z.html'));
    await expect(
      publisher.publish(snapshot({}), site({ 'a.html': '2', 'z.html': '2' })),
    ).rejects.toThrow();
    expect(await read('revision.json')).toBe(revision);
  });

  test('forgets no file that it wrote before it was killed', async () => {
    const publisher = await Publisher.open(output);
    await mkdir(join(output, 'z.html'));
    await expect(
      publisher.publish(snapshot({}), site({ 'a.html': '1', 'z.html': '1' })),
    ).rejects.toThrow();
    expect(await visible()).toEqual(['a.html']);
    await (await Publisher.open(output)).publish(snapshot({}), site({}));
    expect(await visible()).toEqual(['revision.json']);
  });

  test('puts the old page back when that is wanted again after a failure half-way', async () => {
    const publisher = await Publisher.open(output);
    await publisher.publish(snapshot({}), site({ 'a.html': '1' }));
    await mkdir(join(output, 'z.html'));
    const failing = publisher.publish(snapshot({}), site({ 'a.html': '2', 'z.html': '' }));
    await expect(failing).rejects.toThrow();
    await publisher.publish(snapshot({}), site({ 'a.html': '1' }));
    expect(await read('a.html')).toBe('1');
  });

  test('writes nothing below a link that leads elsewhere', async () => {
    const elsewhere = join(root, 'elsewhere');
    await mkdir(elsewhere);
    await mkdir(output);
    await symlink(elsewhere, join(output, 'tracks'));
    const publisher = await Publisher.open(output);
    await expect(
      publisher.publish(snapshot({}), site({ 'tracks/nova/index.html': 'a' })),
    ).rejects.toThrow('is not a folder');
    expect(await readdir(elsewhere)).toEqual([]);
  });

  test.each([
    '../up.html',
    '/etc/x.html',
    'a/../../b',
    '.hidden',
    'a//b',
    'a\\b',
    '',
    'a/.git/config',
  ])('refuses the path %j', async (path) => {
    const publisher = await Publisher.open(output);
    await expect(publisher.publish(snapshot({}), site({ [path]: 'x' }))).rejects.toThrow(
      "can't be the path of a page",
    );
    expect(await readdir(root)).toEqual(['www']);
    expect(await visible()).toEqual([]);
  });

  test('removes nothing outside, whatever the list of its files says', async () => {
    const elsewhere = join(root, 'elsewhere');
    await mkdir(elsewhere);
    await mkdir(output);
    await writeFile(join(elsewhere, 'index.html'), 'precious');
    await symlink(elsewhere, join(output, 'link'));
    const files = [
      '../elsewhere/index.html',
      'link/index.html',
      '/etc/hostname',
      7,
      'x/../../elsewhere/index.html',
    ];
    await writeFile(join(output, '.ptgbot-published.json'), JSON.stringify({ files }));
    await (await Publisher.open(output)).publish(snapshot({}), site({}));
    expect(await readFile(join(elsewhere, 'index.html'), 'utf8')).toBe('precious');
  });

  test('starts over when the list of its files is damaged', async () => {
    await mkdir(output);
    await writeFile(join(output, '.ptgbot-published.json'), '{"files": [');
    await (await Publisher.open(output)).publish(snapshot({}), site({ 'index.html': 'a' }));
    expect(await visible()).toEqual(['index.html', 'revision.json']);
  });
});
