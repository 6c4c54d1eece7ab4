/** Pushes into a repository with the hook that the bot keeps there, with git as people have it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../../cli/config.ts';
import { keepHook } from '../../../cli/service/keep-hook.ts';
import { Clone, git, smallFiles, smallRepository } from '../../support/repository.ts';

/** All that an address may hold is written into a script. */
const page = "https://ptg.example.org/it's?$(id)&`id`;$HOME";

/** Has the hook kept as at a start; gives what is logged. */
async function keep(
  repository: string,
  { hook = true, url = page }: { hook?: boolean; url?: string | null } = {},
) {
  const config = readConfig(undefined, {}, repository);
  const lines: string[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(line) });
  await keepHook(
    { ...config, data: { ...config.data, hook }, site: { ...config.site, url: url ?? undefined } },
    logger,
  );
  return lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
}

async function guarded(files = smallFiles, options = {}) {
  const repository = await smallRepository(files);
  await keep(repository, options);
  return { repository, clone: new Clone(repository) };
}

/** Commits files (undefined removes one) and pushes; gives what the remote said. */
function push(
  { folder }: Clone,
  files: Record<string, string | undefined>,
  ...how: string[]
): { ok: boolean; said: string[]; all: string } {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    if (text === undefined) rmSync(join(folder, path));
    else writeFileSync(join(folder, path), text);
  }
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'edit');
  return pushOnly(folder, ...how);
}

function pushOnly(folder: string, ...how: string[]) {
  const { status, stderr } = spawnSync('git', ['push', ...how], { cwd: folder, encoding: 'utf8' });
  const said = [...stderr.matchAll(/^remote: (.*?)\s*$/gm)].map(([, line]) => line!);
  return { ok: status === 0, said: said.filter((line) => !/^error: hook/.test(line)), all: stderr };
}

