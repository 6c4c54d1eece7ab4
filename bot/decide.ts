/** What the bot does about a line: the whole of it, without input, output and clock. */
import { changesBetween, type FileChange } from '../schedule-data/store/changes.ts';
import { chatAuthor, type CommitMessage } from '../schedule-data/git/commit.ts';
import type { Change } from '../schedule-data/store/data-store.ts';
import { trackCalled } from '../schedule-data/schedule/tracks.ts';
import { newFile } from '../schedule-data/format/data-files.ts';
import type { ScheduleContent } from '../schedule-data/store/layout.ts';
import { peopleLayout, type PeopleContent } from '../schedule-data/people/layout.ts';
import type { Identity, People } from '../schedule-data/people/person.ts';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import type { ChatLine } from './chat.ts';
import {
  takesNothing,
  type Answer,
  type Context,
  type Gathered,
  type World,
} from './commands/command.ts';
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
  const invocation = canonical(parsed.invocation, schedule);
  const answer = run(invocation, line, surroundings);
  const { reply } = answer;
  if (!answer.schedule && !answer.people) return { reply, notices: [] };
  const changes = answer.schedule ? changesBetween(schedule, answer.schedule) : [];
  const complaint = whyInvalid(changes);
  if (complaint !== undefined) return { reply: complaint, notices: [] };
  if (!changes.length && !concernsPeople(people, answer))
    return { reply: reply && wording.noChange, notices: [] };
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
  const isWrong = invocation.text !== '' && takesNothing(invocation.command);
  if (!('slug' in invocation)) {
    const { command, text } = invocation;
    if (command.kind === 'operator' && line.role !== 'op') return { reply: wording.notForYou };
    return isWrong ? { reply: wording.rightForm(command) } : command.run(schedule, text, context);
  }
  const { command, slug, text } = invocation;
  if (line.channel === undefined) return { reply: wording.onlyInChannel };
  const track = schedule.tracks.get(slug);
  if (!track) return unknownTrack(schedule, slug);
  if (isWrong) return { reply: wording.rightForm(command) };
  if (schedule.event.moderation === 'voiced' && line.role === 'none')
    return { reply: wording.needsVoice };
  return command.run(schedule, { slug, track, text }, context);
}

/** What of the changes could not be kept in a file; undefined when all of it can. */
function whyInvalid(changes: readonly FileChange[]): string | undefined {
  for (const { kind, after: value } of changes) {
    const read = value && newFile(kind, value).read;
    if (read && !read.ok) return wording.notValid(read.message);
  }
  return undefined;
}

function concernsPeople(before: People, { people: after, forgetsPast }: Answer): boolean {
  if (!after) return false;
  return (
    Boolean(forgetsPast) ||
    peopleLayout.changesBetween({ people: before }, { people: after }).length > 0
  );
}

/** With the name that the track has, however it was called. */
function canonical(invocation: Invocation, schedule: Schedule): Invocation {
  if (!('slug' in invocation)) return invocation;
  return { ...invocation, slug: trackCalled(schedule, invocation.slug) ?? invocation.slug };
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
