/** The script of completions, in a real bash. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ptgbot } from '../support/command-line.ts';

const scriptFor = (shell: string) => ptgbot('.', ['completion', shell]).stdout;

const script = scriptFor('bash');

/** What Tab offers behind these words. */
function offered(...words: string[]): string[] {
  const ask = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ptgbot; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync(
    'bash',
    ['--norc', '-c', `${script}\n${ask}`, 'bash', 'ptgbot', ...words],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

test.each([
  [
    [''],
    [
      'start',
      'bot',
      'site',
      'import',
      'migrate',
      'check',
      'doctor',
      'log',
      'diff',
      'takeback',
      'render',
      'completion',
      'help',
    ],
  ],
  [['im'], ['import']],
  [['--config', 'x.yaml', 'im'], ['import']],
  [
    ['import', '--'],
    ['--start-date', '--timezone', '--name', '--help', '--version', '--config', '--repository'],
  ],
  [['render', '--o'], ['--out']],
  [['help', 're'], ['render']],
  [
    ['completion', ''],
    ['bash', 'zsh'],
  ],
] as [string[], string[]][])('Tab behind %j offers %j', (words, names) => {
  expect(offered(...words)).toEqual(names);
});

test.each([[['--config', '']], [['import', 'pt']], [['render', '--out', 'w']]])(
  'behind %j files are offered, which the shell does by itself',
  (words) => {
    expect(offered(...words)).toEqual([]);
    expect(script).toContain('complete -o default -F _ptgbot ptgbot');
  },
);

test('zsh takes the same script, after it has learned what bash can', () => {
  expect(scriptFor('zsh')).toBe(`autoload -Uz bashcompinit && bashcompinit\n${script}`);
});
