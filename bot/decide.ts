/** What the bot does about a line: the whole of it, without input, output and clock. */
import { changesBetween, type FileChange } from '../schedule-data/store/changes.ts';
import { changeList, chatAuthor, type CommitMessage } from '../schedule-data/git/commit.ts';
import type { Change } from '../schedule-data/store/data-store.ts';
import { joinAddress, placeOf, trackCalled } from '../schedule-data/schedule/tracks.ts';
import { describeChanges } from '../schedule-data/schedule/describe.ts';
import { whyInvalid } from '../schedule-data/format/data-files.ts';
import type { ScheduleContent } from '../schedule-data/store/layout.ts';
import { peopleLayout, type PeopleContent } from '../schedule-data/people/layout.ts';
import type { Person } from '../schedule-data/format/file-schemas.ts';
import { followTracks, type Identity } from '../schedule-data/people/person.ts';
import type { Proposal } from '../schedule-data/review/proposals.ts';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import type { Chat, ChatLine } from './chat.ts';
import {
  takesNothing,
  type Answer,
  type ClashNotice,
  type Context,
  type DataSources,
  type Decision,
  type Fetched,
} from './commands/command.ts';
import { unknownTrack } from './commands/unknown-track.ts';
import { bookingNews } from './booking-news.ts';
import { formatInvocation, parsedFor, tracksOf, type Invocation, type Parsed } from './parse.ts';
import { needsReview, type ReviewRules } from './review.ts';
import { subscribersOf } from './subscription-patterns.ts';
import { wording } from './wording.ts';

/** Everything that is known when a line is decided on. */
export interface Situation extends ScheduleContent, PeopleContent {
  /** The chat that it was said in, for the author and the trailers. */
  readonly chat: Pick<Chat, 'kind' | 'network' | 'fold'>;
  /** Address of the page, for help. */
  readonly page: string | undefined;
  readonly fetched?: Fetched;
  /** Undefined where everything counts at once. */
  readonly review?: ReviewRules | undefined;
}

/** What is to be done about a line: nothing of it is done yet. */
export interface Plan {
  readonly reply?: string;
  /** What is said behind the reply, as far as nobody was told of it before. */
  readonly clashes?: readonly ClashNotice[];
  readonly schedule?: PlannedChange<ScheduleContent>;
  /** The change of the schedule waits for an operator. */
  readonly isProposal?: true;
  /** The proposal that is decided on, once the change is made; and how that stands in history, if not in it. */
  readonly closes?: { readonly proposal: Proposal; readonly declined?: CommitMessage };
  readonly people?: PlannedChange<PeopleContent>;
  /** What others wanted to be told of. */
  readonly notices: readonly Notice[];
}

/** New content with its commit message, and the files that it changes. */
type PlannedChange<C extends object> = Change<C> & Required<Pick<Change<C>, 'changes'>>;

export interface Notice {
  readonly person: Identity;
  readonly text: string;
}

/** What a line asks for, if it does; of names that may be of several tracks, the first one. */
export function invocationIn(parsed: Parsed): Invocation | undefined {
  if (parsed.kind === 'invocation') return parsed.invocation;
  if (parsed.kind !== 'if-track') return undefined;
  return invocationIn(parsed.then) ?? invocationIn(parsed.otherwise);
}

/** Fetches what the command of a line needs; undefined where it needs nothing, or they may not. */
export function fetchFor(
  parsed: Parsed,
  { role, channel, nick, account }: ChatLine,
  { network }: Pick<Chat, 'network'>,
  sources: DataSources,
): Promise<Fetched> | undefined {
  const invocation = invocationIn(parsed);
  if (!invocation) return undefined;
  const { kind } = invocation.command;
  const isRefused = { operator: role !== 'op', track: channel === undefined, person: false }[kind];
  if (isRefused) return undefined;
  const { command, ...said } = invocation;
  const author = chatAuthor({ nick, account, network }).email;
  return command.fetch?.({ ...said, nick, account, author, isOperator: role === 'op' }, sources);
}

