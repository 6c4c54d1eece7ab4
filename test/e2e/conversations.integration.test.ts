/** The conversations of `test/conversations` once more, on a real IRC server and in real repositories. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Bot } from '../../bot/bot.ts';
import { ClashNews } from '../../bot/clash-news.ts';
import type { ReviewRules } from '../../bot/review.ts';
import type { Chat, ChatListener } from '../../bot/chat.ts';
import { createIrcChat } from '../../bot/irc/irc-chat.ts';
import { changeSources } from '../../cli/service/data-sources.ts';
import { ircConfigSchema } from '../../bot/irc/config.ts';
import { filesOf, type FileChange } from '../../schedule-data/store/changes.ts';
import { scheduleLayout } from '../../schedule-data/store/layout.ts';
import { peopleLayout } from '../../schedule-data/people/layout.ts';
import { PeopleStore } from '../../schedule-data/people/people-store.ts';
import { createRepository, repositoryAt } from '../../schedule-data/git/repository.ts';
import { Proposals } from '../../schedule-data/review/proposals.ts';
import { ScheduleStore } from '../../schedule-data/store/schedule-store.ts';
import { folder, page, reviewIn, sources } from '../support/conversation.ts';
import {
  conversationsIn,
  linesOf,
  withOutcomes,
  type Commit,
  type Conversation,
  type Outcome,
  type Speaker,
  type Turn,
} from '../support/conversation-file.ts';
import { gathering } from '../support/lisbon-event.ts';
import { IrcPerson } from '../support/irc-client.ts';
import { startIrcServer, type IrcServer } from '../support/irc-server.ts';
import { git, message, temporaryFolder } from '../support/repository.ts';
import { eventually } from '../support/service.ts';

const channel = '#ptg';
let server: IrcServer;
const endings: (() => unknown)[] = [];

beforeAll(async () => {
  server = await startIrcServer();
});
afterAll(() => server.stop());
afterEach(endAll);

async function endAll(): Promise<void> {
  for (const end of endings.splice(0).reverse()) await end();
}

/** Everything that one file of conversations needs: a bot, its repositories, and who has op. */
async function start(review: ReviewRules | undefined) {
  const home = temporaryFolder();
  const [data, private_] = [join(home, 'data.git'), join(home, 'people.git')];
  await createRepository(repositoryAt(data), filesOf(gathering), message('Begin'));
  await PeopleStore.make(private_, message('Begin'));
  const store = new ScheduleStore(repositoryAt(data));
  const people = await PeopleStore.open(private_);
  const joined = Promise.withResolvers<void>();
  const founder = await IrcPerson.connect(server.port, 'founder');
  await founder.join(channel);
  const chat = createIrcChat(
    ircConfigSchema.parse({
      server: '127.0.0.1',
      port: server.port,
      tls: false,
      channel,
      rate: { intervalSeconds: 0 },
    }),
    pino({ level: 'silent' }),
    { onJoined: () => joined.resolve() },
  );
  const clock = { now: new Date(), heard: 0 };
  const clashes = { known: new ClashNews() };
  const proposals = new Proposals(repositoryAt(data), store);
  const bot = new Bot({
    store,
    people,
    chats: [atTimes(chat, clock)],
    sources: {
      ...sources,
      ...changeSources(data, store),
      proposals: () => proposals.list(),
      proposal: (number) => proposals.find(number),
    },
    review,
    proposals,
    clashes: { news: (all) => clashes.known.news(all) },
    page,
    logger: pino({ level: 'silent' }),
  });
  await bot.start();
  await joined.promise;
  const members = new Map<string, IrcPerson>();
  endings.push(
    () => store.close(),
    () => people.close(),
    () => Promise.all([founder, ...members.values()].map((person) => person.quit())),
    () => bot.stop(),
  );
  return { data, private: private_, store, people, bot, clock, clashes, founder, members };
}

type Scene = Awaited<ReturnType<typeof start>>;

/** A chat in which things are said at the times of a conversation. */
function atTimes(chat: Chat, clock: { now: Date; heard: number }): Chat {
  const start = chat.start.bind(chat);
  return Object.assign(chat, {
    start: (listener: ChatListener) =>
      start({
        line(line) {
          listener.line({ ...line, time: clock.now });
          clock.heard++;
        },
        renamed(from, to) {
          listener.renamed(from, to);
          clock.heard++;
        },
      }),
  });
}

/** Everybody of a conversation is there, each under the nick with which they begin. */
async function gather(scene: Scene, turns: readonly Turn[]): Promise<void> {
  const renamed = new Set(turns.flatMap((turn) => ('to' in turn ? [turn.to] : [])));
  for (const turn of turns) {
    const nick = 'from' in turn ? turn.from : turn.speaker.nick;
    if (renamed.has(nick) || scene.members.has(nick)) continue;
    const person = await IrcPerson.connect(server.port, nick);
    await person.join(channel);
    scene.members.set(nick, person);
  }
}

/** Gives somebody the role that they have in a turn. */
function dress(founder: IrcPerson, { nick, role }: Speaker): void {
  founder.send(`MODE ${channel} ${role === 'op' ? '+o' : '-o'} ${nick}`);
  founder.send(`MODE ${channel} ${role === 'voice' ? '+v' : '-v'} ${nick}`);
}

