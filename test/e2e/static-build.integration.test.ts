/** Hosts that build sites themselves run plain Astro; what they get is what ptgbot renders. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallRepository, temporaryFolder } from '../support/repository.ts';

const project = join(import.meta.dirname, '../..');
const node = (folder: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
  execFileSync(process.execPath, args, {
    cwd: folder,
    // Hosts may have a variable of this name, which Vite would take for ours.
    env: { ...process.env, NODE_ENV: 'production', BASE_URL: '/elsewhere', ...env },
    encoding: 'utf8',
  });

/** Names the compiler's run, to know the pages of changes again: no part of what is served. */
const stateOfChanges = '.ptgbot-changes.json';

/** All files below a folder, by path; of revision.json without the time of publishing. */
function contents(root: string): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== stateOfChanges)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    files.map((file) => {
      const bytes = readFileSync(file, 'latin1');
      const isRevision = file === join(root, 'revision.json');
      return [
        file.slice(root.length + 1),
        isRevision ? bytes.replace(/"time":"[^"]+"/, '"time":"…"') : bytes,
      ];
    }),
  );
}

test.each([
  ['at the root of a host', 'https://ptg.example.org'],
  ['below a path', 'https://example.org/ptg/stein'],
])('astro build writes the same files as ptgbot render, byte for byte, %s', async (_, url) => {
  const repository = await smallRepository();
  const folder = temporaryFolder();
  node(
    project,
    ['node_modules/astro/bin/astro.mjs', 'build', '--outDir', join(folder, 'astro/build')],
    { PTGBOT_REPOSITORY: repository, PTGBOT_SITE_URL: url },
  );
  writeFileSync(join(folder, 'ptgbot.yaml'), `site:\n  url: ${url}\n`);
  const rendered = join(folder, 'rendered');
  const render = ['render', '--out', rendered, '--repository', repository];
  node(folder, [join(project, 'ptgbot.ts'), ...render]);

  const [built, expected] = [contents(join(folder, 'astro/site')), contents(rendered)];
  expect([...built.keys()]).toEqual([...expected.keys()]);
  expect([...built.keys()]).toEqual(
    expect.arrayContaining(['index.html', 'ptg.json', 'rooms/aspen/index.html', 'revision.json']),
  );
  for (const [path, bytes] of expected) expect(built.get(path), path).toBe(bytes);
});
