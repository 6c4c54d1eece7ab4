/** The bot in the terminal, with real repositories. */
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Bot } from '../../bot/bot.ts';
import type { World } from '../../bot/commands/command.ts';
import { consoleChannel, createConsoleChat } from '../../bot/console.ts';
import { PeopleStore } from '../../schedule-data/people/people-store.ts';
import { StorageError } from '../../schedule-data/git/storage-error.ts';
import { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { world } from '../support/conversation.ts';
import { Clone, message, smallRepository, temporaryFolder } from '../support/repository.ts';

/** Says lines one after the other, and gives what is printed until each of them is answered. */
async function talk(outside: World, lines: readonly string[], spoil?: (people: string) => void) {
  const people = join(temporaryFolder(), 'people.git');
  await PeopleStore.make(people, message('Begin'));
  spoil?.(people);
  const [input, output] = [new PassThrough(), new PassThrough()];
  let printed = '';
  output.on('data', (text) => (printed += String(text)));
  const stores = {
    store: new ScheduleStore(await smallRepository()),
    people: await PeopleStore.open(people),
  };
  const bot = new Bot({
    ...stores,
    chat: createConsoleChat({ input, output, nick: 'gibi' }),
    world: outside,
    channels: [consoleChannel],
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

test('what cannot be gathered from outside is answered, and the bot goes on', async () => {
  const broken: World = {
    ...world,
    status: () => Promise.reject(new StorageError('the disk is gone')),
    fetch: () => Promise.reject(new Error('a bug')),
  };
  const printed = await talk(broken, ['~status', '~fetchdb https://example.org/', '+seen ann']);
  expect(printed.slice(0, 3)).toEqual([
    'Sorry, that was not saved: the disk is gone',
    'Sorry, that was not saved: something is wrong with me. It is in my log',
    'ann has not checked in today.',
  ]);
});

test('a check-in that cannot be kept is not confirmed', async () => {
  const [answer] = await talk(world, ['+in #nova'], (people) => {
    new Clone(people).push('people/nick-gibi.yaml', 'nick: "gibi"\nwhere: here\n');
  });
  expect(answer).toContain('That cannot be changed until people/nick-gibi.yaml');
});