/** Decides on a line, which was parsed to `read`. */
export function decide(line: ChatLine, read: Parsed, situation: Situation): Plan {
  const { schedule, people } = situation;
  const parsed = parsedFor(read, (name) => trackCalled(schedule, name) !== undefined);
  if (parsed.kind === 'talk')
    return { notices: [], ...(line.channel === undefined && { reply: wording.notUnderstood }) };
  if (parsed.kind === 'mistake') return { reply: parsed.reply, notices: [] };
  const invocation = canonical(parsed.invocation, schedule);
  const answer = withFollowers(run(invocation, line, situation), situation);
  const { reply, forgetsPast } = answer;
  const closes = answer.closes && closing(answer.closes, line, situation);
  if (!answer.schedule && !answer.people) return { reply, notices: [], ...(closes && { closes }) };
  const changes = answer.schedule ? changesBetween(schedule, answer.schedule) : [];
  const complaint = complaintAbout(changes);
  if (complaint !== undefined) return { reply: complaint, notices: [] };
  const entries = answer.people
    ? peopleLayout.changesBetween({ people }, { people: answer.people })
    : [];
  if (!changes.length && !entries.length && !forgetsPast)
    return { reply: reply && wording.noChange, notices: [] };
  const message = messageFor(invocation, line, situation, answer);
  const { review } = situation;
  if (answer.schedule && review && !closes && needsReview(invocation.command, line, review))
    return {
      schedule: { schedule: answer.schedule, message, changes },
      isProposal: true,
      notices: [],
    };
  const mergedWith = closes?.proposal.commit;
  return {
    reply,
    ...(answer.clashes?.length && { clashes: answer.clashes }),
    ...(closes && { closes }),
    ...(answer.schedule && {
      schedule: {
        schedule: answer.schedule,
        message,
        changes,
        ...(mergedWith !== undefined && { mergedWith }),
      },
    }),
    ...(answer.people && {
      people: { people: answer.people, message, changes: entries, forgetsPast },
    }),
    notices: [
      ...(isNews(invocation)
        ? topicNotices(invocation, answer.schedule ?? schedule, line, situation)
        : []),
      ...(closes && answer.schedule ? approvedNotices(answer.schedule, line, situation) : []),
      ...(answer.schedule ? bookingNotices(answer.schedule, line, situation) : []),
    ],
  };
}

function run(invocation: Invocation, line: ChatLine, situation: Situation): Answer {
  const { schedule, page, people, fetched, chat } = situation;
  const { nick, account } = line;
  const fold = (name: string) => chat.fold(name);
  const context: Context = { nick, account, now: line.time, page, people, fetched, fold };
  const isWrong = invocation.text !== '' && takesNothing(invocation.command);
  if (!('slug' in invocation)) {
    const { command, text } = invocation;
    if (command.kind === 'operator' && line.role !== 'op') return { reply: wording.notForYou };
    return isWrong ? { reply: wording.rightForm(command) } : command.run(schedule, text, context);
  }
  const { command, text, isCorrection } = invocation;
  if (line.channel === undefined) return { reply: wording.onlyInChannel };
  const slugs = [...new Set(tracksOf(invocation))];
  const unknown = slugs.find((slug) => !schedule.tracks.has(slug));
  if (unknown !== undefined) return unknownTrack(schedule, unknown);
  if (isWrong) return { reply: wording.rightForm(command) };
  if (schedule.event.moderation === 'voiced' && line.role === 'none')
    return { reply: wording.needsVoice };
  return forEachTrack(schedule, slugs, (current, slug) =>
    command.run(
      current,
      {
        slug,
        track: current.tracks.get(slug)!,
        with: slugs.filter((one) => one !== slug),
        text,
        ...(isCorrection && { isCorrection }),
      },
      context,
    ),
  );
}

/** Does something for one track after the other: all of it, or where one can't, nothing. */
function forEachTrack(
  schedule: Schedule,
  slugs: readonly string[],
  run: (schedule: Schedule, slug: string) => Answer,
): Answer {
  let all: Answer = { schedule };
  const replies = new Set<string>();
  for (const slug of slugs) {
    const answer = run(all.schedule ?? schedule, slug);
    if (!answer.schedule) return answer;
    if (answer.reply !== undefined) replies.add(answer.reply);
    all = { ...all, ...answer, clashes: [...(all.clashes ?? []), ...(answer.clashes ?? [])] };
  }
  return { ...all, reply: replies.size ? [...replies].join('. ') : undefined };
}

/** What of the changes could not be kept in a file; undefined when all of it can. */
function complaintAbout(changes: readonly FileChange[]): string | undefined {
  for (const { kind, after: value } of changes) {
    const message = value && whyInvalid(kind, value);
    if (message !== undefined) return wording.notValid(message);
  }
  return undefined;
}

/** With the name that the track has, however it was called. */
function canonical(invocation: Invocation, schedule: Schedule): Invocation {
  if (!('slug' in invocation)) return invocation;
  const [slug = '', ...others] = tracksOf(invocation).map(
    (name) => trackCalled(schedule, name) ?? name,
  );
  return { ...invocation, slug, ...(others.length && { others }) };
}

/** With the check-ins of those who are with tracks that are gone, or are called otherwise now. */
function withFollowers(answer: Answer, { schedule, people }: Situation): Answer {
  if (!answer.schedule || answer.schedule.tracks === schedule.tracks) return answer;
  const current = answer.people ?? people;
  const followed = followTracks(current, answer.schedule);
  return followed === current ? answer : { ...answer, people: followed };
}

