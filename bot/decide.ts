/** What the bot does about a line: the whole of it, without input, output and clock. */
import { changesBetween } from '../schedule-data/changes.ts';
import { chatAuthor } from '../schedule-data/commit.ts';
import { trackCalled } from '../schedule-data/edits.ts';
import { newFile } from '../schedule-data/files.ts';
import type { Schedule } from '../schedule-data/schedule.ts';
import type { Decision } from '../schedule-data/store.ts';
import type { ChatLine } from './chat.ts';
import type { Answer } from './commands/command.ts';
import { unknownTrack } from './commands/unknown-track.ts';
import { parseLine, type Invocation } from './parse.ts';
import { wording } from './wording.ts';

export interface Surroundings {
  /** Name of the chat network, for the address of the author. */
  readonly network: string;
  /** Address of the page, for help. */
  readonly page: string | undefined;
}

/** The reply to a line, undefined for none, and the change that it asks for. */
export function decide(
  schedule: Schedule,
  line: ChatLine,
  surroundings: Surroundings,
): Decision<string | undefined> {
  const isPrivate = line.channel === undefined;
  const isTrack = (name: string) => trackCalled(schedule, name) !== undefined;
  const parsed = parseLine(line.text, isTrack, isPrivate);
  if (parsed.kind === 'talk') return { result: undefined };
  if (parsed.kind === 'mistake') return { result: parsed.reply };
  const answer = run(schedule, parsed.invocation, line, surroundings.page);
  if (!answer.schedule) return { result: answer.reply };
  const complaint = whyInvalid(schedule, answer.schedule);
  if (complaint !== undefined) return { result: complaint };
  return {
    result: answer.reply,
    change: {
      schedule: answer.schedule,
      message: {
        subject: subjectOf(parsed.invocation),
        author: chatAuthor({ ...line, network: surroundings.network }),
        time: line.time,
        trailers: [
          ['Irc-Command', isPrivate ? undefined : line.text],
          ['Irc-Channel', line.channel],
          ['Irc-Account', line.account],
        ],
      },
    },
  };
}

function run(
  schedule: Schedule,
  invocation: Invocation,
  line: ChatLine,
  page: string | undefined,
): Answer {
  const context = { nick: line.nick, now: line.time, page };
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

/** `nova: now multi-attach with #cinder` */
function subjectOf(invocation: Invocation): string {
  const said = `${invocation.command.name} ${invocation.text}`.trim();
  return 'slug' in invocation ? `${invocation.slug}: ${said}` : said;
}
