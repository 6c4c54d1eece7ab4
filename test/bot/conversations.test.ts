/** Each command as the conversations in `test/conversations` have it, one file a command. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ClashNews, sentencesOf } from '../../bot/clash-news.ts';
import type { ScheduleChange } from '../../bot/commands/command.ts';
import { decide, fetchFor } from '../../bot/decide.ts';
import type { ReviewRules } from '../../bot/review.ts';
import { wording } from '../../bot/wording.ts';
import type { ProposedChange } from '../../schedule-data/review/proposals.ts';
import { parseLine } from '../../bot/parse.ts';
import { operatorCommands, personCommands, trackCommands } from '../../bot/commands/table.ts';
import { peopleLayout } from '../../schedule-data/people/layout.ts';
import { withNick, type People } from '../../schedule-data/people/person.ts';
import { chat, folder, page, reviewIn, withChanges } from '../support/conversation.ts';
import {
  conversationsIn,
  linesOf,
  withOutcomes,
  type Conversation,
  type Outcome,
  type Turn,
} from '../support/conversation-file.ts';
import { gathering } from '../support/lisbon-event.ts';

const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const fold = (name: string) => name.toLowerCase();
/** What comes of each turn, without anything real. */
async function play({ turns }: Conversation, review: ReviewRules | undefined): Promise<Outcome[]> {
  let schedule = gathering;
  let people: People = new Map();
  const history: ScheduleChange[] = [];
  const proposals = new Map<number, ProposedChange>();
  let proposed = 0;
  const clashNews = new ClashNews();
  const outcomes: Outcome[] = [];
  for (const turn of turns) outcomes.push(await playTurn(turn));
  return outcomes;

  async function playTurn(turn: Turn): Promise<Outcome> {
    if ('from' in turn) {
      const renamed = withNick(people, turn.from, turn.to, fold);
      const changes = peopleLayout.changesBetween({ people }, { people: renamed });
      people = renamed;
      const subject = `${turn.from} is ${turn.to} now`;
      const commits = [{ repository: 'people' as const, subject, files: linesOf(changes) }];
      return { said: [], commits: changes.length ? commits : [] };
    }
    const { speaker, text, time, isPrivate } = turn;
    const line = { ...speaker, text, time, ...(!isPrivate && { channel: '#ptg' }) };
    const parsed = parseLine(text, { isPrivate, nick: 'ptgbot' });
    const fetched = await fetchFor(
      parsed,
      line,
      chat,
      withChanges(history, [...proposals.values()]),
    );
    const plan = decide(line, parsed, { schedule, people, chat, page, fetched, review });
    if (plan.closes) proposals.delete(plan.closes.proposal.number);
    if (plan.isProposal && plan.schedule) {
      const { message, schedule: after } = plan.schedule;
      const number = ++proposed;
      const change = { subject: message.subject, author: message.author, before: schedule, after };
      const known = { number, commit: '', time: time.toISOString(), reverts: [] };
      proposals.set(number, { ...known, ...change });
      const said = [`<ptgbot> ${speaker.nick}: ${wording.waitsForReview(number)}`];
      return { said, commits: [] };
    }
    const made = { schedule: plan.schedule, people: plan.people };
    if (made.schedule?.changes.length) {
      const { message, schedule: after } = made.schedule;
      history.unshift({
        commit: String(history.length + 1).padStart(7, '0'),
        parent: undefined,
        subject: message.subject,
        author: message.author,
        time: time.toISOString(),
        before: schedule,
        after,
      });
    }
    const changed = [
      ...(made.schedule
        ? [
            {
              repository: 'commit' as const,
              forgetsPast: false,
              subject: made.schedule.message.subject,
              files: linesOf(made.schedule.changes),
            },
          ]
        : []),
      ...(made.people
        ? [
            {
              repository: 'people' as const,
              forgetsPast: made.people.forgetsPast,
              subject: made.people.message.subject,
              files: linesOf(made.people.changes),
            },
          ]
        : []),
    ];
    schedule = made.schedule?.schedule ?? schedule;
    people = made.people?.people ?? people;
    const reply = sentencesOf([plan.reply, ...clashNews.news(plan.clashes)]);
    const answer = isPrivate ? `*${speaker.nick}* ${reply}` : `<ptgbot> ${speaker.nick}: ${reply}`;
    return {
      commits: changed.filter(({ files: lines, forgetsPast }) => lines.size > 0 || forgetsPast),
      said: [
        ...(reply === undefined ? [] : [answer]),
        ...plan.notices.map(({ person, text: news }) => `*${person.nick}* ${news}`),
      ],
    };
  }
}

