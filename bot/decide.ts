/** What the bot does about a line: the whole of it, without input, output and clock. */
import { changesBetween } from '../schedule-data/changes.ts';
import { chatAuthor, type CommitMessage } from '../schedule-data/commit.ts';
import type { Change } from '../schedule-data/data-store.ts';
import { trackCalled } from '../schedule-data/edits.ts';
import { newFile } from '../schedule-data/files.ts';
import type { ScheduleContent } from '../schedule-data/layout.ts';
import type { PeopleContent } from '../schedule-data/people/people-store.ts';
import type { Identity } from '../schedule-data/people/person.ts';
import type { Schedule } from '../schedule-data/schedule.ts';
import type { ChatLine } from './chat.ts';
import type { Answer, Context, Gathered, World } from './commands/command.ts';
import { unknownTrack } from './commands/unknown-track.ts';
import { formatInvocation, parseLine, type Invocation } from './parse.ts';
import { subscribersOf } from './subscriptions.ts';
import { wording } from './wording.ts';

/** Everything that is known when a line is decided on. */
export interface Surroundings extends ScheduleContent, PeopleContent {
  /** Name of the chat network, for the address of the author. */
  readonly network: string;
  /** Address of the page, for help. */
  readonly page: string | undefined;
  /** Nicks that fold alike are the same person to the network. */
  readonly fold: (nick: string) => string;
  readonly gathered?: Gathered;
}

/** What comes of a line. */
export interface Decision {
  readonly reply?: string;
  readonly schedule?: Change<ScheduleContent>;
  readonly people?: Change<PeopleContent>;
  /** What others wanted to be told of. */
  readonly notices: readonly Notice[];
}

export interface Notice {
  readonly person: Identity;
  readonly text: string;
}

/** Gathers what the command of a line needs from outside; undefined where it needs nothing. */
export function gatherFor(line: ChatLine, world: World): Promise<Gathered> | undefined {
  const parsed = parseLine(line.text, () => true, line.channel === undefined);
  if (parsed.kind !== 'invocation' || line.role !== 'op') return undefined;
  const { command, text } = parsed.invocation;
  return command.kind === 'operator' ? command.gather?.(text, world) : undefined;
}

export function decide(line: ChatLine, surroundings: Surroundings): Decision {
  const { schedule, people } = surroundings;
  const isTrack = (name: string) => trackCalled(schedule, name) !== undefined;
  const parsed = parseLine(line.text, isTrack, line.channel === undefined);
  if (parsed.kind === 'talk') return { notices: [] };
  if (parsed.kind === 'mistake') return { reply: parsed.reply, notices: [] };
  const { invocation } = parsed;
  const answer = run(invocation, line, surroundings);
  const { reply } = answer;
  if (!answer.schedule && !answer.people) return { reply, notices: [] };
  const complaint = answer.schedule && whyInvalid(schedule, answer.schedule);
  if (complaint !== undefined) return { reply: complaint, notices: [] };
  const message = messageFor(invocation, line, surroundings);
  return {
    reply,
    ...(answer.schedule && { schedule: { schedule: answer.schedule, message } }),
    ...(answer.people && {
      people: { people: answer.people, message, forgetsPast: answer.forgetsPast },
    }),
    notices: isNews(invocation)
      ? noticesOf(people, formatInvocation(invocation), line, surroundings.fold)
      : [],
  };
}

function run(invocation: Invocation, line: ChatLine, surroundings: Surroundings): Answer {
  const { schedule, page, people, gathered, fold } = surroundings;
  const { nick, account } = line;
  const context: Context = { nick, account, now: line.time, page, people, gathered, fold };
  if (!('slug' in invocation)) {
    if (invocation.command.kind === 'operator' && line.role !== 'op')
      return { reply: wording.notForYou };
    return invocation.command.run(schedule, invocation.text, context);
  }
  const { command, slug: name, text } = invocation;
  if (line.channel === undefined) return { reply: wording.onlyInChannel };
  const slug = trackCalled(schedule, name);
  const track = slug === undefined ? undefined : schedule.tracks.get(slug);
  if (slug === undefined || !track) return unknownTrack(schedule, name);
  if (schedule.event.moderation === 'voiced' && line.role === 'none')
    return { reply: wording.needsVoice };
  return command.run(schedule, { slug, track, text }, context);
}

/** What of a new schedule could not be kept in a file; undefined when all of it can. */
function whyInvalid(before: Schedule, after: Schedule): string | undefined {
  for (const { kind, slug, after: value } of changesBetween(before, after)) {
    const read = value && newFile(kind, value).read;
    if (read && !read.ok) return wording.notValid(slug && `${slug}: `, read.message);
  }
  return undefined;
}

/** What was said in private is nobody's business. */
function messageFor(
  invocation: Invocation,
  line: ChatLine,
  { network }: Pick<Surroundings, 'network'>,
): CommitMessage {
  const { command } = invocation;
  const record = 'record' in command ? command.record : undefined;
  const recorded = record ? { ...invocation, text: record(invocation.text) } : invocation;
  const isPublic = line.channel !== undefined;
  return {
    subject: isPublic ? subjectOf(recorded) : command.name,
    author: chatAuthor({ ...line, network }),
    time: line.time,
    trailers: [
      ['Irc-Command', isPublic ? (record ? formatInvocation(recorded) : line.text) : undefined],
      ['Irc-Channel', line.channel],
      ['Irc-Account', line.account],
    ],
  };
}

/** `nova: now multi-attach with #cinder` */
function subjectOf(invocation: Invocation): string {
  const said = `${invocation.command.name} ${invocation.text}`.trim();
  return 'slug' in invocation ? `${invocation.slug}: ${said}` : said;
}

function isNews({ command }: Invocation): boolean {
  return command.kind === 'track' && ['now', 'next'].includes(command.name);
}

/** Those who wanted to hear of it, but for whoever said it. */
function noticesOf(
  people: Surroundings['people'],
  said: string,
  { nick, account }: ChatLine,
  fold: Surroundings['fold'],
): Notice[] {
  return subscribersOf(people, said)
    .filter((person) =>
      person.account === undefined
        ? fold(person.nick) !== fold(nick)
        : account === undefined || fold(person.account) !== fold(account),
    )
    .map((person) => ({ person, text: wording.notice(nick, said) }));
}
