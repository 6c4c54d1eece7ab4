import { join } from 'node:path';
import type { ChatLine } from '../../bot/chat.ts';
import type { DataSources, ScheduleChange } from '../../bot/commands/command.ts';
import { ClashNews, sentencesOf } from '../../bot/clash-news.ts';
import { decide, type Situation } from '../../bot/decide.ts';
import { parseLine } from '../../bot/parse.ts';
import { toPlain } from '../../schedule-data/format/data-files.ts';
import type { People } from '../../schedule-data/people/person.ts';
import type { ReviewRules } from '../../bot/review.ts';
import type { ProposedChange } from '../../schedule-data/review/proposals.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';

/** Conversations on disk, one file a command. */
export const folder = join(import.meta.dirname, '../conversations');

/** Where the conversations take place, as far as decisions depend on it. */
export const chat = {
  kind: 'irc',
  network: 'oftc',
  fold: (name: string) => name.toLowerCase(),
};

/** What can be fetched, by file name. */
const databases: Readonly<Record<string, { json: object }>> = {
  'ptg.json': {
    json: {
      now: { nova: 'cells' },
      motd: [{ level: 'info', message: 'From the old bot' }],
      last_check_in: {
        ann: { nick: 'Ann', location: '#nova', in: '2018-09-10 08:55:00', out: null },
      },
      surprise: true,
    },
  },
  'same.json': { json: { links: { 'Venue map': 'https://example.org/map' } } },
};

/** What commands fetch in the conversations. */
export const sources = {
  status: () =>
    Promise.resolve({
      connectedSince: new Date('2018-09-09T22:15:00Z'),
      commit: '1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b',
      published: {
        commit: '1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b',
        time: '2018-09-10T08:59:30Z',
      },
      problems: [{ path: 'rooms/birch.yaml', line: 3, message: 'expected a time of day' }],
      remarks: [],
    }),
  fetchDatabase: (url: string) =>
    Promise.resolve(databases[url.replace(/^.*\//, '')] ?? { why: `${url} is not there` }),
  published: () => Promise.resolve(undefined),
  authorsBetween: () => Promise.resolve([]),
  proposals: () => Promise.resolve([]),
  proposal: () => Promise.resolve(undefined),
  recentChanges: () => Promise.resolve([]),
  lastChange: () => Promise.resolve(undefined),
  change: () => Promise.resolve(undefined),
} satisfies DataSources;

/** The same, with what was changed in a conversation until now, the newest first. */
export function withChanges(
  changes: readonly ScheduleChange[],
  proposals: readonly ProposedChange[] = [],
): DataSources {
  const isOf = ({ subject }: ScheduleChange, track: string) =>
    subject.replace(/^(?:Revert ")+/, '').startsWith(`${track}: `);
  const recentChanges: DataSources['recentChanges'] = ({ track, author, most }) =>
    Promise.resolve(
      changes
        .filter((one) => track === undefined || isOf(one, track))
        .filter(
          ({ author: { name, email } }) =>
            author === undefined || author === email || author === name,
        )
        .slice(0, most),
    );
  return {
    ...sources,
    proposals: () => Promise.resolve(proposals),
    proposal: (number) => Promise.resolve(proposals.find((one) => one.number === number)),
    recentChanges,
    lastChange: async (filter) => {
      const [last] = await recentChanges({ ...filter, most: 1 });
      return changes.find(({ commit }) => commit === last?.commit);
    },
    change: (id) => Promise.resolve(changes.find(({ commit }) => commit.startsWith(id))),
  };
}

/** In conversations about proposals, `~del` is one; in others everything counts at once. */
export function reviewIn(file: string): ReviewRules | undefined {
  const isAboutProposals = /^operator-(?:ok|no|proposals)\.txt$/.test(file);
  return isAboutProposals ? { commands: new Set(['del']), unidentified: false } : undefined;
}

/** Where the page is, as far as the bot knows. */
export const page = 'https://ptg.example.org/';

/** What comes of a line: the reply, the subject of the commit, the files with their new content. */
export function said(
  before: Schedule,
  line: Pick<ChatLine, 'text' | 'time'> & Partial<ChatLine>,
  more: Partial<Pick<Situation, 'people' | 'fetched'>> = {},
) {
  const people: People = more.people ?? new Map();
  const said: ChatLine = { nick: 'gibi', role: 'none', channel: '#ptg', ...line };
  const plan = decide(said, parseLine(said.text, { isPrivate: said.channel === undefined }), {
    schedule: before,
    people,
    chat,
    page,
    ...more,
  });
  const { schedule: change, notices } = plan;
  const reply = sentencesOf([plan.reply, ...new ClashNews().news(plan.clashes)]);
  const changes = change?.changes ?? [];
  return {
    reply,
    subject: changes.length ? change?.message.subject : undefined,
    files: Object.fromEntries(changes.map(({ path, after }) => [path, after && toPlain(after)])),
    after: change?.schedule ?? before,
    peopleSubject: plan.people?.message.subject,
    people: plan.people?.people ?? people,
    notices,
  };
}