describe('what comes of what people say', () => {
  test.each(files)('%s', async (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const outcomes = await Promise.all(
      conversationsIn(text).map((one) => play(one, reviewIn(name))),
    );
    await expect(withOutcomes(text, outcomes)).toMatchFileSnapshot(join(folder, name));
  });
});

/** Which kinds of conversation a command cannot have, and why. */
const impossible: Readonly<Record<string, readonly string[]>> = {
  // They name nothing.
  '+out': ['unknown name'],
  '+unsubscribe': ['unknown name', 'not allowed'],
  '~list': ['unknown name', 'no change'],
  '~proposals': ['unknown name'],
};

describe('every command', () => {
  const signed = [
    ...trackCommands.map(({ name }) => `#TRACK ${name}`),
    ...personCommands.map(({ name }) => `+${name}`),
    ...operatorCommands.map(({ name }) => `~${name}`),
  ];
  const nameOf = (command: string) =>
    `${command.replace('#TRACK ', 'track-').replace('+', 'person-').replace('~', 'operator-')}.txt`;

  test.each(signed)('%s: success, wrong use, not allowed, unknown name, no change', (command) => {
    const text = readFileSync(join(folder, nameOf(command)), 'utf8');
    const kinds = new Set(conversationsIn(text).map(({ title }) => title.split(':')[0]));
    for (const kind of ['success', 'wrong use', 'not allowed', 'unknown name', 'no change'])
      if (!impossible[command]?.includes(kind)) expect(kinds).toContain(kind);
  });

  test('has a file, and every file a command', () => {
    expect(files.toSorted()).toEqual(signed.map(nameOf).toSorted());
  });
});

/**
 * Every command that an answer proposes works when it is typed as proposed, right after. Words in
 * capitals stand for something else, and examples of how to say it are of any event.
 */
describe('every command that an answer proposes', () => {
  const proposals = (reply: string) => {
    const answer = reply.replace(/^(?:<\S+> \S+: |\*\S+\* )/, '');
    const own = answer.replace(/(Say it like this|For example|for example): .*$/s, '');
    const commands =
      own.match(
        /(?<=: |see |mean |only |; (?=~))[#+~][^\s?:,;]+(?: [^;?·]*?)??(?=$|[;?·]|, or | frees| lifts|: )/gu,
      ) ?? [];
    return commands
      .map((one) => one.replace(/\?$/, '').trim())
      .filter((one) => !/\b(?:[A-Z]{2,}|COMMAND)\b/.test(one));
  };
  const isMistake = /^(?:Say it|There is no |That cannot|".*" (?:is not|cannot)|Expected)/;

  test('succeeds when it is typed', async () => {
    const typed: string[] = [];
    for (const file of files)
      for (const conversation of conversationsIn(readFileSync(join(folder, file), 'utf8'))) {
        const outcomes = await play(conversation, reviewIn(file));
        for (const [index, { said }] of outcomes.entries()) {
          const turn = conversation.turns[index]!;
          for (const line of said.flatMap(proposals)) {
            const proposed: Turn = {
              time: turn.time,
              speaker: { nick: 'ttx', role: 'op' },
              text: line,
              isPrivate: false,
            };
            const turns = [...conversation.turns.slice(0, index + 1), proposed];
            const played = await play({ ...conversation, turns }, reviewIn(file));
            const outcome = played.at(-1)!;
            const answers = outcome.said.map((one) => one.replace(/^<ptgbot> ttx: /, ''));
            expect([file, line, answers.filter((one) => isMistake.test(one))]).toEqual([
              file,
              line,
              [],
            ]);
            expect([line, answers.length + outcome.commits.length > 0]).toEqual([line, true]);
            typed.push(line);
          }
        }
      }
    expect(new Set(typed).size).toBeGreaterThan(20);
  });
});
