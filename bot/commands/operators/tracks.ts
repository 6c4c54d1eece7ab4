/** Tracks: which there are, and what they say of themselves. */
import { distinctColor } from '../../../schedule-data/schedule/color.ts';
import {
  bookingCount,
  trackCalled,
  withoutTrack,
  withRenamedTrack,
} from '../../../schedule-data/schedule/tracks.ts';
import type { Track } from '../../../schedule-data/format/file-schemas.ts';
import { mapCheckIns, presenceOf, withoutPresence } from '../../../schedule-data/people/person.ts';
import { sortedSchedule, type Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { fold, isSlug, reservedTrackNames } from '../../../schedule-data/text/slug.ts';
import { wording } from '../../wording.ts';
import type { Answer, OperatorCommand } from '../command.ts';
import { unknownTrack } from '../unknown-track.ts';

/** The words of a text, without the # that people put before names of tracks. */
function names(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).map((word) => fold(word.replace(/^#/, ''))))].filter(
    Boolean,
  );
}

/** Does something with each track that a text names; the names that are none of them are answered. */
function withTracks(
  command: OperatorCommand,
  schedule: Schedule,
  text: string,
  change: (slugs: readonly string[]) => Answer,
): Answer {
  const wanted = names(text);
  if (!wanted.length) return { reply: wording.rightForm(command) };
  for (const name of wanted) if (!schedule.tracks.has(name)) return unknownTrack(schedule, name);
  return change(wanted);
}

/** All tracks, or those named, with some of their fields changed. */
function mapTracks(
  schedule: Schedule,
  change: (track: Track) => Track,
  slugs: Iterable<string> = schedule.tracks.keys(),
): Schedule {
  const tracks = new Map(schedule.tracks);
  for (const slug of slugs) tracks.set(slug, change(tracks.get(slug)!));
  return { ...schedule, tracks };
}

export const list: OperatorCommand = {
  kind: 'operator',
  name: 'list',
  usage: '~list',
  summary: 'lists the tracks.',
  example: '~list',
  run: ({ tracks }) => ({
    reply: tracks.size ? [...tracks.keys()].join(' ') : wording.noTracks,
  }),
};

export const add: OperatorCommand = {
  kind: 'operator',
  name: 'add',
  usage: '~add TRACK…',
  summary: 'adds tracks, each with a colour of its own.',
  example: '~add nova cinder',
  run: (schedule, text) => {
    const wanted = names(text);
    if (!wanted.length) return { reply: wording.rightForm(add) };
    const tracks = new Map(schedule.tracks);
    for (const name of wanted) {
      const refusal = whyNotTrack(schedule, name);
      if (refusal !== undefined) return { reply: refusal };
      const colors = [...tracks.values()].flatMap(({ color }) => color ?? []);
      tracks.set(name, { color: distinctColor(colors), formerly: [], next: [] });
    }
    return {
      schedule: sortedSchedule({ ...schedule, tracks }),
      reply: wording.addedTracks(wanted),
    };
  },
};

/** Why a name cannot become that of a new track; undefined when it can. */
function whyNotTrack(schedule: Schedule, name: string): string | undefined {
  if (!isSlug(name)) return wording.notATrackName(name);
  if (reservedTrackNames.has(name)) return wording.reservedName(name);
  const holder = trackCalled(schedule, name);
  if (holder === undefined) return undefined;
  return holder === name ? wording.trackExists(name) : wording.formerName(name, holder);
}

export const del: OperatorCommand = {
  kind: 'operator',
  name: 'del',
  usage: '~del TRACK…',
  summary: 'deletes tracks; what they booked is free again, what they said is gone.',
  example: '~del nova',
  run: (schedule, text, { people }) =>
    withTracks(del, schedule, text, (slugs) => {
      const isGone = (track: string | undefined) => track !== undefined && slugs.includes(track);
      const present = presenceOf(people);
      return {
        schedule: slugs.reduce(withoutTrack, schedule),
        people: mapCheckIns(people, ({ checkIn, checkOut: _out, ...person }) =>
          isGone(checkIn.track) ? person : undefined,
        ),
        reply: wording.deletedTracks(
          slugs.map((slug) => [
            slug,
            bookingCount(schedule, slug),
            present.filter(({ track }) => track === slug).length,
          ]),
        ),
      };
    }),
};

export const clean: OperatorCommand = {
  kind: 'operator',
  name: 'clean',
  aliases: ['clear'],
  usage: '~clean TRACK…',
  summary: 'clears what tracks discuss now and next.',
  example: '~clean nova cinder',
  run: (schedule, text) =>
    withTracks(clean, schedule, text, (slugs) => {
      const isClean = ({ now, next }: Track) => !now && !next.length;
      if (slugs.every((slug) => isClean(schedule.tracks.get(slug)!)))
        return { reply: wording.nothingToClean(slugs.join(', ')) };
      return {
        schedule: mapTracks(schedule, (track) => ({ ...track, now: undefined, next: [] }), slugs),
        reply: wording.cleaned(slugs),
      };
    }),
};

export const newday: OperatorCommand = {
  kind: 'operator',
  name: 'newday',
  usage: '~newday',
  summary: 'begins a new day: clears now, next, rooms and locations of all tracks, and check-ins.',
  example: '~newday',
  run: (schedule, _text, { people }) => ({
    people: withoutPresence(people),
    forgetsPast: true,
    schedule: mapTracks(schedule, (track) => ({
      ...track,
      now: undefined,
      next: [],
      room: undefined,
      location: undefined,
    })),
    reply: wording.newDay,
  }),
};

export const rename: OperatorCommand = {
  kind: 'operator',
  name: 'rename',
  usage: '~rename OLD NEW',
  summary: 'renames a track; its old name goes on working.',
  example: '~rename k8s-sig k8s',
  run: (schedule, text, { people }) => {
    const [old, name, ...others] = names(text);
    if (old === undefined || name === undefined || others.length)
      return { reply: wording.rightForm(rename) };
    if (!schedule.tracks.has(old)) return unknownTrack(schedule, old);
    // A track may have back a name that it had before.
    const refusal = trackCalled(schedule, name) === old ? undefined : whyNotTrack(schedule, name);
    if (refusal !== undefined) return { reply: refusal };
    return {
      schedule: withRenamedTrack(schedule, old, name),
      people: mapCheckIns(people, (person) =>
        person.checkIn.track === old
          ? { ...person, checkIn: { ...person.checkIn, track: name } }
          : undefined,
      ),
      reply: wording.renamed(old, name),
    };
  },
};
