/** Who is where: people say it if they like, and it is kept for the day. */
import { placeOf, trackCalled } from '../../schedule-data/schedule/tracks.ts';
import { longestLocation, type Person } from '../../schedule-data/format/file-schemas.ts';
import { dateOfDay } from '../../schedule-data/schedule/slots.ts';
import { nearest } from '../../schedule-data/text/nearest.ts';
import { peopleWithNick } from '../../schedule-data/people/person.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { instantOf } from '../../schedule-data/text/text.ts';
import { wording } from '../wording.ts';
import type { Context, PersonCommand } from './command.ts';
import { withOwnEntry } from './own-entry.ts';
import { unknownTrack } from './unknown-track.ts';

export const checkIn: PersonCommand = {
  kind: 'person',
  name: 'in',
  usage: '+in #TRACK|LOCATION',
  summary: 'tells others where you are: with a track, or anywhere; the page shows it for the day.',
  example: '+in #nova',
  run: (schedule, text, context) =>
    withOwnEntry(context, (person) => {
      if (!text) return { reply: wording.rightForm(checkIn) };
      if (text.length > longestLocation) return { reply: wording.tooLong(longestLocation) };
      const track = trackCalled(schedule, text.replace(/^#/, ''));
      if (track === undefined && text.startsWith('#')) return unknownTrack(schedule, text.slice(1));
      const place = track === undefined ? { location: text } : { track };
      const isHere = person.checkOut === undefined && isOfToday(schedule, person.checkIn, context);
      const before = isHere ? person.checkIn : undefined;
      if (before && before.track === track && before.location === place.location)
        return { reply: wording.checkedInAlready(whereIs(schedule, before)) };
      return {
        person: {
          ...person,
          checkIn: { ...place, since: instantOf(context.now) },
          checkOut: undefined,
        },
        reply: wording.checkedIn(whereIs(schedule, place)),
      };
    }),
};

export const checkOut: PersonCommand = {
  kind: 'person',
  name: 'out',
  usage: '+out',
  summary: 'tells others that you left.',
  example: '+out',
  run: (schedule, _text, context) =>
    withOwnEntry(context, (person) => {
      const isHere = person.checkOut === undefined && isOfToday(schedule, person.checkIn, context);
      if (!person.checkIn || !isHere) return { reply: wording.notCheckedIn };
      return {
        person: { ...person, checkOut: instantOf(context.now) },
        reply: wording.checkedOut(whereIs(schedule, person.checkIn)),
      };
    }),
};

export const seen: PersonCommand = {
  kind: 'person',
  name: 'seen',
  usage: '+seen NICK',
  summary: 'tells where somebody said they are, or when they left.',
  example: '+seen gibi',
  run: (schedule, text, context) => {
    const { people, fold } = context;
    if (!text || /\s/.test(text)) return { reply: wording.rightForm(seen) };
    const isKnown = ({ checkIn }: Person) => isOfToday(schedule, checkIn, context);
    const found = peopleWithNick(people, text, fold).find(isKnown);
    if (!found?.checkIn) {
      const nicks = [...people.values()].filter(isKnown).map(({ nick }) => nick);
      return { reply: wording.notSeen(text, nearest(text, nicks)) };
    }
    const { nick, checkIn, checkOut } = found;
    const { timezone } = schedule.event;
    return { reply: wording.seen(nick, whereIs(schedule, checkIn), checkIn, checkOut, timezone) };
  },
};

/** A check-in ends with the day of the event. */
function isOfToday(
  { event }: Schedule,
  checkIn: Person['checkIn'],
  { now }: Pick<Context, 'now'>,
): boolean {
  return (
    checkIn !== undefined && dateOfDay(event, new Date(checkIn.since)) === dateOfDay(event, now)
  );
}

/** `with nova (Ballroom A)`, or what they said. */
function whereIs(
  schedule: Schedule,
  { track: slug, location }: { readonly track?: string; readonly location?: string },
): string {
  if (slug === undefined) return location ?? 'somewhere';
  const track = schedule.tracks.get(slug);
  const place = track && placeOf(schedule, track);
  return place === undefined ? `with ${slug}` : `with ${slug} (${place})`;
}
