/** The commands of the forge files, run as they stand there, without the forge. */
import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Clone, git, smallRepository, temporaryFolder } from '../support/repository.ts';

const project = join(import.meta.dirname, '../..');
const read = (file: string): unknown =>
  parse(readFileSync(join(project, 'deploy/forges', file), 'utf8'));

interface Commands {
  readonly variables: Readonly<Record<string, string>>;
  readonly fetch: readonly string[];
  readonly install: string;
  readonly check: readonly string[];
}

function github(): Commands {
  const { jobs } = read('github.yaml') as {
    jobs: { check: { env: Record<string, string>; steps: { name?: string; run: string }[] } };
  };
  const step = (name: string) => jobs.check.steps.find((one) => one.name === name)!.run;
  return {
    variables: jobs.check.env,
    fetch: [step('Fetch ptgbot')],
    install: step('Install ptgbot'),
    check: [step('Check the data')],
  };
}

function gitlab(): Commands {
  const { ptgbot } = read('gitlab.yaml') as {
    ptgbot: { variables: Record<string, string>; before_script: string[]; script: string[] };
  };
  return {
    variables: ptgbot.variables,
    fetch: ptgbot.before_script.slice(0, -1),
    install: ptgbot.before_script.at(-1)!,
    check: ptgbot.script,
  };
}

function zuul(): Commands {
  const [{ environment, tasks }] = read('zuul-playbook.yaml') as [
    { environment: Record<string, string>; tasks: Record<string, string>[] },
  ];
  const task = (name: string) =>
    tasks.find((one) => one['name'] === name)!['ansible.builtin.shell']!;
  return {
    variables: environment,
    fetch: [task('Fetch ptgbot')],
    install: task('Install ptgbot'),
    check: [`${task('Check the data').trimEnd()} || true`, task('Say what is wrong')],
  };
}

/** This project with what is not committed yet. */
const revision = git(project, 'stash', 'create') || git(project, 'rev-parse', 'HEAD');

describe.each<[name: string, commands: Commands, annotated: RegExp]>([
  ['GitHub Actions', github(), /^::error file=tracks\/nova\.yaml,line=2,.*::unknown key colour/m],
  ['GitLab CI', gitlab(), /^tracks\/nova\.yaml:2: unknown key colour/m],
  ['Zuul', zuul(), /"path": "tracks\/nova\.yaml",\s*"lines": \{\s*"begin": 2/],
])('%s', (_, { variables, fetch, install, check }, annotated) => {
  test('takes ptgbot from a pinned revision, and no more packages than it needs', () => {
    expect(Object.keys(variables).sort()).toEqual(['PTGBOT', 'PTGBOT_REVISION', 'PTGBOT_SOURCE']);
    // Fetching packages is not what is tested here.
    expect(install).toBe(
      'npm install --prefix "$PTGBOT" --no-save --omit=dev --no-audit --no-fund',
    );
  });

  test('passes a good change, fails a bad one and shows its line', async () => {
    const folder = temporaryFolder();
    const ptgbot = join(folder, 'ptgbot');
    const clone = new Clone(await smallRepository());
    const environment = {
      ...process.env,
      PTGBOT: ptgbot,
      PTGBOT_SOURCE: project,
      PTGBOT_REVISION: revision,
    };
    // Each line as the forges run it: the first that fails ends the job.
    const run = (commands: readonly string[]) =>
      spawnSync('bash', ['-e', '-o', 'pipefail', '-c', commands.join('\n')], {
        cwd: clone.folder,
        env: environment,
        encoding: 'utf8',
      });
    expect(run(fetch)).toMatchObject({ status: 0, stderr: '' });
    symlinkSync(join(project, 'node_modules'), join(ptgbot, 'node_modules'));
    clone.commit('tracks/nova.yaml', 'color: "#27a3dd"\nlocation: the bar\n');
    expect(run(check)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('no problems') as string,
    });
    clone.commit('tracks/nova.yaml', 'color: "#27a3dd"\ncolour: red\n');
    expect(run(check)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(annotated) as string,
    });
  });
});

test('what GitLab is to show is where its job says that it is', async () => {
  const { ptgbot } = read('gitlab.yaml') as {
    ptgbot: { script: string[]; artifacts: { reports: { codequality: string } } };
  };
  const clone = new Clone(await smallRepository());
  clone.commit('rooms/aspen.yaml', 'name: Aspen\nslots:\n  MonA9:\n');
  spawnSync('sh', ['-c', ptgbot.script[0]!], {
    cwd: clone.folder,
    env: { ...process.env, PTGBOT: project },
  });
  const report = readFileSync(join(clone.folder, ptgbot.artifacts.reports.codequality), 'utf8');
  expect(JSON.parse(report)).toMatchObject([
    { location: { path: 'rooms/aspen.yaml', lines: { begin: 3 } } },
  ]);
});
