import type { EventInfo, Track } from '../format/file-schemas.ts';
import { etherpadAddress, type Schedule } from '../schedule/schedule.ts';
import { fold, reservedTrackNames, slugify } from '../text/slug.ts';
import { freeSlug } from './free-slug.ts';
import { quoted, type JsonValue } from './json-value.ts';

/** No event has so many; a database that does is a mistake. */
const mostTracks = 2000;

/** ImportedTracks, and the names under which a database knows them. */
export class ImportedTracks {
  /** All that there are now. */
  readonly bySlug: Map<string, Track>;
  readonly #event: EventInfo;
  readonly #base: ReadonlyMap<string, Track>;
  readonly #slugs: Map<string, string>;

  /**
   * Without a list, the tracks are those of the base. With one they are those that it names; what
   * the base knows of them stays.
   */
  constructor(
    event: EventInfo,
    base: ReadonlyMap<string, Track>,
    list: readonly JsonValue[] | undefined,
  ) {
    this.#event = event;
    this.#base = base;
    this.#slugs = namesOf(base);
    this.bySlug = new Map(list ? [] : base);
    for (const item of list ?? []) this.add(item);
  }

  /** The slug of the track that is called so. */
  find(name: string): string | undefined {
    const slug = this.#slugs.get(fold(name.trim()));
    return slug !== undefined && this.bySlug.has(slug) ? slug : undefined;
  }

  /** Adds the track that an item names; gives its slug. */
  add(item: JsonValue): string | undefined {
    const name = item.text(100);
    if (name === undefined) return undefined;
    if (this.find(name) !== undefined) return item.report('this track is there already; left out');
    if (this.bySlug.size >= mostTracks)
      return item.report(`there are ${mostTracks} tracks already; left out`);
    const slug = this.#known(name) ?? freeSlug(name, 'track', (one) => this.#isTaken(one), item);
    this.#slugs.set(fold(name), slug);
    this.bySlug.set(slug, this.#base.get(slug) ?? this.#blank(slug, name));
    return slug;
  }

  /** Has a track of the base, too, if the base has it. */
  keep(slug: string): boolean {
    const track = this.#base.get(slug);
    if (!track || this.bySlug.has(slug)) return false;
    this.bySlug.set(slug, track);
    return true;
  }

  /** Changes every track. */
  map(change: (track: Track, slug: string) => Partial<Track>): void {
    for (const [slug, track] of this.bySlug)
      this.bySlug.set(slug, { ...track, ...change(track, slug) });
  }

  /**
   * Replaces what all tracks say of one thing by what an object says of it, by name of track.
   * Where there is no object, everything stays.
   */
  replace(
    object: JsonValue,
    clear: (track: Track, slug: string) => Partial<Track>,
    read: (item: JsonValue, track: Track, slug: string) => Partial<Track>,
  ): void {
    const members = object.object();
    if (!members) return;
    const before = new Map(this.bySlug);
    this.map(clear);
    for (const [name, item] of members) {
      const slug = this.find(name);
      if (slug === undefined)
        item.report(`expected a track of the list, not ${quoted(name)}; left out`);
      else
        this.bySlug.set(slug, {
          ...this.bySlug.get(slug)!,
          ...read(item, before.get(slug)!, slug),
        });
    }
  }

  #blank(slug: string, name: string): Track {
    return {
      ...(name !== slug && { name }),
      formerly: [],
      next: [],
      // The address that the Python ptgbot makes has the name as it was.
      ...ownEtherpad(this.#event, slug, etherpadAddress(this.#event, name)),
    };
  }

  /** The slug of a track of the base that is called so, if it isn't taken by another name yet. */
  #known(name: string): string | undefined {
    const known = this.#slugs.get(fold(name.trim())) ?? slugify(name);
    return known !== undefined && this.#base.has(known) && !this.bySlug.has(known)
      ? known
      : undefined;
  }

  #isTaken(slug: string): boolean {
    return this.bySlug.has(slug) || this.#base.has(slug) || reservedTrackNames.has(slug);
  }
}

/**
 * Slugs by folded name. What a track is called now counts more than how its file is called, and
 * that more than what it was called formerly.
 */
function namesOf(tracks: Schedule['tracks']): Map<string, string> {
  const entries = [...tracks];
  return new Map([
    ...entries.flatMap(([slug, { formerly }]) =>
      formerly.map((one): [string, string] => [one, slug]),
    ),
    ...entries.map(([slug]): [string, string] => [slug, slug]),
    ...entries.flatMap(([slug, { name }]): [string, string][] =>
      name === undefined ? [] : [[fold(name), slug]],
    ),
    ...entries.flatMap(([slug, { name }]): [string, string][] =>
      name === undefined ? [[slug, slug]] : [],
    ),
  ]);
}

/** The etherpad of a track: nothing where it is the address that the event makes of its slug. */
export function ownEtherpad(
  event: EventInfo,
  slug: string,
  address: string,
): Pick<Track, 'etherpad'> {
  return { etherpad: address === etherpadAddress(event, slug) ? undefined : address };
}
