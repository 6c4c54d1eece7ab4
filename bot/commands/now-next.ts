/** What a track discusses, and what comes next. */
import { trackCalled } from '../../schedule-data/schedule/tracks.ts';
import { longestTopic } from '../../schedule-data/format/file-schemas.ts';
import { mentionsIn } from '../../schedule-data/schedule/mentions.ts';
import { withTrack, type Schedule } from '../../schedule-data/schedule/schedule.ts';
import { bookedRoom, slotsToday, type Today } from '../../schedule-data/schedule/slots.ts';
import { fold } from '../../schedule-data/text/slug.ts';
import { instantOf } from '../../schedule-data/text/text.ts';
import { wording } from '../wording.ts';
import { clashesNext, clashesNow } from './clashes.ts';
import type { Answer, Context, TrackCall, TrackCommand } from './command.ts';

/** Changes a track by what was said, if it can stand in a file. */
function withText(
  command: TrackCommand,
  { text }: TrackCall,
  change: (text: string) => Answer,
): Answer {
  if (!text) return { reply: wording.rightForm(command) };
  if (text.length > longestTopic) return { reply: wording.tooLong(longestTopic) };
  return change(text);
}

/** What the speaker should know, in one line: that nobody finds the track, or what is gone. */
function remarks(
  today: Today,
  { slug, track }: TrackCall,
  cleared: readonly string[] = [],
): Pick<Answer, 'reply'> {
  const isBooked = today.offered.some((slot) => slot.track === slug);
  const isFound = isBooked || track.location !== undefined;
  const sentences = [
    ...(isFound ? [] : [wording.noBooking(slug, today.day?.name)]),
    ...(cleared.length ? [wording.cleared(slug, cleared)] : []),
  ];
  return sentences.length ? { reply: sentences.join('. ') } : {};
}

/** The other tracks that something is said with, or about. */
function othersIn(schedule: Schedule, call: TrackCall, text: string): ReadonlySet<string> {
  return new Set([...call.with, ...mentionsIn(text, (name) => trackCalled(schedule, name))]);
}

const isSame = (by: string, context: Context) => context.fold(by) === context.fold(context.nick);

export const now: TrackCommand = {
  kind: 'track',
  name: 'now',
  usage: '#TRACK now TEXT',
  summary: 'says what is being discussed right now, and clears what comes next.',
  example: '#nova now multi-attach with #cinder',
  run: (schedule, call, context) =>
    withText(now, call, (topic) => {
      const { slug, track } = call;
      const clashes = clashesNow(schedule, slug, othersIn(schedule, call, topic), context);
      if (call.isCorrection && track.now?.by !== undefined && isSame(track.now.by, context))
        return {
          schedule: withTrack(schedule, slug, { ...track, now: { ...track.now, topic } }),
          clashes,
        };
      const today = slotsToday(schedule, context.now);
      const room = bookedRoom(today, slug);
      return {
        schedule: withTrack(schedule, slug, {
          ...track,
          ...(room !== undefined && { room }),
          now: {
            topic,
            since: instantOf(context.now),
            by: context.nick,
            ...(call.with.length && { with: call.with }),
          },
          next: [],
        }),
        ...remarks(today, call, clearedBy(topic, track)),
        clashes,
      };
    }),
};

/** What was to come next and is cleared, but for what is discussed now. */
function clearedBy(topic: string, { next }: TrackCall['track']): readonly string[] {
  return next.filter((item) => fold(item) !== fold(topic));
}

export const next: TrackCommand = {
  kind: 'track',
  name: 'next',
  usage: '#TRACK next TEXT|del N|set N TEXT',
  summary: 'adds one thing to what comes next, in order; del N removes one, set N corrects it.',
  example: '#nova next at 14:00 cells, then lunch',
  run: (schedule, call, context) =>
    withText(next, call, (text) => {
      const items = changedItems(call.track.next, text);
      if (typeof items === 'string') return { reply: items };
      const added = items.filter((item) => !call.track.next.includes(item)).join(' ');
      const isMore = items.length > call.track.next.length;
      return {
        schedule: withTrack(schedule, call.slug, { ...call.track, next: items }),
        ...(isMore && remarks(slotsToday(schedule, context.now), call)),
        clashes: clashesNext(schedule, call.slug, othersIn(schedule, call, added), context),
      };
    }),
};

/** What comes next, with one thing more, or one removed (`del 2`) or corrected (`set 2 TEXT`). */
function changedItems(items: readonly string[], text: string): readonly string[] | string {
  const [, verb, number, corrected = ''] = /^(del|set)\s+(\d+)(?:\s+(.+))?$/iu.exec(text) ?? [];
  const index = Number(number) - 1;
  const isThere = items[index] !== undefined;
  const isDel = verb?.toLowerCase() === 'del' && !corrected;
  if (isDel) return isThere ? items.toSpliced(index, 1) : wording.whichItem(items);
  // `set 2 alarms` is a topic where there is nothing to correct.
  if (verb?.toLowerCase() === 'set' && corrected && isThere) return items.with(index, corrected);
  return /^del$/i.test(text) ? wording.whichItem(items) : [...items, text];
}

export const clean: TrackCommand = {
  kind: 'track',
  name: 'clean',
  aliases: ['clear'],
  usage: '#TRACK clean',
  summary: 'clears what is discussed now and next.',
  example: '#nova clean',
  run: (schedule, { slug, track }) => {
    if (!track.now && !track.next.length) return { reply: wording.nothingToClean(slug) };
    return { schedule: withTrack(schedule, slug, { ...track, now: undefined, next: [] }) };
  },
};
