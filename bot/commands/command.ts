import type { Track } from '../../schedule-data/format/file-schemas.ts';
import type { ChangeFilter, RecentChange } from '../../schedule-data/history/recent-changes.ts';
import type { People } from '../../schedule-data/people/person.ts';
import type { Proposal, ProposedChange } from '../../schedule-data/review/proposals.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import type { Problem } from '../../schedule-data/schedule/snapshot.ts';
import type { RemoteState } from '../../schedule-data/sync/remote-sync.ts';
import type { Verb } from './verbs.ts';

/** What a command may know besides the schedule. */
export interface Context {
  /** Who speaks. */
  readonly nick: string;
  /** Their account, where services vouch for it. */
  readonly account?: string;
  readonly now: Date;
  /** Where the page is published, when that is known. */
  readonly page?: string;
  readonly people: People;
  /** Nicks and accounts that fold alike are the same. */
  readonly fold: (name: string) => string;
  /** What the command fetched beforehand. */
  readonly fetched?: Fetched;
}

/** What a command answers. A reply without a change is a mistake, or there was nothing to do. */
export interface Answer {
  readonly schedule?: Schedule;
  readonly people?: People;
  /** What was said, in the words that everybody would use: the codes of slots, however they were typed. */
  readonly canonical?: string;
  /** The proposal that this decides on; with `why`, where it is declined. */
  readonly closes?: Decision;
  /** It takes back commits: what its own commit says of that. */
  readonly reverts?: { readonly subject: string; readonly commits: readonly string[] };
  /** What people were before is forgotten for good. */
  readonly forgetsPast?: boolean;
  /** One sentence for whoever spoke; none when everybody sees the result on the page. */
  readonly reply?: string;
  /** What is said behind that, each only once. */
  readonly clashes?: readonly ClashNotice[];
}

/** A sentence about tracks that meet at the same time. */
export interface ClashNotice {
  /** The same for the same tracks at the same time. */
  readonly key: string;
  readonly text: string;
}

/** What becomes of a proposal. */
export interface Decision {
  readonly proposal: Proposal;
  readonly why?: string;
}

/** What is neither in the schedule nor in the line: a command that needs it fetches it first. */
export interface DataSources {
  status(): Promise<Status>;
  /** The JSON of a database of the Python ptgbot, or a sentence that says why there is none. */
  fetchDatabase(url: string): Promise<{ readonly json: object } | { readonly why: string }>;
  /** What the site shows; undefined where nothing is published here. */
  published(): Promise<Status['published']>;
  /** The names of those who made the commits that `to` has and `from` has not, the last first. */
  authorsBetween(from: string, to: string): Promise<readonly string[]>;
  /** The last changes of the schedule, the newest first. */
  recentChanges(filter: ChangeFilter): Promise<readonly RecentChange[]>;
  /** What the last of these changed; undefined where there is none. */
  lastChange(filter: Omit<ChangeFilter, 'most'>): Promise<ScheduleChange | undefined>;
  /** What waits for an operator, by number. */
  proposals(): Promise<readonly Proposal[]>;
  proposal(number: number): Promise<ProposedChange | undefined>;
  /** What a commit changed, by its id or the beginning of it; undefined where there is none. */
  change(id: string): Promise<ScheduleChange | undefined>;
}

/** A commit, and the schedule before and after it. */
export interface ScheduleChange extends RecentChange {
  readonly before: Schedule;
  readonly after: Schedule;
}

/** What was said, and by whom. */
export interface FetchRequest {
  /** What follows the command. */
  readonly text: string;
  /** The track as it was called, of a command for one. */
  readonly slug?: string;
  readonly nick: string;
  readonly account?: string;
  /** The address under which their commits are. */
  readonly author: string;
  readonly isOperator: boolean;
}

export interface Fetched {
  readonly status?: Status;
  readonly database?: Awaited<ReturnType<DataSources['fetchDatabase']>>;
  /** Those that were asked for, the newest first; undefined for one that is not there. */
  readonly changes?: readonly (ScheduleChange | undefined)[];
  readonly recent?: readonly RecentChange[];
  readonly proposals?: readonly Proposal[];
  /** The one that was asked for, and whether it is the speaker's own. */
  readonly proposal?: ProposedChange & { readonly isOwn: boolean };
}

/** How the service is. */
export interface Status {
  /** Since when we are connected to the chat. */
  readonly connectedSince?: Date;
  /** Where the schedule data is. */
  readonly commit: string;
  /** What the site shows, and since when. */
  readonly published?: { readonly commit: string; readonly time: string };
  readonly problems: readonly Problem[];
  /** The remote, where there is one. */
  readonly remote?: RemoteState;
  /** What is wrong with the connection, as sentences. */
  readonly remarks: readonly string[];
}

/** What examples may name. Slots are not over, so far as that is known. */
export interface EventNames {
  /** Slug of a track. */
  readonly track: string | undefined;
  /** Codes of free slots. */
  readonly free: readonly string[];
  /** A slot that a track has. */
  readonly booked: { readonly track: string; readonly code: string } | undefined;
  readonly rooms: readonly { readonly slug: string; readonly name: string }[];
  /** Names of a day and of a slot of it. */
  readonly day: string | undefined;
  readonly slot: string | undefined;
}

interface CommandText {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** How it is typed; words in capitals stand for something: `#TRACK now TEXT`. */
  readonly usage: string;
  /** What it does, as a sentence. */
  readonly summary: string;
  readonly example: string;
  /** The example in names of the event; undefined where it has not what that needs. */
  readonly exampleOf?: (names: EventNames) => string | undefined;
  /** It fetches when its turn has come, as what it needs depends on what was said before. */
  readonly fetchesInTurn?: true;
  /** Fetches what the command needs, before its turn: nobody else waits for it. */
  fetch?(request: FetchRequest, sources: DataSources): Promise<Fetched>;
  /** The text as it may be kept for ever; by default all of it. */
  readonly record?: (text: string) => string;
}

/** `#TRACK name …`, in a channel; who may say it depends on the moderation of the event. */
export interface TrackCommand extends CommandText {
  readonly kind: 'track';
  run(schedule: Schedule, call: TrackCall, context: Context): Answer;
}

export interface TrackCall {
  /** Slug of the track. */
  readonly slug: string;
  readonly track: Track;
  /** Slugs of the other tracks that it is said for. */
  readonly with: readonly string[];
  /** It corrects what the speaker said before. */
  readonly isCorrection?: true;
  /** What follows the command, trimmed; may be empty. */
  readonly text: string;
}

/** `+name …`, for anyone, also in private. */
export interface PersonCommand extends CommandText {
  readonly kind: 'person';
  /** It asks about a track, and is understood behind its name as well: `#nova when`. */
  readonly asksTrack?: true;
  run(schedule: Schedule, text: string, context: Context): Answer;
}

/** `~name …`, in a channel, by its operators. */
export interface OperatorCommand extends CommandText {
  readonly kind: 'operator';
  /** What may be the first word after the name, where there is a choice. */
  readonly verbs?: readonly Verb[];
  run(schedule: Schedule, text: string, context: Context): Answer;
}

/** Does nothing follow the name of a command? */
export function takesNothing({ name, usage }: CommandText): boolean {
  return usage.endsWith(name);
}

/** Is this how a command is called? `word` is in lower case. */
export function isCalled(
  { name, aliases = [] }: Pick<CommandText, 'name' | 'aliases'>,
  word: string,
): boolean {
  return name === word || aliases.includes(word);
}

export type Command = TrackCommand | PersonCommand | OperatorCommand;