const withPlan = `plan: plan.svg\n${smallFiles.get('event.yaml')}`;
const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${inside}</svg>`;

const room = (slots: string) => `name: Aspen\nslots:\n${slots}`;

describe('a push that breaks the data is refused', () => {
  let one: Awaited<ReturnType<typeof guarded>>;
  beforeAll(async () => void (one = await guarded()));

  test.each<[what: string, files: Record<string, string | undefined>, lines: string[]]>([
    [
      'an unknown key',
      { 'tracks/nova.yaml': 'color: "#27a3dd"\ncolour: red\n' },
      ['tracks/nova.yaml:2: unknown key colour, expected color?'],
    ],
    [
      'no YAML',
      { 'tracks/nova.yaml': 'name: Nova\nnext: [a\n' },
      [expect.stringMatching(/^tracks\/nova\.yaml:2: expected valid YAML/) as string],
    ],
    [
      'a booking of a slot that does not exist',
      { 'rooms/aspen.yaml': room('  MonA1: nova\n  MonA9: nova\n') },
      ['rooms/aspen.yaml:4: slots.MonA9: expected a slot of event.yaml; this one is not shown'],
    ],
    [
      'a booking for a track that does not exist',
      { 'rooms/aspen.yaml': room('  # free\n  MonA1: nvoa\n') },
      ['rooms/aspen.yaml:4: slots.MonA1: expected a track that exists, not nvoa'],
    ],
    [
      'a track without which bookings lead nowhere',
      { 'tracks/nova.yaml': undefined },
      ['rooms/aspen.yaml:3: slots.MonA1: expected a track that exists, not nova'],
    ],
    [
      'a room that does not exist',
      { 'tracks/cinder.yaml': 'next: [a]\nroom: birch\n' },
      ['tracks/cinder.yaml:2: room: expected a room that exists, not birch'],
    ],
    [
      'a slot that is gone from the event',
      { 'event.yaml': smallFiles.get('event.yaml')!.replace(/.*MonA1.*\n/, '') },
      ['rooms/aspen.yaml:3: slots.MonA1: expected a slot of event.yaml; this one is not shown'],
    ],
    [
      'a former name that is in use',
      { 'tracks/glance.yaml': 'formerly:\n  - images\n  - nova\n' },
      ['tracks/glance.yaml:3: formerly.1: expected a name that is free, nova is a track itself'],
    ],
    [
      'a code of two slots',
      { 'rooms/aspen-x.yaml': room('  MonA1:\n'), 'event.yaml': withSlot('x-MonA1') },
      [
        'rooms/aspen.yaml:4: slots.x-MonA1: expected a code of its own, aspen-x-mona1 means two slots',
      ],
    ],
    [
      'a wrong file name',
      { 'tracks/Swift.yaml': '' },
      [expect.stringMatching(/^tracks\/Swift\.yaml:1: .*such as tracks\/swift\.yaml/) as string],
    ],
    ['no event', { 'event.yaml': undefined }, [expect.stringMatching(/^event\.yaml:1:/) as string]],
    [
      'a plan that runs',
      { 'event.yaml': withPlan, 'plan.svg': svg('\n<rect onclick="alert(1)"/>') },
      ['plan.svg:2: expected no onclick of <rect>: nothing runs in a plan'],
    ],
    [
      'a plan that is too large',
      { 'event.yaml': withPlan, 'plan.svg': svg(' '.repeat(1024 * 1024)) },
      ['plan.svg:1: expected a plan of at most 1024 kB'],
    ],
    [
      'a plan that is something else',
      { 'event.yaml': withPlan, 'plan.svg': 'GIF89a\u0000' },
      [expect.stringMatching(/^plan\.svg:1: expected valid SVG/) as string],
    ],
    [
      'a plan that is missing',
      { 'event.yaml': withPlan },
      ['event.yaml:1: plan: expected a file that exists, not plan.svg'],
    ],
    [
      'a large file',
      { 'tracks/nova.yaml': '#'.repeat(300_000) },
      ['tracks/nova.yaml:1: expected a file of at most 256 kB'],
    ],
  ])('%s', (_, files, lines) => {
    const { clone, repository } = one;
    if ('rooms/aspen-x.yaml' in files)
      files['rooms/aspen.yaml'] = room('  MonA1: nova\n  x-MonA1:\n');
    const before = git(repository, 'rev-parse', 'main');
    const { ok, said, all } = push(clone, files);
    expect(said).toEqual([...lines, expect.stringMatching(/^Refused for 1 problem: /)]);
    expect(ok).toBe(false);
    expect(all).toContain('hook declined');
    expect(git(repository, 'rev-parse', 'main')).toBe(before);
    git(clone.folder, 'reset', '--quiet', '--hard', 'origin/main');
  });

  test('with all its faults, but no more than anybody reads', () => {
    const { clone } = one;
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`tracks/t${index + 10}.yaml`, 'a: b\nnow: c\n']),
    );
    const { said } = push(clone, files);
    expect(said).toHaveLength(12);
    expect(said[0]).toMatch(/^tracks\/t10\.yaml:1: unknown key a/);
    expect(said[1]).toMatch(/^tracks\/t10\.yaml:2: now: expected/);
    expect(said.slice(10)).toEqual([
      'and 14 more',
      expect.stringMatching(/^Refused for 24 problems/),
    ]);
    git(clone.folder, 'reset', '--quiet', '--hard', 'origin/main');
  });
});

function withSlot(name: string): string {
  return `${smallFiles.get('event.yaml')}      - { name: ${name}, start: "16:00", end: "17:00" }\n`;
}

describe('a good push', () => {
  test('is answered with what it changes, and where the page shows it', async () => {
    const { clone } = await guarded();
    const nova = 'color: "#27a3dd"\nlocation: the bar\n';
    expect(push(clone, { 'tracks/nova.yaml': nova })).toMatchObject({
      ok: true,
      said: ['nova: location the bar', `The page shows it: ${page}`],
    });
    expect(
      push(clone, { 'rooms/aspen.yaml': room('  MonA1: nova\n  MonP1: cinder\n') }).said,
    ).toEqual(['cinder booked aspen-MonP1', `The page shows it: ${page}`]);
    const tracks = Array.from({ length: 12 }, (_, index) => [`tracks/t${index + 10}.yaml`, '']);
    const { said } = push(clone, Object.fromEntries(tracks) as Record<string, string>);
    expect(said.slice(9)).toEqual([
      'added the track t19',
      'and 2 more',
      `The page shows it: ${page}`,
    ]);
  });

  test('tells of a plan of the venue', async () => {
    const { clone } = await guarded(smallFiles, { url: null });
    const files = { 'event.yaml': withPlan, 'plan.svg': svg('<g id="aspen"/>') };
    expect(push(clone, files)).toMatchObject({
      ok: true,
      said: ['the event: plan plan.svg'],
    });
    const { said } = push(clone, { 'plan.svg': svg(`<!--${'x'.repeat(300_000)}-->`) });
    expect(said).toEqual(['the event: another drawing or picture in plan.svg']);
    expect(push(clone, { 'plan.svg': undefined }).said).toEqual([
      'event.yaml:1: plan: expected a file that exists, not plan.svg',
      expect.stringMatching(/^Refused for 1 problem/),
    ]);
  });

  test('names no page where none is configured', async () => {
    const { clone } = await guarded(smallFiles, { url: null });
    const { said } = push(clone, { 'tracks/nova.yaml': 'color: "#27a3dd"\nlocation: the bar\n' });
    expect(said).toEqual(['nova: location the bar']);
  });

  test('has no answer where it changes nothing of note', async () => {
    const { clone } = await guarded();
    const files = { 'tracks/nova.yaml': '# Nova.\ncolor: "#27a3dd"\n', 'README.md': 'Hello.\n' };
    expect(push(clone, files)).toMatchObject({ ok: true, said: [] });
    expect(push(clone, {})).toMatchObject({ ok: true, said: [] });
  });

  test('is answered without control characters, whatever it holds', async () => {
    const { clone } = await guarded();
    const files = { 'tracks/a\u001b[2J\nb.yaml': '', 'tracks/c.yaml': '"\u009b2Jd": e\n' };
    const { said, all } = push(clone, files);
    expect(said.join('\n')).toMatch(/tracks\/a \[2J b\.yaml:1:/);
    for (const control of ['\u009b', '\u001b[2J']) expect(all).not.toContain(control);
  });

  test('to another branch passes, whatever it holds', async () => {
    const { clone } = await guarded();
    const bad = { 'tracks/nova.yaml': 'colour: red\n' };
    expect(push(clone, bad, 'origin', 'HEAD:proposals/1')).toMatchObject({ ok: true, said: [] });
  });
});

describe('what was wrong before', () => {
  const files = new Map([...smallFiles, ['tracks/docs.yaml', 'colour: red\nurl: x\n']]);

  test('does not refuse a good push, and is not spoken of where it is not concerned', async () => {
    const { clone } = await guarded(files, { url: null });
    expect(
      push(clone, { 'tracks/cinder.yaml': 'color: "#7a3b00"\nlocation: there\n' }),
    ).toMatchObject({
      ok: true,
      said: ['cinder: location there'],
    });
    expect(push(clone, { 'tracks/docs.yaml': '# Docs.\ncolour: red\n' })).toMatchObject({
      ok: true,
      said: [
        'Not from this push, but still wrong: tracks/docs.yaml:2: unknown key colour, expected color?',
      ],
    });
    expect(
      push(clone, { 'tracks/docs.yaml': 'colour: red\nroom: birch\nurll: x\n' }),
    ).toMatchObject({
      ok: false,
      said: [
        'tracks/docs.yaml:3: unknown key urll, expected url?',
        expect.stringMatching(/^Refused for 1 problem/),
      ],
    });
    git(clone.folder, 'reset', '--quiet', '--hard', 'origin/main');
    expect(push(clone, { 'tracks/docs.yaml': 'location: here\n' })).toMatchObject({
      ok: true,
      said: ['tracks/docs.yaml is valid again', 'docs: location here'],
    });
  });
});

describe('what git itself refuses', () => {
  test('it still does: no branch goes, no history is written anew', async () => {
    const { clone } = await guarded();
    push(clone, { 'tracks/nova.yaml': 'location: the bar\n' });
    git(clone.folder, 'reset', '--quiet', '--hard', 'HEAD~1');
    expect(push(clone, { 'tracks/nova.yaml': 'location: here\n' }, '--force').all).toMatch(
      /non-fast-forward/,
    );
    expect(pushOnly(clone.folder, 'origin', ':main').all).toMatch(/deletion/);
  });
});

describe('the hook', () => {
  const hookOf = (repository: string) => join(repository, 'hooks/update');

  test('lets pushes pass, with a remark, where ptgbot has moved or fails', async () => {
    const remark =
      'This push was not checked: ptgbot has moved or failed. Its next start mends that.';
    const { clone, repository } = await guarded();
    const program = join(repository, 'hooks/ptgbot-guard.mjs');
    writeFileSync(program, 'throw new Error("broken")');
    const broken = push(clone, { 'tracks/nova.yaml': 'colour: red\n' });
    expect(broken.ok).toBe(true);
    expect(broken.said).toContain(remark);
    rmSync(program);
    expect(push(clone, { 'tracks/nova.yaml': 'colour: blue\n' })).toMatchObject({
      ok: true,
      said: [remark],
    });
    await keep(repository);
    expect(push(clone, { 'tracks/cinder.yaml': 'colour: blue\n' }).ok).toBe(false);
  });

  test('is written anew where something changed, and said only then', async () => {
    const { repository } = await guarded();
    expect(await keep(repository)).toEqual([]);
    expect(await keep(repository, { url: 'https://other.example/' })).toEqual([
      'pushes are checked',
    ]);
    expect(readFileSync(hookOf(repository), 'utf8')).toContain("'https://other.example/'");
  });

  test('is removed by data.hook: false', async () => {
    const { clone, repository } = await guarded();
    expect(await keep(repository, { hook: false })).toEqual([]);
    expect(existsSync(hookOf(repository))).toBe(false);
    expect(existsSync(join(repository, 'hooks/ptgbot-guard.mjs'))).toBe(false);
    expect(push(clone, { 'tracks/nova.yaml': 'colour: red\n' })).toMatchObject({
      ok: true,
      said: [],
    });
  });

  test('of somebody else stays as it is', async () => {
    const repository = await smallRepository();
    mkdirSync(join(repository, 'hooks'));
    const foreign = '#!/bin/sh\nexit 0\n';
    writeFileSync(hookOf(repository), foreign);
    expect(await keep(repository)).toEqual(['pushes are not checked: this hook is not ours']);
    expect(await keep(repository, { hook: false })).toEqual([]);
    expect(readFileSync(hookOf(repository), 'utf8')).toBe(foreign);
  });

  test('finds its way in folders of any name', async () => {
    const repository = await smallRepository();
    const odd = join(repository, '../it\'s $(odd) `one`; "here".git');
    git('/', 'clone', '--quiet', '--bare', repository, odd);
    await keep(odd);
    expect(push(new Clone(odd), { 'tracks/nova.yaml': 'colour: red\n' }).ok).toBe(false);
  });
});
