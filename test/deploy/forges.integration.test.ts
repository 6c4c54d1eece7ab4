/** The commands of the forge files, run as they stand there, without the forge. */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { Clone, git, smallRepository, temporaryFolder } from '../support/repository.ts';
import { startStaticHost } from '../support/static-host.ts';

const project = join(import.meta.dirname, '../..');
const read = (file: string): unknown =>
  parse(readFileSync(join(project, 'deploy/forges', file), 'utf8'));

interface Commands {
  readonly variables: Readonly<Record<string, string>>;
  readonly fetch: readonly string[];
  readonly install: string;
  /** What it is for. */
  readonly work: readonly string[];
}

interface GithubJob {
  env: Record<string, string>;
  steps: { name?: string; uses?: string; with?: Record<string, unknown>; run: string }[];
}

function github(file: string, jobName: string, work: string): Commands & { job: GithubJob } {
  const { jobs } = read(file) as { jobs: Record<string, GithubJob> };
  const job = jobs[jobName]!;
  const step = (name: string) => job.steps.find((one) => one.name === name)!.run;
  return {
    job,
    variables: job.env,
    fetch: [step('Fetch ptgbot')],
    install: step('Install ptgbot'),
    work: [step(work)],
  };
}

interface GitlabJob {
  variables: Record<string, string>;
  before_script: string[];
  script: string[];
  artifacts: { paths?: string[]; reports?: { codequality: string } };
}

function gitlab(file: string, jobName: string): Commands & { job: GitlabJob } {
  const job = (read(file) as Record<string, GitlabJob>)[jobName]!;
  return {
    job,
    variables: job.variables,
    fetch: job.before_script.slice(0, -1),
    install: job.before_script.at(-1)!,
    work: job.script,
  };
}

function zuul(file: string, ...work: string[]): Commands {
  const [{ environment, tasks }] = read(file) as [
    { environment: Record<string, string>; tasks: Record<string, string>[] },
  ];
  const task = (name: string) =>
    tasks.find((one) => one['name'] === name)!['ansible.builtin.shell']!.trimEnd();
  return {
    variables: environment,
    fetch: [task('Fetch ptgbot')],
    install: task('Install ptgbot'),
    // It goes on after the first of two, to tell what that said.
    work: work.map((name, index) =>
      index < work.length - 1 ? `${task(name)} || true` : task(name),
    ),
  };
}

/** This project with what is not committed yet. */
const revision = git(project, 'stash', 'create') || git(project, 'rev-parse', 'HEAD');

const ours = ['PTGBOT', 'PTGBOT_REVISION', 'PTGBOT_SOURCE'];

/** Runs commands in a folder as the forges do: the first that fails ends the job. */
const run = (commands: readonly string[], cwd: string, variables: Record<string, string>) =>
  spawnSync('bash', ['-e', '-o', 'pipefail', '-c', commands.join('\n')], {
    cwd,
    env: {
      ...process.env,
      PTGBOT_SOURCE: project,
      PTGBOT_REVISION: revision,
      // Pages that are compiled already need not be again.
      CACHE_DIRECTORY: join(project, 'dist'),
      ...variables,
    },
    encoding: 'utf8',
  });

/** Fetches ptgbot as the forge does; what it would install is here already. */
function fetched(fetch: readonly string[]): string {
  const folder = temporaryFolder();
  const ptgbot = join(folder, 'ptgbot');
  expect(run(fetch, folder, { PTGBOT: ptgbot })).toMatchObject({ status: 0, stderr: '' });
  symlinkSync(join(project, 'node_modules'), join(ptgbot, 'node_modules'));
  return ptgbot;
}

const checkOnGitlab = gitlab('gitlab-check.yaml', 'ptgbot');

describe.each<[name: string, commands: Commands, annotated: RegExp]>([
  [
    'GitHub Actions',
    github('github-check.yaml', 'check', 'Check the data'),
    /^::error file=tracks\/nova\.yaml,line=2,.*::unknown key colour/m,
  ],
  ['GitLab CI', checkOnGitlab, /^tracks\/nova\.yaml:2: unknown key colour/m],
  [
    'Zuul',
    zuul('zuul-check-playbook.yaml', 'Check the data', 'Say what is wrong'),
    /"path": "tracks\/nova\.yaml",\s*"lines": \{\s*"begin": 2/,
  ],
])('a check by %s', (_, { variables, fetch, install, work }, annotated) => {
  test('takes ptgbot from a pinned revision, and no more packages than it needs', () => {
    expect(Object.keys(variables).sort()).toEqual(ours);
    // Fetching packages is not what is tested here.
    expect(install).toBe(
      'npm install --prefix "$PTGBOT" --no-save --omit=dev --no-audit --no-fund',
    );
  });

  test('passes a good change, fails a bad one and shows its line', async () => {
    const PTGBOT = fetched(fetch);
    const clone = new Clone(await smallRepository());
    clone.commit('tracks/nova.yaml', 'color: "#27a3dd"\nlocation: the bar\n');
    expect(run(work, clone.folder, { PTGBOT })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('no problems') as string,
    });
    clone.commit('tracks/nova.yaml', 'color: "#27a3dd"\ncolour: red\n');
    expect(run(work, clone.folder, { PTGBOT })).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(annotated) as string,
    });
  });
});

