/** The bot in the terminal, with real repositories. */
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Bot } from '../../bot/bot.ts';
import type { DataSources } from '../../bot/commands/command.ts';
import { createConsoleChat } from '../../bot/console.ts';
import { PeopleStore } from '../../schedule-data/people/people-store.ts';
import { StorageError } from '../../schedule-data/git/storage-error.ts';
import { repositoryAt } from '../../schedule-data/git/repository.ts';
import { Proposals } from '../../schedule-data/review/proposals.ts';
import { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { sources } from '../support/conversation.ts';
import { pipe, started } from '../support/piped-bot.ts';
import { Clone, git, message, smallRepository, temporaryFolder } from '../support/repository.ts';

/** Says lines one after the other, and gives what is printed until each of them is answered. */
async function talk(
  outside: DataSources,
  lines: readonly string[],
  spoil?: (people: string) => void,
) {
  const people = join(temporaryFolder(), 'people.git');
  await PeopleStore.make(people, message('Begin'));
  spoil?.(people);
  const [input, output] = [new PassThrough(), new PassThrough()];
  let printed = '';
  output.on('data', (text) => (printed += String(text)));
  const repository = repositoryAt(await smallRepository());
  const store = new ScheduleStore(repository);
  const stores = { store, people: await PeopleStore.open(people) };
  const bot = new Bot({
    ...stores,
    proposals: new Proposals(repository, store),
    chats: [createConsoleChat({ input, output, nick: 'gibi' })],
    sources: outside,
    logger: pino({ level: 'silent' }),
  });
  await bot.start();
  for (const [index, line] of lines.entries()) {
    input.write(`${line}\n`);
    await expect.poll(() => printed.split('\n').length).toBeGreaterThan(index + 1);
  }
  await bot.stop();
  await Promise.all([stores.store.close(), stores.people.close()]);
  return printed.split('\n');
}

test('what cannot be fetched is answered, and the bot goes on', async () => {
  const broken: DataSources = {
    ...sources,
    status: () => Promise.reject(new StorageError('the disk is gone')),
    fetchDatabase: () => Promise.reject(new Error('a bug')),
  };
  const printed = await talk(broken, ['~status', '~fetchdb https://example.org/', '+seen ann']);
  expect(printed.slice(0, 3)).toEqual([
    'Sorry, that was not saved: the disk is gone',
    'Sorry, that was not saved: something went wrong on my side; my log has the details',
    'ann has not checked in today.',
  ]);
});

test('a file of somebody that is not valid locks them out of nothing', async () => {
  const printed = await talk(sources, ['+in #nova', '+seen gibi'], (people) => {
    new Clone(people).push('people/nick-gibi.yaml', 'nick: "gibi"\nwhere: here\n');
  });
  expect(printed[0]).toMatch(/^Checked in: with nova/);
  expect(printed[1]).toMatch(/^gibi: with nova/);
});

test('several chats are one bot: each is answered where it spoke, notices find people anywhere', async () => {
  const gitdir = await smallRepository();
  const people = join(temporaryFolder(), 'people.git');
  await PeopleStore.make(people, message('Begin'));
  const [store, peopleStore] = [
    new ScheduleStore(repositoryAt(gitdir)),
    await PeopleStore.open(people),
  ];
  const [irc, other] = [pipe('irc', 'gibi'), pipe('socket', 'ann')];
  const logger = pino({ level: 'silent' });
  const chats = [irc.chat, other.chat];
  const proposals = new Proposals(repositoryAt(gitdir), store);
  const bot = new Bot({ store, people: peopleStore, chats, sources, proposals, logger });
  await bot.start();
  other.says('+subscribe cells');
  await bot.settled();
  irc.says('#nova now cells');
  await bot.settled();
  other.says('#nova frobnicate');
  await bot.settled();
  expect(other.printed).toEqual([
    '#socket You are subscribed to: cells',
    'ann #nova now cells (gibi) · Aspen',
    expect.stringContaining('#socket #nova does not know "frobnicate"'),
  ]);
  expect(irc.printed).toEqual([]);
  other.says('#nova next lunch');
  await bot.settled();
  const trailers = git(gitdir, 'log', '-2', '--format=%ae %(trailers:only,unfold)', 'main');
  expect(trailers.split('\n').filter(Boolean)).toEqual([
    'ann@nicks.socketnet.invalid Socket-Command: #nova next lunch',
    'Socket-Channel: #socket',
    'gibi@nicks.ircnet.invalid Irc-Command: #nova now cells',
    'Irc-Channel: #irc',
  ]);
  new Clone(gitdir).push('tracks/nova.yaml', 'colour: red\n');
  await store.current();
  for (const { printed } of [irc, other])
    expect(printed.join()).toContain('tracks/nova.yaml:1 (commit');
  await bot.stop();
  await Promise.all([store.close(), peopleStore.close()]);
});

test('whatever is said to the bot alone is answered, but not again and again', async () => {
  const { says, whispers, bot, printed, end } = await started();
  for (const text of ['good morning', 'are you a bot?', '**']) whispers(text);
  says('good morning');
  await bot.settled();
  expect(printed).toEqual([
    'gibi I did not understand that; +help shows what I can do, for example: +help now',
  ]);
  whispers('help now');
  await bot.settled();
  expect(printed.at(-1)).toMatch(/^gibi #TRACK now TEXT: says what is being discussed/);
  await end();
});

test('a new day begins by itself, as a commit of the bot', async () => {
  const { gitdir, end } = await started((gitdir) => {
    const clone = new Clone(gitdir);
    const event = git(gitdir, 'show', 'main:event.yaml');
    clone.push('event.yaml', `${event}\nnewday: "00:00"\n`);
    clone.push(
      'tracks/nova.yaml',
      'color: "#27a3dd" # ours\nnow: { topic: cells, since: "2018-09-10T15:00:00Z" }\n',
    );
  });
  expect(git(gitdir, 'log', '-1', '--format=%an %s', 'main')).toBe('ptgbot newday');
  expect(git(gitdir, 'show', 'main:tracks/nova.yaml')).toBe('color: "#27a3dd" # ours');
  await end();
});

test('what others change by git is told in one line, what is only cosmetic is not', async () => {
  const { gitdir, store, printed, end } = await started();
  const clone = new Clone(gitdir);
  clone.push('tracks/cinder.yaml', '# volumes\ncolor: "#7a3b00"\n');
  await store.current();
  clone.push('tracks/cinder.yaml', 'color: "#7a3b00"\nnow: { topic: volumes }\n');
  await store.current();
  await expect.poll(() => printed).toEqual(['#irc Ada by git: cinder now: volumes']);
  const rooms = ['a', 'b', 'c'].map(
    (slug) => [`rooms/${slug}.yaml`, `name: Room ${slug}\n`] as const,
  );
  for (const [path, text] of rooms) clone.push(path, text);
  await store.current();
  await expect
    .poll(() => printed.at(-1))
    .toBe(
      '#irc Ada changed 6 things by git: added the room a · a: name Room a and more: https://ptg.example.org/schedule',
    );
  await end();
});

test('where receipts are wanted, who said something is told when the page shows it', async () => {
  let shown = '';
  const { says, printed, gitdir, bot, end } = await started(undefined, {
    receipts: true,
    published: () => shown,
  });
  says('#nova now cells');
  await bot.settled();
  expect(printed).toEqual([]);
  says('~motd add info Lunch');
  await bot.settled();
  // What is later shows what was before, too.
  shown = git(gitdir, 'rev-parse', 'main');
  await expect
    .poll(() => printed.slice(1).toSorted())
    .toEqual([
      'gibi The page shows it: https://ptg.example.org/schedule/; to take it back: +undo',
      'gibi The page shows it: https://ptg.example.org/schedule/tracks/nova/; to take it back: #nova undo',
    ]);
  await end();
});
