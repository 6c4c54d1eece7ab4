/** The command line, as a person calls it. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ptgbot as run } from '../support/command-line.ts';
import { Clone, git, smallRepository, temporaryFolder } from '../support/repository.ts';
import { eventually, Service } from '../support/service.ts';

const ptgbot = (folder: string, ...args: string[]) => run(folder, args);

const database = {
  eventid: 'DEN-ptg',
  tracks: ['nova', 'cinder'],
  slots: { Monday: [{ name: 'MonA1', desc: '09:00-10:45' }] },
  schedule: { Aspen: { MonA1: 'nova' } },
  colors: { nova: 'no colour' },
};

describe('ptgbot import', () => {
  test('makes a missing repository, says what it could not use, and makes no commit the second time', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'old.json'), JSON.stringify(database));
    const call = [
      'import',
      'old.json',
      '--repository',
      'data.git',
      '--start-date',
      '2018-09-10',
      '--timezone',
      'America/Denver',
      '--name',
      'Denver Gathering',
    ];
    expect(ptgbot(folder, ...call)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^colors\.nova: expected a colour such as #27a3dd, not "no colour"; left out\nimported 2 tracks, 1 room and 1 day into the new repository/,
      ) as string,
    });
    const repository = join(folder, 'data.git');
    expect(git(repository, 'ls-tree', '-r', '--name-only', 'main')).toBe(
      'event.yaml\nrooms/aspen.yaml\ntracks/cinder.yaml\ntracks/nova.yaml',
    );
    expect(git(repository, 'show', 'main:event.yaml')).toContain('name: "Denver Gathering"');
    expect(ptgbot(folder, ...call).stdout).toContain(
      'the repository holds this already: no commit',
    );
    expect(git(repository, 'rev-list', '--count', 'main')).toBe('1');
  });

  test('keeps who is where in a repository of its own, which only its user can read', () => {
    const folder = temporaryFolder();
    const personal = {
      last_check_in: {
        ada: { nick: 'Ada', location: '#nova', in: '2018-09-10 09:00:00', out: null },
      },
      subscriptions: { ada: 'cells' },
    };
    writeFileSync(join(folder, 'old.json'), JSON.stringify({ ...database, ...personal }));
    const { stdout } = ptgbot(folder, 'import', 'old.json', '--repository', 'data.git');
    expect(stdout).toContain('imported check-ins and subscriptions under 1 nick into');
    const people = join(folder, 'people.git');
    expect(git(people, 'show', 'main:people/nick-ada.yaml')).toContain('subscription: "cells"');
    expect(statSync(people).mode & 0o777).toBe(0o700);
    expect(git(join(folder, 'data.git'), 'log', '-p', 'main')).not.toMatch(/ada|cells/i);
  });

  test('replaces the content of a repository by one commit that keeps the past', async () => {
    const folder = temporaryFolder();
    const repository = await smallRepository();
    writeFileSync(join(folder, 'old.json'), JSON.stringify(database));
    expect(ptgbot(folder, 'import', 'old.json', '--repository', repository).status).toBe(0);
    expect(git(repository, 'log', '--format=%s', 'main')).toBe('Import DEN-ptg\nBegin');
  });

  test('fetches a URL', async () => {
    const server = createServer((_request, response) => response.end(JSON.stringify(database)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const folder = temporaryFolder();
    const address = `http://127.0.0.1:${port}/ptg.json`;
    const service = new Service(folder, {}, ['import', address, '--repository', 'data.git']);
    await service.waitFor(service.printed, /imported 2 tracks/);
    server.close();
  });

  test.each([
    [['import'], 'expected: ptgbot import FILE|URL'],
    [['import', 'absent.json'], 'absent.json cannot be read'],
    [
      ['import', 'other.json'],
      'other.json: expected the JSON of a ptgbot database: it holds none of its keys, such as tracks, slots or schedule',
    ],
    [
      ['import', 'part.json'],
      'part.json: expected the JSON of a ptgbot database: it has neither tracks nor slots nor a schedule',
    ],
    [['import', 'good.json', '--name', ''], '--name: expected one line of at most 200 characters'],
    [['import', 'broken.json'], 'broken.json: expected the JSON of a ptgbot database'],
    [
      ['import', 'good.json', '--timezone', 'Denver'],
      '--timezone: expected an IANA time zone such as America/Denver, not Denver',
    ],
    [
      ['import', 'good.json', '--start-date', 'Monday'],
      '--start-date: expected a date such as 2018-09-10, not Monday',
    ],
    [['import', 'http://127.0.0.1:1/'], 'http://127.0.0.1:1/ cannot be fetched'],
  ])('%j is refused, and nothing is made', (args, complaint) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'broken.json'), '{');
    writeFileSync(join(folder, 'good.json'), '{ "tracks": [] }');
    writeFileSync(join(folder, 'part.json'), '{ "links": {} }');
    writeFileSync(join(folder, 'other.json'), '{ "name": "package" }');
    const { status, stderr } = ptgbot(folder, ...args, '--repository', 'data.git');
    expect(stderr).toContain(`ptgbot: ${complaint}`);
    expect(status).toBe(2);
    expect(readdirSync(folder)).not.toContain('data.git');
  });
});

describe('ptgbot check', () => {
  test('has nothing to say of a valid repository, revision or directory', async () => {
    const repository = await smallRepository();
    const folder = temporaryFolder();
    const example = join(import.meta.dirname, '../../schedule-data/example');
    for (const where of [[], ['main'], [repository], [example]])
      expect(ptgbot(folder, 'check', ...where, '--repository', repository)).toMatchObject({
        status: 0,
        stdout: 'no problems\n',
      });
  });

  test('says file:line: what, and exits with 1', async () => {
    const repository = await smallRepository();
    const clone = new Clone(repository);
    const commit = clone.push('tracks/nova.yaml', 'color: "#27a3dd"\nurl: nowhere\n');
    clone.push('rooms/aspen.yaml', 'name: Aspen\nslots:\n  MonA1: nobody\n  MonX9:\n');
    const expected = 'tracks/nova.yaml:2: url: expected a web address such as https://example.org/';
    const references =
      'rooms/aspen.yaml:3: slots.MonA1: expected a track that exists, not nobody\n' +
      'rooms/aspen.yaml:4: slots.MonX9: expected a slot of event.yaml; this one is not shown\n';
    expect(ptgbot('/', 'check', '--repository', repository)).toEqual({
      status: 1,
      stdout: `${expected} (commit ${commit.slice(0, 12)} by Ada)\n${references}`,
      stderr: '',
    });
    expect(ptgbot('/', 'check', clone.folder)).toMatchObject({
      status: 1,
      stdout: `${expected}\n${references}`,
    });
    expect(ptgbot(clone.folder, 'check', '.', '--format', 'github')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('::error file=rooms/aspen.yaml,line=4,') as string,
    });
    const { status, stdout } = ptgbot('/', 'check', clone.folder, '--format', 'gitlab');
    expect([status, JSON.parse(stdout)]).toMatchObject([1, [{}, {}, {}]]);
  });

  test('of something that is not there is an error', () => {
    expect(ptgbot('/', 'check', '--repository', '/nowhere')).toMatchObject({
      status: 1,
      stderr: 'ptgbot: there is no repository at /nowhere\n',
    });
  });

  test('of a revision that is not there is an error', async () => {
    const repository = await smallRepository();
    expect(ptgbot('/', 'check', 'mian', '--repository', repository)).toMatchObject({
      status: 1,
      stderr: `ptgbot: there is no revision mian in ${repository}\n`,
    });
  });
});

describe('ptgbot render', () => {
  test('writes the pages of any revision', async () => {
    const repository = await smallRepository();
    const folder = temporaryFolder();
    new Clone(repository).push('tracks/nova.yaml', 'now: { topic: later }\n');
    expect(
      ptgbot(folder, 'render', '--out', 'old', '--rev', 'main~1', '--repository', repository)
        .status,
    ).toBe(0);
    expect(ptgbot(folder, 'render', '--out', 'new', '--repository', repository).status).toBe(0);
    const page = (out: string) => readFileSync(join(folder, out, 'index.html'), 'utf8');
    expect(page('new')).toContain('later');
    expect(page('old')).not.toContain('later');
    expect(readFileSync(join(folder, 'new/ptg.html'), 'utf8')).toBe(page('new'));
  });

  test('writes the pages for another address than the configured one', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'ptgbot.yaml'), 'site: { url: "https://ptg.example.org" }\n');
    const render = ['render', '--out', 'www', '--repository', await smallRepository(), '--url'];
    expect(ptgbot(folder, ...render, 'https://example.org/ptg').status).toBe(0);
    const page = readFileSync(join(folder, 'www/index.html'), 'utf8');
    expect(page).toContain('<link rel="canonical" href="https://example.org/ptg/"');
    expect(page).toContain('href="/ptg/rooms/aspen/"');
    expect(page).not.toContain('ptg.example.org');
    expect(ptgbot(folder, ...render, 'example.org')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(
        '--url: expected a web address such as https://ptg.example.org, not example.org',
      ) as string,
    });
  });
});

describe('ptgbot render --at', () => {
  const at = (repository: string, time: string, ...more: string[]) => {
    const folder = temporaryFolder();
    const args = ['render', '--out', 'then', '--at', time, '--repository', repository, ...more];
    const { status, stderr } = ptgbot(folder, ...args);
    const page = status === 0 ? readFileSync(join(folder, 'then/index.html'), 'utf8') : '';
    return { status, stderr, page };
  };

  test('writes the pages as they were at a time', async () => {
    const repository = await smallRepository();
    const clone = new Clone(repository);
    const say = (topic: string, time: string) =>
      clone.push('tracks/nova.yaml', `now: { topic: ${topic} }\n`, topic, time);
    say('first', '2018-09-10T16:00:00Z');
    say('second', '2018-09-10T17:00:00Z');
    expect(at(repository, '2018-09-10T16:59:59Z').page).toContain('first');
    expect(at(repository, '2018-09-10T19:00:00+02:00').page).toContain('second');
    const rev = ['--rev', 'main~1'];
    expect(at(repository, '2018-09-11', ...rev).page).toContain('first');
  });

  test.each([
    ['noon', 'expected a time such as 2018-09-10T09:00Z, not noon'],
    ['2018-09-10T09:00', 'expected a time such as 2018-09-10T09:00Z, not 2018-09-10T09:00'],
    ['2018-09-01', 'expected a time when there was a commit already, not 2018-09-01'],
    ['1960-01-01', 'expected a time when there was a commit already, not 1960-01-01'],
  ])('says in one sentence what is wrong with %s', async (time, sentence) => {
    const { status, stderr } = at(await smallRepository(), time);
    expect(status).not.toBe(0);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(sentence)]);
  });
});

describe('ptgbot bot and ptgbot site', () => {
  test('as two processes show the same: what one commits, the other publishes', async () => {
    const folder = temporaryFolder();
    const config = {
      data: { repository: 'data.git' },
      site: { output: 'www', listen: '127.0.0.1:0' },
    };
    const bot = new Service(folder, config, 'bot');
    bot.type('+help');
    await bot.waitFor(bot.printed, /I keep/);
    const site = new Service(folder, config, 'site');
    await site.waitFor(site.log, /the page is at/);
    bot.type('#nova now two of us');
    const page = () => readFileSync(join(folder, 'www/index.html'), 'utf8');
    await eventually(() => expect(page()).toContain('two of us'));
    bot.type('+in #nova');
    await eventually(() => expect(page()).toContain('1 here'));
    expect([await bot.stop(), await site.stop()]).toEqual([0, 0]);
  });
});

describe('wrong use', () => {
  test.each([
    [['frobnicate'], 'there is no command frobnicate'],
    [['strat'], 'there is no command strat; did you mean start?'],
    [['start', '--fast'], 'unknown option --fast'],
    [['start', '--confg', 'x'], 'unknown option --confg; did you mean --config?'],
    [['import', '--tiemzone', 'x'], 'unknown option --tiemzone; did you mean --timezone?'],
    [['help', 'frobnicate'], 'there is no command frobnicate'],
    [['start', '--config'], 'option --config <file> argument missing'],
    [['start', 'now'], 'expected no argument, not now'],
    [['completion', 'fish'], 'expected: ptgbot completion bash|zsh'],
    [['check', '--format', 'xml'], '--format: expected text, github or gitlab, not xml'],
    [['check', 'a', 'b'], 'expected nothing after a, not b'],
    [['start', '--config', 'absent.yaml'], 'absent.yaml cannot be read'],
  ])('%j exits with 2 and says why', (args, complaint) => {
    const { status, stderr } = ptgbot(temporaryFolder(), ...args);
    expect(stderr).toContain(complaint);
    expect(status).toBe(2);
  });

  test('a second bot on one repository is refused, and names the first', async () => {
    const folder = temporaryFolder();
    const config = { data: { repository: 'data.git' } };
    const first = new Service(folder, config, 'bot');
    first.type('+help');
    await first.waitFor(first.printed, /I keep/);
    const second = new Service(folder, config, 'bot');
    await second.waitFor(
      second.log,
      new RegExp(`another ptgbot writes this repository: process ${first.process.pid} `),
    );
    first.process.stdin.end();
    expect(await first.stop()).toBe(0);
  });
});

describe('what changed', () => {
  test('log and diff tell in sentences', async () => {
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    clone.push('tracks/nova.yaml', 'color: "#27a3dd"\nnow: { topic: cells }\n');
    clone.push('rooms/aspen.yaml', 'name: Aspen\nslots:\n  MonA1: nova\n  MonP1: cinder\n');
    const call = (...args: string[]) => ptgbot(temporaryFolder(), ...args, '--repository', gitdir);
    expect(call('log', '--track', 'nova', '--number', '1').stdout).toMatch(
      /^[0-9a-f]{7} \S+Z Ada: .*\n {2}nova now: cells\n$/,
    );
    expect(call('diff', 'main~2').stdout).toBe('cinder booked aspen-MonP1\nnova now: cells\n');
    expect(call('diff', 'main', 'main').stdout).toBe('no difference\n');
    expect(call('diff').stderr).toContain('expected: ptgbot diff A [B]');
    expect(call('log', '--since', 'noon').stderr).toContain('expected a time such as');
    expect(call('diff', 'nowhere')).toMatchObject({ status: 1 });
  });

  test('takeback makes a commit in a clone by the values, where git revert would conflict', async () => {
    const gitdir = await smallRepository();
    const clone = new Clone(gitdir);
    git(clone.folder, 'config', 'user.name', 'Ada');
    git(clone.folder, 'config', 'user.email', 'ada@example.org');
    const file = (topic: string, more = '') => `color: "#27a3dd"\nnow:\n  topic: ${topic}\n${more}`;
    clone.push('tracks/nova.yaml', file('cells'));
    const wrong = clone.push('tracks/nova.yaml', `${file('cells')}location: the bar\n`);
    clone.push(
      'tracks/nova.yaml',
      `${file('cells')}location: the bar # is closed\nurl: https://a.example/\n`,
    );
    const taken = ptgbot(clone.folder, 'takeback', wrong.slice(0, 7));
    expect(taken.stdout).toMatch(
      /^nova: no location any more \(was the bar\)\ncommitted \w+; now: git push\n$/,
    );
    expect(git(clone.folder, 'log', '-1', '--format=%s%n%b')).toMatch(
      new RegExp(`^Revert ".*"\\nThis reverts commit ${wrong}\\.`),
    );
    expect(readFileSync(join(clone.folder, 'tracks/nova.yaml'), 'utf8')).toBe(
      `${file('cells')}url: https://a.example/\n`,
    );
    expect(ptgbot(clone.folder, 'takeback', wrong).stderr).toContain('has been taken back already');
    // As people call it there: npx with the folder of ptgbot.
    const launcher = join(import.meta.dirname, '../../cli/launch.mjs');
    const again = spawnSync(launcher, ['takeback', 'HEAD'], {
      cwd: clone.folder,
      encoding: 'utf8',
    });
    expect(again.stdout).toMatch(/^nova: location the bar\n/);
    const first = git(clone.folder, 'rev-parse', `${wrong}~1`);
    clone.push('tracks/nova.yaml', file('quotas'));
    expect(ptgbot(clone.folder, 'takeback', first)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(
        'now of nova has been changed since; nothing was done',
      ) as string,
    });
    expect(ptgbot(clone.folder, 'takeback', 'fefefe').stderr).toContain(
      'there is no commit fefefe',
    );
    writeFileSync(join(clone.folder, 'tracks/nova.yaml'), file('half done'));
    expect(ptgbot(clone.folder, 'takeback', first).stderr).toContain('a clone without changes');
  });
});