const pagesOnGithub = github('github-pages.yaml', 'render', 'Render the pages');
const pagesOnGitlab = gitlab('gitlab-pages.yaml', 'pages');

describe.each<[name: string, commands: Commands, given: readonly string[], url: string]>([
  ['GitHub Pages', pagesOnGithub, ['PAGES_URL'], 'https://example.github.io/ptg'],
  ['GitLab Pages', pagesOnGitlab, ['CI_PAGES_URL'], 'https://group.gitlab.io/sub/ptg'],
  [
    'Zuul',
    zuul('zuul-pages-playbook.yaml', 'Render the pages'),
    ['PAGES_URL', 'PAGES'],
    'https://ptg.example.org',
  ],
])('pages by %s', (_, { variables, fetch: source, install, work }, given, url) => {
  test('are made by a pinned revision of ptgbot, which compiles them there', () => {
    expect(Object.keys(variables)).toEqual(expect.arrayContaining(ours));
    expect(install).toBe('npm install --prefix "$PTGBOT" --no-save --no-audit --no-fund');
  });

  test('tell the whole history, and lead to each other where they are published', async () => {
    const PTGBOT = fetched(source);
    const clone = new Clone(await smallRepository());
    const older = clone.push('tracks/nova.yaml', 'now: { topic: "cells" }\n', 'second');
    clone.push('README.md', 'not ours\n', 'third');
    // As GitLab and Zuul do: no branch is checked out.
    git(clone.folder, 'checkout', '--quiet', '--detach');
    git(clone.folder, 'branch', '--quiet', '-D', 'main');
    const [address = '', folder = join(clone.folder, 'public')] = given.map((name) =>
      name === 'PAGES' ? join(clone.folder, 'output/pages') : url,
    );
    const made = run(work, clone.folder, {
      PTGBOT,
      ...Object.fromEntries(given.map((name) => [name, name === 'PAGES' ? folder : address])),
    });
    expect(made).toMatchObject({ status: 0 });
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(readdirSync(join(folder, 'changes'))).toContain(older);

    // The host has other sites beside it.
    const { pathname } = new URL(`${url}/`);
    const host = temporaryFolder();
    cpSync(folder, join(host, pathname), { recursive: true });
    const server = await startStaticHost(host);
    onTestFinished(() => server.close());
    const seen = new Set<string>();
    const waiting = [pathname];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const answer = await fetch(new URL(path, server.url));
      expect(answer.status, path).toBe(200);
      if (!answer.headers.get('Content-Type')?.startsWith('text/html')) continue;
      const page = await answer.text();
      for (const [, link = ''] of page.matchAll(
        /<(?:a|link|script|img)\b[^>]* (?:href|src)="([^"#?]+)/g,
      )) {
        const { href } = new URL(link, new URL(path, `${url}/`));
        if (href.startsWith(`${new URL(url).origin}/`)) waiting.push(new URL(href).pathname);
      }
    }
    expect([...seen].filter((path) => !path.startsWith(pathname))).toEqual([]);
    for (const path of ['rooms/aspen/', 'tracks/nova/', 'changes/', 'links.html', 'favicon.svg'])
      expect(seen).toContain(pathname + path);
  });

  test('are not made of half a history', async () => {
    const PTGBOT = fetched(source);
    const gitdir = await smallRepository();
    new Clone(gitdir).push('tracks/nova.yaml', 'now: { topic: "cells" }\n');
    const folder = join(temporaryFolder(), 'shallow');
    git('/', 'clone', '--quiet', '--depth', '1', `file://${gitdir}`, folder);
    const all = Object.fromEntries(given.map((name) => [name, url]));
    expect(run(work, folder, { PTGBOT, ...all })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is a shallow clone') as string,
    });
  });
});

test('forges check out the whole history for the pages', () => {
  const checkout = pagesOnGithub.job.steps.find(({ uses }) =>
    uses?.startsWith('actions/checkout@'),
  );
  expect(checkout?.with).toMatchObject({ 'fetch-depth': 0 });
  expect(pagesOnGitlab.job.variables).toMatchObject({ GIT_DEPTH: '0' });
});

test('forges publish the folder that is rendered', () => {
  const upload = pagesOnGithub.job.steps.find(({ uses }) =>
    uses?.startsWith('actions/upload-pages-artifact@'),
  );
  expect(upload?.with).toEqual({ path: 'public' });
  expect(pagesOnGitlab.job.artifacts.paths).toEqual(['public']);
});

test('what GitLab is to show is where its job says that it is', async () => {
  const { script, artifacts } = checkOnGitlab.job;
  const clone = new Clone(await smallRepository());
  clone.commit('rooms/aspen.yaml', 'name: Aspen\nslots:\n  MonA9:\n');
  spawnSync('sh', ['-c', script[0]!], {
    cwd: clone.folder,
    env: { ...process.env, PTGBOT: project },
  });
  const report = readFileSync(join(clone.folder, artifacts.reports!.codequality), 'utf8');
  expect(JSON.parse(report)).toMatchObject([
    { location: { path: 'rooms/aspen.yaml', lines: { begin: 3 } } },
  ]);
});
