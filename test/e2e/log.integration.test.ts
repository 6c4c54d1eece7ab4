/** What is said ends up in the log on the page of the track, whoever makes the pages. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Clone, git, smallRepository, temporaryFolder } from '../support/repository.ts';
import { eventually, Service } from '../support/service.ts';

const project = join(import.meta.dirname, '../..');

/** Contents by path of all that is published, without what tells when. */
function filesIn(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  return new Map(
    paths
      .filter((path) => path !== 'revision.json' && !path.startsWith('assets/'))
      .sort()
      // Each compilation names its own assets.
      .map((path) => [
        path,
        readFileSync(join(folder, path), 'utf8').replace(/assets\/[\w.-]+/g, ''),
      ]),
  );
}

test('follows what is said and what is reverted; the service, render and astro build write the same', async () => {
  const folder = temporaryFolder();
  const repository = await smallRepository();
  const output = join(folder, 'www');
  const data = { repository };
  const service = new Service(folder, { data, site: { output, listen: false } }, 'start');
  const topics = () =>
    [
      ...readFileSync(join(output, 'tracks/nova/index.html'), 'utf8').matchAll(
        /class="said">\s*<bdi>\s*([^<]*?)\s*<\/bdi>/g,
      ),
    ].map(([, topic]) => topic);
  try {
    await service.waitFor(service.log, /the site is published/);
    for (const topic of ['cells', 'lunch', 'regrettable things']) {
      service.type(`#nova now ${topic}`);
      // Announcements within one second are one.
      await new Promise((resolve) => setTimeout(resolve, 1100));
    }
    await eventually(() => expect(topics()).toEqual(['regrettable things', 'lunch', 'cells']));
    const clone = new Clone(repository);
    git(clone.folder, 'revert', '--no-edit', 'HEAD');
    git(clone.folder, 'push', '--quiet');
    await eventually(() => expect(topics()).toEqual(['lunch', 'cells']));
    // What was changed is read beside what was discussed, and may come after it.
    const change = join(output, 'changes', git(clone.folder, 'rev-parse', 'HEAD'), 'index.html');
    await eventually(() => expect(existsSync(change)).toBe(true));
  } finally {
    await service.stop();
  }

  const run = (args: string[]) =>
    execFileSync(process.execPath, args, {
      cwd: project,
      stdio: 'pipe',
      env: { ...process.env, NODE_ENV: 'production', PTGBOT_REPOSITORY: repository },
    });
  const rendered = join(folder, 'rendered');
  run(['ptgbot.ts', 'render', '--repository', repository, '--out', rendered]);
  run(['node_modules/astro/bin/astro.mjs', 'build', '--outDir', join(folder, 'build')]);
  const published = filesIn(output);
  expect([...published.keys()]).toContain('tracks/nova/index.html');
  expect(filesIn(rendered)).toEqual(published);
  expect(filesIn(join(folder, 'site'))).toEqual(published);
});
