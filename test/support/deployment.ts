/** What whoever deploys ptgbot gets, seen from outside; and the machine as it was before. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { securityHeaders } from '../../site/view/security.ts';
import { IrcPerson } from './irc-client.ts';
import { startIrcServer, type IrcServer } from './irc-server.ts';
import { eventually } from './service.ts';

export const channel = '#ptg';

/** Somebody says a topic in the channel, and it stands on the page. */
export async function topicReachesPage(person: IrcPerson, page: string, topic: string) {
  person.say(channel, `#nova now ${topic}`);
  await eventually(async () => expect(await (await fetch(page)).text()).toContain(topic));
}

/** Open pages are told at once that there is something new. */
export async function streamTellsOf(person: IrcPerson, page: string, topic: string) {
  const stopped = new AbortController();
  const response = await fetch(new URL('revision.json', page), {
    headers: { Accept: 'text/event-stream', 'Accept-Encoding': 'gzip' },
    signal: stopped.signal,
  });
  expect(response.headers.get('Content-Type')).toMatch(/^text\/event-stream/);
  const events = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await events.read()).value).toContain('"commit"');
  person.say(channel, `#nova now ${topic}`);
  // The first news may still be of what was said before.
  do {
    expect(await events.read()).toMatchObject({ done: false });
  } while (!(await (await fetch(page)).text()).includes(topic));
  stopped.abort();
}

/** Pages, data and the names of nobody's business are answered as they should be. */
export async function webServerIsStrict(page: string) {
  const { headers } = await fetch(page);
  for (const [name, value] of Object.entries(securityHeaders()))
    expect(headers.get(name)).toBe(value);
  expect(headers.get('Cache-Control')).toBe('no-cache');
  const statusOf = async (path: string) => (await fetch(new URL(path, page))).status;
  expect(await statusOf('etherpads')).toBe(200);
  expect(await statusOf('nowhere')).toBe(404);
  expect(await statusOf('.ptgbot-published.json')).toBe(404);
}

/** Can this user read the file? */
export const canRead = (user: string, file: string) =>
  spawnSync('setpriv', [
    ...[`--reuid=${user}`, `--regid=${user === 'nobody' ? 'nogroup' : user}`, '--clear-groups'],
    ...['--', 'cat', file],
  ]).status === 0;

/** What is on this machine while it is there was made by tests. */
const mark = '/run/ptgbot-tests';

/** The machine, with an IRC server, and somebody in the channel. */
export interface TakenMachine {
  readonly server: IrcServer;
  readonly person: IrcPerson;
  /** Leaves it as it was. */
  giveBack(): Promise<void>;
}

/**
 * Has the machine for a test, without what an earlier one left.
 * @throws when something is there that no test made: its data is somebody's
 */
export async function takeMachine(): Promise<TakenMachine> {
  if (existsSync('/var/lib/ptgbot') && !existsSync(mark))
    throw new Error('ptgbot is installed here, and this test would remove it: run it elsewhere');
  clearMachine();
  writeFileSync(mark, '');
  const server = await startIrcServer();
  const person = await IrcPerson.connect(server.port, 'ada');
  await person.join(channel);
  return {
    server,
    person,
    async giveBack() {
      clearMachine();
      await person.quit();
      await server.stop();
    },
  };
}

/** Ends and removes all that a deployment brings, also half of one. */
function clearMachine() {
  const quietly = (command: string, ...args: string[]) =>
    spawnSync(command, args, { stdio: 'ignore' });
  for (const unit of ['ptgbot', 'ptgbot-bot', 'ptgbot-site'])
    quietly('start-stop-daemon', '--stop', '--pidfile', `/run/${unit}.pid`, '--retry', 'KILL/5');
  if (existsSync('/etc/apache2')) {
    quietly('a2dissite', '--purge', 'ptgbot');
    quietly('apache2ctl', 'stop');
  }
  const paths = [
    ...['/opt/ptgbot', '/etc/ptgbot', '/var/lib/ptgbot', '/var/cache/ptgbot', '/var/www/ptgbot'],
    ...['/usr/local/bin/ptgbot', '/etc/apache2/sites-available/ptgbot.conf'],
    ...['ptgbot', 'ptgbot-bot', 'ptgbot-site'].flatMap((unit) => [
      `/run/${unit}.pid`,
      `/var/log/${unit}.log`,
      `/etc/logrotate.d/${unit}`,
      `/etc/systemd/system/${unit}.service`,
      `/etc/systemd/system/${unit}.service.d`,
    ]),
  ];
  for (const path of paths) rmSync(path, { recursive: true, force: true });
  quietly('userdel', 'ptgbot');
  rmSync(mark, { force: true });
}
