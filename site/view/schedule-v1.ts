import { z } from 'zod';
import type { Track } from '../../schedule-data/format/file-schemas.ts';
import { etherpadAddress } from '../../schedule-data/schedule/schedule.ts';
import { slotTimes } from '../../schedule-data/schedule/slot-times.ts';
import { offeredSlots, slotsByTime } from '../../schedule-data/schedule/slots.ts';
import { memo } from '../content/memo.ts';
import { roomUrl } from './rooms.ts';
import { topicUrl } from './topic-address.ts';
import { trackUrl } from './track-names.ts';

const id = z.string().describe('Its name in addresses and commands; lasting');
const instant = z.iso.datetime().describe('UTC, 2018-09-10T15:00:00Z');
const address = z.string().describe('A web address');
const page = z.string().describe('Path of its page; absolute where the site knows its own address');

/** The schedule for programs of others. What is here stays; more may come. */
export const scheduleV1Schema = z
  .object({
    version: z.literal(1),
    event: z.object({
      id: z.string(),
      name: z.string(),
      timezone: z.string().describe('IANA time zone'),
    }),
    days: z.array(
      z.object({
        name: z.string(),
        date: z.iso.date().optional().describe('Missing while it is not known'),
        slots: z.array(
          z.object({
            id: z.string().describe('Unique in the event'),
            start: instant.optional().describe('UTC; missing while the day has no date'),
            end: instant.optional(),
          }),
        ),
      }),
    ),
    rooms: z.array(
      z.object({
        id,
        name: z.string(),
        description: z.string().optional(),
        url: address.optional().describe('Where to join it remotely'),
        page,
      }),
    ),
    tracks: z.array(
      z.object({
        id,
        name: z.string(),
        formerly: z.array(z.string()).describe('Ids that it had before'),
        color: z.string().optional().describe('#rrggbb'),
        url: address.optional().describe('Where to join it remotely'),
        etherpad: address,
        room: z.string().optional().describe('Id of the room that it is in'),
        location: z.string().optional().describe('Where it is, in its own words; wins over room'),
        now: z
          .object({
            topic: z.string(),
            since: instant.optional(),
            page: page.optional().describe('Path of the page of this topic, which stays'),
          })
          .optional()
          .describe('What it discusses'),
        next: z.array(z.string()).describe('What it plans to, in order'),
        page,
      }),
    ),
    bookings: z
      .array(
        z.object({
          room: z.string(),
          slot: z.string(),
          track: z
            .string()
            .describe('Its id; or what somebody wrote, where there is no such track'),
          start: instant.optional(),
          end: instant.optional(),
        }),
      )
      .describe('Who has which slot of which room, by time'),
  })
  .describe('A gathering of many teams: what is discussed where, and who has booked what');

export type ScheduleV1 = z.output<typeof scheduleV1Schema>;

/** Nobody is named in it. */
export const scheduleV1 = memo(({ schedule, site = '' }: Pick<App.Locals, 'schedule' | 'site'>) => {
  const { event, rooms, tracks } = schedule;
  const { timezone } = event;
  const v1: ScheduleV1 = {
    version: 1,
    event: { id: event.id, name: event.name, timezone },
    days: event.days.map((day) => ({
      name: day.name,
      date: day.date,
      slots: slotsByTime(day).map((slot) => ({ id: slot.name, ...slotTimes(day, slot, timezone) })),
    })),
    rooms: [...rooms].map(([slug, { name, description, url }]) => ({
      id: slug,
      name,
      description,
      url,
      page: site + roomUrl(slug),
    })),
    tracks: [...tracks].map(([slug, track]) => ({
      id: slug,
      name: track.name ?? slug,
      formerly: [...track.formerly],
      color: track.color,
      url: track.url,
      etherpad: etherpadAddress(event, slug, track),
      room: track.room,
      location: track.location,
      now: track.now && topicOf(slug, track.now, site),
      next: [...track.next],
      page: site + trackUrl(slug),
    })),
    bookings: offeredSlots(schedule).flatMap(({ room, day, slot, track }) =>
      track === null ? [] : { room, slot: slot.name, track, ...slotTimes(day, slot, timezone) },
    ),
  };
  return v1;
});

function topicOf(
  slug: string,
  { topic, since }: NonNullable<Track['now']>,
  site: string,
): ScheduleV1['tracks'][number]['now'] {
  return { topic, since, page: since && site + topicUrl(slug, since) };
}
