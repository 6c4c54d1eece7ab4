/** The whole way, for real: an IRC server, the service as a process, git, the page on disk and in a browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IrcPerson } from '../support/irc-client.ts';
import { ircSection, startIrcServer, type IrcServer } from '../support/irc-server.ts';
import { Clone, git, temporaryFolder } from '../support/repository.ts';
import { eventually, Service } from '../support/service.ts';
import { launchBrowser } from '../support/browser.ts';

let server: IrcServer;
let service: Service;
let ada: IrcPerson;
let bob: IrcPerson;
let browser: Browser;
let repository: string;
let output: string;
let address: string;
const channel = '#ptg';

const page = () => readFileSync(join(output, 'ptg.html'), 'utf8');
const published = () =>
  JSON.parse(readFileSync(join(output, 'revision.json'), 'utf8')) as {
    commit: string;
    problems: { path: string }[];
  };
const tip = () => git(repository, 'rev-parse', 'main');

beforeAll(async () => {
  const folder = temporaryFolder();
  repository = join(folder, 'data.git');
  output = join(folder, 'www');
  server = await startIrcServer();
  // Whoever comes first is op.
  ada = await IrcPerson.connect(server.port, 'ada');
  await ada.join(channel);
  service = new Service(
    folder,
    {
      irc: ircSection(server, channel),
      data: { repository },
      site: { output, listen: '127.0.0.1:0' },
    },
    'start',
  );
  await ada.waitFor(/ptgbot.* JOIN /);
  bob = await IrcPerson.connect(server.port, 'bob');
  await bob.join(channel);
  const line = await service.waitFor(service.log, /the page is at/);
  address = /http:\/\/[^"\s]+/.exec(line)![0];
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await service?.kill();
  await server?.stop();
});

describe('a gathering', () => {
  test('says what it discusses: a commit by the speaker, and the page shows it', async () => {
    bob.say(channel, '#nova now multi-attach with #cinder');
    await eventually(() => expect(page()).toContain('multi-attach with'));
    expect(git(repository, 'log', '-1', '--format=%an|%ae|%s', 'main')).toBe(
      'bob|bob@nicks.testnet.invalid|nova: now multi-attach with #cinder',
    );
    // Its room depends on the hour.
    expect(git(repository, 'log', '-1', '--format=%b', 'main')).toMatch(
      /^- nova now: multi-attach with #cinder\n(?:- nova: room .*\n)?\nIrc-Command: #nova now multi-attach with #cinder\nIrc-Channel: #ptg$/,
    );
    await eventually(() => expect(published().commit).toBe(tip()));
  });

  test('tells what was said among the changes, and who took it back', async () => {
    const changes = (path = '') =>
      readFileSync(join(output, 'changes', path, 'index.html'), 'utf8');
    bob.say(channel, '#cinder now a slip');
    await eventually(() => expect(changes()).toContain('cinder now: a slip'));
    const slip = tip();
    await eventually(() => {
      expect(changes(slip)).toContain('cinder now: a slip');
      expect(readFileSync(join(output, 'changes/feed.atom'), 'utf8')).toContain(slip);
    });
    ada.say(channel, `~revert ${slip.slice(0, 7)}`);
    await eventually(() => expect(changes()).toMatch(/taken back by/));
    const revert = tip();
    expect(revert).not.toBe(slip);
    await eventually(() => {
      expect(changes(slip)).toContain(`href="/changes/${revert}/"`);
      expect(changes(revert)).toContain(`href="/changes/${slip}/"`);
    });
    expect(changes()).not.toContain('.invalid');
  });

  test('shows who is checked in, until the day ends; what people subscribe to is never published', async () => {
    bob.say('ptgbot', 'subscribe a-secret-wish|cinder');
    // What else is said depends on the hour: whether cinder is in a session just now.
    expect(await bob.hears('ptgbot', /subscribed/)).toBe(
      'You are subscribed to: a-secret-wish|cinder',
    );
    bob.say(channel, '+in #nova');
    expect(await ada.hears('ptgbot', /Checked in/)).toMatch(/^bob: Checked in: with nova/);
    await eventually(() => expect(page()).toMatch(/1 here<.*bob/s));
    ada.say(channel, '#cinder now volumes');
    expect(await bob.hears('ptgbot', /volumes/)).toBe(
      '#cinder now volumes (ada) · Ballroom A · https://meet.example.org/ballroom-a',
    );
    const everything = readdirSync(output, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'));
    expect(everything.join()).not.toContain('a-secret-wish');
    bob.say('ptgbot', 'unsubscribe');
    bob.say('ptgbot', 'out');
    await eventually(() => expect(page()).not.toContain('1 here'));
    ada.say(channel, '~clean cinder');
    expect(await ada.hears('ptgbot', /Cleaned/)).toBe('ada: Cleaned cinder');
  });

  test('books and unbooks, and is told so; mistakes get one sentence', async () => {
    bob.say(channel, '#nova book Ballroom A-MonA1');
    await bob.waitFor(/:bob: nova has Ballroom A on Monday 09:00-10:45 \(ballroom-a-MonA1\)$/);
    bob.say(channel, '#cinder unbook ballroom-a-mona1');
    await bob.waitFor(/:bob: ballroom-a-MonA1 is booked by nova; only #nova unbook/);
    bob.say(channel, '#nvoa now typos');
    await bob.waitFor(/:bob: There is no track nvoa\. Did you mean #nova\?$/);
    bob.say('ptgbot', 'help');
    await bob.waitFor(/PRIVMSG bob :I keep .* current/);
    expect(git(repository, 'log', '-1', '--format=%s', 'main')).toBe('nova: book ballroom-a-MonA1');
  });

  test('where only the voiced may speak for tracks, obeys the roles of the channel', async () => {
    const event = git(repository, 'show', 'main:event.yaml');
    const clone = new Clone(repository);
    clone.push('event.yaml', `${event}\nmoderation: voiced\n`);
    await eventually(() => expect(published().commit).toBe(tip()));
    bob.say(channel, '#nova now not allowed');
    await bob.waitFor(/:bob: Track commands need voice or op/);
    ada.say(channel, '#nova now op may');
    await eventually(() => expect(page()).toContain('op may'));
    ada.send(`MODE ${channel} +v bob`);
    await bob.waitFor(/ MODE #ptg \+v bob/);
    bob.say(channel, '#nova now voiced may');
    await eventually(() => expect(page()).toContain('voiced may'));
    clone.pull();
    clone.push('event.yaml', `${event}\n`);
    await eventually(() => expect(published().commit).toBe(tip()));
  });

  test('goes on after the server went away and came back', async () => {
    await server.kill();
    await server.restart();
    ada = await IrcPerson.connect(server.port, 'ada');
    await ada.join(channel);
    await eventually(() => expect(ada.lines.join('\n')).toMatch(/ptgbot.* JOIN |353 .*ptgbot/), 30);
    bob = await IrcPerson.connect(server.port, 'bob');
    await bob.join(channel);
    bob.say(channel, '#swift now after the break');
    await eventually(() => expect(page()).toContain('after the break'));
    expect(git(repository, 'log', '--format=%s', '--grep', 'after the break', 'main')).toBe(
      'swift: now after the break',
    );
  });
});

describe('people with git', () => {
  test('revert what somebody said, and the page follows', async () => {
    bob.say(channel, '#glance now something regrettable');
    await eventually(() => expect(page()).toContain('something regrettable'));
    const clone = new Clone(repository);
    git(clone.folder, 'revert', '--no-edit', 'HEAD');
    git(clone.folder, 'push', '--quiet');
    await eventually(() => expect(page()).not.toContain('something regrettable'));
  });

  test('undo, log, revert and restore from the channel, and the page follows', async () => {
    bob.say(channel, '#glance now a slip of the tongue');
    await eventually(() => expect(page()).toContain('a slip of the tongue'));
    bob.say(channel, '#glance undo');
    await bob.waitFor(/:bob: Took back: glance: now a slip of the tongue \(bob\)$/);
    await eventually(() => expect(page()).not.toContain('a slip of the tongue'));
    const said = git(repository, 'rev-parse', 'main~1');
    expect(git(repository, 'log', '-1', '--format=%an %s%n%b', 'main')).toBe(
      `bob Revert "glance: now a slip of the tongue"\nThis reverts commit ${said}.\n\n- glance discusses nothing now (was a slip of the tongue)\n\nIrc-Command: #glance undo\nIrc-Channel: #ptg`,
    );
    const trackPage = () => readFileSync(join(output, 'tracks/glance/index.html'), 'utf8');
    await eventually(() => expect(trackPage()).not.toContain('a slip of the tongue'));
    bob.say(channel, '#glance next images');
    ada.say(channel, '~log bob 1');
    const listed = await ada.hears('ptgbot', /glance: next images/);
    const id = /\b[0-9a-f]{7}\b/.exec(listed)![0];
    ada.say(channel, `~revert ${id}`);
    expect(await ada.hears('ptgbot', /Took back/)).toBe(
      'ada: Took back: glance: next images (bob)',
    );
    ada.say(channel, `~restore ${id}`);
    const asked = await ada.hears('ptgbot', /If you mean it/);
    ada.say(channel, /~restore \w+ \w+$/.exec(asked)![0]);
    await ada.hears('ptgbot', /Everything is as it was after/);
    await eventually(() => expect(trackPage()).toContain('images'));
    ada.say(channel, '~clean glance');
    expect(await ada.hears('ptgbot', /Cleaned/)).toBe('ada: Cleaned glance');
  });

  test('are told what is wrong with what they push; nothing of it comes in', () => {
    const clone = new Clone(repository);
    expect(() => clone.push('tracks/docs.yaml', 'colour: red\n')).toThrow(
      /remote: tracks\/docs\.yaml:1: unknown key colour, expected color\?/,
    );
    expect(tip()).toBe(git(clone.folder, 'rev-parse', 'origin/main'));
  });

  test('get past that a file that is not valid: the channel and the page say so, all else goes on, until it is mended', async () => {
    const clone = new Clone(repository);
    const good = git(repository, 'show', 'main:tracks/docs.yaml');
    clone.commit('tracks/docs.yaml', 'colour: red\n');
    git(repository, 'fetch', '--quiet', clone.folder, 'main:main');
    await bob.waitFor(
      /PRIVMSG #ptg :tracks\/docs\.yaml:1 \(commit \w{7} by Ada\) cannot be used; its last valid version still counts: unknown key colour, expected color\?/,
    );
    await eventually(() => expect(page()).toContain('unknown key colour'));
    // It is written last.
    await eventually(() =>
      expect(published().problems).toMatchObject([{ path: 'tracks/docs.yaml' }]),
    );
    bob.say(channel, '#docs now anything');
    await eventually(() => expect(page()).toContain('anything'));
    expect(git(repository, 'show', 'main:tracks/docs.yaml')).toContain('colour: red');
    bob.say(channel, '#swift now unhindered');
    await eventually(() => expect(page()).toContain('unhindered'));
    clone.pull();
    clone.push('tracks/docs.yaml', `${good}\n`);
    await bob.waitFor(/PRIVMSG #ptg :tracks\/docs\.yaml is valid again$/);
    await eventually(() => expect(page()).not.toContain('unknown key colour'));
  });
});

describe('in a browser', () => {
  test('an open page shows what is said on IRC by itself', async () => {
    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('pageerror', (error) => complaints.push(String(error)));
    await tab.goto(address);
    bob.say(channel, '#neutron now seen without a reload');
    await tab.getByText('seen without a reload').first().waitFor({ timeout: 20_000 });
    expect(complaints).toEqual([]);
    await tab.close();
  });

  test('without JavaScript it is all there at the next look', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await context.newPage();
    bob.say(channel, '#ironic now plain and simple');
    await eventually(() => expect(page()).toContain('plain and simple'));
    await tab.goto(`${address}ptg.html`);
    expect(await tab.getByText('plain and simple').first().isVisible()).toBe(true);
    expect(await tab.getByRole('table').count()).toBeGreaterThan(0);
    await context.close();
  });

  test('nothing that is said runs, or leaves its place', async () => {
    const hostile = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "';alert(1)//",
      'javascript:alert(1)',
      '</style><style>*{display:none}',
      'https://example.org/"onmouseover="alert(1)',
    ];
    const context = await browser.newContext({ javaScriptEnabled: true });
    const tab = await context.newPage();
    const complaints: string[] = [];
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('dialog', (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    for (const text of hostile) {
      bob.say(channel, `#tc next ${text}`);
      bob.say(channel, `#tc location ${text}`);
      bob.say(channel, `#tc url https://example.org/${encodeURI(text)}`);
    }
    bob.say(channel, '#tc now the end of it');
    for (const text of hostile) bob.say(channel, `#tc next ${text}`);
    bob.say(channel, '#tc next last words');
    await eventually(() => expect(page()).toContain('last words'));
    await tab.goto(address);
    await tab.getByText('last words').first().waitFor();
    const text = await tab.locator('body').innerText();
    for (const one of hostile) expect(text).toContain(one);
    expect(complaints).toEqual([]);
    expect(await tab.locator('img[src=x], body script').count()).toBe(0);
    await context.close();
  });
});

describe('told to stop', () => {
  test('it finishes what was said, leaves with a farewell and exit code 0', async () => {
    bob.say(channel, '#infra now famous last words');
    await eventually(() => expect(page()).toContain('famous last words'));
    expect(await service.stop()).toBe(0);
    await bob.waitFor(/ptgbot.* QUIT :.*See you/);
    expect(published().commit).toBe(tip());
    expect(git(repository, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
  });
});
