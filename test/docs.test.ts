import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { commandsPage } from '../scripts/commands-page.ts';

const project = join(import.meta.dirname, '..');

test('the list of commands is current', async () => {
  const path = join(project, 'docs/commands.md');
  const expected = await format(commandsPage(), { ...(await resolveConfig(path)), filepath: path });
  expect(readFileSync(path, 'utf8'), 'run: npm run generate').toBe(expected);
});

const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: project,
  encoding: 'utf8',
})
  .split('\n')
  .map((path) => `/${path}`);

test.each(['CONTRIBUTING.md', 'README.md'])('the source files that %s names exist', (page) => {
  const text = readFileSync(join(project, page), 'utf8');
  const named = text.match(/[\w./[\]-]+\.(?:astro|css|mjs|ts)\b/g) ?? [];
  // Capitals stand for something of your own: NAME.astro.
  const files = named.filter((name) => !/[A-Z]{3}/.test(name));
  const missing = files.filter((name) => !paths.some((path) => path.endsWith(`/${name}`)));
  expect(missing).toEqual([]);
});