async function play(scene: Scene, { turns }: Conversation): Promise<Outcome[]> {
  const { store, people, clock, founder, members, bot } = scene;
  scene.clashes.known = new ClashNews();
  await store.update(() => ({
    result: undefined,
    change: { schedule: gathering, message: message('Begin anew') },
  }));
  await people.update(() => ({
    result: undefined,
    change: { people: new Map(), message: message('Begin anew') },
  }));
  await gather(scene, turns);
  const outcomes: Outcome[] = [];
  for (const turn of turns) {
    const everybody = [founder, ...members.values()];
    const read = new Map(everybody.map((person) => [person, person.lines.length]));
    const before = { schedule: await store.current(), people: await people.current() };
    const heard = clock.heard;
    clock.now = turn.time;
    if ('from' in turn) {
      const person = members.get(turn.from)!;
      person.send(`NICK ${turn.to}`);
      members.delete(turn.from);
      members.set(turn.to, person);
    } else {
      dress(founder, turn.speaker);
      await founder.settle();
      members.get(turn.speaker.nick)!.say(turn.isPrivate ? 'ptgbot' : channel, turn.text.trimEnd());
    }
    await eventually(() => expect(clock.heard).toBe(heard + 1));
    await bot.settled();
    await Promise.all(everybody.map((person) => person.settle()));
    const news = (person: IrcPerson, form: RegExp) =>
      person.lines.slice(read.get(person)).flatMap((line) => form.exec(line)?.[1] ?? []);
    const after = { schedule: await store.current(), people: await people.current() };
    outcomes.push({
      commits: [
        ...commitsIn(
          'commit',
          scene.data,
          after.schedule.commit !== before.schedule.commit,
          scheduleLayout.changesBetween(before.schedule, after.schedule),
        ),
        ...commitsIn(
          'people',
          scene.private,
          after.people.commit !== before.people.commit,
          peopleLayout.changesBetween(before.people, after.people),
        ),
      ],
      said: [
        ...together(news(founder, /^:ptgbot!\S+ PRIVMSG #ptg :(.*)/)).map(
          (text) => `<ptgbot> ${text}`,
        ),
        ...[...members].flatMap(([nick, person]) =>
          together(news(person, new RegExp(`^:ptgbot!\\S+ PRIVMSG ${nick} :(.*)`, 'i'))).map(
            (text) => `*${nick}* ${text}`,
          ),
        ),
      ],
    });
  }
  return outcomes;
}

/** An answer that came in several lines, as one. */
function together(lines: readonly string[]): string[] {
  if (lines.length < 2) return [...lines];
  const head = /^\S+: /.exec(lines[0]!)?.[0] ?? '';
  return [[lines[0], ...lines.slice(1).map((line) => line.replace(head, ''))].join(' ')];
}

/** What came of a turn in a repository. */
function commitsIn(
  repository: Commit['repository'],
  gitdir: string,
  isNew: boolean,
  changes: readonly FileChange[],
): Commit[] {
  if (!isNew) return [];
  return [
    { repository, subject: git(gitdir, 'show', '-s', '--format=%s'), files: linesOf(changes) },
  ];
}

/** What a real network cannot show: accounts need services, which ircd-hybrid has not. */
const isPossible = ({ turns }: Conversation) =>
  turns.every((turn) => !('speaker' in turn) || turn.speaker.account === undefined);

/** The order of files in a commit is of no importance, nor that of people who are told. */
function comparable(text: string): string[] {
  const blocks: string[] = [];
  for (const line of text.split('\n'))
    if (/^ {6}[^-+]/.test(line) || !line.startsWith('      ')) blocks.push(line);
    else blocks[blocks.length - 1] += `\n${line}`;
  let turn = 0;
  return blocks
    .map((block) => `${String(/^ {2}\S|^\S/.test(block) ? ++turn : turn).padStart(4)} ${block}`)
    .sort();
}

describe('on IRC, it comes to the same', () => {
  // Ids of commits are those of a real repository: spine.integration.test.ts.
  const files = readdirSync(folder).filter(
    (name) => name.endsWith('.txt') && !/^operator-(?:log|revert|restore)/.test(name),
  );
  test.each(files)('%s', async (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const conversations = conversationsIn(text);
    let scene = await start(reviewIn(name));
    const expected: string[] = [];
    const actual: string[] = [];
    for (const [index, conversation] of conversations.filter(isPossible).entries()) {
      // What can be taken back depends on all that was said before.
      if (index > 0 && (name.endsWith('-undo.txt') || reviewIn(name))) {
        await endAll();
        scene = await start(reviewIn(name));
      }
      const own = sectionOf(text, conversation);
      expected.push(...comparable(own));
      actual.push(...comparable(withOutcomes(own, [await play(scene, conversation)])));
    }
    expect(actual).toEqual(expected);
  });
});

/** The lines of a file that belong to a conversation. */
function sectionOf(text: string, { title }: Conversation): string {
  const start = text.indexOf(`${title}\n`);
  const end = text.indexOf('\n\n', start);
  return text.slice(start, end < 0 ? undefined : end);
}