/** How it is told in history that a proposal was declined. */
function closing(
  { proposal, why }: Decision,
  line: ChatLine,
  { chat: { network } }: Situation,
): Plan['closes'] {
  if (why === undefined) return { proposal };
  const author = chatAuthor({ ...line, network });
  const subject = `Decline "${proposal.subject}": ${why}`;
  return { proposal, declined: { subject, author, time: line.time, trailers: [] } };
}

/** Of whoever proposed it, with the names of both. */
function approvalMessage(
  { number, subject, author, reverts }: Proposal,
  line: ChatLine,
  changes: readonly string[],
): CommitMessage {
  return {
    subject,
    body: bodyOf(reverts, changes),
    author,
    time: line.time,
    trailers: [
      ['Proposal', String(number)],
      ['Proposed-by', author.name],
      ['Approved-by', line.nick],
      ['Approved-by-account', line.account],
    ],
  };
}

/** What was said in private is nobody's business. */
function messageFor(
  invocation: Invocation,
  line: ChatLine,
  { schedule, chat: { kind, network } }: Situation,
  answer: Answer,
): CommitMessage {
  const { command } = invocation;
  const { record } = command;
  const recorded = record ? { ...invocation, text: record(invocation.text) } : invocation;
  const { canonical = recorded.text, reverts } = answer;
  const changes = answer.schedule ? describeChanges(schedule, answer.schedule) : [];
  if (answer.closes) return approvalMessage(answer.closes.proposal, line, changes);
  const isPublic = line.channel !== undefined;
  const trailer = kind.charAt(0).toUpperCase() + kind.slice(1);
  return {
    subject:
      reverts?.subject ?? (isPublic ? subjectOf({ ...recorded, text: canonical }) : command.name),
    body: bodyOf(reverts?.commits ?? [], changes),
    author: chatAuthor({ ...line, network }),
    time: line.time,
    trailers: [
      [
        `${trailer}-Command`,
        isPublic ? (record ? formatInvocation(recorded) : line.text) : undefined,
      ],
      [`${trailer}-Channel`, line.channel],
      [`${trailer}-Account`, line.account],
    ],
  };
}

/**
 * What is taken back, as `git revert` writes it, so that whatever reads a history knows of it; and what
 * changed, in a list: what people say never begins a line.
 */
function bodyOf(reverted: readonly string[], changes: readonly string[]): string {
  return [
    reverted.map((commit) => `This reverts commit ${commit}.`).join('\n'),
    changeList(changes),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** `nova: now multi-attach with #cinder` */
function subjectOf(invocation: Invocation): string {
  const said = `${invocation.command.name} ${invocation.text}`.trim();
  return 'slug' in invocation ? `${tracksOf(invocation).join(', ')}: ${said}` : said;
}

function isNews(invocation: Invocation): invocation is Invocation & { readonly slug: string } {
  return 'slug' in invocation && ['now', 'next'].includes(invocation.command.name);
}

/** For those who wanted to hear of what is said now. */
function topicNotices(
  invocation: Invocation & { readonly slug: string },
  after: Schedule,
  line: ChatLine,
  situation: Situation,
): Notice[] {
  return newsOf(invocation.slug, formatInvocation(invocation), after, line, situation);
}

/** The same of what is said only now that it is approved. */
function approvedNotices(after: Schedule, line: ChatLine, situation: Situation): Notice[] {
  const before = situation.schedule.tracks;
  return [...after.tracks].flatMap(([slug, { now }]) =>
    now === undefined || now.topic === before.get(slug)?.now?.topic
      ? []
      : newsOf(slug, `#${slug} now ${now.topic}`, after, line, situation, now.by),
  );
}

function newsOf(
  slug: string,
  said: string,
  after: Schedule,
  line: ChatLine,
  { people, chat }: Situation,
  by = line.nick,
): Notice[] {
  const track = after.tracks.get(slug);
  const where = track ? [placeOf(after, track), joinAddress(after, track)] : [];
  const text = wording.notice(by, said, ...where);
  return othersOf(subscribersOf(people, said), line, chat).map((person) => ({ person, text }));
}

/** For those who wanted to hear of bookings, too. */
function bookingNotices(
  after: Schedule,
  line: ChatLine,
  { schedule, people, chat }: Situation,
): Notice[] {
  const wanted = new Map([...people].filter(([, { also }]) => also === 'bookings'));
  if (!wanted.size) return [];
  return bookingNews(schedule, after).flatMap((news) =>
    othersOf(subscribersOf(wanted, news), line, chat).map((person) => ({
      person,
      text: wording.notice(line.nick, news),
    })),
  );
}

/** All but whoever said it. */
function othersOf(
  people: readonly Person[],
  { nick, account }: ChatLine,
  chat: Pick<Chat, 'fold'>,
): readonly Person[] {
  return people.filter((person) =>
    person.account === undefined
      ? chat.fold(person.nick) !== chat.fold(nick)
      : account === undefined || chat.fold(person.account) !== chat.fold(account),
  );
}
