/** Tracks: which there are, and what they say of themselves. */
import { colorOfSlug, distinctColor } from '../../../schedule-data/schedule/generated-colors.ts';
import {
  bookingCount,
  trackCalled,
  withoutTrack,
  withRenamedTrack,
} from '../../../schedule-data/schedule/tracks.ts';
import type { Track } from '../../../schedule-data/format/file-schemas.ts';
import { presenceOf, withoutPresence } from '../../../schedule-data/people/person.ts';
import { sortedSchedule, type Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { fold, isSlug, reservedTrackNames, slugify } from '../../../schedule-data/text/slug.ts';
import { wording } from '../../wording.ts';
import type { Answer, OperatorCommand } from '../command.ts';
import { namesIn } from '../quoted.ts';
import { unknownTrack } from '../unknown-track.ts';

/** The names in a text, without the # that people put before those of tracks. */
function names(text: string): string[] {
  const all = namesIn(text).map((name) => name.replace(/^#/, ''));
  return [...new Map(all.filter(Boolean).map((name) => [fold(name), name])).values()];
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
  const slugs = new Set<string>();
  for (const name of wanted) {
    const slug = trackCalled(schedule, name);
    if (slug === undefined) return unknownTrack(schedule, name);
    slugs.add(slug);
  }
  return change([...slugs]);
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
    let tracks: ReadonlyMap<string, Track> = schedule.tracks;
    for (const typed of wanted) {
      const named = trackNamed(typed);
      const refusal = whyNotTrack({ tracks }, typed, named?.slug);
      if (refusal !== undefined) return { reply: refusal };
      const colors = [...tracks].map(([other, { color }]) => color ?? colorOfSlug(other));
      const { slug, name } = named!;
      tracks = new Map(tracks).set(slug, {
        ...(name !== undefined && { name }),
        color: distinctColor(colors),
        formerly: [],
        next: [],
      });
    }
    return {
      schedule: sortedSchedule({ ...schedule, tracks }),
      reply: wording.addedTracks(wanted.map((typed) => trackNamed(typed)!)),
    };
  },
};

/** The slug for what somebody typed, and what was typed where it says more: `a/b` is a-b. */
function trackNamed(typed: string): { slug: string; name?: string } | undefined {
  if (isSlug(fold(typed))) return { slug: fold(typed) };
  const slug = /^[\p{L}\p{N}]/u.test(typed) ? slugify(typed) : undefined;
  return slug === undefined ? undefined : { slug, name: typed };
}

/** Why what somebody typed cannot become the name of a new track; undefined when it can. */
function whyNotTrack(
  schedule: Pick<Schedule, 'tracks'>,
  typed: string,
  slug: string | undefined,
): string | undefined {
  if (slug === undefined) return wording.notATrackName(typed);
  if (reservedTrackNames.has(slug)) return wording.reservedName(slug);
  const holder = trackCalled(schedule, slug) ?? trackCalled(schedule, typed);
  if (holder === undefined) return undefined;
  const isFormer = schedule.tracks.get(holder)!.formerly.includes(slug);
  return isFormer ? wording.formerName(slug, holder) : wording.trackExists(holder);
}

export const del: OperatorCommand = {
  kind: 'operator',
  name: 'del',
  usage: '~del TRACK…',
  summary: 'deletes tracks; what they booked is free again, what they said is gone.',
  example: '~del nova',
  run: (schedule, text, { people }) =>
    withTracks(del, schedule, text, (slugs) => {
      const present = presenceOf(people);
      return {
        schedule: slugs.reduce(withoutTrack, schedule),
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
    schedule: withNewDay(schedule),
    reply: wording.newDay,
  }),
};

/** The schedule without what tracks said of the day, but for those to keep. */
export function withNewDay(schedule: Schedule, keeps = (_track: Track) => false): Schedule {
  const over = { now: undefined, next: [], room: undefined, location: undefined };
  return mapTracks(schedule, (track) => (keeps(track) ? track : { ...track, ...over }));
}

export const rename: OperatorCommand = {
  kind: 'operator',
  name: 'rename',
  usage: '~rename OLD NEW',
  summary: 'renames a track; its old name still works.',
  example: '~rename k8s-sig k8s',
  run: (schedule, text) => {
    const [called, typed, ...others] = names(text);
    if (called === undefined || typed === undefined || others.length)
      return { reply: wording.rightForm(rename) };
    const old = trackCalled(schedule, called);
    if (old === undefined) return unknownTrack(schedule, called);
    const named = trackNamed(typed);
    // A track may have back a name that it had before.
    const isOwn = named !== undefined && trackCalled(schedule, named.slug) === old;
    const refusal = isOwn ? undefined : whyNotTrack(schedule, typed, named?.slug);
    if (refusal !== undefined) return { reply: refusal };
    const { slug, name } = named!;
    return {
      schedule: withRenamedTrack(schedule, old, slug, name),
      reply: wording.renamed(old, slug),
    };
  },
};
