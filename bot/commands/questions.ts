/** What the page shows, for people without a browser. */
import type { Track } from '../../schedule-data/format/file-schemas.ts';
import { roomCalled } from '../../schedule-data/schedule/rooms.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import {
  dayCalled,
  offeredSlots,
  slotCode,
  slotMinutes,
  slotsOn,
  slotsToday,
  type OfferedSlot,
  type Today,
} from '../../schedule-data/schedule/slots.ts';
import { freeToCome } from '../../schedule-data/schedule/slot-times.ts';
import { topicOfDay } from '../../schedule-data/schedule/topic.ts';
import { joinAddress, placeOf, trackCalled } from '../../schedule-data/schedule/tracks.ts';
import { nearest } from '../../schedule-data/text/nearest.ts';
import { fold } from '../../schedule-data/text/slug.ts';
import { slotWhen, wording } from '../wording.ts';
import type { Answer, PersonCommand } from './command.ts';
import { unwrapped } from './quoted.ts';
import { unknownTrack } from './unknown-track.ts';

/** How many things one answer lists. */
const most = 8;

/** The tracks that somebody asks for: all, one, or those in a room; a name that is none is answered. */
function withTracks(
  schedule: Schedule,
  text: string,
  answer: (slugs: readonly string[]) => Answer,
): Answer {
  const { tracks, rooms } = schedule;
  if (!text) return answer([...tracks.keys()]);
  const name = unwrapped(text).replace(/^#/, '');
  const slug = trackCalled(schedule, name);
  if (slug !== undefined) return answer([slug]);
  const room = roomCalled(schedule, name);
  if (room === undefined)
    return {
      reply: wording.unknownPlace(name, nearest(fold(name), [...tracks.keys(), ...rooms.keys()])),
    };
  const isIn = ({ location, room: of }: Track) => location === undefined && of === room;
  return answer([...tracks].flatMap(([one, track]) => (isIn(track) ? [one] : [])));
}

export const whatIsNow: PersonCommand = {
  kind: 'person',
  name: 'now',
  usage: '+now [TRACK|ROOM]',
  summary: 'tells what is discussed now, everywhere, by a track or in a room.',
  example: '+now nova',
  run: (schedule, text, context) =>
    withTracks(schedule, text, (slugs) => {
      const topics = slugs.flatMap((slug) => {
        const track = schedule.tracks.get(slug)!;
        const today = topicOfDay(schedule.event, track, context.now);
        return today ? [wording.discusses(slug, today.topic, placeOf(schedule, track))] : [];
      });
      return {
        reply: topics.length ? wording.some(topics, most, context.page) : wording.nothingNow(text),
      };
    }),
};

export const whatIsNext: PersonCommand = {
  kind: 'person',
  name: 'next',
  usage: '+next [TRACK|ROOM]',
  summary: 'tells what comes next, everywhere, for a track or in a room.',
  example: '+next nova',
  run: (schedule, text, { page }) =>
    withTracks(schedule, text, (slugs) => {
      const plans = slugs.flatMap((slug) => {
        const { next } = schedule.tracks.get(slug)!;
        return next.length ? [`${slug}: ${next.join(', then ')}`] : [];
      });
      return { reply: plans.length ? wording.some(plans, most, page) : wording.nothingNext(text) };
    }),
};

export const where: PersonCommand = {
  kind: 'person',
  name: 'where',
  asksTrack: true,
  usage: '+where TRACK',
  summary: 'tells where a track meets, now or next, and how to join it.',
  example: '+where nova',
  run: (schedule, text, context) => {
    if (!text) return { reply: wording.rightForm(where) };
    const name = unwrapped(text).replace(/^#/, '');
    const slug = trackCalled(schedule, name);
    if (slug === undefined) return unknownTrack(schedule, name);
    const track = schedule.tracks.get(slug)!;
    const booking = nextBooking(
      schedule,
      slugBookings(schedule, slug),
      slotsToday(schedule, context.now),
    );
    const room = booking && schedule.rooms.get(booking.room)!;
    const join = joinAddress(schedule, { ...track, room: booking?.room ?? track.room });
    const place =
      track.location ??
      (booking && room
        ? `${room.name} on ${slotWhen(booking.day, booking.slot, slotCode(booking))}`
        : placeOf(schedule, track));
    return { reply: wording.whereIs(slug, place, join) };
  },
};

function slugBookings(schedule: Schedule, slug: string): readonly OfferedSlot[] {
  return offeredSlots(schedule).filter(({ track }) => track === slug);
}

/** The booking that is on, else the next one of the day, else of a later day. */
function nextBooking(
  { event }: Schedule,
  bookings: readonly OfferedSlot[],
  today: Today,
): OfferedSlot | undefined {
  const dayIndex = today.day ? event.days.indexOf(today.day) : 0;
  return bookings.find(({ day, slot }) => {
    const index = event.days.indexOf(day);
    return index > dayIndex || (index === dayIndex && slotMinutes(slot).end > today.minutes);
  });
}

export const free: PersonCommand = {
  kind: 'person',
  name: 'free',
  usage: '+free [SLOT|DAY]',
  summary: 'tells which slots are free: for the rest of today, on a day, or at the time of a slot.',
  example: '+free Monday',
  exampleOf: ({ day }) => day && `+free ${day}`,
  run: (schedule, text, context) => {
    const name = unwrapped(text);
    const found = text ? ofDayOrSlot(schedule, name) : ofToday(schedule, context.now);
    if (!found) {
      const names = schedule.event.days.flatMap((day) => [
        day.name,
        ...day.slots.map((one) => one.name),
      ]);
      return { reply: wording.unknownTime(name, nearest(name, names)) };
    }
    const codes = freeToCome(schedule, found, context.now).map(slotCode);
    return {
      reply: codes.length
        ? wording.freeSlots(codes, most, context.page)
        : wording.nothingFree(text),
    };
  },
};

function ofDayOrSlot(schedule: Schedule, name: string): readonly OfferedSlot[] | undefined {
  const day = dayCalled(schedule.event, name);
  if (day) return offeredSlots(schedule, [day]);
  const all = offeredSlots(schedule);
  const ofSlot = all.filter(({ slot }) => fold(slot.name) === fold(name));
  return ofSlot.length ? ofSlot : undefined;
}

/** What is not over yet, by the clock: a day without a date counts as today. */
function ofToday(schedule: Schedule, now: Date): readonly OfferedSlot[] {
  const today = slotsToday(schedule, now);
  const on = slotsOn(today);
  return today.offered.filter(
    (one) => on.includes(one) || slotMinutes(one.slot).start >= today.minutes,
  );
}
