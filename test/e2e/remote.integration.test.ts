/** With a remote and review, for real: an IRC server, the service as processes, git on both sides. */
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IrcPerson } from '../support/irc-client.ts';
import { ircSection, startIrcServer, type IrcServer } from '../support/irc-server.ts';
import { Clone, git, smallRepository, temporaryFolder } from '../support/repository.ts';
import { eventually, Service } from '../support/service.ts';

const channel = '#ptg';
const secret = 'sesame, sesame, sesame';
let server: IrcServer;
let bot: Service;
let site: Service;
let ada: IrcPerson;
let bob: IrcPerson;
let remote: string;
let repository: string;
let output: string;
let address: string;

const page = () => readFileSync(join(output, 'index.html'), 'utf8');
const tip = (gitdir: string) => git(gitdir, 'rev-parse', 'main');
const said = (text: RegExp) =>
  ada.waitFor(new RegExp(`:ptgbot!\\S+ PRIVMSG ${channel} :.*${text.source}`));
/** A forge tells of a push. */
const tell = async () => {
  const headers = { 'X-Gitlab-Token': secret };
  expect((await fetch(`${address}webhook`, { method: 'POST', headers })).status).toBe(202);
};

beforeAll(async () => {
  const folder = temporaryFolder();
  remote = await smallRepository();
  // As on a forge.
  git(remote, 'config', 'receive.denyDeletes', 'false');
  repository = join(folder, 'data.git');
  output = join(folder, 'www');
  server = await startIrcServer();
  ada = await IrcPerson.connect(server.port, 'ada');
  await ada.join(channel);
  const config = {
    irc: ircSection(server, channel),
    // Nothing comes by itself: what comes was told of.
    data: { repository, remote, remoteInterval: 3600 },
    site: { output, listen: '127.0.0.1:0', webhookSecret: secret },
    review: { commands: ['del'] },
  };
  bot = new Service(folder, config, 'bot');
  await ada.waitFor(/ptgbot.* JOIN /);
  // In a process of its own: there the webhook arrives.
  site = new Service(folder, config, 'site');
  address = /http:\/\/[^"\s]+/.exec(await site.waitFor(site.log, /the page is at/))![0];
  bob = await IrcPerson.connect(server.port, 'bob');
  await bob.join(channel);
  ada.send(`MODE ${channel} +o bob`);
});

afterAll(async () => {
  await site?.kill();
  await bot?.kill();
  await server?.stop();
});

describe('a gathering with a remote', () => {
  test('begins with what the remote has', () => {
    expect(tip(repository)).toBe(tip(remote));
  });

  test('is there as well, soon after it was said', async () => {
    bob.say(channel, '#nova now cells');
    await eventually(() => expect(git(remote, 'log', '-1', '--format=%s')).toBe('nova: now cells'));
  });

  test('shows what others pushed there as soon as the forge tells, and the channel hears of it', async () => {
    new Clone(remote).push('tracks/cinder.yaml', 'color: "#7a3b00"\nnow:\n  topic: by git\n');
    await tell();
    await eventually(() => expect(page()).toContain('by git'));
    await said(/Ada by git: cinder now: by git/);
  });

  test('goes on while the remote is away; what both said of one thing is theirs, and ours is told', async () => {
    renameSync(remote, `${remote}.away`);
    bob.say(channel, '#nova now said here');
    await eventually(() => expect(page()).toContain('said here'));
    await bot.waitFor(bot.log, /the remote: .*everything else carries on/);
    ada.say(channel, '~status');
    await said(/ · the remote: \S+ does not appear to be a git repository/);
    new Clone(`${remote}.away`).push('tracks/nova.yaml', 'now:\n  topic: said there\n');
    renameSync(`${remote}.away`, remote);
    await tell();
    await said(/bob: now of nova was changed by Ada at the remote meanwhile/);
    await eventually(() => expect(page()).toContain('said there'));
    await eventually(() => expect(tip(remote)).toBe(tip(repository)));
    await bot.waitFor(bot.log, /the remote is up to date again/);
    expect(git(remote, 'log', '--format=%s')).toContain('nova: now said here');
  });

  test('has what waits for an operator as a branch there, which somebody may merge', async () => {
    ada.say(channel, '~del cinder');
    await said(/ada: That waits as proposal 1 until an operator says ~ok 1/);
    await eventually(() => git(remote, 'rev-parse', '--verify', 'proposals/1'));
    const { folder } = new Clone(remote);
    git(folder, 'merge', '--quiet', '--no-edit', 'origin/proposals/1');
    git(folder, 'push', '--quiet');
    await tell();
    await said(/Proposal 1 by ada was merged: del cinder/);
    await eventually(() => expect(page()).not.toContain('by git'));
    await eventually(() => expect(git(remote, 'branch', '--list')).toBe('* main'));
  });

  test('is approved in the channel by another operator', async () => {
    ada.say(channel, '~del nova');
    await said(/ada: That waits as proposal 2/);
    ada.say(channel, '~ok 2');
    await said(/ada: You proposed that yourself/);
    bob.say(channel, '~ok 2');
    await said(/bob: Proposal 2 by ada is approved: del nova/);
    await eventually(() =>
      expect(git(remote, 'log', '-1', '--format=%an %(trailers:key=Approved-by,valueonly)')).toBe(
        'ada bob',
      ),
    );
    expect(git(remote, 'fsck', '--strict', '--full')).toBe('');
  });
});

test('SIGUSR1 without a remote, or before it is open, starts no debugger and ends nothing', async () => {
  const folder = temporaryFolder();
  const data = { repository: await smallRepository() };
  const service = new Service(folder, { data, site: { listen: false } }, 'start');
  await service.waitFor(service.log, /the site is published/);
  service.process.kill('SIGUSR1');
  service.type('#nova now cells');
  await eventually(() =>
    expect(git(data.repository, 'log', '-1', '--format=%s', 'main')).toBe('nova: now cells'),
  );
  expect(await service.stop()).toBe(0);
  expect(service.log.join('\n')).not.toMatch(/debugger/i);
});
