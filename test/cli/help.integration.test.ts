/** What the command line says about itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ptgbot as run } from '../support/command-line.ts';

const ptgbot = (...args: string[]) => run('.', args);

test('without a command it lists all of them', () => {
  const all = ptgbot();
  expect(all).toMatchObject({ status: 0, stderr: '' });
  for (const name of ['start', 'bot', 'site', 'import', 'check', 'render', 'completion', 'help'])
    expect(all.stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  for (const args of [['--help'], ['-h'], ['help']]) expect(ptgbot(...args)).toEqual(all);
});

test('a command is helped with by its options and an example, however one asks', () => {
  const help = ptgbot('import', '--help');
  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: ptgbot import FILE\|URL \[options\]/);
  for (const part of ['--timezone <zone>', '--config <file>', '\n  ptgbot import ptg.json --start'])
    expect(help.stdout).toContain(part);
  expect(ptgbot('help', 'import')).toEqual(help);
});

test('its version is that of the package', () => {
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
  ) as { version: string };
  expect(ptgbot('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});
