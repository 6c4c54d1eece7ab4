/** What a track discusses, and what comes next. */
import { withTrack, type Schedule } from '../../schedule-data/schedule.ts';
import { bookedRoom, dayOf, offeredSlots, type OfferedSlot } from '../../schedule-data/slots.ts';
import { wording } from '../wording.ts';
import type { Answer, Context, TrackCall, TrackCommand } from './command.ts';

/** Longest topic in characters; the format allows no more. */
const longestTopic = 1000;

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

/** The remark that a track has no booking on the day, where that is so. */
function remark(
  schedule: Schedule,
  offered: readonly OfferedSlot[],
  { slug, track }: TrackCall,
  { now }: Context,
): Pick<Answer, 'reply'> {
  const { day } = dayOf(schedule.event, now);
  const isBooked = offered.some((slot) => slot.track === slug && slot.day === day);
  if (isBooked || track.location !== undefined) return {};
  return { reply: wording.noBooking(slug, day?.name) };
}

export const now: TrackCommand = {
  kind: 'track',
  name: 'now',
  usage: '#TRACK now TEXT',
  summary: 'says what is being discussed right now; what was said to come next is cleared.',
  example: '#nova now multi-attach with #cinder',
  run: (schedule, call, context) =>
    withText(now, call, (topic) => {
      const { slug, track } = call;
      const offered = offeredSlots(schedule);
      const room = bookedRoom(offered, schedule.event, slug, context.now);
      const since = `${context.now.toISOString().slice(0, 19)}Z`;
      return {
        schedule: withTrack(schedule, slug, {
          ...track,
          ...(room !== undefined && { room }),
          now: { topic, since, by: context.nick },
          next: [],
        }),
        ...remark(schedule, offered, call, context),
      };
    }),
};

export const next: TrackCommand = {
  kind: 'track',
  name: 'next',
  usage: '#TRACK next TEXT',
  summary: 'adds to what comes next; say it once for each thing, in order.',
  example: '#nova next at 14:00 cells, then lunch',
  run: (schedule, call, context) =>
    withText(next, call, (text) => ({
      schedule: withTrack(schedule, call.slug, {
        ...call.track,
        next: [...call.track.next, text],
      }),
      ...remark(schedule, offeredSlots(schedule), call, context),
    })),
};

export const clean: TrackCommand = {
  kind: 'track',
  name: 'clean',
  aliases: ['clear'],
  usage: '#TRACK clean',
  summary: 'clears what is discussed now and next.',
  example: '#nova clean',
  run: (schedule, { slug, track, text }) => {
    if (text) return { reply: wording.rightForm(clean) };
    if (!track.now && !track.next.length) return { reply: wording.nothingToClean(slug) };
    return { schedule: withTrack(schedule, slug, { ...track, now: undefined, next: [] }) };
  },
};
